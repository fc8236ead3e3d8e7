/**
 * Management of change: a rule is changed by two people, one who proposes with a reason and another who approves. Guarantees that the log
 * holds old and new, and that what was approved is what was proposed against the rule as it then stood.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { AlarmRuleCommand } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { PresentRule, RuleChange, RuleSettings } from '../../../../shared/model/alarm-rule-change.ts'
import { presentRule, ruleChangeRoles } from '../../../../shared/model/alarm-rule-change.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { returnEvents } from './moves.ts'
import { ruleOf } from './rules-in-force.ts'

/** Proposals wait for a person each: beyond this nobody looks at them. */
export const mostProposals = 200

export function decideRuleChange(
  state: CityState,
  actor: Actor,
  command: AlarmRuleCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  if (!ruleChangeRoles[command.type].some((role) => role === actor.role))
    return refused('FORBIDDEN', `role ${actor.role} may not ${command.type}`)
  if (command.type === 'alarm-rule.propose') return propose(state, actor, command, expectedVersion, context)
  const change = state.ruleProposals.get(command.changeId)
  if (change === undefined) return notFound('change', command.changeId)
  return command.type === 'alarm-rule.decline'
    ? decline(change, actor, command.reason, context)
    : approve(state, change, actor, command.note, context)
}

const settingsOf = (rule: PresentRule): RuleSettings => {
  const { limit, deadband, onDelayMs, onReadings, offDelayMs, enabled, sense, promotedTo = null } = rule
  const plain = { limit, deadband, onDelayMs, onReadings, offDelayMs, enabled }
  return sense === 'deviation' ? { ...plain, promotedTo } : plain
}

function propose(
  state: CityState,
  actor: Actor,
  command: Extract<AlarmRuleCommand, { type: 'alarm-rule.propose' }>,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const { ruleId, reason } = command
  const packRule = context.alarmRule(ruleId)
  if (packRule === undefined) return notFound('rule', ruleId)
  const rule = presentRule(packRule, state.ruleChanges.get(ruleId) ?? null)
  if (expectedVersion !== undefined && expectedVersion !== rule.version)
    return refused('CONFLICT', `rule ${ruleId} is at version ${rule.version}`, { version: rule.version })
  if (state.ruleProposals.size >= mostProposals)
    return refused('NOT_ALLOWED', `${mostProposals} proposals wait to be decided`)
  if (command.change.promotedTo !== undefined && rule.sense !== 'deviation')
    return invalid('change.promotedTo', 'only a rule about deviations is promoted')
  const from = settingsOf(rule)
  const to = { ...from, ...command.change }
  const isChanged = (Object.keys(from) as (keyof RuleSettings)[]).some((key) => from[key] !== to[key])
  if (!isChanged) return invalid('change', 'nothing is changed')
  const change: RuleChange = {
    ...{ id: `R${state.counters.ruleChange + 1}`, version: 1, ruleId, state: 'proposed' },
    packVersion: packRule.version,
    ...{ fromVersion: rule.version, toVersion: rule.version + 1, from, to, reason },
    ...{ proposedBy: actor.name, proposedAt: context.now, decidedBy: null, decidedAt: null, note: '' },
  }
  return accepted([{ type: 'alarm-rule.change-proposed', change }], { changeId: change.id })
}

const decided = (change: RuleChange, actor: Actor, to: 'approved' | 'declined', note: string, now: number) => ({
  ...change,
  version: change.version + 1,
  state: to,
  decidedBy: actor.name,
  decidedAt: now,
  note,
})

function decline(change: RuleChange, actor: Actor, reason: string, { now }: Context): Decision {
  const after = decided(change, actor, 'declined', reason, now)
  return accepted([{ type: 'alarm-rule.change-declined', change: after }], { changeId: change.id })
}

function approve(state: CityState, change: RuleChange, actor: Actor, note: string, context: Context): Decision {
  const { id: changeId, ruleId, fromVersion } = change
  if (actor.name === change.proposedBy)
    return refused('FORBIDDEN', 'a second person approves: not the one who proposed', { proposedBy: actor.name })
  const rule = ruleOf(state, context, ruleId)
  if (rule === undefined) return notFound('rule', ruleId)
  if (rule.version !== fromVersion)
    return refused('CONFLICT', `the rule is at version ${rule.version}, the proposal is of ${fromVersion}`, {
      version: rule.version,
    })
  const after = decided(change, actor, 'approved', note, context.now)
  const events: DomainEvent[] = [{ type: 'alarm-rule.change-approved', change: after }]
  // Nobody judges by it any more: nobody would ever say that it is over.
  if (!change.to.enabled)
    for (const alarm of state.alarms.values())
      if (alarm.ruleId === ruleId) events.push(...returnEvents(alarm, alarm.value))
  return accepted(events, { changeId, version: change.toVersion })
}
