/**
 * 签到 and 签退. Guarantees: one signs on once, for a shift whose roster has them at a place; an officer who has an account signs by that alone;
 * nobody leaves early without a reason, and no chief with the console in hand.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Attendance } from '../../../../shared/model/duty-attendance.ts'
import { attendanceKey } from '../../../../shared/model/duty-attendance.ts'
import type { DutyCommand } from '../../../../shared/model/duty-command.ts'
import { dutyShiftAt } from '../../../../shared/model/duty-roster.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { crewOf, noRoster } from './crew.ts'
import { expected } from './fold-attendance.ts'
import { notTheirs } from './own-account.ts'
import { endOf } from './state.ts'

const minuteMs = 60_000

export function signOn(state: CityState, actor: Actor, officerId: string, context: Context): Decision {
  const { duty: desk, now, dayOf } = context
  if (desk === undefined) return refused('NOT_ALLOWED', noRoster)
  const officer = desk.officerOf(officerId)
  if (officer === undefined) return invalid('officerId', `no officer ${officerId}`)
  const other = notTheirs(actor, officer)
  if (other !== null) return other
  const { opensMin, lateAfterMin } = desk.book.attendance
  const present = dutyShiftAt(dayOf, now)
  let isSigned = false
  for (const shift of [present, dutyShiftAt(dayOf, present.endAt)]) {
    const place = crewOf(state, desk, shift, shift === present).onDuty.find((one) => one.officerId === officerId)
    if (place === undefined) continue
    const row = state.attendance.get(attendanceKey(shift.id, officerId)) ?? expected(place, shift.id, shift.startAt)
    if (row.signedOnAt !== null) {
      isSigned = true
      continue
    }
    const opensAt = shift.startAt - opensMin * minuteMs
    if (now < opensAt && isSigned) break
    if (now < opensAt) return refused('NOT_ALLOWED', 'it is too early to sign on', { opensAt })
    const late = now > row.expectedAt + lateAfterMin * minuteMs
    const attendance: Attendance = { ...row, ...place, signedOnAt: now, late }
    return accepted([{ type: 'duty.signed-on', attendance }], { shiftId: shift.id, late })
  }
  return isSigned
    ? refused('NOT_ALLOWED', `${officer.name} has signed on already`, { signedOn: officerId })
    : invalid('officerId', 'not on this shift, nor on the next')
}

export function signOff(
  state: CityState,
  actor: Actor,
  { officerId, reason }: Extract<DutyCommand, { type: 'duty.sign-off' }>,
  { duty: desk, now, dayOf }: Context,
): Decision {
  const other = notTheirs(actor, desk?.officerOf(officerId))
  if (other !== null) return other
  const [row] = [...state.attendance.values()]
    .filter((one) => one.officerId === officerId && one.signedOnAt !== null && one.signedOffAt === null)
    .sort((a, b) => a.expectedAt - b.expectedAt)
  if (row === undefined) return refused('NOT_ALLOWED', `${officerId} has not signed on`)
  const holder = state.duty.get('now')?.console ?? null
  if (row.post === 'chief' && holder?.by === actor.name)
    return refused('NOT_ALLOWED', 'whoever has the console hands it over first', { heldBy: actor.name })
  const early = now < endOf(dayOf, row.shiftId)
  if (early && reason.trim() === '') return invalid('reason', 'leaving before the shift ends needs a reason')
  const attendance: Attendance = { ...row, signedOffAt: now, early, note: reason.trim() }
  return accepted([{ type: 'duty.signed-off', attendance }], { shiftId: row.shiftId, early })
}
