/**
 * Shelving (搁置): for how long and by whom depends on the priority (shared/model/alarm-shelving.ts), and never past the shift's end: the next
 * shift looks for itself, and shelves again. At its end, whether by time or by
 * hand, what still holds is announced again.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Alarm, AlarmState } from '../../../../shared/model/alarm.ts'
import type { AlarmCommand } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import { dutyShiftAt } from '../../../../shared/model/duty-roster.ts'
import { shelvingLimits } from '../../../../shared/model/alarm-shelving.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { openOrLink } from './case-of-alarm.ts'
import { stateAfter } from './moves.ts'
import { ruleOf } from './rules-in-force.ts'

type Shelve = Extract<AlarmCommand, { type: 'alarm.shelve' }>

export function shelve(alarm: Alarm, actor: Actor, command: Shelve, { now, dayOf }: Context): Decision {
  const { priority } = alarm
  const { longestMs, roles } = shelvingLimits[priority]
  if (!roles.some((role) => role === actor.role))
    return refused('FORBIDDEN', `role ${actor.role} may not shelve priority ${priority}`, { verb: 'shelve', priority })
  const { untilAt: until, forMs, code, words } = command
  if ((until === null) === (forMs === null)) return invalid('untilAt', 'give either until when, or for how long')
  const field = until === null ? 'forMs' : 'untilAt'
  const untilAt = until ?? now + (forMs as number)
  if (untilAt <= now) return invalid(field, 'must lie ahead')
  if (untilAt > now + longestMs)
    return invalid(field, `priority ${priority} is shelved for ${longestMs / 60_000} minutes at most`)
  const { endAt: limitAt } = dutyShiftAt(dayOf, now)
  if (untilAt > limitAt)
    return refused('INVALID', `${field}: runs past the end of the shift, ${new Date(limitAt).toISOString()}`, {
      fields: [{ field, problem: 'runs past the end of the shift: the next one shelves it again' }],
      limitAt,
    })
  const shelving = { by: actor.name, at: now, untilAt, code, words, priority }
  const { id: alarmId } = alarm
  return accepted([{ type: 'alarm.shelved', alarmId, state: 'shelved', shelving }], { alarmId, untilAt })
}

/** Back from the shelf, of an alarm that lies on it: the table leads back whatever became of its condition. */
export function unshelveEvents(
  state: CityState,
  alarm: Alarm,
  why: 'expired' | 'by-hand',
  context: Context,
): DomainEvent[] {
  const after = stateAfter(alarm, 'unshelve') as AlarmState
  return [{ type: 'alarm.unshelved', alarmId: alarm.id, state: after, why }, ...caseOf(state, alarm, context)]
}

/** The case a rule opens by itself, where an alarm that was hidden is announced again. */
export function caseOf(state: CityState, alarm: Alarm, context: Context): readonly DomainEvent[] {
  const rule = alarm.active ? ruleOf(state, context, alarm.ruleId) : undefined
  return rule === undefined ? [] : openOrLink(state, alarm, rule, context)
}
