/**
 * Makes events of what the watch says. Guarantees: one open alarm a sensor and channel (and one of a drill beside it, neither touching the other); a return or a second raise only from the
 * states the table allows; where a rule opens a case, one open case a sensor: a further alarm is linked to it.
 */
import type { Alarm, AlarmRule, Suppression } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { isHiddenState } from '../../../../shared/model/alarm.ts'
import type { Context, Emitted } from '../context.ts'
import type { CityState } from '../state.ts'
import type { Verdict } from './watch.ts'
import { isWorse } from './rule-check.ts'
import { openOrLink } from './case-of-alarm.ts'
import { reraiseEvents, returnEvents } from './moves.ts'
import { alarmsBySensor } from './tables.ts'

/** A climbing value is told again when it has grown by this part of the limit (or by the deadband, if that is more). */
const worseByPart = 0.1

/** `ofDrill`: the verdict is of readings a drill brought. `hiddenBy`: an alarm it would raise is hidden from the start. */
export function announce(
  state: CityState,
  verdict: Verdict,
  sensor: Sensor,
  context: Context,
  ofDrill = false,
  hiddenBy: Suppression | null = null,
): Emitted[] {
  const alarmId = alarmsBySensor(state, ofDrill, verdict.channel).get(sensor.id)
  const alarm = alarmId === undefined ? undefined : state.alarms.get(alarmId)
  const { rule } = verdict
  if (rule === null) return alarm === undefined ? [] : sign(alarm.ruleId, returnEvents(alarm, verdict.value))
  if (alarm === undefined) {
    const raised = newAlarm(state, rule, sensor, verdict, context, ofDrill, hiddenBy)
    const cases = isHiddenState(raised.state) ? [] : openOrLink(state, raised, rule, context)
    return sign(rule.id, [{ type: 'alarm.raised', alarm: raised }, ...cases])
  }
  const said = verdict.evidence === undefined ? {} : { evidence: verdict.evidence }
  const again = reraiseEvents(alarm, verdict.value).map((event) => ({ ...event, ...said }))
  const worsened = worsenedBy(alarm, rule, verdict.value)
  const eased = again.length === 0 || worsened !== null ? null : easedBy(alarm, rule, verdict, sensor)
  const events: DomainEvent[] = eased === null ? again : [eased, ...again]
  if (worsened !== null) events.push(worsened)
  if (events.length === 0) return []
  // What was shelved was less than this: whoever shelved it did not know.
  const known = alarm.shelving?.priority ?? alarm.priority
  const isOut = alarm.state === 'shelved' && worsened !== null && worsened.priority < known
  if (isOut) events.push({ type: 'alarm.unshelved', alarmId: alarm.id, state: 'unacknowledged', why: 'worsened' })
  const isQuiet = isHiddenState(alarm.state) && !isOut
  return sign(rule.id, isQuiet ? events : [...events, ...openOrLink(state, alarm, rule, context)])
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
  hiddenBy: Suppression | null,
): Alarm {
  const { now } = context
  const outOfService = drill ? null : (sensor.outOfService ?? null)
  const hidden = outOfService !== null ? 'out-of-service' : hiddenBy !== null ? 'suppressed' : null
  return {
    ...bareAlarm(nextAlarmId(state), now),
    ...(hidden === null ? {} : { state: hidden, annunciatedAt: null }),
    outOfService,
    suppression: outOfService === null ? hiddenBy : null,
    ruleId: rule.id,
    ruleVersion: rule.version,
    sensorId: sensor.id,
    sensorName: sensor.name,
    kind: sensor.kind,
    priority: rule.priority,
    name: rule.name,
    value: verdict.value,
    unit: verdict.unit ?? sensor.unit,
    limit: verdict.limit ?? rule.limit,
    sense: rule.sense,
    ...(verdict.evidence === undefined ? {} : { evidence: verdict.evidence }),
    deadband: rule.deadband,
    latch: rule.latch === true,
    position: sensor.position,
    districtId: sensor.districtId,
    gateway: sensor.gateway ?? null,
    occurredAt: verdict.since,
    receivedAt: verdict.receivedAt,
    drill,
  }
}

/** What is so of every alarm as it is raised, before anything is known of it. */
export const bareAlarm = (id: string, now: Instant) => ({
  id,
  version: 1,
  state: 'unacknowledged' as Alarm['state'],
  occurredAt: now,
  receivedAt: now,
  raisedAt: now,
  annunciatedAt: now as Instant | null,
  lastRaisedAt: now,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedComment: null,
  returnedAt: null,
  count: 1,
  incidentId: null,
  drill: false,
  gateway: null as string | null,
  active: true,
  latch: false,
  reAlarmAt: null,
  reAlarmCount: 0,
  shelving: null,
  suppression: null as Suppression | null,
  outOfService: null as Alarm['outOfService'],
  falseMark: null,
})

type Worsened = Extract<DomainEvent, { type: 'alarm.worsened' }>

function worsenedBy(alarm: Alarm, rule: AlarmRule, value: number): Worsened | null {
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
    sense: by?.sense ?? alarm.sense,
    deadband: by?.deadband ?? alarm.deadband,
    latch: by === null ? alarm.latch : by.latch === true,
  }
}

/** Raised anew by another rule, or by another version of its own: an activation is of the rule that makes it, not of the last one's. */
function easedBy(
  { id: alarmId, ruleId, ruleVersion }: Alarm,
  rule: AlarmRule,
  { value, limit = rule.limit, unit }: Verdict,
  sensor: Sensor,
): DomainEvent | null {
  if (rule.id === ruleId && rule.version === ruleVersion) return null
  const { priority, name, sense, deadband } = rule
  const speaking = { ruleId: rule.id, ruleVersion: rule.version, priority, name, limit, sense, deadband }
  return { type: 'alarm.eased', alarmId, value, unit: unit ?? sensor.unit, ...speaking, latch: rule.latch === true }
}

const isFurther = (rule: AlarmRule, limit: number): boolean =>
  rule.limit !== limit && isWorse(rule.sense, rule.limit, limit, 0)
