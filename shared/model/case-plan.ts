/**
 * What stands beside a case while it is dealt with: its response plan as it was applied, what is ticked, which calls wait for somebody, the
 * command log (指挥记录), how it ended for each agency, and its grade (事件等级). A row of its own: none of it moves the case.
 */
import type { DepartmentId, IncidentId, Instant, UnitId } from './ids.ts'
import type { CaseGrade } from './case-grade.ts'
import type { DispositionCode } from './disposition.ts'
import type { OperatingMode } from './mode.ts'
import type { PlanNeed, Reinforcement } from './response-plan.ts'
import type { Priority } from './priority.ts'
import type { Role } from './role.ts'
import type { SituationReport } from './situation-report.ts'
import type { Term } from './term.ts'

export const callKinds = ['queued', 'unacknowledged', 'late', 'welfare', 'silent'] as const
export type CallKind = (typeof callKinds)[number]
export const callKindNames: Record<CallKind, Term> = {
  queued: { zh: '待派超时', en: 'Waiting for a crew too long' },
  unacknowledged: { zh: '派遣未接', en: 'Dispatch not acknowledged' },
  late: { zh: '途中超时', en: 'Late on the road' },
  welfare: { zh: '现场安全核查', en: 'Check on the crew at the scene' },
  silent: { zh: '久无消息', en: 'No news of the case' },
}

/** When somebody is called (field reference §3.4): a limit reached is kept, the first instant past it is not. */
export const callLimits = {
  /** A dispatch nobody acknowledged. */
  unacknowledgedMs: 60_000,
  /** On the road for this much of the travel time foreseen. */
  lateShare: 1.5,
  /** At the scene since the arrival, or since somebody answered for the crew; again after as long, until somebody does. */
  welfareMs: 20 * 60_000,
  /** Nothing heard of a case that crews are on. */
  silentMs: 30 * 60_000,
  /** Waiting for a crew, by priority. */
  queuedMs: { 1: 60_000, 2: 120_000, 3: 15 * 60_000, 4: 60 * 60_000 } satisfies Record<Priority, number>,
} as const

/** Somebody must look: what, about which crew, and since when that has been so. */
export interface CaseCall {
  readonly kind: CallKind
  readonly unitId: UnitId | null
  /** What it is reckoned from. */
  readonly fromAt: Instant
  readonly dueAt: Instant
  /** 1 the first time. */
  readonly times: number
}

export interface CommandNote {
  readonly at: Instant
  readonly by: string
  readonly role: Role | 'system' | 'door'
  readonly text: string
}
/** The row holds this many; the log has them all. */
export const mostNotes = 50

/** How it ended for one agency (department) that took part. */
export interface AgencyOutcome {
  readonly departmentId: DepartmentId
  readonly disposition: DispositionCode
  readonly note: string
  readonly by: string
  readonly at: Instant
}

export interface CasePlan {
  /** The case's. */
  readonly id: IncidentId
  readonly version: number
  /** Null where no plan is for such a case. */
  readonly plan: { readonly id: string; readonly version: number; readonly name: Term } | null
  readonly level: Reinforcement
  readonly needs: readonly PlanNeed[]
  readonly checklist: readonly {
    readonly id: string
    readonly text: Term
    readonly doneBy: string | null
    readonly doneAt: Instant | null
  }[]
  readonly told: readonly Term[]
  /** Waiting for somebody, in the order they came. */
  readonly calls: readonly CaseCall[]
  /** When somebody last answered for a crew at the scene. */
  readonly answeredAt: Readonly<Record<UnitId, Instant>>
  readonly notes: readonly CommandNote[]
  readonly outcomes: readonly AgencyOutcome[]
  readonly grade: CaseGrade | null
  /** 信息报送, made and owed, in the order they came; absent = none yet. */
  readonly reports?: readonly SituationReport[]
  /** The mode that changed its limit when it was filed; null = it has its ordinary one. */
  readonly limitMode: OperatingMode | null
}

export const newCasePlan = (id: IncidentId): CasePlan => ({
  id,
  version: 0,
  plan: null,
  level: 0,
  needs: [],
  checklist: [],
  told: [],
  calls: [],
  answeredAt: {},
  notes: [],
  outcomes: [],
  grade: null,
  limitMode: null,
})
