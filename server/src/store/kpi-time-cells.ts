/**
 * How long cases took, kept as cases change: for each day and month of the city and each member of a dimension how often each duration came,
 * and how many kept their target. Changed in the transaction that stores the case. Guarantees that what a cell says of numbers is what
 * counting all cases anew would say, and of percentiles to within 1.6 %.
 */
import { caseIntervals, intervalMs } from '../../../shared/model/case-times.ts'
import { targetFor, type TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import { isInKpi, type Incident } from '../../../shared/model/incident.ts'
import type { Priority } from '../../../shared/model/priority.ts'
import { timesOf } from '../../../shared/model/times-of-case.ts'
import type { KpiGroup } from '../../../shared/model/kpi.ts'
import type { Database, Row, Statement } from '../ports/store.ts'
import { CellChanges, type CountCell } from './count-cells.ts'
import { classOf, eachCount, NumberReader, writeCounts, writeNumber } from './duration-counts.ts'
import { intervalColumns } from './interval-columns.ts'
import { kpiPairs, pairKey, pairNumber } from './kpi-pairs.ts'

/** The dimensions of `GET /kpi/times`, and the columns of a case behind them. */
export const groupColumns = {
  district: 'district_id',
  class: 'class_code',
  department: 'department_id',
  source: 'source',
  priority: 'priority::text',
} as const satisfies Record<KpiGroup, string>
const groups = Object.keys(groupColumns) as KpiGroup[]
/** The number of a dimension in the table; 0 = all cases together. */
export const groupNumber = (group: KpiGroup | null): number => (group === null ? 0 : groups.indexOf(group) + 1)

/** What of a case is counted; null = not counted at all. */
export interface Timed {
  readonly reportedAt: number
  /** The first crew on scene, and how long after the report; by this instant it is counted. */
  readonly arrivedAt: number | null
  readonly responseMs: number | null
  readonly ms: readonly (number | null)[]
  readonly by: Readonly<Record<KpiGroup, string | null>>
}

const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value))
const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))

const timedOf = (incident: Incident): Timed | null =>
  isInKpi(incident)
    ? {
        reportedAt: incident.reportedAt,
        arrivedAt: incident.arrivedAt,
        responseMs: incident.arrivedAt === null ? null : incident.arrivedAt - incident.reportedAt,
        ms: caseIntervals.map((interval) => intervalMs(timesOf(incident), interval)),
        by: {
          district: incident.districtId,
          class: incident.classCode,
          department: incident.departmentId,
          source: incident.source,
          priority: String(incident.priority),
        },
      }
    : null

/** Columns of a stored case that say what it counted. */
export const timedColumns = `in_kpi, reported_at as "timed at", arrived_at as "timed arrival", response_ms as "timed response", ${caseIntervals
  .map((interval) => `${intervalColumns[interval]} as "${interval} ms"`)
  .join(', ')}, ${groups.map((group) => `${groupColumns[group]} as "timed ${group}"`).join(', ')}`

export const timedOfRow = (row: Row): Timed | null =>
  row.in_kpi === true
    ? {
        reportedAt: Number(row['timed at']),
        arrivedAt: numberOf(row['timed arrival']),
        responseMs: numberOf(row['timed response']),
        ms: caseIntervals.map((interval) => numberOf(row[`${interval} ms`])),
        by: Object.fromEntries(groups.map((group) => [group, textOf(row[`timed ${group}`])])) as Timed['by'],
      }
    : null

/** What each interval of a case should have kept. */
export const targetsOf = (targets: readonly TimeTarget[], { by }: Timed): (TimeTarget | undefined)[] =>
  caseIntervals.map((interval) => targetFor(targets, interval, Number(by.priority) as Priority, by.department))

const addTo = (counts: Map<number, number>, of: number, count: number) => counts.set(of, (counts.get(of) ?? 0) + count)
const isEmpty = (counts: ReadonlyMap<number, number>) => [...counts.values()].every((count) => count === 0)

/**
 * A cell as it is written. By their arrival: how long after the report. By their report: in which hour of the day; how many; and of each
 * interval how many have a target, how many kept it, and how long each took.
 */
class TimeCellChange implements CountCell {
  readonly responses = new Map<number, number>()
  readonly hours = new Map<number, number>()
  cases = 0
  readonly intervals = caseIntervals.map(() => ({ withTarget: 0, kept: 0, counts: new Map<number, number>() }))

  add(timed: Timed, hour: number, targets: readonly (TimeTarget | undefined)[], sign: 1 | -1): void {
    this.cases += sign
    addTo(this.hours, hour, sign)
    for (const [i, interval] of this.intervals.entries()) {
      const ms = timed.ms[i] ?? null
      if (ms === null) continue
      addTo(interval.counts, classOf(ms), sign)
      const target = targets[i]
      if (target === undefined) continue
      interval.withTarget += sign
      if (ms <= target.seconds * 1000) interval.kept += sign
    }
  }

  addResponse(ms: number, sign: 1 | -1): void {
    addTo(this.responses, classOf(ms), sign)
  }

  read(body: string): void {
    const numbers = new NumberReader(body)
    eachCount(numbers, (of, count) => addTo(this.responses, of, count))
    eachCount(numbers, (hour, count) => addTo(this.hours, hour, count))
    this.cases += numbers.next()
    for (const interval of this.intervals) {
      interval.withTarget += numbers.next()
      interval.kept += numbers.next()
      eachCount(numbers, (of, count) => addTo(interval.counts, of, count))
    }
  }

  write(): string {
    const parts = this.intervals.map(
      ({ withTarget, kept, counts }) => writeNumber(withTarget) + writeNumber(kept) + writeCounts(counts),
    )
    return writeCounts(this.responses) + writeCounts(this.hours) + writeNumber(this.cases) + parts.join('')
  }

  get isNothing(): boolean {
    return (
      this.cases === 0 &&
      isEmpty(this.responses) &&
      isEmpty(this.hours) &&
      this.intervals.every(({ withTarget, kept, counts }) => withTarget === 0 && kept === 0 && isEmpty(counts))
    )
  }
}

/** By whose days, hours and targets cases are counted. */
export interface TimeBasis {
  readonly ymdOf: (at: number) => number
  readonly hourOf: (at: number) => number
  readonly targets: readonly TimeTarget[]
}

export class TimeDeltas {
  readonly #changes = new CellChanges('kpi_time_cell', () => new TimeCellChange())
  readonly #basis: TimeBasis

  constructor(basis: TimeBasis) {
    this.#basis = basis
  }

  /** A case was stored as this row and will be as this incident; either may be missing. */
  change(row: Row | undefined, incident: Incident): void {
    const [before, after] = [row === undefined ? null : timedOfRow(row), timedOf(incident)]
    if (JSON.stringify(before) === JSON.stringify(after)) return
    if (before !== null) this.#add(before, -1)
    if (after !== null) this.#add(after, 1)
  }

  #add(timed: Timed, sign: 1 | -1): void {
    const { ymdOf, hourOf } = this.#basis
    const { reportedAt, arrivedAt, responseMs } = timed
    const targets = targetsOf(this.#basis.targets, timed)
    const hour = hourOf(reportedAt)
    for (const cell of this.#cellsOf(timed, ymdOf(reportedAt))) cell.add(timed, hour, targets, sign)
    if (arrivedAt === null || responseMs === null) return
    for (const cell of this.#cellsOf(timed, ymdOf(arrivedAt))) cell.addResponse(responseMs, sign)
  }

  /** Of all cases together and of each member the case is of: its day and its month; of each pair of them its month. */
  #cellsOf({ by }: Timed, day: number): TimeCellChange[] {
    const month = Math.floor(day / 100) * 100
    const ofPairs = kpiPairs.map((pair) => this.#changes.at(pairNumber(pair), month, pairKey(pair, by)))
    const ofMembers = [null, ...groups].flatMap((group) =>
      [day, month].map((when) => this.#changes.at(groupNumber(group), when, (group === null ? null : by[group]) ?? '')),
    )
    return [...ofMembers, ...ofPairs]
  }

  statements(database: Database): Promise<Statement[]> {
    return this.#changes.statements(database)
  }
}
