/** Moves the wall's camera as the tour says, while the picture is live; a frozen picture keeps its camera. */
import { shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { nextShot, type Shot } from '../../components/wall/wall-tour.ts'
import type { Wrong } from '../../components/wall/worst-list.ts'
import { useLinkStore } from '../../stores/link.ts'

export function useTour(worst: ComputedRef<readonly Wrong[]>, move: (shot: Shot) => void): ShallowRef<Shot | null> {
  const link = useLinkStore()
  const shot = shallowRef<Shot | null>(null)
  watch(
    () => link.nowAt,
    (nowAt) => {
      if (!link.isLive) return
      const next = nextShot(shot.value, worst.value, nowAt)
      if (next === shot.value) return
      const isFirst = shot.value === null
      shot.value = next
      if (!(isFirst && next.kind === 'overview')) move(next)
    },
    { immediate: true },
  )
  return shot
}
