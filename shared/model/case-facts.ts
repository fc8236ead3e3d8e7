/**
 * What is kept with a case besides its way through the steps: its clock, who leads and who helps, what was asked for and granted, who was
 * told to hurry, who is owed a call. A case keeps only those it has. Terms and rules: field reference §1.6, §2.5, §2.6, §2.8.
 */
import type { FilingBasis } from './case-class.ts'
import type { DepartmentId, IncidentId, Instant, UnitId } from './ids.ts'
import type { Limit } from './limit.ts'
import type { Role } from './role.ts'
import type { Term } from './term.ts'

/** The clock of the whole case (全程时限). When it is due stands at the case itself. */
export interface CaseClock {
  readonly startAt: Instant
  readonly limit: Limit
  /** 延期 granted; each adds the limit once more. */
  readonly extensions: number
  /** First reminder (customarily at 50 % of the time); null = never, as the calendar stands. */
  readonly halfAt: Instant | null
  /** Second reminder (80 %): the light turns yellow. */
  readonly soonAt: Instant | null
  /** 督办 by the clock (120 %). */
  readonly graveAt: Instant | null
  /** How many of the four marks, the due time the third, somebody was told of; each is told once, whatever the clock does afterwards. */
  readonly marksTold: number
}

/** 挂账: once, until a date; the clock stands. */
export interface Suspension {
  readonly beganAt: Instant
  /** It ends then by itself. */
  readonly untilAt: Instant
  /** When it ended; null while it lasts. */
  readonly endedAt: Instant | null
  readonly reason: string
  readonly askedBy: string
  readonly approvedBy: string
}

/** What somebody asks for and others grant. */
export const requestKinds = ['extension', 'suspension', 'appeal'] as const
export type RequestKind = (typeof requestKinds)[number]
export const requestKindNames: Record<RequestKind, Term> = {
  extension: { zh: '延期', en: 'Extension' },
  suspension: { zh: '挂账', en: 'Suspension' },
  appeal: { zh: '申诉', en: 'Appeal' },
}
export interface Approval {
  readonly by: string
  readonly role: Role
  readonly approvedAt: Instant
}
export interface CaseRequest {
  readonly kind: RequestKind
  readonly by: string
  readonly role: Role
  readonly reason: string
  readonly askedAt: Instant
  /** Of a suspension: until when. */
  readonly untilAt?: Instant
  readonly approvals: readonly Approval[]
  readonly outcome: 'open' | 'granted' | 'refused'
  readonly decidedAt?: Instant
  /** Why it was refused, and by whom. */
  readonly refusedBy?: string
  readonly refusal?: string
}
/** The oldest decided ones are let go of; the log keeps all. */
export const mostRequestsKept = 20

/** 主办: the department that has the case, exactly one. */
export interface Lead {
  readonly departmentId: DepartmentId
  readonly sentBy: string
  readonly sentAt: Instant
  /** 签收 */
  readonly receivedAt: Instant | null
  readonly receivedBy: string | null
}

/** 协办: a department that helps, with a clock of its own. The case is not closed before each has answered or was let off. */
export interface Assist {
  readonly departmentId: DepartmentId
  readonly task: string
  readonly askedBy: string
  readonly askedAt: Instant
  readonly dueAt: Instant | null
  readonly receivedAt: Instant | null
  /** When it answered, or was let off. */
  readonly endedAt: Instant | null
  readonly end: 'answered' | 'waived' | null
  /** The answer, or why it was let off. */
  readonly note: string
  /** Ran past its limit; never taken back. */
  readonly late?: true
}
export const mostAssists = 12

/** 退单 and 回退: what came back, from whom, to whom and why. */
export interface CaseReturn {
  /** `department` to the dispatcher, `dispatcher` to whoever filed, `work` to the crew that did it. */
  readonly kind: 'department' | 'dispatcher' | 'work'
  readonly by: string
  readonly returnedAt: Instant
  /** Who has it now: an account, or the crew; null = whoever is on duty. */
  readonly to: string | null
  readonly reason: string
  /** What it was when it came back: it does not go forward again unchanged. */
  readonly departmentId: DepartmentId | null
  readonly classCode: string
}
export const mostReturnsKept = 20

/** 核实 */
export const verificationResults = ['exist', 'not-exist', 'unable'] as const
export type VerificationResult = (typeof verificationResults)[number]
export const verificationResultNames: Record<VerificationResult, Term> = {
  exist: { zh: '属实', en: 'It exists' },
  'not-exist': { zh: '不属实', en: 'It does not exist' },
  unable: { zh: '无法核实', en: 'Could not be verified' },
}
export interface Verification {
  readonly askedBy: string
  readonly askedAt: Instant
  /** The crew that looks; null = whoever is on duty asks by telephone. */
  readonly unitId: UnitId | null
  readonly result: VerificationResult | null
  readonly answeredBy: string | null
  readonly answeredAt: Instant | null
  readonly note: string
}

/** 督办 */
export const supervisionKinds = ['timeout', 'leader', 'important'] as const
export type SupervisionKind = (typeof supervisionKinds)[number]
export const supervisionKindNames: Record<SupervisionKind, Term> = {
  timeout: { zh: '超时督办', en: 'Overdue' },
  leader: { zh: '领导督办', en: 'By a leader' },
  important: { zh: '重点督办', en: 'Important' },
}
export interface Supervision {
  readonly kind: SupervisionKind
  readonly by: string
  readonly askedAt: Instant
  readonly reason: string
  /** What is to be done. */
  readonly requirement: string
  /** 需回复: by then; null = no answer is asked for. */
  readonly replyDueAt: Instant | null
  readonly repliedAt: Instant | null
  readonly repliedBy: string | null
  readonly reply: string
}
export const mostSupervisions = 30

/** 催办, by people; reminders of the clock are counted by the clock. */
export interface Urging {
  readonly count: number
  readonly lastAt: Instant
  readonly lastBy: string
  readonly text: string
}

/** 先行联系: was the caller called before anything else, in time? `pending` = may still be. `not-evaluated` counts in no rate. */
export const firstContactStates = ['pending', 'yes', 'no', 'not-evaluated'] as const
export type FirstContactState = (typeof firstContactStates)[number]
export const firstContactNames: Record<FirstContactState, Term> = {
  pending: { zh: '待联系', en: 'Due' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  'not-evaluated': { zh: '未评价', en: 'Not evaluated' },
}
export interface FirstContact {
  readonly state: FirstContactState
  readonly dueAt: Instant | null
  /** When somebody called; also after the time for it. */
  readonly contactedAt: Instant | null
  readonly by: string | null
  readonly note: string
}

/** 一键转接: services a wrong-door call is handed to. */
export const handoverAgencies = ['110', '119', '120'] as const
export type HandoverAgency = (typeof handoverAgencies)[number]
export const handoverAgencyNames: Record<HandoverAgency, Term> = {
  110: { zh: '110公安', en: '110 police' },
  119: { zh: '119消防', en: '119 fire' },
  120: { zh: '120急救', en: '120 ambulance' },
}
export interface Handover {
  readonly agency: HandoverAgency
  readonly by: string
  readonly handedAt: Instant
  /** Who took it there. */
  readonly person: string
  /** The number their side gave it. */
  readonly number: string
  readonly words: string
}
export const mostHandovers = 20

/** Marks set by people; words only suggest them. */
export const caseFlags = ['urgent', 'threat', 'danger', 'stubborn', 'typical'] as const
export type CaseFlag = (typeof caseFlags)[number]
export const caseFlagNames: Record<CaseFlag, Term> = {
  urgent: { zh: '紧急类', en: 'Urgent' },
  threat: { zh: '扬言', en: 'Threat' },
  danger: { zh: '危险', en: 'Dangerous' },
  stubborn: { zh: '顽症', en: 'Stubborn' },
  typical: { zh: '典型案件', en: 'Typical' },
}

/** 解决情况 */
export const solvedKinds = ['solved', 'explained'] as const
export type SolvedKind = (typeof solvedKinds)[number]
export const solvedKindNames: Record<SolvedKind, Term> = {
  solved: { zh: '实际解决', en: 'Solved' },
  explained: { zh: '解释说明', en: 'Explained' },
}
/** 满意度: four grades (field reference §2.8), the best first. */
export const satisfactionGrades = ['satisfied', 'mostly', 'so-so', 'dissatisfied'] as const
export type SatisfactionGrade = (typeof satisfactionGrades)[number]
export const satisfactionNames: Record<SatisfactionGrade, Term> = {
  satisfied: { zh: '满意', en: 'Satisfied' },
  mostly: { zh: '基本满意', en: 'Mostly satisfied' },
  'so-so': { zh: '一般', en: 'So-so' },
  dissatisfied: { zh: '不满意', en: 'Dissatisfied' },
}

/** 回访: one caller who is owed an answer. Who it is stands with the report `from`. */
export interface CallBack {
  /** The case this caller's report was; the case's own id for its own. */
  readonly from: IncidentId
  /** Calls nobody answered. */
  readonly misses: number
  /** When the duty ended; null while it is owed. */
  readonly endedAt: Instant | null
  readonly by: string | null
  readonly solved: SolvedKind | null
  /** 综合满意度; null where the caller could not be reached. */
  readonly satisfaction: SatisfactionGrade | null
  /** 服务态度 */
  readonly attitude: SatisfactionGrade | null
  readonly note: string
}
/** Facts a case has only where they came about; absent = none. */
export interface CaseFacts {
  readonly clock?: CaseClock
  /** Who filed it: a case sent back to filing is theirs. */
  readonly filedBy?: string
  /** The 立案条件, by its number in the class: named for it before filing, or filed under. */
  readonly conditionId?: string
  /** Since it was filed: what it is held to, whatever the table says by now. Absent on cases of logs that did not keep it. */
  readonly basis?: FilingBasis
  readonly suspension?: Suspension
  readonly requests?: readonly CaseRequest[]
  readonly lead?: Lead
  readonly assists?: readonly Assist[]
  readonly returns?: readonly CaseReturn[]
  readonly verification?: Verification
  readonly supervisions?: readonly Supervision[]
  readonly urging?: Urging
  /** 核查 that could not be made. */
  readonly unableChecks?: number
  readonly firstContact?: FirstContact
  readonly handovers?: readonly Handover[]
  readonly flags?: readonly CaseFlag[]
  readonly callBacks?: readonly CallBack[]
  /** 申诉 upheld: left out of rates of lateness. That it was late stays (曾超时). */
  readonly exempt?: true
  /** 简易流程: found and put right on the spot, reported, filed and handled in one act. */
  readonly simple?: true
  readonly reopenCount?: number
}
