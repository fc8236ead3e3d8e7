/** Rows of a read model, brought up to date in one statement. Refuses to know whose rows they are. */
import type { Statement } from '../ports/store.ts'

export interface Column<Item> {
  readonly name: string
  readonly type: 'text' | 'bigint' | 'int' | 'smallint' | 'float8' | 'boolean'
  of(item: Item): unknown
}

/**
 * Inserts or replaces by the first column, the key. Of several rows with one key the last is kept; `guard` compares the row there
 * (`old`) with the new one (`excluded`), so that an older word never covers a newer one.
 */
export function upsert<Item>(
  table: string,
  columns: readonly Column<Item>[],
  items: readonly Item[],
  guard = 'true',
): Statement[] {
  const [key, ...others] = columns
  if (key === undefined || items.length === 0) return []
  const newest = [...new Map(items.map((item) => [key.of(item), item])).values()]
  const names = columns.map((column) => column.name).join(', ')
  const arrays = columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(', ')
  const changes = others.map((column) => `${column.name} = excluded.${column.name}`).join(', ')
  return [
    {
      sql:
        `insert into ${table} as old (${names}) select * from unnest(${arrays}) ` +
        `on conflict (${key.name}) do update set ${changes} where ${guard}`,
      params: columns.map((column) => newest.map((item) => column.of(item))),
    },
  ]
}
