/** Says what this desk has in hand, at once and again while it is so; a desk that is left has nothing. */
import { computed, onBeforeUnmount, watch, type Ref } from 'vue'
import { useIntervalFn } from '@vueuse/core'
import { useHandsStore } from '../../stores/hands.ts'
import { handAgainMs, type OwnHand } from '../../../../shared/contract/hands.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { useDeskActs } from './use-desk-acts.ts'

export function useHands(
  incident: Ref<Incident | null>,
  { asking, choosing }: Pick<ReturnType<typeof useDeskActs>, 'asking' | 'choosing'>,
): void {
  const hands = useHandsStore()
  const incidentId = computed(() => incident.value?.id ?? null)
  const doing = computed(() => (choosing.value !== null ? 'sending' : asking.value === null ? 'looking' : 'acting'))
  const own = (): OwnHand => (incidentId.value === null ? null : { incidentId: incidentId.value, doing: doing.value })
  watch([incidentId, doing], () => hands.say(own()), { immediate: true })
  useIntervalFn(() => {
    if (incidentId.value !== null) hands.say(own())
  }, handAgainMs)
  onBeforeUnmount(() => hands.say(null))
}
