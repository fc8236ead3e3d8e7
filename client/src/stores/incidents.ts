/** Cases as the state lane tells them: all that are open and in this account's right. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { isOpenState, type Incident } from '../../../shared/model/incident.ts'
import { makeTable } from './table.ts'

export const useIncidentsStore = defineStore('incidents', () => {
  const table = makeTable<Incident>()
  const open = computed<readonly Incident[]>(() => table.list.value.filter((incident) => isOpenState(incident.state)))

  return {
    ...table,
    open,
    /** Open, and nobody could say where. */
    unlocated: computed<readonly Incident[]>(() => open.value.filter((incident) => incident.position === null)),
  }
})
