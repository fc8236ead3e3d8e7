/** Displays that are on, as officers' desks are told, and what this page says of itself where it is one. The only writer of it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { DisplayHere, DisplayNow } from '../../../shared/contract/display-roll.ts'

export const useDisplaysStore = defineStore('displays', () => {
  const all = shallowRef<readonly DisplayNow[]>([])
  const say = shallowRef<(here: DisplayHere) => void>(() => undefined)
  return {
    all,
    lost: computed(() => all.value.filter(({ isLost }) => isLost)),
    attach(own: (here: DisplayHere) => void) {
      say.value = own
    },
    say: (here: DisplayHere) => say.value(here),
    set(displays: readonly DisplayNow[]): void {
      all.value = displays
    },
  }
})
