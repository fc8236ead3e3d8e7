/**
 * What rules said about alarms, as officers are to hear it: chattering damped, sounds decided, alarms that belong together put together.
 * Guarantees that nothing is dropped that changed anything: what is not announced is counted, in the log and on the alarm.
 */
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { AlarmLoad, AlarmSound } from '../../../../shared/model/alarm-load.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { isHiddenState } from '../../../../shared/model/alarm.ts'
import { loadOf, plainLoad, soundRules } from '../../../../shared/model/load-control.ts'
import { runningDrill } from '../../../../shared/model/drill.ts'
import type { Emitted } from '../context.ts'
import type { CityState } from '../state.ts'
import { beginChatter, chatteringBy, flutter } from './chatter.ts'
import { waitsForAcknowledgement } from './escalation.ts'
import { Together } from './together.ts'

export function shapeAlarms(state: CityState, emitted: readonly Emitted[], now: Instant): Emitted[] {
  if (!emitted.some(({ event }) => event.type.startsWith('alarm.'))) return [...emitted]
  const together = new Together(state, now, state.alarmLoad.flood !== null)
  const settled = new Set<string>()
  /** What an alarm is that is raised again by a milder rule. */
  const eased = new Map<string, Priority>()
  return emitted.flatMap((one): Emitted[] => {
    const own = (event: DomainEvent): Emitted => ({ ...one, event })
    const { event } = one
    switch (event.type) {
      case 'alarm.raised': {
        const { alarm } = event
        // Raised, and not to be heard: shelved, or suppressed by what is wrong elsewhere.
        if (!waitsForAcknowledgement(alarm)) return [one]
        const { grouped, heard } = together.place(alarm)
        const isInKpi = !alarm.drill || runningDrill(state.drills)?.countsInKpi === true
        const load: AlarmLoad = {
          ...plainLoad(alarm.raisedAt, isInKpi),
          sound: soundOf(state, alarm.priority, heard),
        }
        const raised = own({ ...event, alarm: { ...alarm, load } })
        const chattering = chatteringBy(state.alarmLoad, alarm, now)
        const marks =
          chattering === null ? [] : [beginChatter(alarm, alarm.state, chattering, true, alarm.value, false)]
        return [raised, ...[...marks, ...grouped].map((mark) => ({ event: mark }))]
      }
      case 'alarm.returned':
      case 'alarm.reraised': {
        const alarm = state.alarms.get(event.alarmId)
        if (alarm === undefined) return [one]
        const damped = settled.has(alarm.id) ? null : dampedMove(state, alarm, event, now)
        if (damped !== null) return damped.map(own)
        return [
          event.type === 'alarm.returned'
            ? one
            : own({ ...event, sound: soundAgain(state, alarm, eased.get(alarm.id)) }),
        ]
      }
      case 'alarm.worsened': {
        const alarm = state.alarms.get(event.alarmId)
        if (alarm === undefined || event.priority >= alarm.priority) return [one]
        return [own({ ...event, sound: soundOf(state, event.priority, null) })]
      }
      case 'alarm.eased':
        eased.set(event.alarmId, event.priority)
        return [one]
      case 'alarm.chatter-ended':
        settled.add(event.alarmId)
        return [one]
      default:
        return [one]
    }
  })
}

type Move = Extract<DomainEvent, { type: 'alarm.returned' | 'alarm.reraised' }>

/** What stands in a move's place because the alarm chatters; null where it does not, and moves as it was said. */
function dampedMove(state: CityState, alarm: Alarm, move: Move, now: Instant): DomainEvent[] | null {
  const holds = move.type === 'alarm.reraised'
  const { chattering } = loadOf(alarm)
  // What is hidden is not announced anyway.
  if (isHiddenState(alarm.state)) return null
  if (chattering !== null) return alarm.active === holds ? [] : [flutter(alarm, holds, move.value, now)]
  const begins = chatteringBy(state.alarmLoad, alarm, now)
  if (begins === null) return null
  return [beginChatter(alarm, holds ? move.state : alarm.state, begins, holds, move.value, holds)]
}

/** A group is heard once: a further alarm in it sounds only where it is critical, or worse than all before (`heard`). */
function soundOf(state: CityState, priority: Priority, heard: Priority | null): AlarmSound | null {
  if (heard !== null && priority >= heard && priority > 1) return null
  return soundRules[state.alarmLoad.flood === null ? 'calm' : 'flood'][priority]
}

/** One that came and went by itself before is heard again only where it is critical, and no flood is on. */
function soundAgain(state: CityState, alarm: Alarm, priority = alarm.priority): AlarmSound | null {
  if (state.alarmLoad.flood !== null || (priority > 1 && loadOf(alarm).fleetings > 0)) return null
  return soundRules.calm[priority]
}
