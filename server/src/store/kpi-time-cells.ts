/**
 * How long cases took, kept as cases change: for each day and month of the city and each member of a dimension, or pair of members, how often
 * each duration came, how many kept their target, and where those cases stand. Changed in the transaction that stores the case. Guarantees
 * that what a cell says of numbers is what counting all cases anew would say, and of percentiles to within 1.6 %.
 */
import { caseSteps, furthestStep, type CaseStep } from '../../../shared/model/case-steps.ts'
import { caseIntervals, intervalMs } from '../../../shared/model/case-times.ts'
import { targetFor, type TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import { isInKpi, isOpenState, type Incident } from '../../../shared/model/incident.ts'
import type { Priority } from '../../../shared/model/priority.ts'
import { timesOf } from '../../../shared/model/times-of-case.ts'
import { kpiGroups, type KpiGroup } from '../../../shared/model/kpi.ts'
import type { Database, Row, Statement } from '../ports/store.ts'
import { stepNumber } from './case-filter.ts'
import { CellChanges, type CellPlace } from './count-cells.ts'
import { classOf } from './duration-counts.ts'
import { intervalColumns } from './interval-columns.ts'
import { cellGroups, groupCodeLength, pairPlaces, type CellGroup } from './kpi-pairs.ts'
import { casePlaces, responsePlaces, TimeCellChange, type Places } from './time-cell.ts'

/** The columns of a case behind what may be asked for. */
export const groupColumns = {
  district: 'district_id',
  class: 'class_code',
  department: 'department_id',
  source: 'source',
  priority: 'priority::text',
} as const satisfies Record<KpiGroup, string>
/** The number of a dimension in the table; 0 = all cases together. */
export const groupNumber = (group: CellGroup | null): number => (group === null ? 0 : cellGroups.indexOf(group) + 1)

/** What of a case is counted; null = not counted at all. */
export interface Timed {
  readonly reportedAt: number
  /** The first crew on scene, and how long after the report; by this instant it is counted. */
  readonly arrivedAt: number | null
  readonly responseMs: number | null
  readonly ms: readonly (number | null)[]
  /** Where it stands (`stepCode`). */
  readonly step: number
  readonly by: Readonly<Record<CellGroup, string | null>>
}

/** The furthest step of a case, and whether it is open, as one number; `step`: its place in the order of steps. */
const stepCode = (step: number, isOpen: boolean): number => 2 * step + Number(isOpen)
export const stepOfCode = (code: number) => ({
  step: caseSteps[Math.floor(code / 2)] as CaseStep,
  isOpen: code % 2 === 1,
})

const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value))
const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))

const timedOf = (incident: Incident): Timed | null =>
  isInKpi(incident)
    ? {
        reportedAt: incident.reportedAt,
        arrivedAt: incident.arrivedAt,
        responseMs: incident.arrivedAt === null ? null : incident.arrivedAt - incident.reportedAt,
        ms: caseIntervals.map((interval) => intervalMs(timesOf(incident), interval)),
        step: stepCode(caseSteps.indexOf(furthestStep(incident)), isOpenState(incident.state)),
        by: {
          district: incident.districtId,
          class: incident.classCode,
          department: incident.departmentId,
          source: incident.source,
          priority: String(incident.priority),
          group: incident.classCode.slice(0, groupCodeLength),
        },
      }
    : null

/** Columns of a stored case that say what it counted. */
export const timedColumns = `in_kpi, reported_at as "timed at", arrived_at as "timed arrival", response_ms as "timed response", ${caseIntervals
  .map((interval) => `${intervalColumns[interval]} as "${interval} ms"`)
  .join(', ')}, ${stepNumber} as "timed step", is_open as "timed open",
  ${kpiGroups.map((group) => `${groupColumns[group]} as "timed ${group}"`).join(', ')}, left(class_code, ${groupCodeLength}) as "timed group"`

export const timedOfRow = (row: Row): Timed | null =>
  row.in_kpi === true
    ? {
        reportedAt: Number(row['timed at']),
        arrivedAt: numberOf(row['timed arrival']),
        responseMs: numberOf(row['timed response']),
        ms: caseIntervals.map((interval) => numberOf(row[`${interval} ms`])),
        step: stepCode(Number(row['timed step']), row['timed open'] === true),
        by: Object.fromEntries(cellGroups.map((group) => [group, textOf(row[`timed ${group}`])])) as Timed['by'],
      }
    : null

/** What each interval of a case should have kept. */
export const targetsOf = (targets: readonly TimeTarget[], { by }: Timed): (TimeTarget | undefined)[] =>
  caseIntervals.map((interval) => targetFor(targets, interval, Number(by.priority) as Priority, by.department))

/** By whose days, hours and targets cases are counted. */
export interface TimeBasis {
  readonly ymdOf: (at: number) => number
  readonly hourOf: (at: number) => number
  readonly targets: readonly TimeTarget[]
}

/** Of all cases together, of each member the case is of, and of each pair of them. */
const placesOf = ({ by }: Timed): CellPlace[] => [
  { dimension: groupNumber(null), key: '', hasDays: true },
  ...cellGroups.map((group) => ({ dimension: groupNumber(group), key: by[group] ?? '', hasDays: true })),
  ...pairPlaces(by),
]

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
    const { ymdOf } = this.#basis
    const { reportedAt, arrivedAt, responseMs } = timed
    const places = placesOf(timed)
    const counts = this.#countsOf(timed)
    for (const cell of this.#changes.on(ymdOf(reportedAt), places)) cell.add(counts, sign)
    if (arrivedAt === null || responseMs === null) return
    const response = responsePlaces(classOf(responseMs))
    for (const cell of this.#changes.on(ymdOf(arrivedAt), places)) cell.add(response, sign)
  }

  #countsOf(timed: Timed): Places {
    const targets = targetsOf(this.#basis.targets, timed)
    const intervals = timed.ms.map((ms, i) => {
      if (ms === null) return null
      const target = targets[i]
      return {
        of: classOf(ms),
        hasTarget: target !== undefined,
        isKept: target !== undefined && ms <= target.seconds * 1000,
      }
    })
    return casePlaces({ hour: this.#basis.hourOf(timed.reportedAt), step: timed.step, intervals })
  }

  statements(database: Database): Promise<Statement[]> {
    return this.#changes.statements(database)
  }
}
