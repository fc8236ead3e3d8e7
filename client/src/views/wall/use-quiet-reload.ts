/**
 * Loads the wall anew when the server has newer pages, and for no other reason: at a moment when nobody looks for anything on it. Displays do it one
 * after the other. A page that came no newer from that is left as it is.
 */
import { computed, watch, type ComputedRef } from 'vue'
import type { Wrong } from '../../components/wall/worst-list.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore } from '../../stores/remote.ts'
import { useWallsStore } from '../../stores/walls.ts'
import { ownBuild } from './use-display-here.ts'

/** Quiet for so long, ms, and a share of as much again. */
export const quietMs = 30_000
/** A page whose contract the server refuses knows nothing and needs no quiet; it is loaded anew this seldom, ms. */
export const outdatedAgainMs = 600_000
const key = 'tongguan.reloaded'

export function useQuietReload(
  worst: ComputedRef<readonly Wrong[]>,
  { reload = () => location.reload(), random = Math.random, build = ownBuild() } = {},
): void {
  const [link, remote, walls] = [useLinkStore(), useRemoteStore(), useWallsStore()]
  const waitMs = quietMs * (1 + random())
  /** What a reload would be for; null = nothing. */
  const reason = computed(() => {
    if (link.outdated) return `outdated ${Math.floor(link.nowAt / outdatedAgainMs)}`
    const { servedBuild } = link
    return build === null || servedBuild === null || servedBuild === build ? null : servedBuild
  })
  const isQuiet = computed(
    () =>
      link.outdated ||
      (link.isLive && walls.holds.length === 0 && !worst.value.some((one) => one.isUnattended && one.level <= 2)),
  )
  let quietSinceAt: number | null = null
  let isAsking = false

  async function tryNow(why: string): Promise<void> {
    isAsking = true
    // A reload into a server that is away would leave the browser's own error on the wall.
    const answer = await remote.get('/city')
    isAsking = false
    if (!answer.ok || reason.value !== why || !isQuiet.value) return
    sessionStorage.setItem(key, why)
    reload()
  }
  watch([() => link.nowAt, reason, isQuiet], () => {
    const why = reason.value
    if (why === null || !isQuiet.value || sessionStorage.getItem(key) === why) return void (quietSinceAt = null)
    quietSinceAt ??= link.nowAt
    if (!isAsking && link.nowAt - quietSinceAt >= waitMs) void tryNow(why)
  })
}
