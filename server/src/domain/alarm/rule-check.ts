/** One limit against one value. Reaching the limit is crossing it; coming back is past the limit by the deadband. */
import type { AlarmRule, RuleSense } from '../../../../shared/model/alarm.ts'

export function crosses(rule: AlarmRule, value: number): boolean {
  if (rule.sense === 'high') return value >= rule.limit
  return rule.sense === 'low' ? value <= rule.limit : value === rule.limit
}

export function isBack(rule: AlarmRule, value: number): boolean {
  if (rule.sense === 'high') return value < rule.limit && value <= rule.limit - rule.deadband
  if (rule.sense === 'low') return value > rule.limit && value >= rule.limit + rule.deadband
  return value !== rule.limit
}

/** Is `value` worse than `than` by at least `step`? A state is never worse than itself. */
export function isWorse(sense: RuleSense, value: number, than: number, step: number): boolean {
  if (sense === 'state') return false
  return sense === 'high' ? value >= than + step : value <= than - step
}

/** Worst first: the more urgent, then the limit further out. */
export function byWorst(a: AlarmRule, b: AlarmRule): number {
  if (a.priority !== b.priority) return a.priority - b.priority
  return a.sense === 'low' ? a.limit - b.limit : b.limit - a.limit
}
