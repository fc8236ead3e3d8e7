/** The flood of alarms that is on, if one is. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { Flood } from '../../../shared/model/load-control.ts'
import { makeTable } from './table.ts'

export const useFloodStore = defineStore('flood', () => {
  const table = makeTable<Flood>()
  return { ...table, running: computed<Flood | null>(() => table.list.value[0] ?? null) }
})
