/**
 * Moves of an alarm by the table, as events. Guarantees that no event leads where the table does not; where the table has no such move
 * there is no event.
 */
import type { Alarm, AlarmOutcome, AlarmState, AlarmVerb } from '../../../../shared/model/alarm.ts'
import type { AlarmEvent, DomainEvent } from '../../../../shared/model/event.ts'
import { isDampedAway } from '../../../../shared/model/load-control.ts'
import { findAlarmMove } from '../../../../shared/model/alarm.ts'

export const outcomeOf = ({ active, latch }: Pick<Alarm, 'active' | 'latch'>): AlarmOutcome =>
  active ? 'holds' : latch ? 'latched' : 'gone'

/** Where this verb leads now, or undefined. */
export function stateAfter(alarm: Alarm, verb: AlarmVerb, outcome = outcomeOf(alarm)): AlarmState | undefined {
  const row = findAlarmMove(alarm.state, verb, outcome)
  return row === undefined ? undefined : row.to === 'same' ? alarm.state : row.to
}

/** The condition is over; nothing where that was said already. */
export function returnEvents(alarm: Alarm, value: number): DomainEvent[] {
  if (!alarm.active) return []
  const state = stateAfter(alarm, 'return', alarm.latch ? 'latched' : 'gone')
  return state === undefined ? [] : [{ type: 'alarm.returned', alarmId: alarm.id, state, value }]
}

/** The condition is back; nothing where it never went. */
export function reraiseEvents(alarm: Alarm, value: number): Extract<AlarmEvent, { type: 'alarm.reraised' }>[] {
  if (alarm.active) return []
  // One that chatters has kept its state: it is only counted.
  const state = isDampedAway(alarm) ? alarm.state : stateAfter(alarm, 'reraise', 'holds')
  return state === undefined ? [] : [{ type: 'alarm.reraised', alarmId: alarm.id, state, value }]
}

/** Nobody will ever speak for it again: over, and out of where only its sensor's return would have taken it from. */
export function lastEvents(alarm: Alarm): DomainEvent[] {
  const events = returnEvents(alarm, alarm.value)
  const after = stateAfter(alarm, 'return-to-service', alarm.latch ? 'latched' : 'gone')
  if (after !== undefined) events.push({ type: 'alarm.returned-to-service', alarmId: alarm.id, state: after })
  return events
}
