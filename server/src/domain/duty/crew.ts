/** Who is on duty: the book's roster with what was approved, what the day asks for, and what the mode calls in. */
import type { DutyNow, OnDuty, RosterChange } from '../../../../shared/model/duty.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { CityMode } from '../../../../shared/model/city-mode.ts'
import type { DutyRoster, DutyShift, Substitution } from '../../../../shared/model/duty-roster.ts'
import { dutyShiftAt, rosterOf } from '../../../../shared/model/duty-roster.ts'
import type { Context, DutyDesk } from '../context.ts'
import type { CityState } from '../state.ts'
import { overdueRollCalls } from './roll-call.ts'
import { endOf } from './state.ts'
import { cityModeOf } from '../mode/state.ts'

/** 应急 somewhere in the city calls the emergency shift. */
export const isEmergencyMode = ({ mode, districts }: CityMode): boolean =>
  mode === 'emergency' || districts.some((district) => district.mode === 'emergency')

/** What was approved, in the order it was asked for. */
export const approvedOf = (changes: Iterable<RosterChange>): Substitution[] =>
  [...changes].flatMap((change) => (change.state === 'approved' ? change.substitutions : []))

/** The roster of a shift; the mode of now is only known to hold for the shift of now. */
export const rosterAt = (
  desk: DutyDesk,
  shift: DutyShift,
  changes: Iterable<RosterChange>,
  isEmergency: boolean,
): DutyRoster =>
  rosterOf(desk.book, shift, { occasionOf: desk.occasionOf, isEmergency, substitutions: approvedOf(changes) })

export const noRoster = 'this city keeps no roster here'

/** Whom a shift has at which place; the mode of now counts for the shift of now alone. */
export function crewOf(
  state: CityState,
  desk: DutyDesk,
  shift: DutyShift,
  isPresent: boolean,
): Pick<DutyNow, 'kind' | 'occasion' | 'onDuty'> {
  const isEmergency = isPresent && isEmergencyMode(cityModeOf(state))
  const roster = rosterAt(desk, shift, state.rosterChanges.values(), isEmergency)
  const onDuty = roster.places.map(({ post, officerId, why }): OnDuty => {
    const officer = desk.officerOf(officerId)
    return {
      post,
      officerId,
      name: officer === undefined ? { zh: officerId, en: officerId } : { zh: officer.name, en: officer.nameEn },
      why,
    }
  })
  return { kind: roster.kind, occasion: roster.occasion, onDuty }
}

const nobody = { kind: 'ordinary', occasion: null, onDuty: [] } as const
const isSame = (a: readonly OnDuty[], b: readonly OnDuty[]): boolean =>
  a.length === b.length &&
  a.every((one, at) => one.officerId === b[at]?.officerId && one.post === b[at].post && one.why === b[at].why)

/** What the clock does: a shift begins, and with it the crew it has; requests nobody decided in time are gone. */
export function dutyTick(state: CityState, context: Context): DomainEvent[] {
  const { now, duty: desk } = context
  const row = state.duty.get('now')
  if (row === undefined && desk === undefined) return []
  const events: DomainEvent[] = [...expiredChanges(state, now), ...overdueRollCalls(state, now)]
  if (row === undefined || now >= row.shift.endAt || now < row.shift.startAt) {
    const shift = dutyShiftAt(context.dayOf, now)
    return [...events, { type: 'duty.shift-began', shift, ...(desk ? crewOf(state, desk, shift, true) : nobody) }]
  }
  if (desk === undefined) return events
  events.push(...absences(state, row.shift.id, desk, now))
  const crew = crewOf(state, desk, row.shift, true)
  if (crew.kind === row.kind && isSame(crew.onDuty, row.onDuty)) return events
  return [...events, { type: 'duty.crew-changed', shiftId: row.shift.id, ...crew }]
}

function expiredChanges(state: CityState, now: Instant): DomainEvent[] {
  const events: DomainEvent[] = []
  for (const change of state.rosterChanges.values()) {
    if (change.state !== 'asked') continue
    const isOver = change.substitutions.some(({ shiftId }) => endOf(state.dayOf, shiftId) <= now)
    if (isOver)
      events.push({ type: 'duty.change-decided', change: { ...change, state: 'expired', decidedAt: now, note: '' } })
  }
  return events
}

/** 缺岗: nobody has signed on for a place of this shift in time. Found once; at the limit itself there is still time. */
function absences(state: CityState, shiftId: string, desk: DutyDesk, now: Instant): DomainEvent[] {
  const { absentAfterMin } = desk.book.attendance
  const events: DomainEvent[] = []
  for (const row of state.attendance.values()) {
    if (row.shiftId !== shiftId || row.signedOnAt !== null || row.absentAt !== null) continue
    if (now > row.expectedAt + absentAfterMin * 60_000)
      events.push({ type: 'duty.found-absent', attendance: { ...row, absentAt: now } })
  }
  return events
}
