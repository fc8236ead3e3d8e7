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
import { classOf, eachCount, NumberReader, writeCounts, writeNumber } from './duration-counts.ts'
import { intervalColumns } from './interval-columns.ts'

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
interface Timed {
  readonly reportedAt: number
  readonly ms: readonly (number | null)[]
  readonly by: Readonly<Record<KpiGroup, string | null>>
}

const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value))
const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))

const timedOf = (incident: Incident): Timed | null =>
  isInKpi(incident)
    ? {
        reportedAt: incident.reportedAt,
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
export const timedColumns = `in_kpi, reported_at as "timed at", ${caseIntervals
  .map((interval) => `${intervalColumns[interval]} as "${interval} ms"`)
  .join(', ')}, ${groups.map((group) => `${groupColumns[group]} as "timed ${group}"`).join(', ')}`

const timedOfRow = (row: Row): Timed | null =>
  row.in_kpi === true
    ? {
        reportedAt: Number(row['timed at']),
        ms: caseIntervals.map((interval) => numberOf(row[`${interval} ms`])),
        by: Object.fromEntries(groups.map((group) => [group, textOf(row[`timed ${group}`])])) as Timed['by'],
      }
    : null

/** A cell as it is written: few durations of very many lengths. Of each interval how many have a target, and how many kept it. */
class SparseCell {
  cases = 0
  readonly intervals = caseIntervals.map(() => ({ withTarget: 0, kept: 0, counts: new Map<number, number>() }))

  add(timed: Timed, targets: readonly (TimeTarget | undefined)[], sign: 1 | -1): void {
    this.cases += sign
    for (const [i, interval] of this.intervals.entries()) {
      const ms = timed.ms[i] ?? null
      if (ms === null) continue
      const of = classOf(ms)
      interval.counts.set(of, (interval.counts.get(of) ?? 0) + sign)
      const target = targets[i]
      if (target === undefined) continue
      interval.withTarget += sign
      if (ms <= target.seconds * 1000) interval.kept += sign
    }
  }

  /** Adds what a stored cell says. */
  read(body: string): void {
    const numbers = new NumberReader(body)
    this.cases += numbers.next()
    for (const interval of this.intervals) {
      interval.withTarget += numbers.next()
      interval.kept += numbers.next()
      eachCount(numbers, (of, count) => interval.counts.set(of, (interval.counts.get(of) ?? 0) + count))
    }
  }

  write(): string {
    const parts = this.intervals.map(
      ({ withTarget, kept, counts }) => writeNumber(withTarget) + writeNumber(kept) + writeCounts(counts),
    )
    return writeNumber(this.cases) + parts.join('')
  }

  /** What was taken back is what was put in its place. */
  get isNothing(): boolean {
    return (
      this.cases === 0 &&
      this.intervals.every(
        ({ withTarget, kept, counts }) =>
          withTarget === 0 && kept === 0 && [...counts.values()].every((count) => count === 0),
      )
    )
  }
}

interface Change {
  readonly dimension: number
  readonly day: number
  readonly key: string
  readonly cell: SparseCell
}

export class TimeDeltas {
  readonly #changes = new Map<string, Change>()
  readonly #ymdOf: (at: number) => number
  readonly #targets: readonly TimeTarget[]

  constructor(ymdOf: (at: number) => number, targets: readonly TimeTarget[]) {
    this.#ymdOf = ymdOf
    this.#targets = targets
  }

  /** A case was stored as this row and will be as this incident; either may be missing. */
  change(row: Row | undefined, incident: Incident): void {
    const [before, after] = [row === undefined ? null : timedOfRow(row), timedOf(incident)]
    if (JSON.stringify(before) === JSON.stringify(after)) return
    if (before !== null) this.#add(before, -1)
    if (after !== null) this.#add(after, 1)
  }

  #add(timed: Timed, sign: 1 | -1): void {
    const { priority, department } = timed.by
    const targets = caseIntervals.map((interval) =>
      targetFor(this.#targets, interval, Number(priority) as Priority, department),
    )
    const day = this.#ymdOf(timed.reportedAt)
    for (const group of [null, ...groups])
      for (const when of [day, Math.floor(day / 100) * 100]) {
        const key = (group === null ? null : timed.by[group]) ?? ''
        this.#cell(groupNumber(group), when, key).add(timed, targets, sign)
      }
  }

  #cell(dimension: number, day: number, key: string): SparseCell {
    const name = `${dimension} ${day} ${key}`
    let change = this.#changes.get(name)
    if (change === undefined) this.#changes.set(name, (change = { dimension, day, key, cell: new SparseCell() }))
    return change.cell
  }

  /** One statement for all cells that change, in a fixed order. There is one writer: what is read here is what will be replaced. */
  async statements(database: Database): Promise<Statement[]> {
    const changes = [...this.#changes.values()]
      .filter(({ cell }) => !cell.isNothing)
      .sort((a, b) => a.dimension - b.dimension || a.day - b.day || (a.key < b.key ? -1 : 1))
    if (changes.length === 0) return []
    const keys = [
      changes.map(({ dimension }) => dimension),
      changes.map(({ day }) => day),
      changes.map(({ key }) => key),
    ]
    const rows = await database.query(
      `select dimension, day, key, body from kpi_time_cell
      join unnest($1::smallint[], $2::int[], $3::text[]) as wanted (dimension, day, key) using (dimension, day, key)`,
      keys,
    )
    for (const row of rows)
      this.#changes.get(`${Number(row.dimension)} ${Number(row.day)} ${String(row.key)}`)?.cell.read(String(row.body))
    return [
      {
        sql: `insert into kpi_time_cell (dimension, day, key, body)
          select * from unnest($1::smallint[], $2::int[], $3::text[], $4::text[])
          on conflict (dimension, day, key) do update set body = excluded.body`,
        params: [...keys, changes.map(({ cell }) => cell.write())],
      },
    ]
  }
}
