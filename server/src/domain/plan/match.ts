/** Which response plan a case gets. The most specific wins; the same question always has the same answer. */
import type { DistrictId } from '../../../../shared/model/ids.ts'
import type { OperatingMode } from '../../../../shared/model/mode.ts'
import type { PlanScope, ResponsePlan } from '../../../../shared/model/response-plan.ts'
import type { Priority } from '../../../../shared/model/priority.ts'

export interface PlanQuestion {
  readonly classCode: string
  readonly priority: Priority
  readonly districtId: DistrictId | null
  /** Hour of the city's day, with its fraction: 0 ≤ hour < 24. */
  readonly hour: number
  readonly mode: OperatingMode
}

const isWithin = (hour: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
  from < to ? hour >= from && hour < to : hour >= from || hour < to

/** How many characters of the class the plan names; null where it is not for such a case. */
function classFit(scope: PlanScope, asked: PlanQuestion): number | null {
  const prefixes = scope.classes.filter((prefix) => asked.classCode.startsWith(prefix))
  if (prefixes.length === 0) return null
  const has = <T>(list: readonly T[], one: T | null) => list.length === 0 || (one !== null && list.includes(one))
  const fits =
    has(scope.priorities, asked.priority) &&
    has(scope.districtIds, asked.districtId) &&
    has(scope.modes, asked.mode) &&
    (scope.hours === null || isWithin(asked.hour, scope.hours))
  return fits ? Math.max(...prefixes.map((prefix) => prefix.length)) : null
}

/** The more is said, the more specific: first by the class, then by mode, district, priority and hour in this order. */
const said = ({ modes, districtIds, priorities, hours }: PlanScope): number[] => [
  Number(modes.length > 0),
  Number(districtIds.length > 0),
  Number(priorities.length > 0),
  Number(hours !== null),
]

/** Null where no plan is for such a case. Of two equally specific ones the newer version, then the earlier id. */
export function matchPlan(plans: readonly ResponsePlan[], asked: PlanQuestion): ResponsePlan | null {
  const fitting = plans.flatMap((plan) => {
    const letters = classFit(plan.scope, asked)
    return letters === null ? [] : [{ plan, rank: [letters, ...said(plan.scope), plan.version] }]
  })
  fitting.sort((a, b) => {
    const at = a.rank.findIndex((value, i) => value !== b.rank[i])
    return at < 0 ? (a.plan.id < b.plan.id ? -1 : 1) : (b.rank[at] as number) - (a.rank[at] as number)
  })
  return fitting[0]?.plan ?? null
}
