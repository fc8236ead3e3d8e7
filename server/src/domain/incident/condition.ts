/** Which 立案条件 of a class holds: one that is named must be there, and where none is the customary one does. */
import {
  customaryCondition,
  filingConditionOf,
  type CaseClass,
  type FilingCondition,
} from '../../../../shared/model/case-class.ts'
import type { CaseSettings } from '../../../../shared/model/case-settings.ts'
import { fieldRefusal, type Refused } from './ask.ts'

/** The condition somebody names; null where nobody does. */
export function namedCondition(
  caseClass: CaseClass,
  conditionId: string | null | undefined,
): FilingCondition | Refused | null {
  if (conditionId == null) return null
  return (
    filingConditionOf(caseClass, conditionId) ??
    fieldRefusal('conditionId', `${caseClass.code} has no filing condition ${conditionId}`)
  )
}

/**
 * What a case of this class is filed under: the condition named now, else the one named `before`, else the customary one; unless the city asks
 * for one to be named.
 */
export function chosenCondition(
  caseClass: CaseClass,
  conditionId: string | null | undefined,
  { mustNameCondition }: Pick<CaseSettings, 'mustNameCondition'>,
  before?: string,
): FilingCondition | Refused {
  // One named under an edition that had it is not named any more: what holds now is today's table.
  const earlier = before === undefined ? undefined : filingConditionOf(caseClass, before)
  const chosen = namedCondition(caseClass, conditionId) ?? earlier
  if (chosen !== undefined) return chosen
  return mustNameCondition && caseClass.conditions.length > 1
    ? fieldRefusal('conditionId', `choose one of the filing conditions of ${caseClass.code}`)
    : customaryCondition(caseClass)
}
