/**
 * Makes events of what the watch says. Guarantees: one open alarm a sensor (and one of a drill beside it, neither touching the other); a return or a second raise only from the
 * states the table allows; where a rule opens a case, one open case a sensor: a further alarm is linked to it.
 */
import type { Alarm, AlarmRule } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import type { Context, Emitted } from '../context.ts'
import type { CityState } from '../state.ts'
import { alarmsBySensor } from '../state.ts'
import type { Verdict } from './watch.ts'
import { isWorse } from './rule-check.ts'
import { openOrLink } from './case-of-alarm.ts'

/** A climbing value is told again when it has grown by this part of the limit (or by the deadband, if that is more). */
const worseByPart = 0.1

/** `ofDrill`: the verdict is of readings a drill brought. */
export function announce(
  state: CityState,
  verdict: Verdict,
  sensor: Sensor,
  context: Context,
  ofDrill = false,
): Emitted[] {
  const alarmId = alarmsBySensor(state, ofDrill).get(sensor.id)
  const alarm = alarmId === undefined ? undefined : state.alarms.get(alarmId)
  const { rule } = verdict
  if (rule === null) return alarm === undefined ? [] : sign(alarm.ruleId, returnEvents(alarm, verdict.value))
  if (alarm === undefined) {
    const raised = newAlarm(state, rule, sensor, verdict, context, ofDrill)
    return sign(rule.id, [{ type: 'alarm.raised', alarm: raised }, ...openOrLink(state, raised, rule, context)])
  }
  const events: DomainEvent[] = []
  const reraise = findTransition(alarmTransitions, alarm.state, 'reraise')
  if (reraise !== undefined && reraise.to !== 'same')
    events.push({ type: 'alarm.reraised', alarmId: alarm.id, state: reraise.to, value: verdict.value })
  const worsened = worsenedBy(alarm, rule, verdict.value)
  if (worsened !== null) events.push(worsened)
  if (events.length === 0) return []
  return sign(rule.id, [...events, ...openOrLink(state, alarm, rule, context)])
}

/** The way back to normal, where the alarm still stands; nothing where it has returned already. */
export function returnEvents(alarm: Alarm, value: number): DomainEvent[] {
  const row = findTransition(alarmTransitions, alarm.state, 'return')
  if (row === undefined || row.to === 'same') return []
  return [{ type: 'alarm.returned', alarmId: alarm.id, state: row.to, value }]
}

export const nextAlarmId = (state: CityState): string => `A${state.counters.alarm + 1}`

const sign = (ruleId: string, events: readonly DomainEvent[]): Emitted[] =>
  events.map((event) => ({ event, actor: `rule:${ruleId}` }))

function newAlarm(
  state: CityState,
  rule: AlarmRule,
  sensor: Sensor,
  verdict: Verdict,
  context: Context,
  drill: boolean,
): Alarm {
  return {
    id: nextAlarmId(state),
    version: 1,
    state: 'unacknowledged',
    ruleId: rule.id,
    ruleVersion: rule.version,
    sensorId: sensor.id,
    sensorName: sensor.name,
    kind: sensor.kind,
    priority: rule.priority,
    name: rule.name,
    value: verdict.value,
    unit: sensor.unit,
    limit: rule.limit,
    sense: rule.sense,
    position: sensor.position,
    districtId: sensor.districtId,
    occurredAt: verdict.since,
    raisedAt: context.now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    returnedAt: null,
    count: 1,
    incidentId: null,
    drill,
  }
}

function worsenedBy(alarm: Alarm, rule: AlarmRule, value: number): DomainEvent | null {
  const isOtherRule = rule.id !== alarm.ruleId
  const isWorseRule =
    isOtherRule &&
    (rule.priority < alarm.priority || (rule.priority === alarm.priority && isFurther(rule, alarm.limit)))
  const step = Math.max(rule.deadband, Math.abs(alarm.limit) * worseByPart, Number.MIN_VALUE)
  if (!isWorseRule && !isWorse(alarm.sense, value, alarm.value, step)) return null
  const by = isWorseRule ? rule : null
  return {
    type: 'alarm.worsened',
    alarmId: alarm.id,
    value,
    priority: by?.priority ?? alarm.priority,
    ruleId: by?.id ?? alarm.ruleId,
    ruleVersion: by?.version ?? alarm.ruleVersion,
    limit: by?.limit ?? alarm.limit,
    name: by?.name ?? alarm.name,
  }
}

const isFurther = (rule: AlarmRule, limit: number): boolean =>
  rule.limit !== limit && isWorse(rule.sense, rule.limit, limit, 0)
