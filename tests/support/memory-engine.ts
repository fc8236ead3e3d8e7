/**
 * A small engine in memory, behind the engine's port: for tests of what stands around it. Rows are put, commands are
 * recorded and answered by `answer`; each act is one commit.
 */
import type { AlgorithmId } from '../../shared/model/algorithm.ts'
import type { AlgorithmState } from '../../server/src/domain/algorithm/state.ts'
import { FiledMemory } from '../../server/src/domain/advice/filed-memory.ts'
import { CaseIndex } from '../../server/src/domain/duplicate/case-index.ts'
import type { Alarm } from '../../shared/model/alarm.ts'
import type { WallControl } from '../../shared/model/display.ts'
import type { Response } from '../../shared/model/response.ts'
import type { CasePlan } from '../../shared/model/case-plan.ts'
import type { CityMode } from '../../shared/model/city-mode.ts'
import type { AlarmGroup, Flood } from '../../shared/model/load-control.ts'
import type { Drill } from '../../shared/model/drill.ts'
import type { DutyNow } from '../../shared/model/duty.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { KpiToday } from '../../shared/model/kpi.ts'
import type { Reading } from '../../shared/model/reading.ts'
import type { Actor } from '../../shared/model/role.ts'
import type { Sensor } from '../../shared/model/sensor.ts'
import type { Unit, UnitFix } from '../../shared/model/unit.ts'
import type { Warning } from '../../shared/model/warning.ts'
import type { Command, CommandEnvelope } from '../../shared/model/command.ts'
import type { StateTable } from '../../shared/contract/realtime.ts'
import type { Clock } from '../../server/src/ports/clock.ts'
import type { Commit, CommandOutcome, Engine } from '../../server/src/ports/engine.ts'

export interface Note {
  readonly actor: string
  readonly act: string
  readonly ok: boolean
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}
export interface Put {
  readonly incidents?: readonly Incident[]
  readonly alarms?: readonly Alarm[]
  readonly alarmGroups?: readonly AlarmGroup[]
  readonly floods?: readonly Flood[]
  readonly units?: readonly Unit[]
  readonly warnings?: readonly Warning[]
  readonly drills?: readonly Drill[]
  readonly modes?: readonly CityMode[]
  readonly casePlans?: readonly CasePlan[]
  readonly responses?: readonly Response[]
  readonly duty?: readonly DutyNow[]
  readonly sensors?: readonly Sensor[]
  readonly readings?: readonly Reading[]
  readonly fixes?: readonly UnitFix[]
  readonly gone?: readonly (readonly [
    table:
      | 'incident'
      | 'alarm'
      | 'alarm-group'
      | 'flood'
      | 'unit'
      | 'warning'
      | 'drill'
      | 'mode'
      | 'response'
      | 'duty'
      | 'wall'
      | 'plan'
      | 'sensor',
    id: string,
  ])[]
}

export interface MemoryEngine extends Engine {
  /** What was decided about each algorithm: set it to switch one off. */
  readonly algorithms: Map<AlgorithmId, AlgorithmState>
  /** One commit that changes these rows. */
  put(rows: Put): void
  readonly notes: Note[]
  readonly submitted: { readonly actor: Actor; readonly envelope: CommandEnvelope<Command> }[]
  answer: (actor: Actor, envelope: CommandEnvelope<Command>) => CommandOutcome | Promise<CommandOutcome>
}

const emptyKpi = (now: number): KpiToday => ({
  dayStartAt: now - (now % 86_400_000),
  asOfAt: now,
  reported: 0,
  filed: 0,
  dispatched: 0,
  closed: 0,
  refused: 0,
  overdueNow: 0,
  openNow: 0,
  onTimeRate: null,
  responseP50Ms: null,
  responseP90Ms: null,
  alarmsRaised: 0,
  reportedByMinute: [],
  closedByMinute: [],
})

export function createMemoryEngine(clock: Clock, startRev = 0, epoch = 'memory'): MemoryEngine {
  const tables = {
    alarm: new Map<string, Alarm>(),
    'alarm-group': new Map<string, AlarmGroup>(),
    flood: new Map<string, Flood>(),
    incident: new Map<string, Incident>(),
    unit: new Map<string, Unit>(),
    warning: new Map<string, Warning>(),
    drill: new Map<string, Drill>(),
    mode: new Map<string, CityMode>(),
    plan: new Map<string, CasePlan>(),
    response: new Map<string, Response>(),
    duty: new Map<string, DutyNow>(),
    wall: new Map<string, WallControl>(),
    sensor: new Map<number, Sensor>(),
  }
  const fixes = new Map<string, UnitFix>()
  const algorithms = new Map<AlgorithmId, AlgorithmState>()
  const cases = new CaseIndex()
  const filed = new FiledMemory()
  const latest = new Map<number, Reading>()
  const listeners = new Set<(commit: Commit) => void>()
  const notes: Note[] = []
  const submitted: MemoryEngine['submitted'] = []
  let rev = startRev
  let newestReadingAt: number | null = null

  function commit(touched: Map<StateTable, Set<string>>, readings: readonly Reading[], moved: readonly UnitFix[]) {
    const prev = rev
    if (touched.size > 0) rev++
    const done: Commit = {
      epoch,
      prev,
      rev,
      at: clock.now(),
      events: [],
      touched,
      readings,
      fixes: moved,
      uncovered: [],
    }
    for (const listener of listeners) listener(done)
  }

  const engine: MemoryEngine = {
    algorithms,
    notes,
    submitted,
    answer: () => ({ ok: true, rev, data: {} }),
    put(rows) {
      const touched = new Map<StateTable, Set<string>>()
      const set = <K, Row extends { readonly id: K }>(
        table: StateTable,
        into: Map<K, Row>,
        all: readonly Row[] = [],
      ) => {
        for (const row of all) {
          into.set(row.id, row)
          touched.set(table, (touched.get(table) ?? new Set()).add(String(row.id)))
        }
      }
      set('alarm', tables.alarm, rows.alarms)
      set('alarm-group', tables['alarm-group'], rows.alarmGroups)
      set('flood', tables.flood, rows.floods)
      set('incident', tables.incident, rows.incidents)
      for (const row of rows.incidents ?? []) {
        cases.set(row)
        filed.take(row)
      }
      set('unit', tables.unit, rows.units)
      set('warning', tables.warning, rows.warnings)
      set('drill', tables.drill, rows.drills)
      set('mode', tables.mode, rows.modes)
      set('plan', tables.plan, rows.casePlans)
      set('response', tables.response, rows.responses)
      set('duty', tables.duty, rows.duty)
      set('sensor', tables.sensor, rows.sensors)
      for (const [table, id] of rows.gone ?? []) {
        if (table === 'sensor') tables.sensor.delete(Number(id))
        else tables[table].delete(id)
        touched.set(table, (touched.get(table) ?? new Set()).add(id))
      }
      for (const reading of rows.readings ?? []) {
        latest.set(reading.sensorId, reading)
        newestReadingAt = reading.receivedAt
      }
      for (const fix of rows.fixes ?? []) fixes.set(fix.unitId, fix)
      commit(touched, rows.readings ?? [], rows.fixes ?? [])
    },
    async submit(actor, envelope) {
      submitted.push({ actor, envelope })
      return engine.answer(actor, envelope)
    },
    async observe(readings) {
      engine.put({ readings })
      return new Map()
    },
    async fix(moved) {
      engine.put({ fixes: moved })
    },
    async note(actor, act, ok, subject, details) {
      notes.push({ actor, act, ok, subject, details })
      rev++
      const done: Commit = {
        epoch,
        prev: rev - 1,
        rev,
        at: clock.now(),
        events: [],
        touched: new Map(),
        readings: [],
        fixes: [],
        uncovered: [],
      }
      for (const listener of listeners) listener(done)
    },
    view: {
      epoch,
      get rev() {
        return rev
      },
      alarms: tables.alarm,
      alarmGroups: tables['alarm-group'],
      floods: tables.flood,
      incidents: tables.incident,
      units: tables.unit,
      fixes,
      warnings: tables.warning,
      drills: tables.drill,
      modes: tables.mode,
      casePlans: tables.plan,
      responses: tables.response,
      duty: tables.duty,
      handOvers: new Map(),
      rosterChanges: new Map(),
      attendance: new Map(),
      rollCalls: new Map(),
      walls: tables.wall,
      algorithms,
      cases,
      filed,
      sensors: tables.sensor,
      ruleChanges: new Map(),
      ruleProposals: new Map(),
      latest,
      get newestReadingAt() {
        return newestReadingAt
      },
      entity: () => undefined,
      entities: () => new Map(),
      linksTo: () => [],
      kpiToday: emptyKpi,
    },
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return engine
}
