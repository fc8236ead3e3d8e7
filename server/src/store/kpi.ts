/**
 * The KPI page's numbers. Each count has its own time base, the instant that puts a case into a period (half open, `from ≤ t < to`):
 *
 * | number | base | which cases |
 * |---|---|---|
 * | `reported` | `reportedAt` | all |
 * | `overdue` | `reportedAt` | those that ever left a stage too late, or stand past a limit |
 * | `open` | `reportedAt` | those still open now |
 * | `filed` | `filedAt` | all |
 * | `closed` | `closedAt` | closed, by force or not, or evaluated |
 * | `onTime` | `closedAt` | of `closed`: not by force, and not later than `dueAt`, or without one |
 * | `refused` | `closedAt` | rejected or void |
 * | `response…` | `arrivedAt` | report to first crew on scene |
 *
 * Drills are in none, but for those that say they count. Buckets follow the city's calendar and are all present, empty ones as zeros; of groups, those with any number.
 */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import { kpiBucketLimit, kpiBuckets, type KpiBucket, type KpiRow } from '../../../shared/model/kpi.ts'
import type { Database, Row, Statement } from '../ports/store.ts'
import { addClass } from './list-page.ts'
import { Conditions } from './conditions.ts'
import { groupColumns } from './kpi-time-cells.ts'
import { endings } from './model-rows.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Key = KpiRow['key']

export const isBucket = (by: KpiQuery['by']): by is KpiBucket => (kpiBuckets as readonly string[]).includes(by)

const emptyRow = (key: Key): Mutable<KpiRow> => ({
  key,
  reported: 0,
  filed: 0,
  closed: 0,
  refused: 0,
  onTime: 0,
  overdue: 0,
  open: 0,
  responseCount: 0,
  responseP50Ms: null,
  responseP90Ms: null,
})

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

/** One statement a time base: an aggregate over the cases that this instant puts into the period. */
function baseStatement(
  query: KpiQuery,
  edges: readonly number[] | null,
  base: string,
  select: string,
  total: boolean,
): Statement {
  const where = new Conditions()
  where.addIf(query.from, (at) => `${base} >= ${at}`)
  where.addIf(query.to, (at) => `${base} < ${at}`)
  where.add('in_kpi')
  where.addIf(query.district, (at) => `district_id = ${at}`)
  addClass(where, 'class_code', query.class)
  const key =
    edges === null
      ? groupColumns[query.by as keyof typeof groupColumns]
      : `width_bucket(${base}, ${where.bind(edges)}::bigint[])`
  const grouping = total ? 'grouping sets ((key), ())' : 'key'
  return {
    sql: `select key, ${total ? 'grouping(key) as is_total,' : ''} ${select}
      from (select *, ${key} as key from incident ${where.sql}) as cases group by ${grouping}`,
    params: where.params,
  }
}

const counts = [
  [
    'reported_at',
    'count(*) as reported, count(*) filter (where is_overdue) as overdue, count(*) filter (where is_open) as open',
  ],
  ['filed_at', 'count(*) as filed'],
  [
    'closed_at',
    `count(*) filter (where ending in (${endings.closed}, ${endings.closedOnTime})) as closed,
    count(*) filter (where ending = ${endings.refused}) as refused,
    count(*) filter (where ending = ${endings.closedOnTime}) as "onTime"`,
  ],
] as const
const response = `count(*) as n, percentile_cont(array[0.5, 0.9]) within group (order by response_ms) as p`
const countNames = ['reported', 'filed', 'closed', 'refused', 'onTime', 'overdue', 'open'] as const

function addResponse(into: Mutable<KpiRow>, row: Row): void {
  const [p50, p90] = row.p as number[]
  into.responseCount = Number(row.n)
  into.responseP50Ms = p50 ?? null
  into.responseP90Ms = p90 ?? null
}

export async function readKpi(
  db: Database,
  query: KpiQuery,
  timeZone: string,
): Promise<{ readonly rows: KpiRow[]; readonly total: KpiRow }> {
  const edges = isBucket(query.by) ? await bucketEdges(db, query, query.by, timeZone) : null
  const rows = new Map<Key, Mutable<KpiRow>>(edges?.map((at) => [at, emptyRow(at)]))
  const total = emptyRow(null)
  if (edges?.length === 0) return { rows: [], total }
  const rowOf = (row: Row): Mutable<KpiRow> => {
    const key = edges === null ? (row.key as string | null) : (edges[Number(row.key) - 1] ?? null)
    const known = rows.get(key) ?? emptyRow(key)
    rows.set(key, known)
    return known
  }

  // One after another where there is one connection: a commit may pass between.
  const ask = (base: string, select: string, total: boolean) => {
    const { sql, params = [] } = baseStatement(query, edges, base, select, total)
    return db.query(sql, params)
  }
  const [responses, ...results] = await Promise.all([
    ask('arrived_at', response, true),
    ...counts.map(([base, select]) => ask(base, select, false)),
  ])
  for (const row of results.flat()) {
    const into = rowOf(row)
    for (const name of countNames) {
      const count = Number(row[name] ?? 0)
      into[name] += count
      total[name] += count
    }
  }
  for (const row of responses) {
    if (Number(row.n) > 0) addResponse(Number(row.is_total) === 1 ? total : rowOf(row), row)
  }
  return { rows: edges === null ? groupsOf([...rows.values()]) : [...rows.values()], total }
}

/** Those with any number, by code, the unknown last. */
const groupsOf = (rows: readonly KpiRow[]): KpiRow[] =>
  rows
    .filter((row) => row.responseCount > 0 || countNames.some((name) => row[name] > 0))
    .sort((a, b) => Number(a.key === null) - Number(b.key === null) || (String(a.key) < String(b.key) ? -1 : 1))
