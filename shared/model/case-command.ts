/** What may be asked for about a case beyond its plain way: departments, requests, supervision, the caller. */
import type { Priority } from './alarm.ts'
import type {
  CaseFlag,
  HandoverAgency,
  SatisfactionGrade,
  SolvedKind,
  SupervisionKind,
  VerificationResult,
} from './case-facts.ts'
import type { DepartmentId, IncidentId, Instant, UnitId } from './ids.ts'
import type { LonLat } from './geo.ts'

interface OnIncident {
  readonly incidentId: IncidentId
}
interface Reasoned extends OnIncident {
  readonly reason: string
}
/** Of one of several departments; an account bound to one may only name its own. */
interface OfDepartment extends OnIncident {
  readonly departmentId: DepartmentId
}

export type CaseVerbCommand =
  | ({ readonly type: 'incident.verify'; readonly unitId: UnitId | null } & OnIncident)
  | ({
      readonly type: 'incident.answer-verify'
      readonly result: VerificationResult
      readonly note: string
    } & OnIncident)
  | ({ readonly type: 'incident.assign' } & OfDepartment)
  | ({ readonly type: 'incident.reassign'; readonly reason: string } & OfDepartment)
  | ({ readonly type: 'incident.receive' } & OnIncident)
  | ({ readonly type: 'incident.return' | 'incident.return-filing' } & Reasoned)
  /** `unitId`: a crew that worked on it. */
  | ({ readonly type: 'incident.send-back'; readonly unitId: UnitId } & Reasoned)
  | ({ readonly type: 'incident.request-extension' | 'incident.appeal' | 'incident.refuse-request' } & Reasoned)
  | ({ readonly type: 'incident.request-suspension'; readonly untilAt: Instant } & Reasoned)
  | ({
      readonly type: 'incident.approve-extension' | 'incident.suspend' | 'incident.resume' | 'incident.approve-appeal'
    } & OnIncident)
  | ({ readonly type: 'incident.add-assist'; readonly task: string } & OfDepartment)
  | ({ readonly type: 'incident.receive-assist' } & OfDepartment)
  | ({ readonly type: 'incident.answer-assist'; readonly note: string } & OfDepartment)
  | ({ readonly type: 'incident.waive-assist'; readonly reason: string } & OfDepartment)
  | ({ readonly type: 'incident.urge' | 'incident.reply'; readonly text: string } & OnIncident)
  | ({
      readonly type: 'incident.supervise'
      readonly kind: SupervisionKind
      readonly requirement: string
      readonly replyDueAt: Instant | null
    } & Reasoned)
  | ({ readonly type: 'incident.unable-check' | 'incident.force-close' | 'incident.reopen' } & Reasoned)
  | ({
      readonly type: 'incident.contact'
      readonly contacted: 'yes' | 'no' | 'not-evaluated'
      readonly note: string
    } & OnIncident)
  | ({
      readonly type: 'incident.hand-over'
      readonly agency: HandoverAgency
      readonly person: string
      readonly number: string
      readonly words: string
    } & OnIncident)
  | ({
      readonly type: 'incident.flag'
      readonly flag: CaseFlag
      readonly isOn: boolean
      readonly reason: string
    } & OnIncident)
  | ({
      readonly type: 'incident.call-back'
      /** Whose report; null = the first who is still owed an answer. */
      readonly from: IncidentId | null
      readonly isReached: boolean
      readonly solved: SolvedKind | null
      readonly satisfaction: SatisfactionGrade | null
      readonly attitude: SatisfactionGrade | null
      readonly note: string
    } & OnIncident)
  | {
      readonly type: 'incident.self-handle'
      readonly classCode: string
      readonly title: string
      readonly description: string
      readonly position: LonLat | null
      readonly address: string | null
      readonly priority: Priority | null
      /** What was done, in words: the proof. */
      readonly note: string
      /** A picture of the place as it is now. */
      readonly mediaUrl: string | null
      readonly conditionId: string | null
      readonly drill: boolean
    }
