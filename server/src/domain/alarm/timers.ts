/** What time alone does to alarms: the shelf's end, the call for what was acknowledged and still holds, the end of a sensor's maintenance. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import { stateAfter } from './moves.ts'
import { backInService } from './service.ts'
import { unshelveEvents } from './shelve.ts'

/**
 * The events of the timers that have run out, at most so many timers. Each piece is to be folded before the next is asked for: one may open
 * a case whose number the next must know.
 */
export function* alarmTimerSteps(state: CityState, context: Context, most: number): Iterable<DomainEvent[]> {
  const { now } = context
  for (const { key } of state.serviceTimers.due(now, most))
    yield backInService(state, Number(key), 'expired', '', context)
  for (const { key } of state.alarmTimers.due(now, most)) {
    const alarm = state.alarms.get(key)
    if (alarm !== undefined) yield runOut(state, alarm, now, context)
  }
}

function runOut(state: CityState, alarm: Alarm, now: Instant, context: Context): DomainEvent[] {
  if (alarm.shelving !== null) return unshelveEvents(state, alarm, 'expired', context)
  const after = stateAfter(alarm, 're-alarm')
  return after === undefined || alarm.reAlarmAt === null || alarm.reAlarmAt > now
    ? []
    : [{ type: 'alarm.re-alarmed', alarmId: alarm.id, state: after }]
}
