/** The city's sensors in numbers, as the server counted them last; null before the first. Grows old by itself: without a line it stays as it was. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CityVitals } from '../../../shared/model/city-vitals.ts'

export const useVitalsStore = defineStore('vitals', () => {
  const now = shallowRef<CityVitals | null>(null)
  return {
    now,
    set(next: CityVitals): void {
      now.value = next
    },
    clear(): void {
      now.value = null
    },
  }
})
