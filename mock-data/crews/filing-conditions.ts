/** Which classes of a city have several filing conditions (立案条件), of which one must be chosen. */
import type { CaseClass } from '../../shared/model/case-class.ts'

export function filingConditions(
  classes: readonly Pick<CaseClass, 'code' | 'conditions'>[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    classes.flatMap(({ code, conditions }) =>
      conditions.length > 1 ? [[code, conditions.map(({ id }) => id)] as const] : [],
    ),
  )
}
