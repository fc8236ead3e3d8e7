/**
 * The times of cases added up from cells: what counting every case would say of numbers, and to within 1.6 % of percentiles. Answers null
 * where the cells do not hold what was asked (`keptOf`), or go by other targets. What the period cuts of a day is looked at case by case.
 */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { KpiGroup } from '../../../shared/model/kpi.ts'
import type { IntervalKpi, TimesRow } from '../../../shared/model/time-kpi.ts'
import type { Database } from '../ports/store.ts'
import { Conditions } from './conditions.ts'
import {
  addCounts,
  addDuration,
  addDurations,
  noDurations,
  NumberReader,
  percentilesOf,
  skipCounts,
  totalOf,
} from './duration-counts.ts'
import { byMember, cellName, isWorthwhile, keptOf, rowNameOf, whereOfCells, type Kept, type Span } from './kept-days.ts'
import { groupNumber, targetsOf, timedColumns, timedOfRow, type Timed } from './kpi-time-cells.ts'
import { timeParts } from './time-cell.ts'
import { addCaseFilter } from './case-filter.ts'

export interface TimesAnswerRows {
  readonly rows: TimesRow[]
  readonly total: TimesRow
}

/** Cells added up: every length has its place. */
export class TimeCell {
  cases = 0
  readonly intervals = caseIntervals.map(() => ({ withTarget: 0, kept: 0, counts: noDurations() }))

  /** Adds stored cells, one behind the other. */
  read(bodies: string): void {
    const numbers = new NumberReader(bodies)
    while (!numbers.isAtEnd) {
      skipCounts(numbers, timeParts.cases)
      this.cases += numbers.next()
      for (const interval of this.intervals) {
        interval.withTarget += numbers.next()
        interval.kept += numbers.next()
        addCounts(interval.counts, numbers)
      }
    }
  }

  count(timed: Timed, targets: readonly TimeTarget[]): void {
    this.cases++
    const own = targetsOf(targets, timed)
    for (const [i, ms] of timed.ms.entries()) {
      if (ms === null) continue
      const to = this.intervals[i] as (typeof this.intervals)[number]
      addDuration(to.counts, ms)
      const target = own[i]
      if (target === undefined) continue
      to.withTarget++
      if (ms <= target.seconds * 1000) to.kept++
    }
  }

  add(other: TimeCell): void {
    this.cases += other.cases
    for (const [i, { withTarget, kept, counts }] of other.intervals.entries()) {
      const to = this.intervals[i] as (typeof this.intervals)[number]
      to.withTarget += withTarget
      to.kept += kept
      addDurations(to.counts, counts)
    }
  }
}

const intervalOf = ({ withTarget, kept, counts }: TimeCell['intervals'][number]): IntervalKpi => {
  const [p50Ms = null, p90Ms = null, p95Ms = null] = percentilesOf(counts, [0.5, 0.9, 0.95])
  return {
    count: totalOf(counts),
    p50Ms,
    p90Ms,
    p95Ms,
    withTarget,
    kept,
    compliance: withTarget === 0 ? null : kept / withTarget,
  }
}

const rowOf = (key: TimesRow['key'], cell: TimeCell): TimesRow => ({
  key,
  intervals: Object.fromEntries(
    cell.intervals.map((interval, i) => [caseIntervals[i], intervalOf(interval)]),
  ) as TimesRow['intervals'],
})

/** The cells' kept targets are of the pack's; asked of others, cases are looked at. */
async function isOfThese(db: Database, targets: readonly TimeTarget[]): Promise<boolean> {
  const [found] = await db.query('select time_targets from kpi_state')
  return found?.time_targets === JSON.stringify(targets)
}

/** Cells added up by bucket or member, with the cases of both ends. */
export async function sumTimes(
  db: Database,
  query: KpiQuery,
  kept: Kept,
  targets: readonly TimeTarget[],
): Promise<Map<number | string, TimeCell>> {
  const where = whereOfCells(kept, query, groupNumber)
  const cells = await db.query(
    `select ${cellName(kept, query)} as name, string_agg(body, '') as bodies from kpi_time_cell ${where.sql} group by 1`,
    where.params,
  )

  const sums = new Map<number | string, TimeCell>(kept.buckets?.starts.map((at) => [at, new TimeCell()]))
  const sumOf = (name: number | string): TimeCell => {
    const sum = sums.get(name) ?? new TimeCell()
    sums.set(name, sum)
    return sum
  }
  for (const cell of cells) sumOf(rowNameOf(kept, cell.name)).read(String(cell.bodies))
  for (const end of kept.ends)
    for (const timed of await timedAt(db, query, end)) {
      const member = () => timed.by[query.by as KpiGroup] ?? ''
      sumOf(kept.buckets === null ? member() : kept.buckets.ofInstant(timed.reportedAt)).count(timed, targets)
    }
  return sums
}

/** `always`: whether or not there are few enough to be looked at one by one. */
export async function keptTimes(
  db: Database,
  query: KpiQuery,
  timeZone: string,
  targets: readonly TimeTarget[],
  always = false,
): Promise<TimesAnswerRows | null> {
  const kept = await keptOf(db, query, timeZone)
  if (kept === null || !(await isOfThese(db, targets))) return null
  if (!always && !(await isWorthwhile(db, kept, timeZone))) return null

  const sums = await sumTimes(db, query, kept, targets)
  const total = new TimeCell()
  for (const sum of sums.values()) total.add(sum)
  const rows = [...sums]
    .filter(([, cell]) => kept.buckets !== null || cell.cases > 0)
    .map(([key, cell]) => rowOf(key === '' ? null : key, cell))
  return { rows: kept.buckets === null ? rows.sort(byMember) : rows, total: rowOf(null, total) }
}

/** The cases reported at one end of the period. */
async function timedAt(db: Database, query: KpiQuery, { from, to }: Span): Promise<Timed[]> {
  const where = new Conditions()
  where.add(`reported_at >= ${where.bind(from)} and reported_at < ${where.bind(to)}`)
  addCaseFilter(where, query)
  const rows = await db.query(`select ${timedColumns} from incident ${where.sql}`, where.params)
  return rows.map(timedOfRow).filter((timed) => timed !== null)
}
