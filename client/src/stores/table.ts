/**
 * One table of the state lane in the browser. Rows are kept in one map that changes in place; readers are told once a batch.
 */
import { computed, shallowRef, triggerRef } from 'vue'

export interface TableChange<Row> {
  readonly id: string
  readonly row: Row | null
}

export function makeTable<Row>() {
  const rows = shallowRef(new Map<string, Row>())
  const list = computed<readonly Row[]>(() => [...rows.value.values()])

  return {
    /** Rows by id. The same map all along: read through it, do not keep it. */
    rows,
    /** A new array after every batch that touched the table. */
    list,
    count: computed(() => rows.value.size),
    get: (id: string): Row | undefined => rows.value.get(id),
    apply(changes: readonly TableChange<Row>[]): void {
      if (changes.length === 0) return
      for (const { id, row } of changes) {
        if (row === null) rows.value.delete(id)
        else rows.value.set(id, row)
      }
      triggerRef(rows)
    },
    replace(all: readonly TableChange<Row>[]): void {
      const next = new Map<string, Row>()
      for (const { id, row } of all) if (row !== null) next.set(id, row)
      rows.value = next
    },
  }
}
