/** Official warnings. The only writer of the table. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { warningColours, type Warning } from '../../../shared/model/warning.ts'
import { useLinkStore } from './link.ts'
import { makeTable } from './table.ts'

export const useWarningsStore = defineStore('warnings', () => {
  const link = useLinkStore()
  const table = makeTable<Warning>()

  return {
    ...table,
    /** Not lifted and not run out; those in earnest first, then the gravest. */
    inForce: computed<readonly Warning[]>(() =>
      table.list.value
        .filter((warning) => warning.liftedAt === null && warning.expiresAt > link.nowAt)
        .sort(
          (a, b) =>
            Number(a.exercise) - Number(b.exercise) ||
            warningColours.indexOf(a.colour) - warningColours.indexOf(b.colour),
        ),
    ),
  }
})
