/**
 * The times of cases: percentiles and kept targets by bucket or group, as `shared/model/time-kpi.ts` reckons them. A case belongs to the
 * period it was reported in (`from ≤ reportedAt < to`). Drills are in none, but for those that say they count. Many cases of whole days are
 * added up from cells, whose percentiles are true to within 1.6 %; what the cells do not hold is looked at case by case.
 */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import type { CaseInterval } from '../../../shared/model/case-times.ts'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { IntervalKpi, TimesRow } from '../../../shared/model/time-kpi.ts'
import type { Database, Row } from '../ports/store.ts'
import { Conditions } from './conditions.ts'
import { keptTimes, type TimesAnswerRows } from './kept-times.ts'
import { bucketEdges, isBucket } from './kpi-buckets.ts'
import { groupColumns } from './kpi-time-cells.ts'
import { intervalColumns } from './interval-columns.ts'
import { addCaseFilter } from './case-filter.ts'

/** The target of a case in ms, the most closely fitting first; SQL null where there is none. */
function targetSql(targets: readonly TimeTarget[], interval: CaseInterval, where: Conditions): string {
  const closeness = ({ priority, departmentId }: TimeTarget) =>
    (priority === null ? 0 : 2) + (departmentId === null ? 0 : 1)
  const own = targets.filter((one) => one.interval === interval).toSorted((a, b) => closeness(b) - closeness(a))
  if (own.length === 0) return 'null::float8'
  const cases = own.map(({ priority, departmentId, seconds }) => {
    const when = [
      ...(priority === null ? [] : [`priority = ${where.bind(priority)}`]),
      ...(departmentId === null ? [] : [`department_id = ${where.bind(departmentId)}`]),
    ]
    return `when ${when.length === 0 ? 'true' : when.join(' and ')} then ${where.bind(seconds * 1000)}::float8`
  })
  return `case ${cases.join(' ')} end`
}

function readInterval(row: Row | undefined, interval: CaseInterval): IntervalKpi {
  const [p50Ms = null, p90Ms = null, p95Ms = null] = (row?.[`${interval}_p`] ?? []) as (number | null)[]
  const [count, withTarget, kept] = ['n', 'of', 'in'].map((part) => Number(row?.[`${interval}_${part}`] ?? 0)) as [
    number,
    number,
    number,
  ]
  return { count, p50Ms, p90Ms, p95Ms, withTarget, kept, compliance: withTarget === 0 ? null : kept / withTarget }
}

const rowOf = (key: TimesRow['key'], row: Row | undefined): TimesRow => ({
  key,
  intervals: Object.fromEntries(
    caseIntervals.map((interval) => [interval, readInterval(row, interval)]),
  ) as TimesRow['intervals'],
})

export async function readTimes(
  db: Database,
  query: KpiQuery,
  timeZone: string,
  targets: readonly TimeTarget[],
): Promise<TimesAnswerRows> {
  return (await keptTimes(db, query, timeZone, targets)) ?? timesOfCases(db, query, timeZone, targets)
}

async function timesOfCases(
  db: Database,
  query: KpiQuery,
  timeZone: string,
  targets: readonly TimeTarget[],
): Promise<TimesAnswerRows> {
  const edges = isBucket(query.by) ? await bucketEdges(db, query, query.by, timeZone) : null
  if (edges?.length === 0) return { rows: [], total: rowOf(null, undefined) }
  const where = new Conditions()
  where.add(`reported_at >= ${where.bind(query.from)}`)
  where.add(`reported_at < ${where.bind(query.to)}`)
  where.add('in_kpi')
  addCaseFilter(where, query)
  const key =
    edges === null
      ? groupColumns[query.by as keyof typeof groupColumns]
      : `width_bucket(reported_at, ${where.bind(edges)}::bigint[])`
  const targeted = caseIntervals.map((interval) => `${targetSql(targets, interval, where)} as "${interval}_target"`)
  const columns = caseIntervals.map((interval) => {
    const [ms, target] = [intervalColumns[interval], `"${interval}_target"`]
    return `count(${ms}) as "${interval}_n",
      percentile_cont(array[0.5, 0.9, 0.95]) within group (order by ${ms}) as "${interval}_p",
      count(*) filter (where ${ms} is not null and ${target} is not null) as "${interval}_of",
      count(*) filter (where ${ms} <= ${target}) as "${interval}_in"`
  })
  const found = await db.query(
    `select key, grouping(key) as is_total, ${columns.join(',\n')}
      from (select *, ${key} as key, ${targeted.join(', ')} from incident ${where.sql}) as cases
      group by grouping sets ((key), ())`,
    where.params,
  )
  const total = rowOf(
    null,
    found.find((row) => Number(row.is_total) === 1),
  )
  const parts = found.filter((row) => Number(row.is_total) === 0)
  if (edges === null) {
    const rows = parts.map((row) => rowOf(row.key as string | null, row))
    return {
      rows: rows.sort(
        (a, b) => Number(a.key === null) - Number(b.key === null) || (String(a.key) < String(b.key) ? -1 : 1),
      ),
      total,
    }
  }
  const byBucket = new Map(parts.map((row) => [Number(row.key) - 1, row]))
  return { rows: edges.map((at, i) => rowOf(at, byBucket.get(i))), total }
}
