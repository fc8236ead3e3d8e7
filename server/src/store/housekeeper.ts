/**
 * What a PostgreSQL server's background processes do, done by hand for the embedded database, which has none: dead rows are cleared
 * from the busy tables, ranges of the day's readings are summed up for their index, and row ages are kept far from their end.
 * One table a call and one range a statement, so that no commit waits long.
 */
import type { Database } from '../ports/store.ts'
import { pagesPerRange, readingPartition } from './reading-partitions.ts'

const busyTables = [
  'incident',
  'incident_body',
  'incident_search',
  'alarm',
  'unit',
  'unit_fix',
  'warning',
  'sensor',
  'rolled',
  'snapshot_piece',
  'session',
]
/** Far below the two thousand million at which PostgreSQL stops. */
const oldAge = 500_000_000

export class Housekeeper {
  readonly #database: Database
  #calls = 0
  /** Where the day's ranges not yet summed up begin. */
  #next = { day: -1, page: 0 }

  constructor(database: Database) {
    this.#database = database
  }

  async run(today: number): Promise<void> {
    if (this.#database.kind !== 'embedded') return
    const call = this.#calls++
    await this.#sumUp(today)
    const [aged] = await this.#database.query(
      `select oid::regclass::text as name from pg_class where relkind in ('r', 't') and age(relfrozenxid) > $1
      order by age(relfrozenxid) desc limit 1`,
      [oldAge],
    )
    if (aged !== undefined) await this.#database.query(`vacuum (freeze) ${String(aged.name)}`)
    else await this.#database.query(`vacuum (analyze) ${busyTables[call % busyTables.length]}`)
  }

  async #sumUp(day: number): Promise<void> {
    const [index] = await this.#database.query(`
      select indexrelid::regclass::text as name, pg_relation_size(indrelid) / current_setting('block_size')::int as pages
      from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
      where indrelid = to_regclass('${readingPartition(day)}') and amname = 'brin'`)
    if (index === undefined) return
    if (this.#next.day !== day) this.#next = { day, page: 0 }
    // The range still being filled waits for the next call.
    for (; this.#next.page + pagesPerRange <= Number(index.pages); this.#next.page += pagesPerRange)
      await this.#database.query('select brin_summarize_range($1::regclass, $2::bigint)', [index.name, this.#next.page])
  }
}
