/** The buckets of a series, by the city's calendar. */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import { kpiBucketLimit, kpiBuckets, type KpiBucket } from '../../../shared/model/kpi.ts'
import type { Database } from '../ports/store.ts'

export const isBucket = (by: KpiQuery['by']): by is KpiBucket => (kpiBuckets as readonly string[]).includes(by)

/** Days and longer step by the calendar (a day may have 23 hours), shorter ones by the clock. */
export async function bucketEdges(
  db: Database,
  { from, to }: KpiQuery,
  by: KpiBucket,
  timeZone: string,
): Promise<number[]> {
  const shortMs = by === 'minute' ? 60_000 : by === 'hour' ? 3_600_000 : null
  const [start] = await db.query(
    `select (extract(epoch from date_trunc($1, to_timestamp($2::float8 / 1000), $3)) * 1000)::bigint as at`,
    [by, from, timeZone],
  )
  const first = Number(start?.at)
  const approximateMs =
    shortMs ?? { day: 82_800_000, week: 600_000_000, month: 2_400_000_000 }[by as 'day' | 'week' | 'month']
  if ((to - first) / approximateMs > kpiBucketLimit) {
    throw new RangeError(`more than ${kpiBucketLimit} buckets of a ${by}: ask for a shorter period or longer buckets`)
  }
  if (shortMs !== null) {
    const count = Math.max(0, Math.ceil((to - first) / shortMs))
    return Array.from({ length: count }, (_, index) => first + index * shortMs)
  }
  const rows = await db.query(
    `select (extract(epoch from edge at time zone $3) * 1000)::bigint as at
    from generate_series(date_trunc($1, to_timestamp($2::float8 / 1000) at time zone $3),
      to_timestamp($4::float8 / 1000) at time zone $3, ('1 ' || $1)::interval) as edge`,
    [by, from, timeZone, to],
  )
  return rows.map((row) => Number(row.at)).filter((at) => at < to)
}
