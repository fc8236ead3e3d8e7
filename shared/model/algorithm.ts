/**
 * 算法台账: the register of what advises people here. Each entry says what it is for, what it reads, how it decides, how well it did when it was
 * tested and who let it run; it can be switched off, and then it is silent. What people did with its advice is counted from the log.
 */
import type { IncidentId, Instant } from './ids.ts'
import type { Term } from './term.ts'

export const algorithmIds = ['duplicates', 'suggestions', 'flags', 'recommendation', 'expected-value'] as const
export type AlgorithmId = (typeof algorithmIds)[number]

/** What is true of an algorithm as it is built: changes with its code, never by an act. */
export interface AlgorithmDescription {
  readonly id: AlgorithmId
  readonly name: Term
  /** Raised whenever the same question may get another answer; advice is counted apart for each. */
  readonly version: string
  readonly owner: Term
  readonly purpose: Term
  readonly inputs: Term
  readonly method: Term
  readonly thresholds: readonly { readonly name: Term; readonly value: number; readonly unit: string }[]
  /** The newest test on data the thresholds were not chosen on; null = none yet. `testedOn`: `yyyy-mm-dd`. */
  readonly test: { readonly testedOn: string; readonly set: Term; readonly result: Term } | null
  readonly scope: Term
}

/**
 * A rule a person approved: merge without being asked where all of it holds. Off until there is one; what it merged is marked and can be undone
 * like any merge.
 */
export interface MergeRule {
  readonly minScore: number
  readonly maxDistanceM: number
  readonly maxMinutes: number
}

/** What people decided about an algorithm. Until somebody does, it advises (`isOn`) and does nothing by itself. */
export interface AlgorithmSetting {
  /** Grows by one with every act on it; the `expectedVersion` of commands. */
  readonly version: number
  readonly isOn: boolean
  /** The last switch: who, when and why; null while it is as delivered. */
  readonly switched: { readonly by: string; readonly at: Instant; readonly reason: string } | null
  readonly rule: (MergeRule & { readonly by: string; readonly at: Instant; readonly reason: string }) | null
}
export const deliveredSetting: AlgorithmSetting = { version: 0, isOn: true, switched: null, rule: null }

/** What advice can be about. */
export const advisedFields = ['class', 'priority', 'department', 'place', 'duplicate', 'crew', 'flag'] as const
export type AdvisedField = (typeof advisedFields)[number]

/** One piece of advice and what the officer did: what was chosen stands beside what was proposed. */
export interface AdviceJudged {
  readonly algorithmId: AlgorithmId
  /** Of the algorithm that advised. */
  readonly algorithmVersion: string
  readonly incidentId: IncidentId
  readonly field: AdvisedField
  readonly proposed: string
  /** 0 … 1. */
  readonly confidence: number
  readonly chosen: string
  readonly isTaken: boolean
  /** Was taken before, and is undone now: no new advice. */
  readonly isTakenBack?: true
}

export interface AdviceTally {
  readonly advised: number
  readonly taken: number
}

/** One line of `GET /api/v1/algorithms`. */
export interface AlgorithmRow extends AlgorithmDescription {
  readonly setting: AlgorithmSetting
  /** Of the present version, by what was advised; a field of which nothing was said yet is absent. */
  readonly tally: Partial<Record<AdvisedField, AdviceTally>>
  /** 采纳率: taken ÷ advised; null before any. */
  readonly takeUpRate: number | null
  /** 误报率: advice a person went against ÷ advised; null before any. */
  readonly errorRate: number | null
}
