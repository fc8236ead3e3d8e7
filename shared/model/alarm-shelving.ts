/**
 * Shelving (搁置): a person puts an alarm aside for a time, with a reason everybody can read. How long, and who may, depends on how urgent
 * it is. Rule: field reference §4.4.
 */
import type { Instant } from './ids.ts'
import type { Priority } from './priority.ts'
import type { Role } from './role.ts'
import type { Term } from './term.ts'

export const shelvingReasons = ['maintenance', 'false-alarm', 'construction', 'duplicate', 'dispatched'] as const
export type ShelvingReason = (typeof shelvingReasons)[number]
export const shelvingReasonNames: Record<ShelvingReason, Term> = {
  maintenance: { zh: '检修', en: 'Maintenance' },
  'false-alarm': { zh: '误报', en: 'False alarm' },
  construction: { zh: '施工', en: 'Construction' },
  duplicate: { zh: '重复', en: 'Duplicate' },
  dispatched: { zh: '已派单', en: 'Dispatched' },
}

export interface Shelving {
  readonly by: string
  readonly at: Instant
  readonly untilAt: Instant
  readonly code: ShelvingReason
  readonly words: string
  /** What it was as it was shelved: whoever shelved it knew of no worse. Absent in older logs: as it is. */
  readonly priority?: Priority
}

const minMs = 60_000
const hourMs = 60 * minMs

/** The longest an alarm of each priority may be shelved in one go, and by whom. */
export const shelvingLimits: Record<Priority, { readonly longestMs: number; readonly roles: readonly Role[] }> = {
  1: { longestMs: 15 * minMs, roles: ['chief'] },
  2: { longestMs: 2 * hourMs, roles: ['duty', 'chief'] },
  3: { longestMs: 8 * hourMs, roles: ['duty', 'chief'] },
  4: { longestMs: 8 * hourMs, roles: ['duty', 'chief'] },
}
