/**
 * The city's state: a fold of the log and nothing else. Rows are replaced, never changed; the maps belong to the single
 * writer. Holds what is open, and what ended lately; what is older lives in the read models.
 */
import type { Drill } from '../../../shared/model/drill.ts'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import type { WallControl } from '../../../shared/model/display.ts'
import type { DomainEvent, LoggedEvent, PlanEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { DrillId, IncidentId, Instant, SensorId, UnitId, WarningId } from '../../../shared/model/ids.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import { entityKinds } from '../../../shared/model/catalog.ts'
import { runningDrill } from '../../../shared/model/drill.ts'
import { isOpenState } from '../../../shared/model/incident.ts'
import { alertKey, wholeWarning } from '../../../shared/model/warning.ts'
import type { AlgorithmId } from '../../../shared/model/algorithm.ts'
import { isMergedOpen } from '../../../shared/model/incident.ts'
import type { AlgorithmState } from './algorithm/state.ts'
import { algorithmOf, evolveAlgorithm } from './algorithm/state.ts'
import { FiledMemory } from './advice/filed-memory.ts'
import { CaseIndex } from './duplicate/case-index.ts'
import type { Changes } from './changes.ts'
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { KpiState } from './kpi/today.ts'
import { LinkIndex } from './catalog/link-index.ts'
import { WordPool } from './catalog/word-pool.ts'
import { countEvent, newKpi } from './kpi/today.ts'
import type { PlanTables } from './plan/tables.ts'
import type { AlarmTables } from './alarm/tables.ts'
import { newAlarmTables } from './alarm/tables.ts'
import { foldAlarm, foldRuleChange, foldService, removeSensor, setSensor } from './alarm/fold.ts'
import { owesReport } from './plan/fold-reports.ts'
import { foldPlan, forgetPlan, setCalls, settleCalls } from './plan/fold.ts'
import { evolveWall, wallOf } from './display/state.ts'
import { cityModeOf, evolveMode } from './mode/state.ts'
import type { DutyTables } from './duty/state.ts'
import { foldDuty, foldEntry, newDutyTables } from './duty/state.ts'
import { entryOf } from './duty/entries.ts'
import type { AlarmLoadState } from './alarm-load/load-state.ts'
import { foldFlood } from './alarm-load/evolve.ts'
import { newAlarmLoad } from './alarm-load/load-state.ts'
import { evolveIncident } from './incident/evolve.ts'
import { evolveUnit } from './unit/evolve.ts'
import { nextTimerAt } from './incident/case-timers.ts'
import { withTimes } from './incident/times.ts'
import { TimerQueue } from './deadline/timer-queue.ts'

export interface Counters {
  alarm: number
  warning: number
  drill: number
  ruleChange: number
  modeProposal: number
  wallHold: number
  response: number
  handOver: number
  rosterChange: number
  rollCall: number
  /** City day (`yyyymmdd`) of the newest case, and its number within that day. */
  incidentDay: string
  incidentOfDay: number
  entities: Record<EntityKind, number>
}

export interface CityState extends AlarmTables, PlanTables, DutyTables {
  /** Number and time of the last event folded; 0 before the first. */
  rev: number
  at: Instant
  readonly dayOf: DayOf
  /** What keeps the number of alarms human. */
  readonly alarmLoad: AlarmLoadState
  readonly incidents: Map<IncidentId, Incident>
  /** The open ones among them, by where they are and what they say. */
  readonly cases: CaseIndex
  /** What officers decided lately about what people wrote. */
  readonly filed: FiledMemory
  /** What was decided about each algorithm, and how its advice did; absent = nothing yet. */
  readonly algorithms: Map<AlgorithmId, AlgorithmState>
  /** When time has something to do to each of them next, by its id. */
  readonly caseTimers: TimerQueue
  /** Cases in `incidents` that have ended, first ended first. */
  readonly ended: Map<IncidentId, Instant>
  /** The newest case opened from an alarm of this sensor; it may have ended. */
  readonly incidentOfSensor: Map<SensorId, IncidentId>
  /** The same among cases of the running drill. */
  readonly drillIncidentOfSensor: Map<SensorId, IncidentId>
  readonly units: Map<UnitId, Unit>
  readonly warnings: Map<WarningId, Warning>
  /** CAP messages taken, oldest first, by `alertKey`: the warning each made, null for none. */
  readonly alertsTaken: Map<string, WarningId | null>
  /** The running one, if any. */
  readonly drills: Map<DrillId, Drill>
  /** One row, `city`, once a switch was proposed. */
  readonly modes: Map<string, CityMode>
  /** One row, `wall`, once something was pushed or the programme changed. */
  readonly walls: Map<string, WallControl>
  /** In force or proposed. */
  readonly responses: Map<string, Response>
  readonly entities: Record<EntityKind, Map<number, Entity>>
  readonly links: LinkIndex
  readonly words: WordPool
  readonly counters: Counters
  kpi: KpiState
}

/** A message sent again, or referred to, after this many others is a new one to us. */
export const mostAlertsTaken = 10_000

const perKind = <T>(make: () => T) =>
  Object.fromEntries(entityKinds.map((kind) => [kind, make()])) as Record<EntityKind, T>

export const newCityState = (dayOf: DayOf): CityState => ({
  rev: 0,
  at: 0,
  dayOf,
  ...newAlarmTables(),
  ...newDutyTables(),
  alarmLoad: newAlarmLoad(),
  incidents: new Map(),
  cases: new CaseIndex(),
  filed: new FiledMemory(),
  algorithms: new Map(),
  caseTimers: new TimerQueue(),
  ended: new Map(),
  incidentOfSensor: new Map(),
  drillIncidentOfSensor: new Map(),
  units: new Map(),
  warnings: new Map(),
  alertsTaken: new Map(),
  drills: new Map(),
  modes: new Map(),
  walls: new Map(),
  casePlans: new Map(),
  heardAt: new Map(),
  calls: new TimerQueue(),
  reportTimers: new TimerQueue(),
  responses: new Map(),
  entities: perKind(() => new Map<number, Entity>()),
  links: new LinkIndex(),
  words: new WordPool(),
  counters: {
    alarm: 0,
    warning: 0,
    drill: 0,
    ruleChange: 0,
    modeProposal: 0,
    wallHold: 0,
    response: 0,
    handOver: 0,
    rosterChange: 0,
    rollCall: 0,
    incidentDay: '',
    incidentOfDay: 0,
    entities: perKind(() => 0),
  },
  kpi: newKpi(),
})

/** Folds one event in, and tells `changes` what it changed. An event about a case no longer held changes nothing here. */
export function evolve(state: CityState, logged: LoggedEvent, changes?: Changes): void {
  const { event, at } = logged
  state.rev = logged.seq
  state.at = at
  const before = 'incidentId' in event && event.incidentId !== null ? state.incidents.get(event.incidentId) : undefined
  if (isCounted(state, event) && countEvent(state.kpi, state.dayOf, event, at, before) && changes) changes.kpi = true
  if (event.type.startsWith('incident.')) evolveCase(state, logged, before, changes)
  else if (event.type.startsWith('alarm.')) foldAlarm(state, logged, changes)
  else if (isPlanEvent(event)) foldPlan(state, event, logged, changes)
  else if (event.type.startsWith('duty.')) foldDuty(state, logged, changes)
  else evolveRest(state, event, at, changes)
  const entry = entryOf(state, logged, before)
  if (entry !== null) foldEntry(state, entry, changes)
}

const isPlanEvent = (event: DomainEvent): event is PlanEvent => event.type.startsWith('plan.')

/** Cases say themselves whether they count; an alarm of a drill does where its drill does. */
function isCounted(state: CityState, event: DomainEvent): boolean {
  if (event.type !== 'alarm.raised') return event.type.startsWith('incident.')
  // Nobody was told of one that was hidden from the start.
  if (event.alarm.annunciatedAt === null) return false
  return !event.alarm.drill || runningDrill(state.drills)?.countsInKpi === true
}

/** The sensor's case: kept apart for what is real and what is a drill's. */
export const incidentsBySensor = (state: CityState, ofDrill: boolean): Map<SensorId, IncidentId> =>
  ofDrill ? state.drillIncidentOfSensor : state.incidentOfSensor

function evolveCase(
  state: CityState,
  { event, at, actor }: LoggedEvent,
  before: Incident | undefined,
  changes: Changes | undefined,
): void {
  let incident: Incident
  if (event.type === 'incident.reported') {
    incident = withTimes(event.incident, event, at)
    const [day = '', number = '0'] = incident.id.split('-')
    state.counters.incidentDay = day
    state.counters.incidentOfDay = Number(number)
    const sensorId = incident.alarmIds.map((id) => state.alarms.get(id)?.sensorId ?? null).find((id) => id !== null)
    if (sensorId !== undefined && sensorId !== null) incidentsBySensor(state, incident.drill).set(sensorId, incident.id)
  } else {
    if (before === undefined) return
    const move = event as Parameters<typeof evolveIncident>[1]
    incident = withTimes(evolveIncident(before, move, at, actor), move, move.occurredAt ?? at)
  }
  setIncident(state, incident)
  if (isOpenState(incident.state) || isMergedOpen(incident)) state.ended.delete(incident.id)
  else if (!state.ended.has(incident.id)) state.ended.set(incident.id, at)
  settleCalls(state, incident, event, at, changes)
  changes?.incidents.set(incident.id, incident)
}

/** Puts a case where its timers, and what finds it, are kept with it. */
export function setIncident(state: CityState, incident: Incident): void {
  state.incidents.set(incident.id, incident)
  state.cases.set(incident)
  state.filed.take(incident)
  state.caseTimers.set(incident.id, nextTimerAt(incident))
  setCalls(state, incident)
}

function evolveRest(state: CityState, event: DomainEvent, at: Instant, changes: Changes | undefined): void {
  switch (event.type) {
    case 'unit.enrolled':
    case 'unit.status-set':
    case 'unit.arrival-suggested':
    case 'unit.lost':
    case 'unit.regained':
      for (const unit of evolveUnit(state.units, event, at, state.dayOf)) {
        state.units.set(unit.id, unit)
        changes?.units.set(unit.id, unit)
      }
      return
    case 'warning.published': {
      const warning = wholeWarning(event.warning)
      state.counters.warning = Number(warning.id.slice(1))
      state.warnings.set(warning.id, warning)
      if (warning.source !== null) takeAlert(state, alertKey(warning.source), warning.id)
      changes?.warnings.set(warning.id, warning)
      return
    }
    case 'warning.noted':
      takeAlert(state, alertKey(event.name), null)
      return
    case 'warning.lifted': {
      const before = state.warnings.get(event.warningId)
      if (before === undefined) return
      state.warnings.delete(before.id)
      const liftReason = event.reason
      changes?.warnings.set(before.id, { ...before, version: before.version + 1, liftedAt: at, liftReason })
      return
    }
    case 'flood.began':
    case 'flood.ended':
      foldFlood(state.alarmLoad, event, changes)
      return
    case 'drill.started':
      state.counters.drill = Number(event.drill.id.slice(1))
      state.drills.set(event.drill.id, event.drill)
      changes?.drills.set(event.drill.id, event.drill)
      return
    case 'drill.ended': {
      const before = state.drills.get(event.drillId)
      if (before === undefined) return
      state.drills.delete(before.id)
      state.drillIncidentOfSensor.clear()
      changes?.drills.set(before.id, { ...before, version: before.version + 1, endedAt: at })
      return
    }
    case 'mode.proposed':
    case 'mode.switched':
    case 'mode.proposal-ended': {
      if (event.type === 'mode.proposed') state.counters.modeProposal = Number(event.proposal.id.slice(1))
      const mode = evolveMode(cityModeOf(state), event)
      state.modes.set(mode.id, mode)
      changes?.modes.set(mode.id, mode)
      return
    }
    case 'wall.held':
    case 'wall.pointed':
    case 'wall.released':
    case 'wall.programme-set': {
      if (event.type === 'wall.held') state.counters.wallHold = Number(event.hold.id.slice(1))
      const wall = evolveWall(wallOf(state), event, at)
      state.walls.set(wall.id, wall)
      changes?.walls.set(wall.id, wall)
      return
    }
    case 'response.start-proposed':
    case 'response.started':
    case 'response.change-proposed':
    case 'response.level-changed':
    case 'response.ended':
    case 'response.proposal-ended': {
      const { response } = event
      state.counters.response = Math.max(state.counters.response, Number(response.id.slice(1)))
      if (response.state === 'ended') state.responses.delete(response.id)
      else state.responses.set(response.id, response)
      changes?.responses.set(response.id, response)
      return
    }
    case 'catalog.created':
    case 'catalog.updated': {
      const { entity } = event
      state.counters.entities[entity.kind] = Math.max(state.counters.entities[entity.kind], entity.id)
      setEntity(state, entity.kind, entity.id, entity, changes)
      return
    }
    case 'catalog.deleted':
      setEntity(state, event.kind, event.id, null, changes)
      return
    case 'algorithm.switched':
    case 'algorithm.rule-approved':
    case 'algorithm.rule-withdrawn':
    case 'algorithm.advice-judged': {
      const { algorithmId } = event
      const after = evolveAlgorithm(algorithmOf(state.algorithms, algorithmId), event, state.at)
      state.algorithms.set(algorithmId, after)
      changes?.algorithms.set(algorithmId, after)
      return
    }
    case 'sensor.registered':
      setSensor(state, event.sensor)
      changes?.sensors.set(event.sensor.id, event.sensor)
      return
    case 'sensor.removed':
      removeSensor(state, event.sensorId)
      changes?.sensors.set(event.sensorId, null)
      return
    case 'sensor.taken-out-of-service':
    case 'sensor.returned-to-service':
      foldService(state, event, changes)
      return
    case 'alarm-rule.change-proposed':
    case 'alarm-rule.change-approved':
    case 'alarm-rule.change-declined':
      foldRuleChange(state, event, changes)
  }
}

function takeAlert(state: CityState, key: string, warningId: WarningId | null): void {
  state.alertsTaken.set(key, warningId)
  if (state.alertsTaken.size <= mostAlertsTaken) return
  for (const oldest of state.alertsTaken.keys()) {
    state.alertsTaken.delete(oldest)
    return
  }
}

function setEntity(
  state: CityState,
  kind: EntityKind,
  id: number,
  entity: Entity | null,
  changes: Changes | undefined,
): void {
  const before = state.entities[kind].get(id)
  if (before) state.links.remove(before)
  if (entity === null) state.entities[kind].delete(id)
  else {
    state.words.share(entity.body)
    state.entities[kind].set(id, entity)
    state.links.add(entity)
  }
  if (changes === undefined) return
  const ofKind = changes.entities.get(kind) ?? new Map<number, Entity | null>()
  changes.entities.set(kind, ofKind.set(id, entity))
}

/** Lets go of ended cases beyond `keepMs` or `keepCount`, first ended first; answers their ids. Not an event: they are only forgotten here. */
export function evictEnded(state: CityState, now: Instant, keepMs: number, keepCount: number): IncidentId[] {
  const evicted: IncidentId[] = []
  for (const [id, endedAt] of state.ended) {
    if (endedAt > now - keepMs && state.ended.size <= keepCount) break
    // Its final report is still to be made.
    if (owesReport(state.casePlans.get(id))) continue
    state.ended.delete(id)
    state.incidents.delete(id)
    state.cases.delete(id)
    forgetPlan(state, id)
    state.caseTimers.set(id, null)
    evicted.push(id)
  }
  return evicted
}
