import type { Actor } from '../../../shared/model/role.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { AlarmGroup, Flood } from '../../../shared/model/load-control.ts'
import type { RuleChange } from '../../../shared/model/alarm-rule-change.ts'
import type { Command, CommandEnvelope } from '../../../shared/model/command.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import type { WallControl } from '../../../shared/model/display.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { Attendance, RollCall } from '../../../shared/model/duty-attendance.ts'
import type { DutyNow, HandOver, RosterChange } from '../../../shared/model/duty.ts'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Instant, SensorId } from '../../../shared/model/ids.ts'
import type { KpiToday } from '../../../shared/model/kpi.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { StateTable } from '../../../shared/contract/realtime.ts'
import type { Unit, UnitFix } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import type { FiledMemory } from '../domain/advice/filed-memory.ts'
import type { Algorithms } from '../domain/algorithm/state.ts'
import type { CaseIndex } from '../domain/duplicate/case-index.ts'

export type CommandOutcome =
  | { readonly ok: true; readonly rev: number; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly refusal: Refusal }

/** What one commit changed: ids of rows to look up again in `StateView`. */
export interface Commit {
  readonly epoch: string
  /** Revision before and after; equal where only readings or fixes were stored. */
  readonly prev: number
  readonly rev: number
  readonly at: Instant
  readonly events: readonly LoggedEvent[]
  readonly touched: ReadonlyMap<StateTable, ReadonlySet<string>>
  readonly readings: readonly Reading[]
  readonly fixes: readonly UnitFix[]
  /** Sensors whose latest value is another one though nothing arrived: a drill's value gave way to the real one, or to none. */
  readonly uncovered: readonly SensorId[]
}

/** What is so now, as of `rev`. Read-only; rows are replaced, never mutated. Valid within one turn of the event loop. */
export interface StateView {
  readonly epoch: string
  readonly rev: number
  /** Open alarms. */
  readonly alarms: ReadonlyMap<string, Alarm>
  /** Alarms that belong together and of which one is open. */
  readonly alarmGroups: ReadonlyMap<string, AlarmGroup>
  /** The flood that is on, if any. */
  readonly floods: ReadonlyMap<string, Flood>
  /** Open cases, and those ended within the last hours. */
  readonly incidents: ReadonlyMap<string, Incident>
  readonly units: ReadonlyMap<string, Unit>
  readonly fixes: ReadonlyMap<string, UnitFix>
  /** In force. */
  readonly warnings: ReadonlyMap<string, Warning>
  /** The running one, if any. */
  readonly drills: ReadonlyMap<string, Drill>
  /** One row, `city`, once a switch was proposed; before that the city is as ever (`everNormal`). */
  readonly modes: ReadonlyMap<string, CityMode>
  readonly walls: ReadonlyMap<string, WallControl>
  /** In force or proposed. */
  readonly responses: ReadonlyMap<string, Response>
  /** One row, `now`, once a shift began by the roster or anybody did something on duty. */
  readonly duty: ReadonlyMap<string, DutyNow>
  /** The sheet that waits for signatures, if any. */
  readonly handOvers: ReadonlyMap<string, HandOver>
  /** Changes of the roster: asked for, or approved for shifts that are not over. */
  readonly rosterChanges: ReadonlyMap<string, RosterChange>
  /** 签到签退 of this shift, the one before and the next. */
  readonly attendance: ReadonlyMap<string, Attendance>
  /** 点名 of this shift. */
  readonly rollCalls: ReadonlyMap<string, RollCall>
  /** What was decided about each algorithm, and how its advice did; absent = nothing yet. */
  readonly algorithms: Algorithms
  /** Open cases by where they are and what they say. */
  readonly cases: CaseIndex
  /** What officers decided lately about what people wrote. */
  readonly filed: FiledMemory
  /** What stands beside each case in `incidents`, where anything does. */
  readonly casePlans: ReadonlyMap<string, CasePlan>
  readonly sensors: ReadonlyMap<number, Sensor>
  /** The change each alarm rule stands by, by the rule's id; and those that wait for a second person, by their own. */
  readonly ruleChanges: ReadonlyMap<string, RuleChange>
  readonly ruleProposals: ReadonlyMap<string, RuleChange>
  /** Latest stored reading a sensor; while a drill runs, the drill's where it brought one. */
  readonly latest: ReadonlyMap<number, Reading>
  /** Arrival of the newest reading that is no drill's: a drill must not hide that the city has fallen silent. */
  readonly newestReadingAt: Instant | null
  entity(kind: EntityKind, id: number): Entity | undefined
  /** In the order of their ids. */
  entities(kind: EntityKind): ReadonlyMap<number, Entity>
  /** Ids of the `owner` kind whose links name this entity, in no promised order. */
  linksTo(kind: EntityKind, id: number, owner: EntityKind): Iterable<number>
  kpiToday(now: Instant): KpiToday
}

/**
 * The single writer. Everything is answered after the commit that holds it. `observe`, `fix` and `note` reject with an error
 * named `EngineBusy` where the call was not taken (full, starting, stopping) and changed nothing; any other rejection is a fault.
 */
export interface Engine {
  /**
   * Decides one command. A refusal is a value; a rejected promise is a fault of the store.
   * The same `commandId` by the same actor answers the first outcome again; by another actor it is refused.
   */
  submit(actor: Actor, envelope: CommandEnvelope<Command>): Promise<CommandOutcome>
  /** Stores readings and lets rules see them. Resolves after the commit with the ids of readings that were stored before (duplicates), by index. */
  observe(readings: readonly Reading[]): Promise<ReadonlyMap<number, number>>
  /** Takes crews' positions. Resolves after the commit. */
  fix(fixes: readonly UnitFix[]): Promise<void>
  /** Writes an act outside the city's business into the log (sign-in, unmasking, export). */
  note(
    actor: string,
    act: string,
    ok: boolean,
    subject: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void>
  readonly view: StateView
  /** Called once a commit, in order, after the store has it. The listener must not throw. Returns the way to stop. */
  onCommit(listener: (commit: Commit) => void): () => void
}
