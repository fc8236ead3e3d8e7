/**
 * What happened. Past tense, complete enough that state is a fold of these and nothing else.
 */
import type { WallHold, WallProgramme } from './display.ts'
import type {
  AlarmId,
  DepartmentId,
  DistrictId,
  DrillId,
  IncidentId,
  Instant,
  ModeProposalId,
  UnitId,
  WarningId,
} from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Alarm, FalseMark, Priority, RuleSense, Suppression } from './alarm.ts'
import type { RuleChange } from './alarm-rule-change.ts'
import type { Shelving } from './alarm-shelving.ts'
import type { FilingBasis } from './case-class.ts'
import type { AlarmSound } from './alarm-load.ts'
import type { AlarmLoadEvent, FloodEvent } from './load-control.ts'
import type { AdviceJudged, AlgorithmId, MergeRule } from './algorithm.ts'
import type { LinkDirection } from './duplicate.ts'
import type { Incident, IncidentState, Merge, Stage } from './incident.ts'
import type { CaseMove, CaseVerbEvent } from './case-event.ts'
import type { CaseClock } from './case-facts.ts'
import type { DispositionCode } from './disposition.ts'
import type { Unit, UnitStatus } from './unit.ts'
import type { AlertName, AlertStatus, AlertType, Warning } from './warning.ts'
import type { Term } from './term.ts'
import type { Drill } from './drill.ts'
import type { Response, ResponseLevel } from './response.ts'
import type { ReportBody, ReportFacts, ReportKind } from './situation-report.ts'
import type { CaseGrade } from './case-grade.ts'
import type { DutyEvent } from './duty-event.ts'
import type { CaseCall, CasePlan } from './case-plan.ts'
import type { Reinforcement, ResponsePlan } from './response-plan.ts'
import type { Role } from './role.ts'
import type { OperatingMode } from './mode.ts'
import type { HeldMode, ModeProposal } from './city-mode.ts'
import type { Entity, EntityKind } from './catalog.ts'
import type { OutOfService, Sensor } from './sensor.ts'

export type IncidentEvent =
  | { readonly type: 'incident.reported'; readonly incident: Incident }
  | ({ readonly type: 'incident.accepted' } & CaseMove)
  | ({
      readonly type: 'incident.filed'
      readonly classCode: string
      readonly departmentId: DepartmentId | null
      readonly priority: Priority
      readonly dueAt: Instant | null
      readonly clock?: CaseClock
      /** The 立案条件, by its number in the class. */
      readonly conditionId?: string
      readonly basis?: FilingBasis
    } & CaseMove)
  | ({ readonly type: 'incident.rejected'; readonly reason: string } & CaseMove)
  | ({ readonly type: 'incident.voided'; readonly reason: string } & CaseMove)
  | ({
      readonly type: 'incident.dispatched'
      readonly unitId: UnitId
      readonly by: string
      readonly etaS: number | null
      /** Best first, as reckoned at that moment; absent where nobody could be recommended. */
      readonly recommended?: readonly UnitId[]
      /** Why another was sent than those. */
      readonly overrideReason?: string
    } & CaseMove)
  | ({ readonly type: 'incident.recalled'; readonly unitId: UnitId; readonly reason: string } & CaseMove)
  | ({ readonly type: 'incident.acknowledged'; readonly unitId: UnitId } & CaseMove)
  | ({ readonly type: 'incident.declined'; readonly unitId: UnitId; readonly reason: string } & CaseMove)
  | ({ readonly type: 'incident.departed'; readonly unitId: UnitId } & CaseMove)
  | ({ readonly type: 'incident.staged'; readonly unitId: UnitId } & CaseMove)
  | ({ readonly type: 'incident.arrived'; readonly unitId: UnitId } & CaseMove)
  | ({ readonly type: 'incident.controlled'; readonly unitId?: UnitId } & CaseMove)
  | ({ readonly type: 'incident.transporting'; readonly unitId: UnitId } & CaseMove)
  | ({ readonly type: 'incident.reached'; readonly unitId: UnitId } & CaseMove)
  /** The crew, its work done, is free again. */
  | ({ readonly type: 'incident.cleared'; readonly unitId: UnitId } & CaseMove)
  | ({
      readonly type: 'incident.finished'
      readonly unitId: UnitId
      readonly note: string
      /** Not free yet: `incident.cleared` follows. */
      readonly clearing?: true
    } & CaseMove)
  | ({ readonly type: 'incident.fed-back'; readonly note: string } & CaseMove)
  | ({ readonly type: 'incident.check-passed'; readonly note: string } & CaseMove)
  | ({ readonly type: 'incident.check-failed'; readonly reason: string } & CaseMove)
  | ({
      readonly type: 'incident.closed'
      readonly note: string
      readonly onTime: boolean
      readonly disposition?: DispositionCode
    } & CaseMove)
  | ({ readonly type: 'incident.evaluated'; readonly satisfaction: number; readonly note: string } & CaseMove)
  | ({
      readonly type: 'incident.located'
      readonly position: LonLat
      readonly address: string | null
      readonly districtId: DistrictId | null
      readonly streetId?: string | null
      readonly gridId?: string | null
    } & CaseMove)
  | ({
      readonly type: 'incident.reclassified'
      readonly classCode: string
      readonly priority: Priority
      /** The 立案条件 it has from here on; null = none is named yet. Absent = it keeps the one it has, unless the class is another. */
      readonly conditionId?: string | null
      /** What it is held to now, where it was filed already. */
      readonly dueAt?: Instant | null
      readonly clock?: CaseClock
      readonly basis?: FilingBasis
    } & CaseMove)
  | ({ readonly type: 'incident.commented'; readonly text: string } & CaseMove)
  | ({ readonly type: 'incident.alarm-linked'; readonly alarmId: AlarmId } & CaseMove)
  /** This case is now part of another. Comes with `incident.merge-taken` of the other. */
  | ({ readonly type: 'incident.merged'; readonly merge: Merge } & CaseMove)
  | ({
      readonly type: 'incident.merge-taken'
      readonly mergedId: IncidentId
      /** Alarms of the merged case that this one did not have. */
      readonly alarmIds: readonly AlarmId[]
    } & CaseMove)
  | ({ readonly type: 'incident.unmerged'; readonly reason: string } & CaseMove)
  | ({
      readonly type: 'incident.merge-given-back'
      readonly mergedId: IncidentId
      readonly alarmIds: readonly AlarmId[]
    } & CaseMove)
  /** Its main case has ended, and so has this one, with the same result; or it is open again, and so is this one's wait. */
  | ({
      readonly type: 'incident.settled'
      readonly mainId: IncidentId
      readonly mainState: IncidentState
      readonly resolution: string | null
    } & CaseMove)
  /** Each of a link's two cases has its own, the directions opposite. */
  | ({
      readonly type: 'incident.linked'
      readonly otherId: IncidentId
      readonly direction: LinkDirection
      readonly reason: string
      readonly by: string
    } & CaseMove)
  | ({ readonly type: 'incident.unlinked'; readonly otherId: IncidentId; readonly reason: string } & CaseMove)
  | ({ readonly type: 'incident.told-apart'; readonly otherId: IncidentId; readonly reason: string } & CaseMove)
  /** The present stage, or the whole case, ran past its limit. Once per stage. */
  | ({ readonly type: 'incident.overdue'; readonly stage: Stage; readonly dueAt: Instant } & CaseMove)
  | CaseVerbEvent

/** What every move of an alarm says besides its own facts. */
interface AlarmMove {
  readonly alarmId: AlarmId
  /** State after the move. */
  readonly state: Alarm['state']
}

/** What an alarm says after the rule that speaks for it now. */
interface SpeakingRule {
  readonly alarmId: AlarmId
  readonly value: number
  readonly priority: Priority
  readonly ruleId: string
  readonly ruleVersion: number
  readonly limit: number
  readonly name: Alarm['name']
  /** Absent in logs from before rules of one sensor could differ in it. */
  readonly sense?: RuleSense
  readonly deadband?: number
  readonly latch?: boolean
}

export type AlarmEvent =
  | { readonly type: 'alarm.raised'; readonly alarm: Alarm }
  | ({
      readonly type: 'alarm.acknowledged'
      readonly by: string
      readonly comment: string | null
      /** When it goes back to unacknowledged; absent or null = it does not. */
      readonly reAlarmAt?: Instant | null
    } & AlarmMove)
  /** The condition is over. */
  | ({ readonly type: 'alarm.returned'; readonly value: number } & AlarmMove)
  /** The condition is back; while hidden it rings nobody (`state` says so). */
  | ({
      readonly type: 'alarm.reraised'
      readonly value: number
      readonly sound?: AlarmSound | null
      /** Why a detector spoke this time. */
      readonly evidence?: Term
    } & AlarmMove)
  /** Acknowledged long ago, and it still holds. */
  | ({ readonly type: 'alarm.re-alarmed' } & AlarmMove)
  | ({ readonly type: 'alarm.reset'; readonly by: string } & AlarmMove)
  | ({ readonly type: 'alarm.shelved'; readonly shelving: Shelving } & AlarmMove)
  | ({
      readonly type: 'alarm.unshelved'
      /** `worsened`: it became more urgent than what was shelved. */
      readonly why: 'expired' | 'by-hand' | 'worsened'
    } & AlarmMove)
  | ({ readonly type: 'alarm.suppressed'; readonly suppression: Suppression } & AlarmMove)
  | ({ readonly type: 'alarm.unsuppressed' } & AlarmMove)
  | ({ readonly type: 'alarm.taken-out-of-service'; readonly outOfService: OutOfService } & AlarmMove)
  | ({ readonly type: 'alarm.returned-to-service' } & AlarmMove)
  /** A worse value, or a worse rule of the same sensor, while it stands. */
  | ({
      readonly type: 'alarm.worsened'
      /** Where the priority rose. */
      readonly sound?: AlarmSound | null
    } & SpeakingRule)
  /** It had returned, and another rule that is no worse raises it again: what stands now is what that one says. Comes before `alarm.reraised`. */
  | ({ readonly type: 'alarm.eased'; readonly unit: string } & SpeakingRule)
  /** 误报. Also of alarms that are over. What KPIs count by stands here, for the alarm's own row may be gone. */
  | {
      readonly type: 'alarm.marked-false'
      readonly alarmId: AlarmId
      readonly mark: FalseMark
      readonly ruleId: string
      readonly sensorId: number | null
      readonly incidentId: IncidentId | null
    }
  | { readonly type: 'alarm.incident-opened'; readonly alarmId: AlarmId; readonly incidentId: IncidentId }

/** Changes of rules while the city runs. */
export type AlarmRuleEvent =
  | { readonly type: 'alarm-rule.change-proposed'; readonly change: RuleChange }
  | {
      readonly type: 'alarm-rule.change-approved'
      /** As it is now: what stood before and what stands from here on. */
      readonly change: RuleChange
    }
  | { readonly type: 'alarm-rule.change-declined'; readonly change: RuleChange }

export type UnitEvent =
  | { readonly type: 'unit.enrolled'; readonly unit: Unit }
  | {
      readonly type: 'unit.status-set'
      readonly unitId: UnitId
      readonly status: UnitStatus
      readonly incidentId: IncidentId | null
      readonly reason?: string
      readonly occurredAt?: Instant
      readonly relayed?: true
      /** With `clearing`: the case the work was on. */
      readonly clearingFrom?: IncidentId
    }
  /** Its fix lies at its case's place and it hardly moves. Suggests; changes nothing else. */
  | {
      readonly type: 'unit.arrival-suggested'
      readonly unitId: UnitId
      readonly incidentId: IncidentId
      readonly fixAt: Instant
      readonly distanceM: number
    }
  /** 失联: no fix for five minutes. */
  | { readonly type: 'unit.lost'; readonly unitId: UnitId; readonly fixAt: Instant }
  | { readonly type: 'unit.regained'; readonly unitId: UnitId; readonly fixAt: Instant }

export type WarningEvent =
  | { readonly type: 'warning.published'; readonly warning: Warning }
  | { readonly type: 'warning.lifted'; readonly warningId: WarningId; readonly reason: string }
  /** A CAP message that makes no warning: an acknowledgement, a draft, a Cancel (what it lifted is said by its own events), one that is over. */
  | {
      readonly type: 'warning.noted'
      readonly name: AlertName
      readonly status: AlertStatus
      readonly msgType: AlertType
      readonly references: readonly AlertName[]
      readonly note: string
    }

export type DrillEvent =
  | { readonly type: 'drill.started'; readonly drill: Drill }
  /** Comes after the events that close what it left open. */
  | { readonly type: 'drill.ended'; readonly drillId: DrillId; readonly reason: string }

/** How a proposal ended that was not confirmed. */
export type UnconfirmedEnd = 'declined' | 'withdrawn' | 'expired'

export type ModeEvent =
  | { readonly type: 'mode.proposed'; readonly proposal: ModeProposal }
  /** Confirmed: it holds from now on, in the whole city or in the districts named. */
  | {
      readonly type: 'mode.switched'
      readonly proposalId: ModeProposalId
      readonly districtIds: readonly DistrictId[]
      readonly held: HeldMode
    }
  | {
      readonly type: 'mode.proposal-ended'
      readonly proposalId: ModeProposalId
      readonly outcome: UnconfirmedEnd
      readonly reason: string
    }

export type WallEvent =
  /** Takes the place of what was held on that display, or on all. It ends by itself: no event says so. */
  | { readonly type: 'wall.held'; readonly hold: WallHold }
  | { readonly type: 'wall.pointed'; readonly holdId: string; readonly pointer: LonLat | null }
  | { readonly type: 'wall.released'; readonly holdId: string }
  | { readonly type: 'wall.programme-set'; readonly programme: WallProgramme | null; readonly reason: string }

/** Each with the response as it is from now on. */
export type ResponseEvent =
  | { readonly type: 'response.start-proposed'; readonly response: Response }
  | { readonly type: 'response.started'; readonly response: Response }
  | { readonly type: 'response.change-proposed'; readonly response: Response }
  | { readonly type: 'response.level-changed'; readonly from: ResponseLevel; readonly response: Response }
  | { readonly type: 'response.ended'; readonly response: Response }
  | {
      readonly type: 'response.proposal-ended'
      readonly outcome: UnconfirmedEnd
      readonly reason: string
      readonly response: Response
    }

/** What happens beside a case. */
export type PlanEvent = { readonly incidentId: IncidentId } & (
  | ({ readonly type: 'plan.applied' } & Pick<CasePlan, 'plan' | 'needs' | 'told'> & Pick<ResponsePlan, 'checklist'>)
  /** Filed while a mode changed the limits of its class. */
  | { readonly type: 'plan.hastened'; readonly mode: OperatingMode }
  | { readonly type: 'plan.reinforced'; readonly level: Reinforcement; readonly reason: string }
  | { readonly type: 'plan.ticked'; readonly itemId: string; readonly done: boolean }
  /** Time has run out on something that was waited for. */
  | { readonly type: 'plan.called'; readonly call: CaseCall }
  | { readonly type: 'plan.answered'; readonly unitId: UnitId; readonly note: string }
  | { readonly type: 'plan.noted'; readonly role: Role | 'system' | 'door'; readonly text: string }
  | {
      readonly type: 'plan.agency-ended'
      readonly departmentId: DepartmentId
      readonly disposition: DispositionCode
      readonly note: string
    }
  | {
      readonly type: 'plan.graded'
      readonly grade: CaseGrade
      readonly from: CaseGrade | null
      readonly reason: string
    }
  /** 信息报送: a report is owed by then; one of its kind that was owed already has this time now. */
  | {
      readonly type: 'plan.report-due'
      readonly kind: ReportKind
      readonly number: number
      readonly dueAt: Instant
    }
  | {
      readonly type: 'plan.reported'
      readonly kind: ReportKind
      readonly number: number
      readonly to: string
      readonly body: ReportBody
      readonly facts: ReportFacts
    }
  /** 迟报 */
  | {
      readonly type: 'plan.report-overdue'
      readonly kind: ReportKind
      readonly number: number
      readonly dueAt: Instant
    }
  /** Its grade owes none any more. */
  | { readonly type: 'plan.reports-waived' }
  /** A crew taken `away` for `otherId`, or brought `here` from it; `left` = crews that stayed on the case it left. */
  | {
      readonly type: 'plan.diverted'
      readonly unitId: UnitId
      readonly way: 'away' | 'here'
      readonly otherId: IncidentId
      readonly reason: string
      readonly left: number
    }
)

export type CatalogEvent =
  | { readonly type: 'catalog.created'; readonly entity: Entity }
  | { readonly type: 'catalog.updated'; readonly entity: Entity }
  | { readonly type: 'catalog.deleted'; readonly kind: EntityKind; readonly id: number }
  /** The sensor register's own row, made or renewed from the entities above. */
  | { readonly type: 'sensor.registered'; readonly sensor: Sensor }
  | { readonly type: 'sensor.removed'; readonly sensorId: number }

export type SensorServiceEvent =
  | { readonly type: 'sensor.taken-out-of-service'; readonly sensorId: number; readonly outOfService: OutOfService }
  | {
      readonly type: 'sensor.returned-to-service'
      readonly sensorId: number
      readonly why: 'expired' | 'by-hand'
      readonly reason: string
    }

export type AlgorithmEvent =
  | {
      readonly type: 'algorithm.switched'
      readonly algorithmId: AlgorithmId
      readonly isOn: boolean
      readonly by: string
      readonly reason: string
    }
  | {
      readonly type: 'algorithm.rule-approved'
      readonly algorithmId: AlgorithmId
      readonly rule: MergeRule
      readonly by: string
      readonly reason: string
    }
  | {
      readonly type: 'algorithm.rule-withdrawn'
      readonly algorithmId: AlgorithmId
      readonly by: string
      readonly reason: string
    }
  | ({ readonly type: 'algorithm.advice-judged' } & AdviceJudged)

/** Acts outside the city's business that the audit must hold (sign-in, masks lifted, exports …). */
export type AuditEvent = {
  readonly type: 'audit.noted'
  readonly act: string
  readonly ok: boolean
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

export type DomainEvent =
  | IncidentEvent
  | AlarmEvent
  | AlarmRuleEvent
  | SensorServiceEvent
  | AlarmLoadEvent
  | FloodEvent
  | UnitEvent
  | WarningEvent
  | DrillEvent
  | ModeEvent
  | WallEvent
  | ResponseEvent
  | PlanEvent
  | DutyEvent
  | CatalogEvent
  | AlgorithmEvent
  | AuditEvent
export type DomainEventType = DomainEvent['type']

/** An event as the log keeps it. */
export interface LoggedEvent {
  /** 1, 2, 3 … without a gap. Also the revision (`rev`) of state after it. */
  readonly seq: number
  readonly at: Instant
  /** Who: account name, `system`, `rule:ID`, `door:KEY-NAME`. */
  readonly actor: string
  /** Why: `command:ID`, `reading:SENSOR@TIME`, `tick`, `start`. */
  readonly cause: string
  readonly event: DomainEvent
  /** SHA-256 of the event before it, hex; 64 zeros for the first. */
  readonly prevHash: string
  /** SHA-256 over `prevHash` and the canonical JSON of `{seq, at, actor, cause, event}`, hex. */
  readonly hash: string
}
