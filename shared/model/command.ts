/**
 * Everything a person, a door or the system may ask for. Imperative; each is answered by events or by a refusal.
 */
import type { WallProgramme } from './display.ts'
import type { WallScene } from './wall-scene.ts'
import type {
  AlarmGroupId,
  AlarmId,
  CommandId,
  DepartmentId,
  DistrictId,
  DrillId,
  IncidentId,
  Instant,
  SensorId,
  ModeProposalId,
  ResponseId,
  UnitId,
  WarningId,
} from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Priority } from './alarm.ts'
import type { RuleSettings } from './alarm-rule-change.ts'
import type { ShelvingReason } from './alarm-shelving.ts'
import type { DispositionCode } from './disposition.ts'
import type { ReportBody, ReportKind } from './situation-report.ts'
import type { AlgorithmId, MergeRule } from './algorithm.ts'
import type { LinkDirection } from './duplicate.ts'
import type { CaseVerbCommand } from './case-command.ts'
import type { IncidentSource, Reporter } from './incident.ts'
import type { ScenarioCode } from './scenario.ts'
import type { Shift } from './shift.ts'
import type { ResponseLevel } from './response.ts'
import type { CaseGrade } from './case-grade.ts'
import type { DutyCommand } from './duty-command.ts'
import type { Reinforcement } from './response-plan.ts'
import type { OperatingMode } from './mode.ts'
import type { SelfSetStatus } from './unit.ts'
import type { ReceivedAlert, WarningColour } from './warning.ts'
import type { EntityDraft, EntityKind, EntityLink } from './catalog.ts'

interface OnIncident {
  readonly incidentId: IncidentId
}
interface OnOwnAssignment extends OnIncident {
  /** The crew acting; an account of role `crew` may only name its own. */
  readonly unitId: UnitId
  /** When it happened, where it is told later than that; absent = now. */
  readonly occurredAt?: Instant
}

export type IncidentCommand =
  | {
      readonly type: 'incident.report'
      readonly classCode: string
      readonly title: string
      readonly description: string
      readonly source: IncidentSource
      readonly sourceRef: string | null
      readonly position: LonLat | null
      readonly address: string | null
      readonly reporter: Reporter | null
      readonly mediaUrl: string | null
      readonly occurredAt: Instant | null
      readonly priority: Priority | null
      readonly drill: boolean
      /** When the phone rang and was taken up, where the call came by one. */
      readonly calledAt?: Instant
      readonly answeredAt?: Instant
      /** The 立案条件 it is to be filed under. */
      readonly conditionId?: string
    }
  | ({ readonly type: 'incident.accept' } & OnIncident)
  | ({
      readonly type: 'incident.file'
      readonly classCode: string | null
      readonly departmentId: DepartmentId | null
      readonly priority: Priority | null
      /** The 立案条件, by its number in the class; absent = the one named before, else the customary one. */
      readonly conditionId?: string | null | undefined
    } & OnIncident)
  | ({ readonly type: 'incident.reject'; readonly reason: string } & OnIncident)
  | ({ readonly type: 'incident.void'; readonly reason: string } & OnIncident)
  | ({
      readonly type: 'incident.dispatch'
      readonly unitId: UnitId
      /** Why this crew, where another is recommended: mandatory then. */
      readonly reason?: string
    } & OnIncident)
  | ({ readonly type: 'incident.recall'; readonly unitId: UnitId; readonly reason: string } & OnIncident)
  | ({ readonly type: 'incident.acknowledge' } & OnOwnAssignment)
  | ({ readonly type: 'incident.decline'; readonly reason: string } & OnOwnAssignment)
  | ({ readonly type: 'incident.depart' } & OnOwnAssignment)
  | ({ readonly type: 'incident.stage' } & OnOwnAssignment)
  | ({ readonly type: 'incident.arrive' } & OnOwnAssignment)
  | ({ readonly type: 'incident.control' } & OnIncident & Partial<OnOwnAssignment>)
  | ({ readonly type: 'incident.transport' } & OnOwnAssignment)
  | ({ readonly type: 'incident.reach' } & OnOwnAssignment)
  | ({
      readonly type: 'incident.finish'
      readonly note: string
      /** The crew has to pack up first: free on condition until it says that it stands by. */
      readonly clearing?: boolean
    } & OnOwnAssignment)
  | ({ readonly type: 'incident.feed-back'; readonly note: string } & OnIncident)
  | ({ readonly type: 'incident.pass-check'; readonly note: string } & OnIncident)
  | ({ readonly type: 'incident.fail-check'; readonly reason: string } & OnIncident)
  | ({ readonly type: 'incident.close'; readonly note: string; readonly disposition?: DispositionCode } & OnIncident)
  | ({
      readonly type: 'incident.evaluate'
      readonly satisfaction: 1 | 2 | 3 | 4 | 5
      readonly note: string
    } & OnIncident)
  | ({ readonly type: 'incident.locate'; readonly position: LonLat; readonly address: string | null } & OnIncident)
  | ({
      readonly type: 'incident.reclassify'
      readonly classCode: string
      readonly priority: Priority | null
      /** Absent: of another class the customary one, of the same class the one it has. */
      readonly conditionId?: string | null
    } & OnIncident)
  | ({ readonly type: 'incident.comment'; readonly text: string } & OnIncident)
  | DuplicateCommand
  | CaseVerbCommand

/** How cases hang together. `otherId`: the main case, or the other end of the link. */
export type DuplicateCommand =
  | ({ readonly type: 'incident.merge'; readonly mainId: IncidentId; readonly reason: string } & OnIncident)
  | ({ readonly type: 'incident.unmerge'; readonly reason: string } & OnIncident)
  | ({
      readonly type: 'incident.link'
      readonly otherId: IncidentId
      readonly direction: LinkDirection
      readonly reason: string
    } & OnIncident)
  | ({ readonly type: 'incident.unlink'; readonly otherId: IncidentId; readonly reason: string } & OnIncident)
  | ({ readonly type: 'incident.not-same'; readonly otherId: IncidentId; readonly reason: string } & OnIncident)

export type AlarmCommand =
  | { readonly type: 'alarm.acknowledge'; readonly alarmId: AlarmId; readonly comment: string | null }
  | { readonly type: 'alarm.open-incident'; readonly alarmId: AlarmId; readonly classCode: string | null }
  | {
      readonly type: 'alarm.shelve'
      readonly alarmId: AlarmId
      /** One of the two: until then, or for so long. */
      readonly untilAt: Instant | null
      readonly forMs: number | null
      readonly code: ShelvingReason
      readonly words: string
    }
  | { readonly type: 'alarm.unshelve'; readonly alarmId: AlarmId }
  | { readonly type: 'alarm.reset'; readonly alarmId: AlarmId }
  | { readonly type: 'alarm.mark-false'; readonly alarmId: AlarmId; readonly reason: string }

/** 检修: takes a sensor's alarms out of the way while people work on it. */
export type SensorServiceCommand =
  | {
      readonly type: 'sensor.take-out-of-service'
      readonly sensorId: SensorId
      readonly untilAt: Instant
      readonly reason: string
    }
  | { readonly type: 'sensor.return-to-service'; readonly sensorId: SensorId; readonly reason: string }

/** Management of change: one proposes, another approves. */
export type AlarmRuleCommand =
  | {
      readonly type: 'alarm-rule.propose'
      readonly ruleId: string
      readonly change: Readonly<Partial<RuleSettings>>
      readonly reason: string
    }
  | { readonly type: 'alarm-rule.approve'; readonly changeId: string; readonly note: string }
  | { readonly type: 'alarm-rule.decline'; readonly changeId: string; readonly reason: string }

/** A whole group: those of `seenIds` that are in it and still wait. What joined unseen waits on. */
export interface AlarmGroupCommand {
  readonly type: 'alarm.acknowledge-group'
  readonly groupId: AlarmGroupId
  readonly seenIds: readonly AlarmId[]
  readonly comment: string | null
}

export type UnitCommand = {
  readonly type: 'unit.set-status'
  readonly unitId: UnitId
  readonly status: SelfSetStatus
  readonly reason: string | null
  /** When it was so, where it is told later; absent = now. */
  readonly occurredAt?: Instant
}

export type WarningCommand =
  | {
      readonly type: 'warning.publish'
      readonly colour: WarningColour
      readonly event: string
      readonly headline: string
      readonly description: string
      readonly instruction: string
      readonly districtIds: readonly DistrictId[]
      readonly expiresAt: Instant
      /** For a drill: shown marked, counts for nothing. */
      readonly exercise: boolean
    }
  | { readonly type: 'warning.lift'; readonly warningId: WarningId; readonly reason: string }

export type DrillCommand =
  | {
      readonly type: 'drill.start'
      readonly scenario: ScenarioCode
      readonly countsInKpi: boolean
      /** To live the same day again; null = one this city has not had. */
      readonly seed: number | null
    }
  | { readonly type: 'drill.end'; readonly drillId: DrillId; readonly reason: string }

/** A switch of the city's mode: one proposes it, another confirms it. */
export type ModeCommand =
  | {
      readonly type: 'mode.propose'
      readonly mode: OperatingMode
      /** Empty = the whole city. */
      readonly districtIds: readonly DistrictId[]
      readonly reason: string
    }
  | { readonly type: 'mode.confirm'; readonly proposalId: ModeProposalId }
  | { readonly type: 'mode.decline'; readonly proposalId: ModeProposalId; readonly reason: string }

/** 推送上屏: what the desk puts on the wall, holds, points at and gives back; and the programme of its displays. */
export type WallCommand =
  | {
      readonly type: 'wall.push'
      /** Null = all displays. */
      readonly display: string | null
      readonly scene: WallScene
      /** Shown with it; null = none. */
      readonly caseId: IncidentId | null
      /** Null = the case's place, or the whole city. */
      readonly position: LonLat | null
      /** It releases itself after so long. */
      readonly minutes: number
    }
  /** `position` null = points no longer. */
  | { readonly type: 'wall.point'; readonly holdId: string; readonly position: LonLat | null }
  | { readonly type: 'wall.release'; readonly holdId: string }
  /** Null = as the city pack says. */
  | { readonly type: 'wall.set-programme'; readonly programme: WallProgramme | null; readonly reason: string }

/** 应急响应. Levels I and II wait for `response.confirm` by a second person, whichever way they move. */
export type ResponseCommand =
  | {
      readonly type: 'response.start'
      readonly level: ResponseLevel
      readonly name: string
      readonly headquarters: string
      /** Empty = the whole city. */
      readonly districtIds: readonly DistrictId[]
      readonly planName: string | null
      readonly warningId: WarningId | null
      readonly caseId: IncidentId | null
      readonly reason: string
    }
  | {
      readonly type: 'response.change'
      readonly responseId: ResponseId
      readonly level: ResponseLevel
      readonly reason: string
    }
  | { readonly type: 'response.end'; readonly responseId: ResponseId; readonly reason: string }
  | { readonly type: 'response.confirm'; readonly responseId: ResponseId }
  | { readonly type: 'response.decline'; readonly responseId: ResponseId; readonly reason: string }

/** 算法台账: what people decide about what advises them. */
export type AlgorithmCommand =
  | {
      readonly type: 'algorithm.switch'
      readonly algorithmId: AlgorithmId
      readonly isOn: boolean
      readonly reason: string
    }
  | ({
      readonly type: 'algorithm.approve-rule'
      readonly algorithmId: AlgorithmId
      readonly reason: string
    } & MergeRule)
  | { readonly type: 'algorithm.withdraw-rule'; readonly algorithmId: AlgorithmId; readonly reason: string }
/** What is done beside a case: none of it moves the case, but for a crew that is diverted to it. */
export type PlanCommand =
  | ({ readonly type: 'plan.reinforce'; readonly level: Reinforcement; readonly reason: string } & OnIncident)
  | ({ readonly type: 'plan.tick'; readonly itemId: string; readonly done: boolean } & OnIncident)
  /** Into the command log (指挥记录), apart from the case's comments. */
  | ({ readonly type: 'plan.note'; readonly text: string } & OnIncident)
  /** Somebody has spoken to the crew at the scene: it is well. */
  | ({ readonly type: 'plan.answer'; readonly unitId: UnitId; readonly note: string } & OnIncident)
  | ({
      readonly type: 'plan.end-agency'
      readonly departmentId: DepartmentId
      readonly disposition: DispositionCode
      readonly note: string
    } & OnIncident)
  | ({ readonly type: 'plan.grade'; readonly grade: CaseGrade; readonly reason: string } & OnIncident)
  /** 信息报送: it was told upwards. Of a report that is owed; also after the case has ended. */
  | ({
      readonly type: 'plan.report'
      readonly kind: ReportKind
      readonly to: string
      readonly body: ReportBody
    } & OnIncident)
  /** Takes a crew off a less urgent case and sends it here. `expectedVersion` is this case's. */
  | ({ readonly type: 'plan.divert'; readonly unitId: UnitId; readonly reason: string } & OnIncident)

/** What a signed-in person may submit, by HTTP or socket. */
export type PersonCommand =
  | IncidentCommand
  | AlarmCommand
  | AlarmGroupCommand
  | AlarmRuleCommand
  | SensorServiceCommand
  | UnitCommand
  | WarningCommand
  | DrillCommand
  | ModeCommand
  | WallCommand
  | ResponseCommand
  | AlgorithmCommand
  | PlanCommand
  | DutyCommand

/** What only the system's own parts submit: the SensorThings and CAP doors, and the start (crews of the city pack). */
export type InternalCommand =
  | { readonly type: 'catalog.create'; readonly drafts: readonly EntityDraft[] }
  | {
      readonly type: 'catalog.update'
      readonly kind: EntityKind
      readonly id: number
      readonly body: Readonly<Record<string, unknown>>
      /** Links replaced; absent kinds keep theirs. */
      readonly links: Readonly<Partial<Record<EntityKind, readonly EntityLink[]>>>
      /** Created together with the update (deep patch of a Thing's new Location). */
      readonly drafts: readonly EntityDraft[]
    }
  | { readonly type: 'catalog.delete'; readonly kind: EntityKind; readonly id: number }
  | {
      readonly type: 'unit.enrol'
      readonly unitId: UnitId
      readonly name: string
      readonly kind: string
      readonly capabilities: readonly string[]
      readonly departmentId: DepartmentId | null
      readonly station: LonLat | null
      readonly shift?: Shift
      readonly staffedBy?: string
    }
  | { readonly type: 'warning.receive'; readonly alert: ReceivedAlert }
  /** The system about itself: a door that drops, a disk that fills. Raises or returns the system alarm of that rule. */
  | {
      readonly type: 'alarm.system'
      readonly ruleId: string
      readonly holds: boolean
      readonly value: number
      readonly limit: number
    }

export type Command = PersonCommand | InternalCommand
export type CommandType = Command['type']
export type PersonCommandType = PersonCommand['type']

export interface CommandEnvelope<C extends Command = Command> {
  readonly commandId: CommandId
  /** Version of the alarm, incident, unit or warning the sender saw; refused with CONFLICT when stale. */
  readonly expectedVersion?: number
  readonly command: C
}
