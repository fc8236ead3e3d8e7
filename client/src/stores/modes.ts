/** In which mode the city runs. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { everNormal, type CityMode } from '../../../shared/model/city-mode.ts'
import { useLinkStore } from './link.ts'
import { makeTable } from './table.ts'

export const useModesStore = defineStore('modes', () => {
  const link = useLinkStore()
  const table = makeTable<CityMode>()
  const city = computed<CityMode>(() => table.rows.value.get('city') ?? everNormal)
  return {
    ...table,
    city,
    /** The switch that waits for a second person, while it can still be confirmed. */
    proposal: computed(() => {
      const { proposal } = city.value
      return proposal !== null && link.nowAt < proposal.expiresAt ? proposal : null
    }),
  }
})
