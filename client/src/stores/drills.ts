/** The drill that runs, if one does. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { runningDrill, type Drill } from '../../../shared/model/drill.ts'
import { makeTable } from './table.ts'

export const useDrillsStore = defineStore('drills', () => {
  const table = makeTable<Drill>()
  return { ...table, running: computed<Drill | null>(() => runningDrill(table.rows.value)) }
})
