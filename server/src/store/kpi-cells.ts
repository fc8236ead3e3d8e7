/**
 * The evaluation's numbers, kept as cases change: what a case counted is taken back and what it counts now is put in its place, in the very
 * transaction that stores the case. Guarantees that the cells are what counting all cases anew would give. Refuses to know formulas.
 */
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { hourOfDay } from '../../../shared/model/city-hour.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { dimensionsOf, measuresOf, type CaseMeasures } from '../../../shared/model/kpi-case.ts'
import {
  kpiBases,
  kpiDimensions,
  kpiMeasureInfo,
  kpiMeasures,
  type KpiBase,
  type KpiDimension,
} from '../../../shared/model/kpi-measure.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { Database, Row, Statement } from '../ports/store.ts'
import { CellChanges, type CellPlace } from './count-cells.ts'
import { pairPlaces } from './kpi-pairs.ts'
import { MeasureCell } from './measure-counts.ts'
import { timedColumns, TimeDeltas, type TimeBasis } from './kpi-time-cells.ts'

/** Grows when measures mean something else: cells are then made anew from the cases. */
export const kpiEdition = 6
/** The number of a dimension in the table; 0 = all cases together. */
export const dimensionNumber = (dimension: KpiDimension | null): number =>
  dimension === null ? 0 : kpiDimensions.indexOf(dimension) + 1
/** Key of cases of which a dimension is not known. */
export const unknownKey = ''

/** Column of a case behind each dimension and base. */
export const dimensionColumns: Record<KpiDimension, string> = {
  district: 'district_id',
  street: 'street_id',
  grid: 'grid_id',
  department: 'department_id',
  class: 'class_code',
  group: 'left(class_code, 3)',
  source: 'source',
  priority: 'priority::text',
  acceptor: 'acceptor',
  dispatcher: 'dispatcher',
  collector: 'collector',
}
export const kpiBaseColumns: Record<KpiBase, string> = {
  reported: 'reported_at',
  verify: 'verify_at',
  filed: 'filed_at',
  due: 'due_at',
  'fed-back': 'fed_back_at',
  closed: 'closed_at',
}

const bitsOf = new Map<KpiBase, readonly number[]>(
  kpiBases.map((base) => [
    base,
    kpiMeasures.filter((code) => kpiMeasureInfo[code].base === base).map((code) => kpiMeasureInfo[code].bit),
  ]),
)
const hasBit = (flags: number, bit: number) => Math.floor(flags / 2 ** bit) % 2 === 1
type Counted = CaseMeasures & { readonly dimensions: Readonly<Record<KpiDimension, string | null>> }

const countedOf = (incident: Incident): Counted => ({ ...measuresOf(incident), dimensions: dimensionsOf(incident) })

const keptColumns = `id, version, ${timedColumns}, kpi_flags, handle_ms, ${kpiBases.map((base) => `${kpiBaseColumns[base]} as "at ${base}"`).join(', ')}, ${kpiDimensions
  .map((one) => `${dimensionColumns[one]} as "by ${one}"`)
  .join(', ')}`

const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value))
const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))

/** What the stored row counted, as `countedOf` of the case it was made from. */
const countedOfRow = (row: Row): Counted => ({
  flags: Number(row.kpi_flags),
  handleMs: numberOf(row.handle_ms),
  at: Object.fromEntries(kpiBases.map((base) => [base, numberOf(row[`at ${base}`])])) as Counted['at'],
  dimensions: Object.fromEntries(kpiDimensions.map((one) => [one, textOf(row[`by ${one}`])])) as Counted['dimensions'],
})

/** Of all cases together, of each member the case is of, and of each pair of them. */
const placesOf = ({ dimensions }: Counted): CellPlace[] => [
  { dimension: dimensionNumber(null), key: unknownKey, hasDays: true },
  ...kpiDimensions.map((one) => ({
    dimension: dimensionNumber(one),
    key: dimensions[one] ?? unknownKey,
    hasDays: true,
  })),
  ...pairPlaces(dimensions),
]

/** Changes of cells: how much more of each measure. */
class Deltas {
  readonly #changes = new CellChanges('kpi_cell', () => new MeasureCell())
  readonly #ymdOf: (at: number) => number

  constructor(ymdOf: (at: number) => number) {
    this.#ymdOf = ymdOf
  }

  add(counted: Counted, sign: 1 | -1): void {
    const places = placesOf(counted)
    for (const base of kpiBases) {
      const at = counted.at[base]
      const bits = (bitsOf.get(base) ?? []).filter((bit) => hasBit(counted.flags, bit))
      if (at === null || bits.length === 0) continue
      const handleMs = base === 'closed' ? counted.handleMs : null
      for (const cell of this.#changes.on(this.#ymdOf(at), places)) {
        for (const bit of bits) cell.add(bit, sign)
        if (handleMs !== null) cell.addHandling(handleMs, sign)
      }
    }
  }

  statements(database: Database): Promise<Statement[]> {
    return this.#changes.statements(database)
  }
}

/** Keeps the cells of one database, by the days of one city and the targets it holds its crews to. */
export class KpiCells {
  readonly #database: Database
  #basis: TimeBasis = { ymdOf: () => 0, hourOf: () => 0, targets: [] }

  constructor(database: Database) {
    this.#database = database
  }

  /** By whose days and targets cells are counted from now on. */
  follow(timeZone: string, targets: readonly TimeTarget[]): void {
    const dayOf = cityCalendar(timeZone)
    this.#basis = { ymdOf: (at) => Number(dayOf(at).ymd), hourOf: hourOfDay(timeZone), targets }
  }

  /** What changes with these cases, which are about to be stored; of several with one id the last, an older word than the stored one never. */
  async plan(incidents: readonly Incident[]): Promise<Statement[]> {
    if (incidents.length === 0) return []
    const newest = new Map(incidents.map((incident) => [incident.id, incident]))
    const rows = await this.#database.query(`select ${keptColumns} from incident where id = any($1::text[])`, [
      [...newest.keys()],
    ])
    return this.#statements([...newest.values()], new Map(rows.map((row) => [String(row.id), row])))
  }

  /** What these cases add where none of them is stored or counted yet. */
  fresh(incidents: readonly Incident[]): Promise<Statement[]> {
    return this.#statements(incidents, new Map())
  }

  async #statements(incidents: readonly Incident[], known: ReadonlyMap<string, Row>): Promise<Statement[]> {
    const deltas = new Deltas(this.#basis.ymdOf)
    const times = new TimeDeltas(this.#basis)
    for (const incident of incidents) {
      const row = known.get(incident.id)
      if (row !== undefined && Number(row.version) > incident.version) continue
      if (row !== undefined) deltas.add(countedOfRow(row), -1)
      deltas.add(countedOf(incident), 1)
      times.change(row, incident)
    }
    return [...(await deltas.statements(this.#database)), ...(await times.statements(this.#database))]
  }
}
