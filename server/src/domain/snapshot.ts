/**
 * State as text and back, in pieces: a city of many devices would not fit one text. Taking a snapshot only gathers
 * references, so it is one instant of state however long the writing takes: rows are never changed once made. Indices
 * are rebuilt, not stored.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { RuleChange } from '../../../shared/model/alarm-rule-change.ts'
import { wholeAlarm } from '../../../shared/model/alarm.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import type { WallControl } from '../../../shared/model/display.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import type { AlgorithmId } from '../../../shared/model/algorithm.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { DutyNow, HandOver, RosterChange } from '../../../shared/model/duty.ts'
import type { Attendance, RollCall } from '../../../shared/model/duty-attendance.ts'
import { attendanceKey } from '../../../shared/model/duty-attendance.ts'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import { wholeWarning } from '../../../shared/model/warning.ts'
import { entityKinds } from '../../../shared/model/catalog.ts'
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { LoadLists } from './alarm-load/snapshot.ts'
import { keepAlarm } from './alarm-load/evolve.ts'
import { loadLists, putLoad } from './alarm-load/snapshot.ts'
import type { FiledCase } from './advice/filed-memory.ts'
import type { AlgorithmState } from './algorithm/state.ts'
import type { DutyLine } from './duty/state.ts'
import type { KpiState } from './kpi/today.ts'
import type { CityState, Counters } from './state.ts'
import { setCasePlan } from './plan/fold.ts'
import { copyKpi } from './kpi/today.ts'
import { setAlarm, setSensor } from './alarm/fold.ts'
import { newCityState, setIncident } from './state.ts'

/** Raised when an older snapshot can no longer be read; state is then folded from the log's beginning. */
const layout = 2
const rowsAPiece = 500

/** The first piece. */
interface Head {
  readonly layout: number
  readonly rev: number
  readonly at: number
  readonly counters: Counters
  readonly kpi: KpiState
}

/** Entities stand under their kind's name. A list of which there is no piece is empty: some came later than others. */
interface Lists extends Record<EntityKind, Entity>, LoadLists {
  alarms: Alarm
  endedAlarms: Alarm
  ruleChanges: RuleChange
  ruleProposals: RuleChange
  incidents: Incident
  ended: readonly [string, number]
  filed: FiledCase
  algorithms: readonly [AlgorithmId, AlgorithmState]
  incidentOfSensor: readonly [number, string]
  units: Unit
  warnings: Warning
  alertsTaken: readonly [string, string | null]
  drills: Drill
  modes: CityMode
  walls: WallControl
  heardAt: readonly [string, number]
  casePlans: CasePlan
  responses: Response
  duty: DutyNow
  handOvers: HandOver
  rosterChanges: RosterChange
  attendance: Attendance
  rollCalls: RollCall
  dutyLines: readonly [number, DutyLine]
  drillIncidentOfSensor: readonly [number, string]
  sensors: Sensor
}
type ListName = keyof Lists

/** A further piece: some rows of one list, in its order. */
interface Part {
  readonly list: ListName
  readonly rows: readonly unknown[]
}

/** Rows of state: what a snapshot costs to write. */
export const snapshotRows = (state: CityState): number =>
  entityKinds.reduce((rows, kind) => rows + state.entities[kind].size, state.sensors.size + state.incidents.size)

/** One instant of state, in pieces that are quick to write; each is JSON by itself. */
export function snapshotPieces(state: CityState): Iterable<string> {
  const { rev, at } = state
  const counters = { ...state.counters, entities: { ...state.counters.entities } }
  const head: Head = { layout, rev, at, counters, kpi: copyKpi(state.kpi) }
  const lists: [ListName, readonly unknown[]][] = [
    ['alarms', [...state.alarms.values()]],
    ['endedAlarms', [...state.endedAlarms.values()]],
    ['ruleChanges', [...state.ruleChanges.values()]],
    ['ruleProposals', [...state.ruleProposals.values()]],
    ...loadLists(state.alarmLoad),
    // Before the cases: these are not the newest word on those.
    ['heardAt', [...state.heardAt]],
    ['filed', state.filed.rows()],
    ['incidents', [...state.incidents.values()]],
    ['algorithms', [...state.algorithms]],
    ['casePlans', [...state.casePlans.values()]],
    ['ended', [...state.ended]],
    ['incidentOfSensor', [...state.incidentOfSensor]],
    ['units', [...state.units.values()]],
    ['warnings', [...state.warnings.values()]],
    ['alertsTaken', [...state.alertsTaken]],
    ['drills', [...state.drills.values()]],
    ['modes', [...state.modes.values()]],
    ['walls', [...state.walls.values()]],
    ['responses', [...state.responses.values()]],
    ['duty', [...state.duty.values()]],
    ['handOvers', [...state.handOvers.values()]],
    ['rosterChanges', [...state.rosterChanges.values()]],
    ['attendance', [...state.attendance.values()]],
    ['rollCalls', [...state.rollCalls.values()]],
    ['dutyLines', [...state.dutyLines]],
    ['drillIncidentOfSensor', [...state.drillIncidentOfSensor]],
    ['sensors', [...state.sensors.values()]],
    ...entityKinds.map((kind): [ListName, readonly unknown[]] => [kind, [...state.entities[kind].values()]]),
  ]
  return write(head, lists)
}

function* write(head: Head, lists: readonly [ListName, readonly unknown[]][]): Iterable<string> {
  yield JSON.stringify(head)
  for (const [list, all] of lists)
    for (let i = 0; i < all.length; i += rowsAPiece)
      yield JSON.stringify({ list, rows: all.slice(i, i + rowsAPiece) } satisfies Part)
}

const putEntity = (state: CityState, entity: Entity): void => {
  state.words.share(entity.body)
  state.entities[entity.kind].set(entity.id, entity)
  state.links.add(entity)
}

const put: { readonly [Name in ListName]: (state: CityState, row: Lists[Name]) => void } = {
  alarms(state, kept) {
    const alarm = wholeAlarm(kept)
    setAlarm(state, alarm)
    keepAlarm(state.alarmLoad, alarm)
  },
  endedAlarms: (state, alarm) => state.endedAlarms.set(alarm.id, alarm),
  ruleChanges: (state, change) => state.ruleChanges.set(change.ruleId, change),
  ruleProposals: (state, change) => state.ruleProposals.set(change.id, change),
  ...putLoad,
  incidents: (state, incident) => setIncident(state, incident),
  filed: (state, row) => state.filed.put(row),
  algorithms: (state, [id, one]) => state.algorithms.set(id, one),
  ended: (state, [id, at]) => state.ended.set(id, at),
  incidentOfSensor: (state, [id, incidentId]) => state.incidentOfSensor.set(id, incidentId),
  units: (state, unit) => state.units.set(unit.id, unit),
  warnings: (state, warning) => state.warnings.set(warning.id, wholeWarning(warning)),
  alertsTaken: (state, [key, id]) => state.alertsTaken.set(key, id),
  drills: (state, drill) => state.drills.set(drill.id, drill),
  modes: (state, mode) => state.modes.set(mode.id, mode),
  walls: (state, wall) => state.walls.set(wall.id, wall),
  heardAt: (state, [id, at]) => state.heardAt.set(id, at),
  casePlans: setCasePlan,
  responses: (state, response) => state.responses.set(response.id, response),
  duty: (state, row) => state.duty.set(row.id, row),
  handOvers: (state, row) => state.handOvers.set(row.id, row),
  rosterChanges: (state, row) => state.rosterChanges.set(row.id, row),
  attendance: (state, row) => state.attendance.set(attendanceKey(row.shiftId, row.officerId), row),
  rollCalls: (state, row) => state.rollCalls.set(row.id, row),
  dutyLines: (state, [seq, line]) => state.dutyLines.set(seq, line),
  drillIncidentOfSensor: (state, [id, incidentId]) => state.drillIncidentOfSensor.set(id, incidentId),
  sensors: (state, sensor) => setSensor(state, sensor),
  Thing: putEntity,
  Location: putEntity,
  HistoricalLocation: putEntity,
  Sensor: putEntity,
  ObservedProperty: putEntity,
  Datastream: putEntity,
  FeatureOfInterest: putEntity,
}

/** Reads a snapshot's pieces, in their order, one at a time. */
export class SnapshotReader {
  readonly #state: CityState
  #isReadable = false

  constructor(dayOf: DayOf) {
    this.#state = newCityState(dayOf)
  }

  take(piece: string): void {
    const said = JSON.parse(piece) as Head | Part
    if ('layout' in said) this.#begin(said)
    else if (this.#isReadable)
      for (const row of said.rows) (put[said.list] as (state: CityState, row: unknown) => void)(this.#state, row)
  }

  /** The state the pieces held, or null where they were of a layout this version does not read. */
  state(): CityState | null {
    return this.#isReadable ? this.#state : null
  }

  #begin(head: Head): void {
    this.#isReadable = head.layout === layout
    if (!this.#isReadable) return
    this.#state.rev = head.rev
    this.#state.at = head.at
    this.#state.kpi = head.kpi
    Object.assign(this.#state.counters, head.counters)
  }
}
