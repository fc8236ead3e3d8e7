/**
 * Changes of alarm rules while the city runs (management of change): proposed by one person with a reason, in force when a second one
 * approves. What stood before, what stands now and who said so is in the log.
 */
import type { AlarmRule } from './alarm.ts'
import type { Instant } from './ids.ts'
import type { Role } from './role.ts'
import type { Term } from './term.ts'

/** What may be changed of a rule. A rule that is not enabled judges nothing. */
export interface RuleSettings {
  readonly limit: number
  readonly deadband: number
  readonly onDelayMs: number
  readonly onReadings: number
  readonly offDelayMs: number
  readonly enabled: boolean
  /** Of a rule of deviation alone: the priority a person trusts it with beyond P3; null or absent = none yet. */
  readonly promotedTo?: 1 | 2 | null
}
export const ruleSettingNames: Record<keyof RuleSettings, Term> = {
  limit: { zh: '限值', en: 'limit' },
  deadband: { zh: '回差', en: 'deadband' },
  onDelayMs: { zh: '触发延时', en: 'on-delay' },
  onReadings: { zh: '连续次数', en: 'readings in a row' },
  offDelayMs: { zh: '恢复延时', en: 'off-delay' },
  enabled: { zh: '启用', en: 'enabled' },
  promotedTo: { zh: '准予升级为', en: 'promoted to' },
}

/** Who may propose, and who may decide; never one and the same person on one change. */
export const ruleChangeRoles: Record<`alarm-rule.${'propose' | 'approve' | 'decline'}`, readonly Role[]> = {
  'alarm-rule.propose': ['chief'],
  'alarm-rule.approve': ['chief', 'manager'],
  'alarm-rule.decline': ['chief', 'manager'],
}

export const ruleChangeStates = ['proposed', 'approved', 'declined'] as const
export type RuleChangeState = (typeof ruleChangeStates)[number]

export interface RuleChange {
  /** `R` and a sequence number. */
  readonly id: string
  readonly version: number
  readonly ruleId: string
  readonly state: RuleChangeState
  /** Version of the rule in the city pack it was made for: a pack that brings another has the last word. */
  readonly packVersion: number
  /** The rule's version before, and the one it has when approved. */
  readonly fromVersion: number
  readonly toVersion: number
  readonly from: RuleSettings
  readonly to: RuleSettings
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  /** What whoever decided said. */
  readonly note: string
}

/** A rule as it stands: the pack's, or as last changed. */
export interface PresentRule extends AlarmRule {
  readonly enabled: boolean
  readonly promotedTo?: RuleSettings['promotedTo']
  /** The change it stands by; null = as the pack brought it. */
  readonly changedBy: string | null
}

/** How a rule stands by the change last approved for it; null = none. */
export function presentRule(rule: AlarmRule, change: RuleChange | null): PresentRule {
  if (change === null || change.packVersion !== rule.version)
    return { ...rule, enabled: rule.enabled ?? true, changedBy: null }
  return { ...rule, ...change.to, version: change.toVersion, changedBy: change.id }
}
