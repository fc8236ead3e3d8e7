/** How fresh the page is: the connection lamp, the server's clock, the age of the newest data. Written by wiring alone. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { makeClockOffset } from './clock-offset.ts'

export type Lamp = 'connecting' | 'joining' | 'live' | 'stale' | 'offline'

export const useLinkStore = defineStore('link', () => {
  const lamp = ref<Lamp>('offline')
  /** The page is older than the server's contract and must be loaded anew. */
  const outdated = ref(false)
  const rev = ref(0)
  const clockOffsetMs = ref(0)
  const offset = makeClockOffset()
  /** The server's word that was heard last, by its own clock; null before the first. */
  const pulseAt = ref<number | null>(null)
  const newestReadingAt = ref<number | null>(null)
  const thinned = ref(0)
  /** The server's clock, moved on every second. */
  const nowAt = ref(0)
  /** The build of the pages the server has; null = not known. */
  const servedBuild = ref<string | null>(null)
  /** Since when the picture has not been live; null while it is. */
  const notLiveSinceAt = ref<number | null>(null)

  return {
    lamp,
    outdated,
    rev,
    clockOffsetMs,
    pulseAt,
    newestReadingAt,
    thinned,
    nowAt,
    notLiveSinceAt,
    servedBuild,
    isLive: computed(() => lamp.value === 'live'),
    /** Age of the newest reading by the server's clock; null before the first. */
    dataAgeMs: computed(() =>
      newestReadingAt.value === null ? null : Math.max(0, nowAt.value - newestReadingAt.value),
    ),
    setLamp(next: Lamp, isOutdated: boolean): void {
      if (next === 'live') notLiveSinceAt.value = null
      else if (lamp.value === 'live' || notLiveSinceAt.value === null) notLiveSinceAt.value = nowAt.value
      lamp.value = next
      outdated.value = isOutdated
    },
    /** All state up to `next` is on the page. Only a new picture may go back. */
    reached(next: number, isNewPicture = false): void {
      rev.value = isNewPicture ? next : Math.max(rev.value, next)
    },
    /** At the hello: before the first pulse, a wrong clock of this machine's is right. */
    greeted(serverAt: number, localAt: number, build: string | null): void {
      clockOffsetMs.value = offset.heard(serverAt, localAt)
      nowAt.value = localAt + clockOffsetMs.value
      servedBuild.value = build
    },
    heard(serverAt: number, localAt: number, newestAt: number | null): void {
      clockOffsetMs.value = offset.heard(serverAt, localAt)
      newestReadingAt.value = newestAt
      pulseAt.value = serverAt
      nowAt.value = localAt + clockOffsetMs.value
    },
    addThinned(count: number): void {
      thinned.value += count
    },
    tick(localAt: number): void {
      nowAt.value = localAt + clockOffsetMs.value
    },
  }
})
