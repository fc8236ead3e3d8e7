/** Single stored readings by what a door could read out of a filter. Bounds are parameters, never text of a statement. */
import type { Reading } from '../../../shared/model/reading.ts'
import type { Database, History } from '../ports/store.ts'
import { Conditions } from './conditions.ts'
import { readingColumns, toReading } from './reading-rows.ts'

type ReadingsQuery = Parameters<History['readings']>[0]

const orderColumns = { phenomenonAt: 'phenomenon_at', id: 'id', value: 'value' } as const
/** Without a sensor, the newest by time are looked for among these first: the whole table only when they hold too few. */
const newestWindowsMs = [1_000, 60_000, 3_600_000]

function conditionsOf(query: ReadingsQuery): Conditions {
  const where = new Conditions()
  where.addIf(query.sensorId, (at) => `sensor_id = ${at}`)
  where.addIf(query.id, (at) => `id = ${at}`)
  where.addIf(query.phenomenonFrom, (at) => `phenomenon_at >= ${at}`)
  where.addIf(query.phenomenonTo, (at) => `phenomenon_at < ${at}`)
  // PostgreSQL holds NaN to be above every number.
  where.addIf(query.valueMin, (at) => `value >= ${at} and value <> 'NaN'`)
  where.addIf(query.valueMax, (at) => `value <= ${at}`)
  return where
}

export async function findReadings(
  db: Database,
  query: ReadingsQuery,
): Promise<{ readonly items: Reading[]; readonly count: number | null }> {
  const direction = query.descending ? 'desc' : 'asc'
  const column = orderColumns[query.orderBy]
  const order = column === 'id' ? `id ${direction}` : `${column} ${direction}, id ${direction}`
  const page = async (sinceAt: number | undefined): Promise<Reading[]> => {
    const where = conditionsOf(query)
    where.addIf(sinceAt, (at) => `phenomenon_at >= ${at}`)
    const limits = `limit ${where.bind(query.limit)} offset ${where.bind(query.offset)}`
    const sql = `select ${readingColumns} from reading ${where.sql} order by ${order} ${limits}`
    return (await db.query(sql, where.params)).map(toReading)
  }

  let items: Reading[] = []
  const isGlobal = query.sensorId === undefined && query.id === undefined && query.phenomenonFrom === undefined
  if (isGlobal && query.orderBy === 'phenomenonAt' && query.descending && query.offset === 0) {
    const [newest] = await db.query('select received_at from reading order by id desc limit 1')
    for (const windowMs of newest === undefined ? [] : newestWindowsMs) {
      items = await page(Number(newest?.received_at) - windowMs)
      if (items.length >= query.limit) break
    }
  }
  if (items.length < query.limit) items = await page(undefined)
  if (!query.count) return { items, count: null }
  const where = conditionsOf(query)
  const [row] = await db.query(`select count(*) as count from reading ${where.sql}`, where.params)
  return { items, count: Number(row?.count ?? 0) }
}
