/**
 * Minutes and hours of trusted readings. Guarantees that every stored reading is in its minute and its hour exactly once, however late
 * it came and whenever the process was killed: the slice of ids and the mark that says how far they are rolled up change in one
 * transaction, and merging is the same whichever order slices come in. Refuses to hold anything in memory.
 */
import type { Database, Statement } from '../ports/store.ts'
import { bucketPartition, monthOf, monthsOf, type BucketPartitions, type Family } from './bucket-partitions.ts'

interface FamilySettings {
  readonly widthMs: number
  /** Readings rolled up in one transaction: what a commit may have to wait for. */
  readonly sliceReadings: number
}
export const familySettings: Record<Family, FamilySettings> = {
  minute: { widthMs: 60_000, sliceReadings: 2_000 },
  // An hour's row is touched again by every slice: fewer, larger slices.
  hour: { widthMs: 3_600_000, sliceReadings: 10_000 },
}

/** What may enter a bucket: nothing wrong with it, a number, and a time that a sane clock may give. */
const trusted = `quality = 0 and value <> 'NaN' and phenomenon_at between received_at - 34560000000 and received_at + 86400000`
/** Sums stay finite: PostgreSQL refuses to add past the largest double. */
const bounded = 'greatest(least(value, 1e290), -1e290)'

/** Aggregates of readings by bucket; `where` picks the readings. */
export const aggregateSql = (family: Family, where: string): string => {
  const width = familySettings[family].widthMs
  return `
    select sensor_id, phenomenon_at - mod(phenomenon_at, ${width}) as bucket_at, count(*) as n,
      min(value) as min, max(value) as max, sum(${bounded}) as sum,
      (array_agg(value order by phenomenon_at desc, id desc))[1] as last,
      max(phenomenon_at) as last_at,
      (array_agg(id order by phenomenon_at desc, id desc))[1] as last_id
    from reading where ${where} and ${trusted}
    group by 1, 2`
}

/** Into one month's partition: one statement may not meet a month that has none. */
const mergeSql = (family: Family, month: number): string => {
  const table = bucketPartition(family, month)
  const isLater = '(excluded.last_at, excluded.last_id) > (old.last_at, old.last_id)'
  return `
    insert into ${table} as old (sensor_id, bucket_at, n, min, max, sum, last, last_at, last_id)
    select * from (${aggregateSql(family, 'id > $1 and id <= $2 and phenomenon_at >= $3 and phenomenon_at < $4')}) as fresh
    on conflict (sensor_id, bucket_at) do update set
      n = old.n + excluded.n, min = least(old.min, excluded.min), max = greatest(old.max, excluded.max),
      sum = greatest(least(old.sum + excluded.sum, 1e300), -1e300),
      last = case when ${isLater} then excluded.last else old.last end,
      last_at = case when ${isLater} then excluded.last_at else old.last_at end,
      last_id = case when ${isLater} then excluded.last_id else old.last_id end`
}

export async function rolledIds(database: Database): Promise<Record<Family, number>> {
  const rows = await database.query('select family, rolled_id from rolled')
  const of = (family: Family) => Number(rows.find((row) => row.family === family)?.rolled_id ?? 0)
  return { minute: of('minute'), hour: of('hour') }
}

export class RollUp {
  readonly #database: Database
  readonly #partitions: BucketPartitions

  constructor(database: Database, partitions: BucketPartitions) {
    this.#database = database
    this.#partitions = partitions
  }

  /** Rolls up to `maxSlices` slices; answers whether all that is stored is rolled up. */
  async advance(family: Family, maxSlices: number): Promise<boolean> {
    for (let slice = 0; slice < maxSlices; slice++) {
      if (!(await this.#roll(family))) return true
    }
    return false
  }

  async #roll(family: Family): Promise<boolean> {
    const [mark] = await this.#database.query('select rolled_id from rolled where family = $1', [family])
    const from = Number(mark?.rolled_id ?? 0)
    const [slice] = await this.#database.query(
      `select max(id) as upto, min(phenomenon_at) filter (where ${trusted}) as first,
        max(phenomenon_at) filter (where ${trusted}) as last
      from (select id, phenomenon_at, received_at, value, quality from reading where id > $1 order by id limit $2) as slice`,
      [from, familySettings[family].sliceReadings],
    )
    if (slice === undefined || slice.upto === null) return false
    const upto = Number(slice.upto)
    const months = slice.first === null ? [] : monthsOf(Number(slice.first), Number(slice.last))
    for (const month of months) await this.#partitions.ensure(family, month)
    const merges: Statement[] = months.map((month) => ({
      sql: mergeSql(family, month),
      params: [from, upto, monthOf.start(month), monthOf.start(month + 1)],
    }))
    const advance = { sql: 'update rolled set rolled_id = $1 where family = $2', params: [upto, family] }
    await this.#database.transaction([...merges, advance])
    return true
  }
}
