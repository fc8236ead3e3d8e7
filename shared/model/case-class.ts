/**
 * Case classes (部件/事件 大类-小类) with the conditions under which a report becomes a case (立案条件), how long each may take and what
 * must be true before it closes (结案条件). Data, versioned by standard: limits differ from city to city and from edition to edition.
 */
import type { Priority } from './alarm.ts'
import type { Limit } from './limit.ts'
import { unnamedStandardId } from './standard-name.ts'
import type { Term } from './transition.ts'

/** One 立案条件 of a class. */
export interface FilingCondition {
  /** Unique within its class and edition: `1`, `2` … as the table lists them. */
  readonly id: string
  /** 立案条件: what makes a report a case. */
  readonly when: Term
  /** From filing to closing. */
  readonly limit: Limit
  /** What the table said of the limit, where that was not understood: the limit is one natural day then. */
  readonly limitText?: string
  /** 结案条件: what must be true before the case may be closed. */
  readonly closing: Term
}

export interface CaseClass {
  /** `E` (事件) or `P` (部件) and four digits: 大类, 小类. 大类 of events go by GB/T 30428.2 (04 街面秩序, 05 突发事件). */
  readonly code: string
  readonly name: Term
  /** 大类 */
  readonly group: Term
  readonly priority: Priority
  /** That of the first condition: what a case is held to where nobody chose one. */
  readonly limit: Limit
  /** Never empty; the first is the customary one. */
  readonly conditions: readonly FilingCondition[]
  /** The table this row is of, and its edition. */
  readonly standardId: string
  readonly standardVersion: string
  /** Department that leads (主办), by the city pack's id; null = an officer chooses. */
  readonly departmentId: string | null
  readonly keywords: readonly string[]
  /** 法律依据 */
  readonly legalBasis?: string
  /** 责任主体, in the table's words. */
  readonly responsibleBody?: string
  /** 监管主体, in the table's words. */
  readonly supervisingBody?: string
  /** 采集要求: what a report must show. */
  readonly collecting?: string
}

/**
 * The table, its edition and the condition a case was filed under, in the words of then: the table may get another edition, the case keeps
 * this one. The condition's number stands at the case itself, its limit in the case's clock.
 */
export interface FilingBasis {
  readonly standardId: string
  readonly standardVersion: string
  readonly when: Term
  readonly closing: Term
}

/** The class's condition of that id; undefined where it has none such. */
export const filingConditionOf = (caseClass: CaseClass, conditionId: string): FilingCondition | undefined =>
  caseClass.conditions.find(({ id }) => id === conditionId)

/** The condition held to where nobody chose one. */
export const customaryCondition = ({ conditions, limit }: CaseClass): FilingCondition =>
  conditions[0] ?? soleCondition(limit)

export function filingBasis(
  { standardId, standardVersion }: Pick<CaseClass, 'standardId' | 'standardVersion'>,
  { when, closing }: FilingCondition,
): FilingBasis {
  return { standardId, standardVersion, when, closing }
}

/** The one condition of a class whose table names none. */
export const soleCondition = (limit: Limit): FilingCondition => ({
  id: '1',
  when: { zh: '现场情况属于本类', en: 'What is found belongs to this class' },
  limit,
  closing: { zh: '问题已消除，现场恢复正常', en: 'The problem is gone and the place is as it should be' },
})

/** The table a class is of where its row does not say: a pack from before tables had editions. */
export const unnamedStandard = { standardId: unnamedStandardId, standardVersion: '1' } as const
