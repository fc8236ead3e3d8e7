/** Empties the log and everything made from it; accounts and their sessions stay. The log that comes after has another identity. */
import { randomUUID } from 'node:crypto'
import type { Database } from '../ports/store.ts'

/** Of no log: they say what the tables are, who may enter and what accounts keep for themselves, and nothing that happened. */
export const keptTables: readonly string[] = [
  'schema_version',
  'store_state',
  'rolled',
  'account',
  'session',
  'kpi_view',
  'kpi_state',
]
/** Named one by one: a database may hold tables of others. */
export const logTables: readonly string[] = [
  'event',
  'command',
  'snapshot',
  'snapshot_piece',
  'incident',
  'incident_body',
  'incident_search',
  'alarm',
  'warning',
  'unit',
  'unit_fix',
  'sensor',
  'reading',
  'minute',
  'hour',
  'drill',
  'alarm_fact',
  'announcement',
  'flood',
  'duty_entry',
  'hand_over',
  'kpi_cell',
  'kpi_time_cell',
  'alarm_cell',
  'alarm_actor',
  'bulletin',
  'bulletin_file',
]

/** Nothing else may use the database meanwhile, and no engine has begun on it. */
export async function forgetAll(database: Database): Promise<void> {
  await database.transaction([
    { sql: `truncate ${logTables.join(', ')}` },
    { sql: 'update rolled set rolled_id = 0' },
    { sql: 'update store_state set epoch = $1', params: [randomUUID()] },
  ])
}
