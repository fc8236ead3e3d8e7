/** When an alarm chatters: so many raises and returns of one sensor and rule within a time (ISA-18.2: three in a minute). */
import type { Alarm, AlarmState } from '../../../../shared/model/alarm.ts'
import type { Chattering } from '../../../../shared/model/alarm-load.ts'
import type { AlarmLoadEvent } from '../../../../shared/model/load-control.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { chatterLimitOf, loadOf } from '../../../../shared/model/load-control.ts'
import type { AlarmLoadState } from './load-state.ts'
import { transitionKey } from './load-state.ts'

/** How an alarm chatters if it moves now too; null where it does not. */
export function chatteringBy(load: AlarmLoadState, alarm: Alarm, now: Instant): Chattering | null {
  const { transitions, withinMs, quietMs } = chatterLimitOf(alarm.kind)
  const recent = (load.transitions.get(transitionKey(alarm)) ?? []).filter((at) => at >= now - withinMs)
  if (recent.length + 1 < transitions) return null
  return { sinceAt: Math.min(now, ...recent), transitions: recent.length + 1, lastAt: now, quietAt: now + quietMs }
}

export function flutter(alarm: Alarm, holds: boolean, value: number, now: Instant): AlarmLoadEvent {
  const quietAt = now + chatterLimitOf(alarm.kind).quietMs
  return { type: 'alarm.fluttered', alarmId: alarm.id, holds, value, quietAt }
}

/** A chattering alarm keeps its state: one that had returned unseen waits again from here. */
export function beginChatter(
  alarm: Alarm,
  state: AlarmState,
  chattering: Chattering,
  holds: boolean,
  value: number,
  isRaise: boolean,
): AlarmLoadEvent {
  return { type: 'alarm.chatter-began', alarmId: alarm.id, state, chattering, holds, value, isRaise }
}

/** Nothing moved until its `quietAt`: it is an alarm like others again. */
export function endChatter(alarm: Alarm): DomainEvent[] {
  const { chattering } = loadOf(alarm)
  if (chattering === null) return []
  return [{ type: 'alarm.chatter-ended', alarmId: alarm.id, transitions: chattering.transitions }]
}
