/** What people do to alarms: acknowledge, and open a case. Acknowledging stops the noise; it closes nothing. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { AlarmCommand } from '../../../../shared/model/command.ts'
import type { AlarmVerb } from '../../../../shared/model/alarm.ts'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { linkEvents, openCaseOf, openEvents } from './case-of-alarm.ts'

export function decideAlarm(
  state: CityState,
  actor: Actor,
  command: AlarmCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const verb: AlarmVerb = command.type === 'alarm.acknowledge' ? 'acknowledge' : 'open-incident'
  const mayEver = alarmTransitions.some((row) => row.verb === verb && row.roles.some((role) => role === actor.role))
  if (!mayEver) return refused('FORBIDDEN', `role ${actor.role} may not ${verb}`, { verb })
  const alarm = state.alarms.get(command.alarmId)
  if (alarm === undefined) return notFound('alarm', command.alarmId)
  const stale = checkVersion(expectedVersion, alarm)
  if (stale) return stale
  const row = findTransition(alarmTransitions, alarm.state, verb)
  if (row === undefined)
    return refused('NOT_ALLOWED', `an alarm that is ${alarm.state} does not ${verb}`, { state: alarm.state, verb })
  if (command.type === 'alarm.acknowledge') {
    const after = row.to === 'same' ? alarm.state : row.to
    const { comment } = command
    return accepted([{ type: 'alarm.acknowledged', alarmId: alarm.id, state: after, by: actor.name, comment }], {
      alarmId: alarm.id,
    })
  }
  const rule = context.alarmRule(alarm.ruleId)
  const classCode = command.classCode ?? rule?.classCode
  const caseClass = classCode === undefined ? undefined : context.caseClass(classCode)
  if (caseClass === undefined) return invalid('classCode', 'no such case class')
  const open = openCaseOf(state, alarm)
  if (open !== null && open.alarmIds.includes(alarm.id))
    return refused('NOT_ALLOWED', `the alarm is on case ${open.id} already`, { verb, incidentId: open.id })
  if (open !== null) return accepted(linkEvents(open, alarm), { alarmId: alarm.id, incidentId: open.id, linked: true })
  const opened = openEvents(state, alarm, rule, caseClass, context)
  return accepted(opened.events, { alarmId: alarm.id, incidentId: opened.incidentId })
}
