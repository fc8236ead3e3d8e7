/**
 * What the rest of the server may look at: state as of the last commit the store has. Decisions run ahead of it by one
 * batch at most, on state of their own; this copy follows when the batch is safe. Rows are shared, maps are not.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import type { WallControl } from '../../../shared/model/display.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import type { AlarmGroup, Flood } from '../../../shared/model/load-control.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { Attendance, RollCall } from '../../../shared/model/duty-attendance.ts'
import type { DutyNow, HandOver, RosterChange } from '../../../shared/model/duty.ts'
import type { RuleChange } from '../../../shared/model/alarm-rule-change.ts'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Instant, SensorId } from '../../../shared/model/ids.ts'
import type { KpiToday } from '../../../shared/model/kpi.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { StateTable } from '../../../shared/contract/realtime.ts'
import type { Unit, UnitFix } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import { entityKinds } from '../../../shared/model/catalog.ts'
import { isOfDrill, quality } from '../../../shared/model/reading.ts'
import { LinkIndex } from '../domain/catalog/link-index.ts'
import type { AlgorithmId } from '../../../shared/model/algorithm.ts'
import { FiledMemory } from '../domain/advice/filed-memory.ts'
import type { AlgorithmState } from '../domain/algorithm/state.ts'
import { CaseIndex } from '../domain/duplicate/case-index.ts'
import type { Changes } from '../domain/changes.ts'
import type { CityState } from '../domain/state.ts'
import { runningFlood } from '../domain/alarm-load/load-state.ts'
import type { KpiState } from '../domain/kpi/today.ts'
import { copyKpi, kpiToday } from '../domain/kpi/today.ts'
import type { StateView } from '../ports/engine.ts'

const nothing: ReadonlyMap<number, Entity> = new Map()

export class PublishedView implements StateView {
  epoch = ''
  rev = 0
  readonly alarms = new Map<string, Alarm>()
  readonly alarmGroups = new Map<string, AlarmGroup>()
  readonly floods = new Map<string, Flood>()
  readonly incidents = new Map<string, Incident>()
  readonly units = new Map<string, Unit>()
  readonly fixes = new Map<string, UnitFix>()
  readonly warnings = new Map<string, Warning>()
  readonly drills = new Map<string, Drill>()
  readonly modes = new Map<string, CityMode>()
  readonly walls = new Map<string, WallControl>()
  readonly responses = new Map<string, Response>()
  readonly duty = new Map<string, DutyNow>()
  readonly handOvers = new Map<string, HandOver>()
  readonly rosterChanges = new Map<string, RosterChange>()
  readonly attendance = new Map<string, Attendance>()
  readonly rollCalls = new Map<string, RollCall>()
  readonly algorithms = new Map<AlgorithmId, AlgorithmState>()
  cases = new CaseIndex()
  filed = new FiledMemory()
  readonly casePlans = new Map<string, CasePlan>()
  readonly sensors = new Map<number, Sensor>()
  readonly ruleChanges = new Map<string, RuleChange>()
  readonly ruleProposals = new Map<string, RuleChange>()
  readonly latest = new Map<number, Reading>()
  newestReadingAt: Instant | null = null
  /** What sensors really said last, where a drill's value stands before it; null = never anything. */
  readonly #covered = new Map<SensorId, Reading | null>()
  #state: CityState
  readonly #entities = new Map<EntityKind, Map<number, Entity>>()
  #links = new LinkIndex()
  #kpi: KpiState
  #kpiMade: KpiToday | null = null

  constructor(state: CityState) {
    this.#state = state
    this.#kpi = copyKpi(state.kpi)
  }

  /** Starts again with everything `state` holds; the view stays the same object. */
  reset(state: CityState, epoch: string): void {
    this.#state = state
    this.epoch = epoch
    this.rev = state.rev
    this.#kpi = copyKpi(state.kpi)
    this.#kpiMade = null
    copyAll(state.alarms, this.alarms)
    copyAll(state.alarmLoad.groups, this.alarmGroups)
    copyAll(runningFlood(state.alarmLoad), this.floods)
    copyAll(state.incidents, this.incidents)
    copyAll(state.units, this.units)
    copyAll(state.warnings, this.warnings)
    copyAll(state.drills, this.drills)
    copyAll(state.modes, this.modes)
    copyAll(state.walls, this.walls)
    copyAll(state.responses, this.responses)
    copyAll(state.duty, this.duty)
    copyAll(state.handOvers, this.handOvers)
    copyAll(state.rosterChanges, this.rosterChanges)
    copyAll(state.attendance, this.attendance)
    copyAll(state.rollCalls, this.rollCalls)
    copyAll(state.algorithms, this.algorithms)
    this.cases = new CaseIndex()
    this.filed = new FiledMemory()
    for (const row of state.filed.rows()) this.filed.put(row)
    for (const incident of state.incidents.values()) this.#findable(incident)
    copyAll(state.casePlans, this.casePlans)
    copyAll(state.sensors, this.sensors)
    this.#copyRules(state)
    this.#links = new LinkIndex()
    for (const kind of entityKinds) {
      this.#entities.set(kind, new Map(state.entities[kind]))
      for (const entity of state.entities[kind].values()) this.#links.add(entity)
    }
  }

  #findable(incident: Incident): void {
    this.cases.set(incident, this.#state.cases.get(incident.id)?.print)
    this.filed.take(incident)
  }

  entity(kind: EntityKind, id: number): Entity | undefined {
    return this.#entities.get(kind)?.get(id)
  }

  entities(kind: EntityKind): ReadonlyMap<number, Entity> {
    return this.#entities.get(kind) ?? nothing
  }

  linksTo(kind: EntityKind, id: number, owner: EntityKind): Iterable<number> {
    return this.#links.to(kind, id, owner)
  }

  kpiToday(now: Instant): KpiToday {
    if (this.#kpiMade?.asOfAt !== now)
      this.#kpiMade = kpiToday(this.#kpi, this.#state.dayOf, this.incidents.values(), now)
    return this.#kpiMade
  }

  /** Brings the copy up to the state the store now has; answers what was touched. */
  publish(changes: Changes, evicted: readonly string[]): Map<StateTable, Set<string>> {
    const state = this.#state
    const touched = new Map<StateTable, Set<string>>()
    this.rev = state.rev
    this.#kpiMade = null
    follow(touched, 'alarm', changes.alarms.keys(), state.alarms, this.alarms)
    follow(touched, 'alarm-group', changes.alarmGroups, state.alarmLoad.groups, this.alarmGroups)
    follow(touched, 'flood', changes.floods.keys(), runningFlood(state.alarmLoad), this.floods)
    follow(touched, 'incident', [...changes.incidents.keys(), ...evicted], state.incidents, this.incidents)
    follow(touched, 'unit', changes.units.keys(), state.units, this.units)
    follow(touched, 'warning', changes.warnings.keys(), state.warnings, this.warnings)
    follow(touched, 'drill', changes.drills.keys(), state.drills, this.drills)
    follow(touched, 'mode', changes.modes.keys(), state.modes, this.modes)
    // Whoever comes to see a case, or no longer does, sees with it what stands beside it.
    const besides = [...changes.incidents.keys(), ...evicted].filter(
      (id) => state.casePlans.has(id) || this.casePlans.has(id),
    )
    follow(touched, 'plan', [...changes.casePlans.keys(), ...besides], state.casePlans, this.casePlans)
    follow(touched, 'wall', changes.walls.keys(), state.walls, this.walls)
    follow(touched, 'response', changes.responses.keys(), state.responses, this.responses)
    follow(touched, 'duty', changes.duty.keys(), state.duty, this.duty)
    if (changes.handOvers.size > 0) copyAll(state.handOvers, this.handOvers)
    if (changes.roster || changes.duty.size > 0) copyAll(state.rosterChanges, this.rosterChanges)
    // Whatever happens on duty puts its row.
    if (changes.duty.size > 0) {
      copyAll(state.attendance, this.attendance)
      copyAll(state.rollCalls, this.rollCalls)
    }
    follow(touched, 'sensor', changes.sensors.keys(), state.sensors, this.sensors)
    for (const incident of changes.incidents.values()) this.#findable(incident)
    for (const id of evicted) this.cases.delete(id)
    for (const [id, one] of changes.algorithms) this.algorithms.set(id, one)
    for (const [kind, ids] of changes.entities) {
      const entities = this.#entities.get(kind) as Map<number, Entity>
      for (const [id, entity] of ids) {
        const before = entities.get(id)
        if (before !== undefined) this.#links.remove(before)
        if (entity === null) entities.delete(id)
        else {
          entities.set(id, entity)
          this.#links.add(entity)
        }
      }
    }
    for (const [id, sensor] of changes.sensors) {
      if (sensor !== null) continue
      this.latest.delete(id)
      this.#covered.delete(id)
    }
    if (changes.rules) this.#copyRules(state)
    if (changes.kpi) {
      this.#kpi = copyKpi(state.kpi)
      touched.set('kpi', new Set(['today']))
    }
    return touched
  }

  /** Takes what a commit stored; answers the sensors that show what they really said again, because the drill is over. */
  take(readings: readonly Reading[], fixes: readonly UnitFix[]): SensorId[] {
    for (const reading of readings) {
      this.#takeReading(reading)
      if (isOfDrill(reading.quality)) continue
      if (this.newestReadingAt === null || reading.receivedAt > this.newestReadingAt)
        this.newestReadingAt = reading.receivedAt
    }
    for (const fix of fixes) {
      const known = this.fixes.get(fix.unitId)
      if (known === undefined || fix.fixAt >= known.fixAt) this.fixes.set(fix.unitId, fix)
    }
    return this.#covered.size > 0 && this.drills.size === 0 ? this.#uncover() : []
  }

  #copyRules(state: CityState): void {
    copyAll(state.ruleChanges, this.ruleChanges)
    copyAll(state.ruleProposals, this.ruleProposals)
  }

  #takeReading(reading: Reading): void {
    const { sensorId } = reading
    if (!this.sensors.has(sensorId)) return
    const shown = this.latest.get(sensorId)
    const real = this.#covered.get(sensorId)
    if (isOfDrill(reading.quality)) {
      if (this.drills.size === 0) return
      if (real === undefined) this.#covered.set(sensorId, shown ?? null)
      if (real === undefined || supersedes(reading, shown)) this.latest.set(sensorId, reading)
    } else if (real === undefined) {
      if (supersedes(reading, shown)) this.latest.set(sensorId, reading)
    } else if (supersedes(reading, real ?? undefined)) this.#covered.set(sensorId, reading)
  }

  #uncover(): SensorId[] {
    const uncovered = [...this.#covered.keys()]
    for (const [sensorId, real] of this.#covered) {
      if (real === null) this.latest.delete(sensorId)
      else this.latest.set(sensorId, real)
    }
    this.#covered.clear()
    return uncovered
  }
}

/** Later in the world wins; but one from the future hides nothing, and gives way to anything from the past. */
function supersedes(reading: Reading, known: Reading | undefined): boolean {
  if (known === undefined) return true
  const [isAhead, wasAhead] = [reading.quality & quality.future, known.quality & quality.future]
  return isAhead === wasAhead ? reading.phenomenonAt >= known.phenomenonAt : isAhead === 0
}

function copyAll<K, V>(from: ReadonlyMap<K, V>, to: Map<K, V>): void {
  to.clear()
  for (const [key, value] of from) to.set(key, value)
}

function follow<K extends string | number, V>(
  touched: Map<StateTable, Set<string>>,
  table: StateTable,
  keys: Iterable<K>,
  from: ReadonlyMap<K, V>,
  to: Map<K, V>,
): void {
  const ids = new Set<string>()
  for (const key of keys) {
    const row = from.get(key)
    if (row === undefined) to.delete(key)
    else to.set(key, row)
    ids.add(String(key))
  }
  if (ids.size > 0) touched.set(table, ids)
}
