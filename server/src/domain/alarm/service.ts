/**
 * Out of service (停用检修): a sensor's alarms are out of the way while people work on it. What it says is judged all the same, and what
 * holds when it is back is announced.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Alarm, AlarmState } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { SensorId } from '../../../../shared/model/ids.ts'
import type { SensorServiceCommand } from '../../../../shared/model/command.ts'
import { alarmChannels, alarmTransitions } from '../../../../shared/model/alarm.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { stateAfter } from './moves.ts'
import { alarmsBySensor } from './tables.ts'
import { caseOf } from './shelve.ts'

/** Who works on a device for longer says so again. */
export const longestServiceMs = 30 * 24 * 3_600_000

/** The sensor's real alarms: a drill goes on whatever becomes of the device. */
function alarmsOf(state: CityState, sensorId: SensorId): Alarm[] {
  return alarmChannels.flatMap((channel) => {
    const alarm = state.alarms.get(alarmsBySensor(state, false, channel).get(sensorId) ?? '')
    return alarm === undefined ? [] : [alarm]
  })
}

export function decideService(
  state: CityState,
  actor: Actor,
  command: SensorServiceCommand,
  context: Context,
): Decision {
  const verb = command.type === 'sensor.return-to-service' ? 'return-to-service' : 'take-out-of-service'
  if (!alarmTransitions.some((row) => row.verb === verb && row.roles.some((role) => role === actor.role)))
    return refused('FORBIDDEN', `role ${actor.role} may not ${command.type}`)
  const { sensorId } = command
  const sensor = state.sensors.get(sensorId)
  if (sensor === undefined) return notFound('sensor', sensorId)
  const isOut = sensor.outOfService !== undefined
  if (command.type === 'sensor.return-to-service') {
    if (!isOut) return refused('NOT_ALLOWED', `sensor ${sensorId} is in service`)
    return accepted(backInService(state, sensorId, 'by-hand', command.reason, context), { sensorId })
  }
  if (isOut) return refused('NOT_ALLOWED', `sensor ${sensorId} is out of service already`)
  const { untilAt, reason } = command
  const { now } = context
  if (untilAt <= now) return invalid('untilAt', 'must lie ahead')
  if (untilAt > now + longestServiceMs) return invalid('untilAt', 'must be within 30 days')
  const outOfService = { by: actor.name, at: now, untilAt, reason }
  const events: DomainEvent[] = [{ type: 'sensor.taken-out-of-service', sensorId, outOfService }]
  for (const alarm of alarmsOf(state, sensorId)) {
    // The table lets every alarm that stands be taken out, and back from there whatever became of its condition.
    const after = stateAfter(alarm, 'take-out-of-service') as AlarmState
    events.push({ type: 'alarm.taken-out-of-service', alarmId: alarm.id, state: after, outOfService })
  }
  return accepted(events, { sensorId })
}

export function backInService(
  state: CityState,
  sensorId: SensorId,
  why: 'expired' | 'by-hand',
  reason: string,
  context: Context,
): DomainEvent[] {
  const events: DomainEvent[] = [{ type: 'sensor.returned-to-service', sensorId, why, reason }]
  for (const alarm of alarmsOf(state, sensorId)) {
    const after = stateAfter(alarm, 'return-to-service') as AlarmState
    events.push({ type: 'alarm.returned-to-service', alarmId: alarm.id, state: after })
    events.push(...caseOf(state, alarm, context))
  }
  return events
}
