/** What a bucket is made of, in SQL: the same in the table, in what is not in it yet, and (see roll-up-memory) in memory. */
import type { Statement } from '../ports/store.ts'
import { BinaryArray, type NumberType } from './binary-array.ts'
import {
  bucketMs,
  rollUpParts,
  sumBound,
  trustedFutureMs,
  trustedPastMs,
  type BucketRow,
  type Family,
} from './bucket.ts'

/** Nothing wrong with it, a number, and a time that a sane clock may give. */
const trusted = `quality = 0 and value <> 'NaN'
  and phenomenon_at between greatest(0, received_at - ${trustedPastMs}) and received_at + ${trustedFutureMs}`
const bound = (sum: string): string => `greatest(least(${sum}, ${sumBound}), -${sumBound})`

/** Which id a sensor's readings are rolled up to. */
export const rolledIdSql = (family: Family, sensorId: string): string =>
  `(select rolled_id from rolled where family = '${family}' and part = mod(${sensorId}, ${rollUpParts}))`

/** Buckets of the readings that `where` picks. */
export const aggregateSql = (family: Family, where: string): string => `
  select sensor_id, phenomenon_at - mod(phenomenon_at, ${bucketMs[family]}) as bucket_at, count(*) as n,
    min(value) as min, max(value) as max, sum(${bound('value')}) as sum,
    (array_agg(value order by phenomenon_at desc, id desc))[1] as last,
    max(phenomenon_at) as last_at,
    (array_agg(id order by phenomenon_at desc, id desc))[1] as last_id
  from reading where ${where} and ${trusted}
  group by 1, 2`

const isLater = '(excluded.last_at, excluded.last_id) > (old.last_at, old.last_id)'

/** Adds buckets to those in the table; the same whichever part comes first. */
const mergeSql = (family: Family, fresh: string): string => `
  insert into ${family} as old (sensor_id, bucket_at, n, min, max, sum, last, last_at, last_id)
  ${fresh}
  on conflict (sensor_id, bucket_at) do update set
    n = old.n + excluded.n, min = least(old.min, excluded.min), max = greatest(old.max, excluded.max),
    sum = ${bound('old.sum + excluded.sum')},
    last = case when ${isLater} then excluded.last else old.last end,
    last_at = case when ${isLater} then excluded.last_at else old.last_at end,
    last_id = case when ${isLater} then excluded.last_id else old.last_id end`

/** Rolls up the stored readings `from < id ≤ upto`, but for the parts that are further already. */
export const catchUp = (family: Family, from: number, upto: number, keepFrom: number): Statement[] => [
  {
    sql: mergeSql(
      family,
      `select * from (${aggregateSql(
        family,
        `id > $1 and id <= $2 and phenomenon_at >= $3 and id > ${rolledIdSql(family, 'sensor_id')}`,
      )}) as fresh`,
    ),
    params: [from, upto, keepFrom],
  },
  { sql: 'update rolled set rolled_id = greatest(rolled_id, $1) where family = $2', params: [upto, family] },
]

/** Rolls up one part from buckets made in memory, which hold exactly its readings after its mark and up to `upto`. */
export const mergePart = (family: Family, part: number, rows: readonly BucketRow[], upto: number): Statement[] => {
  const mark: Statement = {
    sql: 'update rolled set rolled_id = $1 where family = $2 and part = $3',
    params: [upto, family, part],
  }
  if (rows.length === 0) return [mark]
  const column = (type: NumberType, of: (row: BucketRow) => number) => BinaryArray.ofNumbers(type, rows.map(of))
  const merge: Statement = {
    sql: mergeSql(
      family,
      `select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::float8[], $5::float8[], $6::float8[], $7::float8[],
        $8::bigint[], $9::bigint[])`,
    ),
    params: [
      column('int8', (row) => row.sensorId),
      column('int8', (row) => row.bucketAt),
      column('int4', (row) => row.n),
      column('float8', (row) => row.min),
      column('float8', (row) => row.max),
      column('float8', (row) => row.sum),
      column('float8', (row) => row.last),
      column('int8', (row) => row.lastAt),
      column('int8', (row) => row.lastId),
    ],
  }
  return [merge, mark]
}
