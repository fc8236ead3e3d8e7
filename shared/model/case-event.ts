/** What the further verbs of a case write into the log: departments, requests, supervision, the caller. Who did it stands in the log line. */
import type {
  CaseClock,
  CaseFlag,
  FirstContactState,
  HandoverAgency,
  RequestKind,
  SatisfactionGrade,
  SolvedKind,
  SupervisionKind,
  VerificationResult,
} from './case-facts.ts'
import type { DepartmentId, IncidentId, Instant, UnitId } from './ids.ts'
import type { IncidentState } from './incident.ts'
import type { Role } from './role.ts'

/** What every move of a case says besides its own facts. */
export interface CaseMove {
  readonly incidentId: IncidentId
  /** When it happened, where that was told later (a terminal that was off); else the event's own time. */
  readonly occurredAt?: Instant
  /** Told by an officer for the crew. */
  readonly relayed?: true
  /** State after the move. */
  readonly state: IncidentState
  /** Limits after the move. */
  readonly stageDueAt: Instant | null
}

/** The case's clock after the move. */
interface Clocked {
  readonly dueAt: Instant | null
  readonly clock: CaseClock
}

export type CaseVerbEvent = (
  | { readonly type: 'incident.verify-asked'; readonly unitId: UnitId | null }
  | { readonly type: 'incident.verified'; readonly result: VerificationResult; readonly note: string }
  | { readonly type: 'incident.assigned'; readonly departmentId: DepartmentId }
  | { readonly type: 'incident.reassigned'; readonly departmentId: DepartmentId; readonly reason: string }
  | { readonly type: 'incident.received' }
  /** 退单: by the department to the dispatcher, or by the dispatcher to whoever filed. */
  | {
      readonly type: 'incident.returned'
      readonly kind: 'department' | 'dispatcher'
      readonly to: string | null
      readonly reason: string
    }
  /** By the department to the crew that did the work. */
  | {
      readonly type: 'incident.sent-back'
      readonly unitId: UnitId
      readonly etaS: number | null
      readonly reason: string
    }
  | {
      readonly type: 'incident.requested'
      readonly kind: RequestKind
      readonly role: Role
      readonly reason: string
      readonly untilAt?: Instant
    }
  /** The first of two who must agree. */
  | { readonly type: 'incident.request-approved'; readonly kind: RequestKind; readonly role: Role }
  | { readonly type: 'incident.request-refused'; readonly kind: RequestKind; readonly reason: string }
  | ({ readonly type: 'incident.extended'; readonly role: Role } & Clocked)
  | ({ readonly type: 'incident.suspended'; readonly role: Role; readonly untilAt: Instant } & Clocked)
  | ({ readonly type: 'incident.resumed' } & Clocked)
  /** 申诉 upheld. */
  | { readonly type: 'incident.exempted'; readonly role: Role }
  | {
      readonly type: 'incident.assist-added'
      readonly departmentId: DepartmentId
      readonly task: string
      readonly dueAt: Instant | null
    }
  | { readonly type: 'incident.assist-received'; readonly departmentId: DepartmentId }
  | { readonly type: 'incident.assist-answered'; readonly departmentId: DepartmentId; readonly note: string }
  | { readonly type: 'incident.assist-waived'; readonly departmentId: DepartmentId; readonly reason: string }
  | { readonly type: 'incident.assist-overdue'; readonly departmentId: DepartmentId; readonly dueAt: Instant }
  | { readonly type: 'incident.urged'; readonly text: string }
  /** By the clock: this share of the time is used up. */
  | { readonly type: 'incident.reminded'; readonly share: number; readonly markAt: Instant }
  | {
      readonly type: 'incident.supervised'
      readonly kind: SupervisionKind
      readonly reason: string
      readonly requirement: string
      readonly replyDueAt: Instant | null
      /** Where the clock did it: the share of the time that was used up. */
      readonly share?: number
    }
  | { readonly type: 'incident.replied'; readonly text: string }
  | { readonly type: 'incident.check-unable'; readonly reason: string }
  | { readonly type: 'incident.force-closed'; readonly reason: string }
  | {
      readonly type: 'incident.reopened'
      readonly reason: string
      readonly dueAt: Instant | null
      readonly clock?: CaseClock
    }
  | { readonly type: 'incident.contacted'; readonly contact: FirstContactState; readonly note: string }
  /** Nobody called in time. */
  | { readonly type: 'incident.contact-missed'; readonly dueAt: Instant }
  | {
      readonly type: 'incident.handed-over'
      readonly agency: HandoverAgency
      readonly person: string
      readonly number: string
      readonly words: string
    }
  | { readonly type: 'incident.flagged'; readonly flag: CaseFlag; readonly isOn: boolean; readonly reason: string }
  | {
      readonly type: 'incident.called-back'
      readonly from: IncidentId
      readonly isReached: boolean
      readonly solved: SolvedKind | null
      readonly satisfaction: SatisfactionGrade | null
      readonly attitude: SatisfactionGrade | null
      readonly note: string
      /** The duty ends by it; absent in logs from before the number of tries was a setting: by an answer, or the third try. */
      readonly ends?: boolean
    }
  /** 自行处置: found and put right on the spot. */
  | { readonly type: 'incident.self-handled'; readonly note: string; readonly mediaUrl: string | null }
) &
  CaseMove
export type CaseVerbEventType = CaseVerbEvent['type']
