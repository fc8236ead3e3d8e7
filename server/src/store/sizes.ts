/** Bytes on disk by family of tables, indexes and all. */
import type { Database } from '../ports/store.ts'

const familyOf = (table: string): string => {
  if (/^(event|command|snapshot|snapshot_piece)$/.test(table)) return 'log'
  if (/^reading_/.test(table)) return 'raw'
  return /^(minute|hour)_/.exec(table)?.[1] ?? 'models'
}

export async function tableSizes(database: Database): Promise<Readonly<Record<string, number>>> {
  const rows = await database.query(
    `select relname, pg_total_relation_size(oid) as bytes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  const sizes: Record<string, number> = { log: 0, raw: 0, minute: 0, hour: 0, models: 0 }
  for (const row of rows) {
    const family = familyOf(String(row.relname))
    sizes[family] = (sizes[family] ?? 0) + Number(row.bytes)
  }
  return sizes
}
