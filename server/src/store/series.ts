/** The curve of one sensor: raw, or by minute or hour from the roll-ups and from what is not rolled up yet, in one look. */
import type { Instant } from '../../../shared/model/ids.ts'
import type { Database, History, Row } from '../ports/store.ts'
import { aggregateSql, rolledIdSql } from './roll-up-sql.ts'

type Series = Awaited<ReturnType<History['series']>>

const finite = (value: unknown): number | null => (Number.isFinite(Number(value)) ? Number(value) : null)

async function rawSeries(db: Database, sensorId: number, from: Instant, to: Instant, limit: number): Promise<Series> {
  const found = await db.query(
    `select phenomenon_at, value, quality from reading
    where sensor_id = $1 and phenomenon_at >= $2 and phenomenon_at < $3
    order by phenomenon_at desc, id desc limit $4`,
    [sensorId, from, to, limit + 1],
  )
  const rows = found.slice(0, limit).reverse()
  return {
    times: rows.map((row) => Number(row.phenomenon_at)),
    values: rows.map((row) => finite(row.value)),
    quality: rows.map((row) => Number(row.quality)),
    truncated: found.length > limit,
  }
}

/** Divided here: a server refuses a quotient too small for a number, which one reading of a broken sensor would make of a whole curve. */
const meanOf = (row: Row): number => Number(row.sum) / Number(row.n)

const bucketSql = (family: 'minute' | 'hour'): string => `
  with parts as (
    (select bucket_at, n, min, max, sum from ${family}
      where sensor_id = $1 and bucket_at >= $2 and bucket_at < $3 order by bucket_at desc limit $4)
    union all
    select bucket_at, n, min, max, sum from (${aggregateSql(
      family,
      `sensor_id = $1 and phenomenon_at >= $2 and phenomenon_at < $5 and id > ${rolledIdSql(family, '$1::bigint')}`,
    )}) as fresh where bucket_at >= $2 and bucket_at < $3)
  select bucket_at, sum(n)::bigint as n, min(min) as min, max(max) as max, sum(sum) as sum
  from parts group by bucket_at order by bucket_at desc limit $4`

/** Points `from ≤ t < to`, oldest first; a bucket's time is its start. Over `limit` the newest are kept. */
export async function readSeries(
  db: Database,
  sensorId: number,
  from: Instant,
  to: Instant,
  bucket: 'raw' | 'minute' | 'hour',
  limit: number,
): Promise<Series> {
  if (bucket === 'raw') return rawSeries(db, sensorId, from, to, limit)
  // A bucket that starts before `to` may end after it, and is answered whole.
  const found = await db.query(bucketSql(bucket), [sensorId, from, to, limit + 1, to + 3_600_000])
  const rows = found.slice(0, limit).reverse()
  return {
    times: rows.map((row) => Number(row.bucket_at)),
    values: rows.map((row) => finite(meanOf(row))),
    min: rows.map((row) => finite(row.min)),
    max: rows.map((row) => finite(row.max)),
    n: rows.map((row) => Number(row.n)),
    truncated: found.length > limit,
  }
}

/** Hours in which any of the sensors was heard, of what is rolled up: the last ten minutes may be missing. */
export async function readHourMeans(
  db: Database,
  sensorIds: readonly number[],
  from: Instant,
  to: Instant,
): Promise<{ at: Instant; mean: number }[]> {
  const found = await db.query(
    `select bucket_at, sum(sum) as sum, sum(n)::bigint as n from hour
      where sensor_id = any($1::bigint[]) and bucket_at >= $2 and bucket_at < $3 group by bucket_at order by bucket_at`,
    [sensorIds, from, to],
  )
  return found.map((row) => ({ at: Number(row.bucket_at), mean: meanOf(row) }))
}
