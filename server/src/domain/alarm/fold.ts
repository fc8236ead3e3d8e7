/** Alarms, changes of their rules and sensors out of service, as the log tells of them. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { AlarmRuleEvent, LoggedEvent, SensorServiceEvent } from '../../../../shared/model/event.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { channelOf, wholeAlarm } from '../../../../shared/model/alarm.ts'
import type { Changes } from '../changes.ts'
import type { AlarmLoadState } from '../alarm-load/load-state.ts'
import { evolveDamped, foldLoad, isLoadEvent, withLoad } from '../alarm-load/evolve.ts'
import { evolveAlarm } from './evolve.ts'
import type { AlarmTables } from './tables.ts'
import { alarmsBySensor } from './tables.ts'

/** Alarms that are over are known for this many more: an officer may find only then that one was false. */
export const mostEndedAlarms = 1000

interface Folded extends AlarmTables {
  readonly alarmLoad: AlarmLoadState
  readonly counters: { alarm: number; ruleChange: number }
}

export function foldAlarm(state: Folded, logged: LoggedEvent, changes: Changes | undefined): void {
  const { event, at } = logged
  const isFlood = state.alarmLoad.flood !== null
  let alarm: Alarm
  let before: Alarm | undefined
  if (event.type === 'alarm.raised') {
    alarm = withLoad(undefined, wholeAlarm(event.alarm), event, at, isFlood)
    state.counters.alarm = Number(alarm.id.slice(1))
  } else {
    const move = event as Parameters<typeof evolveAlarm>[1]
    before = state.alarms.get(move.alarmId) ?? state.endedAlarms.get(move.alarmId)
    if (before === undefined) return
    const moved = isLoadEvent(event) ? evolveDamped(before, event, at) : evolveAlarm(before, move, at)
    alarm = withLoad(before, moved, event, at, isFlood)
  }
  if (alarm.state === 'normal') endAlarm(state, alarm)
  else setAlarm(state, alarm)
  changes?.alarms.set(alarm.id, alarm)
  foldLoad(state.alarmLoad, logged, before, alarm, (id) => state.alarms.get(id), changes)
}

/** Which of the open alarms this is: that of a sensor and channel, of a gateway, of the system. */
function indexOf(
  state: AlarmTables,
  alarm: Alarm,
): { readonly index: Map<string | number, string>; key: string | number } {
  if (alarm.sensorId !== null) {
    const index = alarmsBySensor(state, alarm.drill, channelOf(alarm.sense))
    return { index: index as Map<string | number, string>, key: alarm.sensorId }
  }
  return alarm.gateway === null
    ? { index: state.alarmOfSystem as Map<string | number, string>, key: alarm.ruleId }
    : { index: state.alarmOfGateway as Map<string | number, string>, key: alarm.gateway }
}

/** Puts an open alarm where its timers are kept with it. */
export function setAlarm(state: AlarmTables, alarm: Alarm): void {
  state.alarms.set(alarm.id, alarm)
  state.alarmTimers.set(alarm.id, alarm.shelving?.untilAt ?? alarm.reAlarmAt)
  const { index, key } = indexOf(state, alarm)
  index.set(key, alarm.id)
}

function endAlarm(state: AlarmTables, alarm: Alarm): void {
  if (state.alarms.delete(alarm.id)) {
    state.alarmTimers.set(alarm.id, null)
    const { index, key } = indexOf(state, alarm)
    index.delete(key)
  }
  state.endedAlarms.set(alarm.id, alarm)
  if (state.endedAlarms.size <= mostEndedAlarms) return
  for (const oldest of state.endedAlarms.keys()) {
    state.endedAlarms.delete(oldest)
    return
  }
}

export function foldRuleChange(state: Folded, { type, change }: AlarmRuleEvent, changes: Changes | undefined): void {
  state.counters.ruleChange = Math.max(state.counters.ruleChange, Number(change.id.slice(1)))
  if (type === 'alarm-rule.change-proposed') state.ruleProposals.set(change.id, change)
  else state.ruleProposals.delete(change.id)
  if (type === 'alarm-rule.change-approved') state.ruleChanges.set(change.ruleId, change)
  if (changes !== undefined) changes.rules = true
}

export function foldService(state: AlarmTables, event: SensorServiceEvent, changes: Changes | undefined): void {
  const before = state.sensors.get(event.sensorId)
  if (before === undefined) return
  const { outOfService: _over, ...inService } = before
  const isOut = event.type === 'sensor.taken-out-of-service'
  const sensor: Sensor = isOut ? { ...before, outOfService: event.outOfService } : inService
  setSensor(state, sensor)
  changes?.sensors.set(sensor.id, sensor)
}

/** Puts a sensor where the end of its maintenance is kept with it. */
export function setSensor(state: AlarmTables, sensor: Sensor): void {
  state.sensors.set(sensor.id, sensor)
  state.serviceTimers.set(String(sensor.id), sensor.outOfService?.untilAt ?? null)
}

export function removeSensor(state: AlarmTables, sensorId: number): void {
  state.sensors.delete(sensorId)
  state.serviceTimers.set(String(sensorId), null)
}
