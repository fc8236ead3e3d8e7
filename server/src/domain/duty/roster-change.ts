/**
 * 替班 and 换班. Guarantees: one asks and another approves; nobody sits at a post they are not for, is on one shift twice, or works two shifts
 * on end; a shift that is over is not changed.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DutyCommand } from '../../../../shared/model/duty-command.ts'
import type { RosterChange } from '../../../../shared/model/duty.ts'
import type { DutyShift, Substitution } from '../../../../shared/model/duty-roster.ts'
import { dutyShiftAt, dutyShiftOf } from '../../../../shared/model/duty-roster.ts'
import type { Context, Decision, DutyDesk, Refused } from '../context.ts'
import { accepted, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { isEmergencyMode, noRoster, rosterAt } from './crew.ts'
import { cityModeOf } from '../mode/state.ts'

type Request = Extract<DutyCommand, { type: 'duty.request-change' }>
type Verdict = Extract<DutyCommand, { type: 'duty.approve-change' | 'duty.decline-change' }>

export function requestChange(state: CityState, actor: Actor, command: Request, context: Context): Decision {
  const { duty: desk, now } = context
  if (desk === undefined) return refused('NOT_ALLOWED', noRoster)
  const problem = problemOf(state, desk, command.substitutions, context)
  if (problem !== null) return problem
  const standing = [...state.rosterChanges.values()].find((one) => isAboutOneOf(one, command.substitutions))
  if (standing !== undefined)
    return refused('CONFLICT', `${standing.askedBy} has asked for another at this place already: ${standing.id}`, {
      changeId: standing.id,
    })
  const change: RosterChange = {
    id: `S${state.counters.rosterChange + 1}`,
    state: 'asked',
    substitutions: command.substitutions,
    reason: command.reason,
    askedBy: actor.name,
    askedAt: now,
    decidedBy: null,
    decidedAt: null,
    note: '',
  }
  return accepted([{ type: 'duty.change-asked', change }], { changeId: change.id })
}

/** Waits for a second person, and is about one of these places. */
const isAboutOneOf = (change: RosterChange, wanted: readonly Substitution[]): boolean =>
  change.state === 'asked' &&
  change.substitutions.some((one) =>
    wanted.some(({ shiftId, post, outId }) => shiftId === one.shiftId && post === one.post && outId === one.outId),
  )

export function decideChange(state: CityState, actor: Actor, command: Verdict, context: Context): Decision {
  const change = state.rosterChanges.get(command.changeId)
  if (change === undefined || change.state !== 'asked') return notFound('change', command.changeId)
  const isOwn = actor.name === change.askedBy
  const decided = { decidedBy: actor.name, decidedAt: context.now }
  if (command.type === 'duty.decline-change') {
    if (!isOwn && actor.role === 'duty')
      return refused('FORBIDDEN', 'only whoever asked takes it back; a chief or a leader declines')
    const after: RosterChange = { ...change, ...decided, state: isOwn ? 'withdrawn' : 'declined', note: command.reason }
    return accepted([{ type: 'duty.change-decided', change: after }], { changeId: change.id })
  }
  if (isOwn) return refused('FORBIDDEN', 'a second person approves: not the one who asked', { askedBy: change.askedBy })
  // What was sound when it was asked for may not be any more.
  const { duty: desk } = context
  if (desk === undefined) return refused('NOT_ALLOWED', noRoster)
  const problem = problemOf(state, desk, change.substitutions, context)
  if (problem !== null) return problem
  const after: RosterChange = { ...change, ...decided, state: 'approved', note: command.note }
  return accepted([{ type: 'duty.change-decided', change: after }], { changeId: change.id })
}

function problemOf(
  state: CityState,
  desk: DutyDesk,
  substitutions: readonly Substitution[],
  context: Context,
): Refused | null {
  // As it would be: two that change places are judged by where they then are.
  const asIf: RosterChange[] = [
    ...state.rosterChanges.values(),
    { ...blank, state: 'approved', substitutions: [...substitutions] },
  ]
  const isEmergency = isEmergencyMode(cityModeOf(state))
  const present = dutyShiftAt(context.dayOf, context.now).id
  const rosterOf = (shift: DutyShift, changes: Iterable<RosterChange>) =>
    rosterAt(desk, shift, changes, isEmergency && shift.id === present)
  for (const [at, { shiftId, post, outId, inId }] of substitutions.entries()) {
    const field = `substitutions.${at}`
    const shift = dutyShiftOf(context.dayOf, shiftId)
    if (shift === null) return invalid(`${field}.shiftId`, 'no such shift')
    if (shift.endAt <= context.now) return invalid(`${field}.shiftId`, 'this shift is over')
    const before = rosterOf(shift, state.rosterChanges.values())
    if (!before.places.some((place) => place.post === post && place.officerId === outId))
      return invalid(`${field}.outId`, 'not at this post on this shift')
    if (inId === outId) return invalid(`${field}.inId`, 'nobody stands in for themselves')
    const officer = desk.officerOf(inId)
    if (officer === undefined) return invalid(`${field}.inId`, `no officer ${inId}`)
    if (!officer.posts.includes(post)) return invalid(`${field}.inId`, `${officer.name} may not sit at this post`)
    const worksOn = (on: DutyShift) => rosterOf(on, asIf).places.filter((place) => place.officerId === inId).length
    if (worksOn(shift) > 1) return invalid(`${field}.inId`, `${officer.name} is on this shift already`)
    const beside = [shift.startAt - 1, shift.endAt].map((instant) => dutyShiftAt(context.dayOf, instant))
    const long = beside.find((one) => worksOn(one) > 0)
    if (long !== undefined && post !== 'leader')
      return invalid(`${field}.inId`, `${officer.name} would work two shifts on end: ${long.id} as well`)
  }
  return null
}

const blank: RosterChange = {
  id: '',
  state: 'asked',
  substitutions: [],
  reason: '',
  askedBy: '',
  askedAt: 0,
  decidedBy: null,
  decidedAt: null,
  note: '',
}
