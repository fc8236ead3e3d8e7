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
import type { Database } from '../ports/store.ts'
import { keptKpi } from './kept-kpi.ts'
import { kpiOfCases, type KpiAnswerRows } from './kpi-of-cases.ts'

/** Many cases are added up from cells, their percentiles true to within 1.6 %; few are looked at one by one. */
export async function readKpi(db: Database, query: KpiQuery, timeZone: string): Promise<KpiAnswerRows> {
  return (await keptKpi(db, query, timeZone)) ?? kpiOfCases(db, query, timeZone)
}
