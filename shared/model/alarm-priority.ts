/**
 * Where an alarm's priority comes from: how bad it gets if nobody acts, and how long there is to act (ISA-18.2 rationalisation). A rule
 * may differ from the matrix, and then says why.
 */
import type { Priority } from './priority.ts'
import type { Term } from './term.ts'

/** What happens if nobody acts, the worst first. */
export const severities = ['life', 'major', 'moderate', 'minor'] as const
export type Severity = (typeof severities)[number]
export const severityNames: Record<Severity, Term> = {
  life: { zh: '危及生命', en: 'Danger to life' },
  major: { zh: '重大损失', en: 'Major loss' },
  moderate: { zh: '影响运行', en: 'Service affected' },
  minor: { zh: '轻微影响', en: 'Minor' },
}

/** How long there is to act, the shortest first; the last has no end. */
export const responseTimes = ['minutes', 'half-hour', 'hours', 'shift'] as const
export type ResponseTime = (typeof responseTimes)[number]
const minMs = 60_000
/** Up to and including so many ms. */
export const responseTimeLimits: Record<ResponseTime, number> = {
  minutes: 5 * minMs,
  'half-hour': 30 * minMs,
  hours: 120 * minMs,
  shift: Infinity,
}

export const priorityMatrix: Record<Severity, Record<ResponseTime, Priority>> = {
  life: { minutes: 1, 'half-hour': 1, hours: 2, shift: 3 },
  major: { minutes: 1, 'half-hour': 2, hours: 2, shift: 3 },
  moderate: { minutes: 2, 'half-hour': 2, hours: 3, shift: 4 },
  minor: { minutes: 3, 'half-hour': 3, hours: 4, shift: 4 },
}

export const responseTimeOf = (respondWithinMs: number): ResponseTime =>
  responseTimes.find((time) => respondWithinMs <= responseTimeLimits[time]) ?? 'shift'

/** What the matrix says of a consequence and the time there is. */
export const priorityOf = (severity: Severity, respondWithinMs: number): Priority =>
  priorityMatrix[severity][responseTimeOf(respondWithinMs)]

/** The record of a rule's rationalisation (合理化记录). Consequence and action in words stand on the rule itself. */
export interface Rationale {
  /** What brings the condition about. */
  readonly cause: Term
  readonly severity: Severity
  /** How long there is to act, ms. */
  readonly respondWithinMs: number
  /** Who answers for the rule: a department or an office, in words. */
  readonly owner: string
  /** Empty: built in, and not approved by this city yet. */
  readonly approvedBy: string
  /** `yyyy-mm-dd` */
  readonly approvedOn: string
  /** Why the priority is not the matrix's; absent where it is. */
  readonly priorityReason?: Term
}
