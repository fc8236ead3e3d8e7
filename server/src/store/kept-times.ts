/**
 * The times of cases added up from cells: what counting every case would say of numbers, and to within 1.6 % of percentiles. Answers null
 * where the cells do not hold what was asked: other than whole days, two things at once, or targets the cells do not go by.
 */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { IntervalKpi, TimesRow } from '../../../shared/model/time-kpi.ts'
import { kpiMeasureInfo } from '../../../shared/model/kpi-measure.ts'
import type { Database } from '../ports/store.ts'
import { daysOf } from './calendar-days.ts'
import { Conditions } from './conditions.ts'
import { addCounts, classCount, noDurations, NumberReader, percentilesOf } from './duration-counts.ts'
import { bucketEdges, isBucket } from './kpi.ts'
import type { groupColumns } from './kpi-time-cells.ts'
import { groupNumber } from './kpi-time-cells.ts'
import { addClass } from './list-page.ts'

/** Up to so many cases are looked at one by one, which is exact. */
const mostExactly = 20_000

type Group = keyof typeof groupColumns
export interface TimesAnswerRows {
  readonly rows: TimesRow[]
  readonly total: TimesRow
}

/** Cells added up: every length has its place. */
class TimeCell {
  cases = 0
  readonly intervals = caseIntervals.map(() => ({ withTarget: 0, kept: 0, counts: noDurations() }))

  read(body: string): void {
    const numbers = new NumberReader(body)
    this.cases += numbers.next()
    for (const interval of this.intervals) {
      interval.withTarget += numbers.next()
      interval.kept += numbers.next()
      addCounts(interval.counts, numbers)
    }
  }

  add(other: TimeCell): void {
    this.cases += other.cases
    for (const [i, { withTarget, kept, counts }] of other.intervals.entries()) {
      const to = this.intervals[i] as (typeof this.intervals)[number]
      to.withTarget += withTarget
      to.kept += kept
      for (let of = 0; of < classCount; of++) to.counts[of] = (to.counts[of] as number) + (counts[of] as number)
    }
  }
}

const intervalOf = ({ withTarget, kept, counts }: TimeCell['intervals'][number]): IntervalKpi => {
  const [p50Ms = null, p90Ms = null, p95Ms = null] = percentilesOf(counts, [0.5, 0.9, 0.95])
  let count = 0
  for (const one of counts) count += one
  return { count, p50Ms, p90Ms, p95Ms, withTarget, kept, compliance: withTarget === 0 ? null : kept / withTarget }
}

const rowOf = (key: TimesRow['key'], cell: TimeCell): TimesRow => ({
  key,
  intervals: Object.fromEntries(
    cell.intervals.map((interval, i) => [caseIntervals[i], intervalOf(interval)]),
  ) as TimesRow['intervals'],
})

/** A month's cell lies under its day 00. */
const monthStart = (day: number): number => (day % 100 === 0 ? day + 1 : day)

/** Which dimension holds what is asked; undefined = none. */
function dimensionOf({ by, district, class: code }: KpiQuery): Group | null | undefined {
  const wanted: Group[] = [
    ...(isBucket(by) ? [] : [by]),
    ...(district === undefined ? [] : ['district' as const]),
    ...(code === undefined ? [] : ['class' as const]),
  ]
  const [only] = new Set(wanted)
  return new Set(wanted).size > 1 ? undefined : (only ?? null)
}

async function isWorthwhile(
  db: Database,
  days: readonly number[],
  timeZone: string,
  targets: readonly TimeTarget[],
): Promise<boolean> {
  const [found] = await db.query(
    `select time_zone, time_targets, (select sum(n${kpiMeasureInfo.reported.bit}) from kpi_cell
      where dimension = 0 and day = any($1::int[])) as cases from kpi_state`,
    [days],
  )
  const isOfThese = found?.time_zone === timeZone && found.time_targets === JSON.stringify(targets)
  return isOfThese && Number(found.cases ?? 0) > mostExactly
}

/** `always`: whether or not there are few enough to be looked at one by one. */
export async function keptTimes(
  db: Database,
  query: KpiQuery,
  timeZone: string,
  targets: readonly TimeTarget[],
  always = false,
): Promise<TimesAnswerRows | null> {
  const { from, to, by } = query
  const dimension = dimensionOf(query)
  const dayOf = cityCalendar(timeZone)
  const isWhole = dayOf(from).startAt === from && dayOf(to).startAt === to
  if (dimension === undefined || !isWhole || by === 'minute' || by === 'hour') return null
  // Weeks cut months.
  const days = daysOf(dayOf, from, to, !isBucket(by) || by === 'month')
  if (!always && !(await isWorthwhile(db, days, timeZone, targets))) return null

  const where = new Conditions()
  where.add(`dimension = ${where.bind(groupNumber(dimension))}`)
  where.add(`day = any(${where.bind(days)}::int[])`)
  if (dimension === 'district') where.addIf(query.district, (at) => `key = ${at}`)
  if (dimension === 'class') addClass(where, 'key', query.class)
  const cells = await db.query(`select day, key, body from kpi_time_cell ${where.sql}`, where.params)

  const edges = isBucket(by) ? await bucketEdges(db, query, by, timeZone) : null
  const firstDays = edges?.map((at) => Number(dayOf(at).ymd)) ?? []
  const sums = new Map<number | string, TimeCell>(edges?.map((at) => [at, new TimeCell()]))
  for (const { day, key, body } of cells) {
    const bucket = firstDays.findLastIndex((first) => first <= monthStart(Number(day)))
    const name = edges === null ? String(key) : (edges[bucket] as number)
    let sum = sums.get(name)
    if (sum === undefined) sums.set(name, (sum = new TimeCell()))
    sum.read(String(body))
  }
  const total = new TimeCell()
  for (const sum of sums.values()) total.add(sum)
  const rows = [...sums]
    .filter(([, cell]) => edges !== null || cell.cases > 0)
    .map(([key, cell]) => rowOf(key === '' ? null : key, cell))
  return {
    rows:
      edges !== null
        ? rows
        : rows.sort(
            (a, b) => Number(a.key === null) - Number(b.key === null) || (String(a.key) < String(b.key) ? -1 : 1),
          ),
    total: rowOf(null, total),
  }
}
