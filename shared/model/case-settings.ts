/** Limits of a case that a city may set for itself; the defaults follow field reference §2.6 and §2.8. */
import type { Limit } from './limit.ts'

export interface CaseSettings {
  /** 先行联系: from the report to the first call to whoever reported. */
  readonly firstContact: Limit
  /** 核实: from asking to the answer. */
  readonly verify: Limit
  /** 签收: from sending a case to a department until it takes it. */
  readonly sign: Limit
  /** From a 督办 the clock makes to its answer. */
  readonly superviseReply: Limit
}

export const defaultCaseSettings: CaseSettings = {
  firstContact: { amount: 1, unit: 'work-day' },
  verify: { amount: 0.5, unit: 'urgent-hour' },
  sign: { amount: 2, unit: 'work-hour' },
  superviseReply: { amount: 1, unit: 'work-day' },
}
