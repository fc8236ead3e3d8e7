/**
 * Rows of a list that moves its rows about. What moves is laid out and measured whenever the list itself is drawn, so the list is drawn only where
 * its order changed: each row looks itself up, and is drawn anew where it changed.
 */
import { computed, defineComponent, type ComputedRef, type PropType, type VNode } from 'vue'

export interface KeyedRows<Row> {
  /** In order; the same array while the order is the same. */
  readonly keys: ComputedRef<readonly string[]>
  readonly of: (key: string) => Row | undefined
}

export function useKeyedRows<Row>(rows: () => readonly Row[], keyOf: (row: Row) => string): KeyedRows<Row> {
  const byKey = computed(() => new Map(rows().map((row) => [keyOf(row), row])))
  const keys = computed<readonly string[]>((before) => {
    const now = [...byKey.value.keys()]
    return before?.length === now.length && now.every((key, at) => key === before[at]) ? before : now
  })
  return { keys, of: (key) => byKey.value.get(key) }
}

/** Draws its one slot with its row, and again where the row is another. One that has just left the list is drawn as it was. */
export const KeyedRow = defineComponent({
  name: 'KeyedRow',
  props: {
    id: { type: String, required: true },
    of: { type: Function as PropType<(key: string) => unknown>, required: true },
  },
  setup(props, { slots }) {
    const row = computed<unknown>((before) => props.of(props.id) ?? before)
    return (): VNode | undefined => slots['default']?.({ row: row.value })[0]
  },
})
