/**
 * Another crew than the recommended: allowed, with a reason, and written down with what was recommended. A crew as good as the best but for
 * a minute is no override: between looking and sending, crews move that much.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { UnitId } from '../../../../shared/model/ids.ts'
import type { Unit } from '../../../../shared/model/unit.ts'
import { isOverride } from '../../../../shared/model/unit.ts'
import type { Decision } from '../context.ts'
import { refused } from '../context.ts'
import { recommend, type CaseToSend, type RecommendWorld } from './recommend.ts'

/** So many are written down. */
const noted = 3

export interface Advice {
  readonly recommended?: readonly UnitId[]
  readonly overrideReason?: string
}

/** What to write beside the dispatch of this crew, or a refusal that says who is recommended and asks for the reason. */
export function adviceOn(
  incident: CaseToSend,
  caseClass: CaseClass | undefined,
  units: ReadonlyMap<UnitId, Unit>,
  world: RecommendWorld,
  unitId: UnitId,
  reason: string | undefined,
): Advice | Extract<Decision, { ok: false }> {
  const proposals = recommend(incident, caseClass, units, world)
  const [first] = proposals
  if (first === undefined) return {}
  const recommended = proposals.slice(0, noted).map((one) => one.unitId)
  const asked = proposals.find((one) => one.unitId === unitId)
  if (!isOverride(first, asked)) return { recommended }
  const overrideReason = reason?.trim() ?? ''
  if (overrideReason !== '') return { recommended, overrideReason }
  const problem = `${first.unitId} is recommended: say why ${unitId} is sent`
  return refused('INVALID', `reason: ${problem}`, { fields: [{ field: 'reason', problem }], recommended }) as Extract<
    Decision,
    { ok: false }
  >
}
