/** Case classes (部件/事件 大类-小类) with the limits a case of that class is held to. Data, versioned by standard. */
import type { Priority } from './alarm.ts'
import type { Limit } from './limit.ts'
import type { Term } from './transition.ts'

export interface CaseClass {
  /** `E` (事件) or `P` (部件) and four digits: 大类, 小类. */
  readonly code: string
  readonly name: Term
  /** 大类 */
  readonly group: Term
  readonly priority: Priority
  /** From filing to closing. */
  readonly limit: Limit
  /** Department that leads (主办), by the city pack's id; null = an officer chooses. */
  readonly departmentId: string | null
  readonly keywords: readonly string[]
}

/**
 * Limits of the stages before and after handling, ms (field reference §2.6, a running system's defaults). Handling, which ends when the
 * department feeds back and not when the crew has done its work, may take as long as the case.
 */
export const stageLimitMs = {
  accept: 15 * 60_000,
  file: 15 * 60_000,
  dispatch: 15 * 60_000,
  receive: 60_000,
  check: 30 * 60_000,
  close: 15 * 60_000,
} as const
