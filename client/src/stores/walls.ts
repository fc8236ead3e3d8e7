/** What the desk holds on the wall, and the programme where people changed it. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { freeWall, type WallControl } from '../../../shared/model/display.ts'
import { useLinkStore } from './link.ts'
import { makeTable } from './table.ts'

export const useWallsStore = defineStore('walls', () => {
  const link = useLinkStore()
  const table = makeTable<WallControl>()
  const control = computed<WallControl>(() => table.rows.value.get('wall') ?? freeWall)
  return {
    ...table,
    control,
    /** Those that have not run out, the newest first. */
    holds: computed(() =>
      control.value.holds.filter(({ untilAt }) => link.nowAt < untilAt).sort((a, b) => b.sinceAt - a.sinceAt),
    ),
  }
})
