/** One limit against one value, or against how far it has changed. Reaching the limit is crossing it; coming back is past the limit by the deadband. */
import type { AlarmRule, RuleSense } from '../../../../shared/model/alarm.ts'

export function crosses(rule: AlarmRule, value: number): boolean {
  if (rule.sense === 'low') return value <= rule.limit
  return rule.sense === 'state' ? value === rule.limit : value >= rule.limit
}

export function isBack(rule: AlarmRule, value: number): boolean {
  if (rule.sense === 'low') return value > rule.limit && value >= rule.limit + rule.deadband
  if (rule.sense === 'state') return value !== rule.limit
  return value < rule.limit && value <= rule.limit - rule.deadband
}

/** The more the worse. */
const isGraded = (sense: RuleSense): boolean => sense === 'high' || sense === 'rise' || sense === 'fall'

/** Is `value` worse than `than` by at least `step`? A state is never worse than itself. */
export function isWorse(sense: RuleSense, value: number, than: number, step: number): boolean {
  if (sense === 'low') return value <= than - step
  return isGraded(sense) && value >= than + step
}

/** Worst first: the more urgent, then the limit further out. */
export function byWorst(a: AlarmRule, b: AlarmRule): number {
  if (a.priority !== b.priority) return a.priority - b.priority
  return a.sense === 'low' ? a.limit - b.limit : b.limit - a.limit
}
