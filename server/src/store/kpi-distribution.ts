/** How long cases took, as a histogram and percentiles: exact, case by case, of those reported in the period. */
import type { Distribution, DistributionQuery } from '../../../shared/contract/kpi-analysis.ts'
import { binStarts } from '../../../shared/model/duration-bins.ts'
import type { Database } from '../ports/store.ts'
import { addCaseFilter } from './case-filter.ts'
import { Conditions } from './conditions.ts'
import { intervalColumns } from './interval-columns.ts'

export async function readDistribution(db: Database, query: DistributionQuery): Promise<Distribution> {
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
  const [p50Ms, p90Ms, p95Ms] = (found?.p ?? []) as number[]
  if (p50Ms === undefined || p90Ms === undefined || p95Ms === undefined)
    return { count: 0, p50Ms: null, p90Ms: null, p95Ms: null, bins: [] }
  const starts = binStarts(p95Ms)
  const rows = await db.query(
    `select bin, count(*) as n from
      (select width_bucket(${column}, ${where.bind(starts)}::bigint[]) as bin from incident ${where.sql}) as cases group by bin`,
    where.params,
  )
  const counts = new Map(rows.map((row) => [Number(row.bin) - 1, Number(row.n)]))
  const bins = starts.map((fromMs, i) => ({ fromMs, toMs: starts[i + 1] ?? null, count: counts.get(i) ?? 0 }))
  return { count: Number(found?.n), p50Ms, p90Ms, p95Ms, bins }
}
