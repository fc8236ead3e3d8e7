/** Questions about shifts' logs and hand-over sheets. */
import type { Page } from '../../../shared/contract/http.ts'
import type { DutyEntry, HandOver } from '../../../shared/model/duty.ts'
import type { Database, ReadModels, Row } from '../ports/store.ts'
import { Conditions } from './conditions.ts'

/** One more than the page is asked for: whether there is a next is known by it. */
function pageOf<Item>(rows: readonly Row[], limit: number, keyOf: (item: Item) => number): Page<Item> {
  const items = rows.slice(0, limit).map((row) => JSON.parse(String(row.body)) as Item)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? String(keyOf(last)) : null }
}

export const dutyModels = (database: Database): Pick<ReadModels, 'dutyEntries' | 'handOvers' | 'handOver'> => ({
  async dutyEntries({ shift, kind, limit, cursor }) {
    const where = new Conditions()
    where.addIf(shift, (at) => `shift_id = ${at}`)
    where.addIf(kind, (at) => `kind = ${at}`)
    where.addIf(cursor, (at) => `seq < ${at}::bigint`)
    const page = `limit ${where.bind(limit + 1)}`
    const rows = await database.query(
      `select body from duty_entry ${where.sql} order by seq desc ${page}`,
      where.params,
    )
    return pageOf<DutyEntry>(rows, limit, (entry) => entry.seq)
  },

  async handOvers({ limit, cursor }) {
    const where = new Conditions()
    where.addIf(cursor, (at) => `number < ${at}::bigint`)
    const page = `limit ${where.bind(limit + 1)}`
    const rows = await database.query(
      `select body from hand_over ${where.sql} order by number desc ${page}`,
      where.params,
    )
    return pageOf<HandOver>(rows, limit, (handOver) => Number(handOver.id.slice(1)))
  },

  async handOver(id) {
    const [row] = await database.query('select body from hand_over where id = $1', [id])
    return row === undefined ? null : (JSON.parse(String(row.body)) as HandOver)
  },
})
