/**
 * How long cases took, as a histogram and percentiles, of those reported in the period. Many whole days are added up from cells, what the
 * period cuts of a day case by case, and few cases one by one. How many there are, in each class too, is always exact; percentiles are, of
 * many, to within 1.6 %.
 */
import type { Distribution, DistributionQuery } from '../../../shared/contract/kpi-analysis.ts'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import { binStarts } from '../../../shared/model/duration-bins.ts'
import type { Database } from '../ports/store.ts'
import { addCaseFilter } from './case-filter.ts'
import { Conditions } from './conditions.ts'
import { addDurations, countsBetween, noDurations, percentilesOf, totalOf } from './duration-counts.ts'
import { intervalColumns } from './interval-columns.ts'
import { keptIfMany, type CellUse } from './kept-days.ts'
import { sumTimes } from './kept-times.ts'

const none: Distribution = { count: 0, p50Ms: null, p90Ms: null, p95Ms: null, bins: [] }

export async function readDistribution(
  db: Database,
  query: DistributionQuery,
  timeZone: string,
  cells: CellUse = 'many',
): Promise<Distribution> {
  const asked = { ...query, by: 'month' } as const
  const kept = await keptIfMany(db, asked, timeZone, cells)
  if (kept === null) return distributionOfCases(db, query)
  const counts = noDurations()
  // No target is asked for.
  for (const { intervals } of (await sumTimes(db, asked, kept, [])).values()) {
    const own = intervals[caseIntervals.indexOf(query.interval)]
    if (own !== undefined) addDurations(counts, own.counts)
  }
  const percentiles = percentilesOf(counts, [0.5, 0.9, 0.95])
  return distribution(totalOf(counts), percentiles, (starts) => Promise.resolve(countsBetween(counts, starts)))
}

async function distribution(
  count: number,
  [p50Ms = null, p90Ms = null, p95Ms = null]: readonly (number | null)[],
  countsOf: (starts: readonly number[]) => Promise<readonly number[]>,
): Promise<Distribution> {
  if (p95Ms === null) return none
  const starts = binStarts(p95Ms)
  const counts = await countsOf(starts)
  const bins = starts.map((fromMs, i) => ({ fromMs, toMs: starts[i + 1] ?? null, count: counts[i] ?? 0 }))
  return { count, p50Ms, p90Ms, p95Ms, bins }
}

async function distributionOfCases(db: Database, query: DistributionQuery): Promise<Distribution> {
  const column = intervalColumns[query.interval]
  const where = new Conditions()
  where.add(`reported_at >= ${where.bind(query.from)} and reported_at < ${where.bind(query.to)} and in_kpi`)
  where.add(`${column} is not null`)
  addCaseFilter(where, query)
  const [found] = await db.query(
    `select count(*) as n, percentile_cont(array[0.5, 0.9, 0.95]) within group (order by ${column}) as p
      from incident ${where.sql}`,
    where.params,
  )
  return distribution(Number(found?.n ?? 0), (found?.p ?? []) as number[], async (starts) => {
    const rows = await db.query(
      `select bin, count(*) as n from
      (select width_bucket(${column}, ${where.bind(starts)}::bigint[]) as bin from incident ${where.sql}) as cases group by bin`,
      where.params,
    )
    const counts = new Map(rows.map((row) => [Number(row.bin) - 1, Number(row.n)]))
    return starts.map((_, i) => counts.get(i) ?? 0)
  })
}
