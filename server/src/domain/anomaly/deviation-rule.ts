/** What a rule about deviations may do: P3 and P4, and no case, until a person promotes it. Whatever a pack says, nothing else is judged by. */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { RuleSettings } from '../../../../shared/model/alarm-rule-change.ts'

/** The least urgent that an algorithm alone may ask for. */
const highestUnpromoted = 3

export function modest(rule: AlarmRule & Pick<RuleSettings, 'promotedTo'>): AlarmRule {
  const { opensIncident: _opens, ...quiet } = rule
  const { promotedTo } = rule
  if (promotedTo !== undefined && promotedTo !== null) return { ...quiet, priority: promotedTo }
  return { ...quiet, priority: rule.priority > highestUnpromoted ? rule.priority : highestUnpromoted }
}
