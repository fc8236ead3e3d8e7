/**
 * A question a scene asks now and then while it is on and the link is live. The last answer stays when the next one fails, with the time it
 * was true; an answer that is three turns old is late.
 */
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useLinkStore } from '../../stores/link.ts'
import type { Answer } from '../../stores/remote.ts'

const lateAfterTurns = 3

export interface Asked<T> {
  /** Null before the first answer. */
  readonly data: ShallowRef<T | null>
  readonly asOfAt: ComputedRef<number | null>
  readonly isLate: ComputedRef<boolean>
}

/** `ask` may answer null where it cannot ask yet; it is then asked again at the next tick. */
export function useAsked<T>(everyMs: number, ask: (nowAt: number) => Promise<Answer<T>> | null): Asked<T> {
  const link = useLinkStore()
  const data = shallowRef<T | null>(null)
  const asOfAt = ref<number | null>(null)
  let askedAt = -Infinity
  let isBusy = false
  let isGone = false
  onScopeDispose(() => (isGone = true))

  watch(
    () => [link.nowAt, link.isLive] as const,
    async ([nowAt, isLive]) => {
      if (isBusy || !isLive || nowAt - askedAt < everyMs) return
      const asking = ask(nowAt)
      if (asking === null) return
      isBusy = true
      askedAt = nowAt
      const answer = await asking
      isBusy = false
      if (isGone || !answer.ok) return
      data.value = answer.data
      asOfAt.value = nowAt
    },
    { immediate: true },
  )
  return {
    data,
    asOfAt: computed(() => asOfAt.value),
    isLate: computed(() => asOfAt.value !== null && link.nowAt - asOfAt.value > lateAfterTurns * everyMs),
  }
}
