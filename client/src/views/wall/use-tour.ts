/** Moves the wall's camera: to what the desk holds, else as the tour says, while the picture is live; a frozen picture keeps its camera. */
import { shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { WallHold } from '../../../../shared/model/display.ts'
import { isSameView, nextShot, type Shot } from '../../components/wall/wall-tour.ts'
import type { Wrong } from '../../components/wall/worst-list.ts'
import { useLinkStore } from '../../stores/link.ts'

/** The shot of a hold, the same object while neither it nor where it points changes. */
function heldShot(last: Shot | null, hold: WallHold): Shot {
  const position = hold.pointer ?? hold.position
  const next: Shot = { kind: 'held', id: hold.caseId, position, untilAt: hold.untilAt }
  return last?.untilAt === next.untilAt && isSameView(last, next) ? last : next
}

export function useTour(
  worst: ComputedRef<readonly Wrong[]>,
  held: ComputedRef<WallHold | null>,
  move: (shot: Shot) => void,
): ShallowRef<Shot | null> {
  const link = useLinkStore()
  const shot = shallowRef<Shot | null>(null)
  watch(
    () => [link.nowAt, held.value] as const,
    ([nowAt, hold]) => {
      if (!link.isLive) return
      // A hold that ended leaves no place in the round: it begins anew.
      const last = hold === null && shot.value?.kind === 'held' ? null : shot.value
      const next = hold === null ? nextShot(last, worst.value, nowAt) : heldShot(last, hold)
      if (next === shot.value) return
      const before = shot.value
      shot.value = next
      // The map comes up on the whole city by itself.
      const isThere = before === null ? next.kind === 'overview' : isSameView(before, next)
      if (!isThere) move(next)
    },
    { immediate: true },
  )
  return shot
}
