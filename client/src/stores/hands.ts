/** Which cases other desks have in hand, and what this desk says of itself. The only writer of it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Hand, OwnHand } from '../../../shared/contract/hands.ts'

export const useHandsStore = defineStore('hands', () => {
  const all = shallowRef<readonly Hand[]>([])
  /** This desk's own line; null without a connection. */
  const deskId = shallowRef<string | null>(null)
  const say = shallowRef<(hand: OwnHand) => void>(() => undefined)
  const others = computed(() => {
    const byCase = new Map<string, Hand[]>()
    for (const hand of all.value)
      if (hand.deskId !== deskId.value) byCase.set(hand.incidentId, [...(byCase.get(hand.incidentId) ?? []), hand])
    return byCase
  })
  return {
    /** Other desks' hands on this case; also the same person's at another desk. */
    on: (incidentId: string): readonly Hand[] => others.value.get(incidentId) ?? [],
    attach(own: (hand: OwnHand) => void) {
      say.value = own
    },
    say: (hand: OwnHand) => say.value(hand),
    set(hands: readonly Hand[], ownDeskId: string | null): void {
      deskId.value = ownDeskId
      all.value = hands
    },
  }
})
