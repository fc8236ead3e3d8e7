/** The city's alarm rules as they stand: the pack's, with what was changed and approved since. */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { PresentRule, RuleChange } from '../../../../shared/model/alarm-rule-change.ts'
import { presentRule } from '../../../../shared/model/alarm-rule-change.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'

type Approved = ReadonlyMap<string, RuleChange>

/** Rules of the pack as they stand, enabled or not. */
export const presentRules = (rules: readonly AlarmRule[], approved: Approved): PresentRule[] =>
  rules.map((rule) => presentRule(rule, approved.get(rule.id) ?? null))

/** What is judged by. */
export const rulesInForce = (rules: readonly AlarmRule[], approved: Approved): PresentRule[] =>
  presentRules(rules, approved).filter((rule) => rule.enabled)

/** One rule as it stands, enabled or not. */
export function ruleOf(state: CityState, context: Pick<Context, 'alarmRule'>, id: string): PresentRule | undefined {
  const rule = context.alarmRule(id)
  return rule === undefined ? undefined : presentRule(rule, state.ruleChanges.get(id) ?? null)
}
