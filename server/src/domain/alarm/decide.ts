/**
 * What people do to alarms: acknowledge, reset, put aside, mark as false, open a case. Acknowledging stops the noise; it closes nothing.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Alarm, AlarmState, AlarmVerb } from '../../../../shared/model/alarm.ts'
import type { AlarmCommand } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { linkEvents, openCaseOf, openEvents } from './case-of-alarm.ts'
import { markFalse } from './mark-false.ts'
import { stateAfter } from './moves.ts'
import { ruleOf } from './rules-in-force.ts'
import { shelve, unshelveEvents } from './shelve.ts'

const verbOf: Record<AlarmCommand['type'], AlarmVerb> = {
  'alarm.acknowledge': 'acknowledge',
  'alarm.open-incident': 'open-incident',
  'alarm.shelve': 'shelve',
  'alarm.unshelve': 'unshelve',
  'alarm.reset': 'reset',
  'alarm.mark-false': 'mark-false',
}

export function decideAlarm(
  state: CityState,
  actor: Actor,
  command: AlarmCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const verb = verbOf[command.type]
  const mayEver = alarmTransitions.some((row) => row.verb === verb && row.roles.some((role) => role === actor.role))
  if (!mayEver) return refused('FORBIDDEN', `role ${actor.role} may not ${verb}`, { verb })
  const alarm =
    state.alarms.get(command.alarmId) ?? (verb === 'mark-false' ? state.endedAlarms.get(command.alarmId) : undefined)
  if (alarm === undefined) return notFound('alarm', command.alarmId)
  const stale = checkVersion(expectedVersion, alarm)
  if (stale) return stale
  const after = stateAfter(alarm, verb)
  if (after === undefined)
    return refused('NOT_ALLOWED', `an alarm that is ${alarm.state} does not ${verb}`, { state: alarm.state, verb })
  const { id: alarmId } = alarm
  switch (command.type) {
    case 'alarm.acknowledge':
      return accepted([acknowledged(state, alarm, after, actor, command.comment, context)], { alarmId })
    case 'alarm.reset':
      return accepted([{ type: 'alarm.reset', alarmId, state: after, by: actor.name }], { alarmId })
    case 'alarm.shelve':
      return shelve(alarm, actor, command, context)
    case 'alarm.unshelve':
      return accepted(unshelveEvents(state, alarm, 'by-hand', context), { alarmId })
    case 'alarm.mark-false':
      return markFalse(state, alarm, actor, command.reason, context)
    case 'alarm.open-incident':
      return openIncident(state, alarm, command.classCode, context)
  }
}

/** `after`: where the table leads. */
export function acknowledged(
  state: CityState,
  alarm: Alarm,
  after: AlarmState,
  actor: Actor,
  comment: string | null,
  context: Context,
): DomainEvent {
  const reAlarmAt = after === 'acknowledged' ? nextReAlarm(state, alarm, context) : null
  return { type: 'alarm.acknowledged', alarmId: alarm.id, state: after, by: actor.name, comment, reAlarmAt }
}

/** When the rule wants it called again, if nobody has ended it by then and it was not called often enough. */
function nextReAlarm(state: CityState, alarm: Alarm, context: Context): number | null {
  const again = ruleOf(state, context, alarm.ruleId)?.reAlarm
  return again === undefined || alarm.reAlarmCount >= again.most ? null : context.now + again.afterMs
}

function openIncident(state: CityState, alarm: Alarm, wanted: string | null, context: Context): Decision {
  const rule = ruleOf(state, context, alarm.ruleId)
  const classCode = wanted ?? rule?.classCode
  const caseClass = classCode === undefined ? undefined : context.caseClass(classCode)
  if (caseClass === undefined) return invalid('classCode', 'no such case class')
  const open = openCaseOf(state, alarm)
  if (open !== null && open.alarmIds.includes(alarm.id))
    return refused('NOT_ALLOWED', `the alarm is on case ${open.id} already`, {
      verb: 'open-incident',
      incidentId: open.id,
    })
  if (open !== null) return accepted(linkEvents(open, alarm), { alarmId: alarm.id, incidentId: open.id, linked: true })
  const opened = openEvents(state, alarm, rule, caseClass, context)
  return accepted(opened.events, { alarmId: alarm.id, incidentId: opened.incidentId })
}
