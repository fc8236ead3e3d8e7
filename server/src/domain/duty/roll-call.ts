/**
 * 点名: the hall's crew, duty rooms of districts, or both are called, and each answers or is absent. One at a time; what nobody answered when its
 * time is over is absent. Refuses to say that somebody is absent by anybody but whoever called, a chief or a leader.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { DutyCommand } from '../../../../shared/model/duty-command.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { RollCall, RollCallItem } from '../../../../shared/model/duty-attendance.ts'
import { customaryAttendance } from '../../../../shared/model/attendance-rules.ts'
import { dutyShiftAt } from '../../../../shared/model/duty-roster.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { openRollCall } from './fold-attendance.ts'
import { notTheirs } from './own-account.ts'

type RollCommand = Extract<DutyCommand, { type: 'duty.call-roll' | 'duty.mark-roll' | 'duty.end-roll' }>

export function decideRoll(
  state: CityState,
  actor: Actor,
  command: RollCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const open = openRollCall(state)
  if (command.type === 'duty.call-roll') return call(state, actor, command, open, context)
  if (open === null || open.id !== command.rollCallId) return notFound('rollCall', command.rollCallId)
  const stale = checkVersion(expectedVersion, open)
  if (stale) return stale
  return command.type === 'duty.end-roll'
    ? accepted([endedBy(open)], { rollCallId: open.id })
    : mark(open, actor, command, context)
}

const subjectOf = (subject: string, name: Term): RollCallItem => ({
  subject,
  name,
  outcome: null,
  markedAt: null,
  markedBy: null,
  note: '',
})

function call(
  state: CityState,
  actor: Actor,
  { means, hall, centreIds }: Extract<RollCommand, { type: 'duty.call-roll' }>,
  open: RollCall | null,
  context: Context,
): Decision {
  if (open !== null)
    return refused('CONFLICT', `${open.calledBy} is calling the roll: ${open.id}`, { rollCallId: open.id })
  const wrong = centreIds.findIndex((id, at) => !context.hasDistrict(id) || centreIds.indexOf(id) !== at)
  if (wrong >= 0) return invalid(`centreIds.${wrong}`, 'no such district, or named twice')
  const crew = hall ? (state.duty.get('now')?.onDuty ?? []) : []
  const items = [
    ...crew.map(({ officerId, name }) => subjectOf(`officer:${officerId}`, name)),
    ...centreIds.map((id) => subjectOf(`centre:${id}`, context.divisionName(id))),
  ]
  if (items.length === 0) return invalid('centreIds', 'nobody to be called')
  const { rollCallMin } = context.duty?.book.attendance ?? customaryAttendance
  const rollCall: RollCall = {
    ...{ id: `N${state.counters.rollCall + 1}`, version: 1, shiftId: dutyShiftAt(context.dayOf, context.now).id },
    ...{ means, calledBy: actor.name, calledAt: context.now, endsAt: context.now + rollCallMin * 60_000 },
    ...{ endedAt: null, items },
  }
  return accepted([{ type: 'duty.roll-called', rollCall }], { rollCallId: rollCall.id, called: items.length })
}

function mark(
  open: RollCall,
  actor: Actor,
  { subject, outcome, note }: Extract<RollCommand, { type: 'duty.mark-roll' }>,
  { duty: desk, now }: Context,
): Decision {
  const item = open.items.find((one) => one.subject === subject)
  if (item === undefined) return invalid('subject', 'was not called')
  if (item.outcome === outcome) return refused('CONFLICT', `${item.markedBy} has said so already`, { subject })
  if (now > open.endsAt) return refused('NOT_ALLOWED', 'the roll call is over', { endsAt: open.endsAt })
  if (actor.role === 'duty') {
    if (outcome === 'absent') return refused('FORBIDDEN', 'whoever called says who is absent')
    const [kind, id = ''] = subject.split(/:(.*)/s)
    const other = kind === 'officer' ? notTheirs(actor, desk?.officerOf(id)) : null
    if (other !== null) return other
  }
  const rollCallId = open.id
  return accepted([{ type: 'duty.roll-marked', rollCallId, subject, outcome, note }], { rollCallId, subject })
}

function endedBy({ id, items }: RollCall): DomainEvent {
  const absent = items.filter(({ outcome }) => outcome !== 'answered').map(({ name }) => name)
  return { type: 'duty.roll-ended', rollCallId: id, answered: items.length - absent.length, absent }
}

/** One whose time is over. An answer at its end is in time. */
export function overdueRollCalls(state: CityState, now: Instant): DomainEvent[] {
  const open = openRollCall(state)
  return open !== null && now > open.endsAt ? [endedBy(open)] : []
}
