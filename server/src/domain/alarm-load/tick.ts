/** What time alone does to load: chattering that has gone quiet, alarms told further, floods that begin and end. */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import { isDampedAway, loadOf } from '../../../../shared/model/load-control.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import { returnEvents } from '../alarm/moves.ts'
import { endChatter } from './chatter.ts'
import { escalate } from './escalation.ts'
import { floodTurn } from './flood.ts'
import { Together } from './together.ts'

/** At most this many of each a tick; the rest are as true at the next. */
const mostEvents = 1000

export function loadTick(state: CityState, { now, consoles = 1 }: Context): DomainEvent[] {
  const { alarmLoad: load, alarms } = state
  const quiet = load.quiets.due(now, mostEvents).flatMap(({ key }): DomainEvent[] => {
    const alarm = alarms.get(key)
    if (alarm === undefined || loadOf(alarm).chattering === null) return []
    return [...endChatter(alarm), ...(isDampedAway(alarm) ? returnEvents({ ...alarm, active: true }, alarm.value) : [])]
  })
  const told = load.escalations.due(now, mostEvents).flatMap(({ key }): DomainEvent[] => {
    const alarm = alarms.get(key)
    const event = alarm === undefined ? null : escalate(alarm, now)
    return event === null ? [] : [event]
  })
  const turn = floodTurn(load, consoles, now)
  if (turn === null) return [...quiet, ...told]
  return [...quiet, ...told, turn, ...(turn.type === 'flood.began' ? new Together(state, now, true).rollUp() : [])]
}
