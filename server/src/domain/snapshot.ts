/**
 * State as text and back. Taking a snapshot only gathers references, so it is one instant of state however long the
 * writing takes: rows are never changed once made. Indices are rebuilt, not stored.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import { wholeWarning } from '../../../shared/model/warning.ts'
import { entityKinds } from '../../../shared/model/catalog.ts'
import type { DayOf } from './context.ts'
import type { KpiState } from './kpi/today.ts'
import type { CityState, Counters } from './state.ts'
import { copyKpi } from './kpi/today.ts'
import { alarmsBySensor, newCityState } from './state.ts'

/** Raised when an older snapshot can no longer be read; state is then folded from the log's beginning. */
const layout = 1
const rowsAPiece = 500

interface Head {
  readonly layout: number
  readonly rev: number
  readonly at: number
  readonly counters: Counters
  readonly kpi: KpiState
}

interface Body extends Head {
  readonly alarms: readonly Alarm[]
  readonly incidents: readonly Incident[]
  readonly ended: readonly [string, number][]
  readonly incidentOfSensor: readonly [number, string][]
  readonly units: readonly Unit[]
  readonly warnings: readonly Warning[]
  /** Absent in snapshots from before the CAP door. */
  readonly alertsTaken?: readonly [string, string | null][]
  /** These two are absent from snapshots made before there were drills. */
  readonly drills?: readonly Drill[]
  readonly drillIncidentOfSensor?: readonly [number, string][]
  readonly sensors: readonly Sensor[]
  readonly entities: Readonly<Record<EntityKind, readonly Entity[]>>
}

/** One instant of state, in pieces that are quick to write. Joined they are one JSON text. */
export function snapshotPieces(state: CityState): Iterable<string> {
  const { rev, at } = state
  const counters = { ...state.counters, entities: { ...state.counters.entities } }
  const head: Head = { layout, rev, at, counters, kpi: copyKpi(state.kpi) }
  const lists: [string, readonly unknown[]][] = [
    ['alarms', [...state.alarms.values()]],
    ['incidents', [...state.incidents.values()]],
    ['ended', [...state.ended]],
    ['incidentOfSensor', [...state.incidentOfSensor]],
    ['units', [...state.units.values()]],
    ['warnings', [...state.warnings.values()]],
    ['alertsTaken', [...state.alertsTaken]],
    ['drills', [...state.drills.values()]],
    ['drillIncidentOfSensor', [...state.drillIncidentOfSensor]],
    ['sensors', [...state.sensors.values()]],
  ]
  const entities: [string, readonly unknown[]][] = entityKinds.map((kind) => [kind, [...state.entities[kind].values()]])
  return write(head, lists, entities)
}

function* write(
  head: Head,
  lists: readonly [string, readonly unknown[]][],
  entities: readonly [string, readonly unknown[]][],
): Iterable<string> {
  yield JSON.stringify(head).slice(0, -1)
  for (const [name, rows] of lists) yield* list(`,"${name}":`, rows)
  yield ',"entities":{'
  for (const [i, [kind, rows]] of entities.entries()) yield* list(`${i === 0 ? '' : ','}"${kind}":`, rows)
  yield '}}'
}

function* list(name: string, rows: readonly unknown[]): Iterable<string> {
  yield `${name}[`
  for (let i = 0; i < rows.length; i += rowsAPiece) {
    const piece = JSON.stringify(rows.slice(i, i + rowsAPiece))
    yield (i === 0 ? '' : ',') + piece.slice(1, -1)
  }
  yield ']'
}

/** The state a snapshot holds, or null where it is of a layout this version does not read. */
export function restoreState(text: string, dayOf: DayOf): CityState | null {
  const body = JSON.parse(text) as Body
  if (body.layout !== layout) return null
  const state = newCityState(dayOf)
  state.rev = body.rev
  state.at = body.at
  state.kpi = body.kpi
  Object.assign(state.counters, body.counters)
  for (const drill of body.drills ?? []) state.drills.set(drill.id, drill)
  for (const kept of body.alarms) {
    const alarm = kept.drill === undefined ? { ...kept, drill: false } : kept
    state.alarms.set(alarm.id, alarm)
    if (alarm.sensorId === null) state.alarmOfSystem.set(alarm.ruleId, alarm.id)
    else alarmsBySensor(state, alarm.drill).set(alarm.sensorId, alarm.id)
  }
  for (const incident of body.incidents) state.incidents.set(incident.id, incident)
  for (const [id, at] of body.ended) state.ended.set(id, at)
  for (const [id, incidentId] of body.incidentOfSensor) state.incidentOfSensor.set(id, incidentId)
  for (const [id, incidentId] of body.drillIncidentOfSensor ?? []) state.drillIncidentOfSensor.set(id, incidentId)
  for (const unit of body.units) state.units.set(unit.id, unit)
  for (const warning of body.warnings) state.warnings.set(warning.id, wholeWarning(warning))
  for (const [key, id] of body.alertsTaken ?? []) state.alertsTaken.set(key, id)
  for (const sensor of body.sensors) state.sensors.set(sensor.id, sensor)
  for (const kind of entityKinds) {
    for (const entity of body.entities[kind]) {
      state.entities[kind].set(entity.id, entity)
      state.links.add(entity)
    }
  }
  return state
}
