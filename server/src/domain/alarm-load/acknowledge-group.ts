/** 整组确认: each alarm of a group that an officer saw and that still waits, by an event of its own. What joined unseen is left, and named. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { AlarmGroupCommand } from '../../../../shared/model/command.ts'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { acknowledged } from '../alarm/decide.ts'
import { stateAfter } from '../alarm/moves.ts'

const verb = 'acknowledge'

export function decideAcknowledgeGroup(
  state: CityState,
  actor: Actor,
  command: AlarmGroupCommand,
  context: Context,
): Decision {
  const mayEver = alarmTransitions.some((row) => row.verb === verb && row.roles.some((role) => role === actor.role))
  if (!mayEver) return refused('FORBIDDEN', `role ${actor.role} may not ${verb}`, { verb })
  const { groupId, comment } = command
  const group = state.alarmLoad.groups.get(groupId)
  if (group === undefined) return notFound('group', groupId)
  const seen = new Set(command.seenIds)
  const waiting = group.alarmIds.flatMap((id) => {
    const alarm = state.alarms.get(id)
    const after = alarm && stateAfter(alarm, verb)
    return alarm === undefined || after === undefined ? [] : [{ alarm, after }]
  })
  const events = waiting
    .filter(({ alarm }) => seen.has(alarm.id))
    .map(({ alarm, after }) => acknowledged(state, alarm, after, actor, comment, context))
  if (events.length === 0)
    return refused('NOT_ALLOWED', `nothing seen in group ${groupId} waits for acknowledgement`, { verb, groupId })
  const leftIds = waiting.filter(({ alarm }) => !seen.has(alarm.id)).map(({ alarm }) => alarm.id)
  return accepted(events, { groupId, acknowledged: events.length, leftIds })
}
