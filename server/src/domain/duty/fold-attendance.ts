/** The fold of 签到签退 and 点名: whom a shift expects, who came and left, who answered. */
import type { Attendance, RollCall } from '../../../../shared/model/duty-attendance.ts'
import { attendanceKey, mostRollCalls } from '../../../../shared/model/duty-attendance.ts'
import type { OnDuty } from '../../../../shared/model/duty.ts'
import type { DutyEvent } from '../../../../shared/model/duty-event.ts'
import type { DutyShift } from '../../../../shared/model/duty-roster.ts'
import type { Instant } from '../../../../shared/model/ids.ts'

export interface AttendanceTables {
  /** Who is expected, came and left, by `attendanceKey`: of this shift, the one before and, as they sign on, the next. */
  readonly attendance: Map<string, Attendance>
  /** 点名 of this shift, the oldest first. */
  readonly rollCalls: Map<string, RollCall>
}
interface Folded extends AttendanceTables {
  readonly counters: { rollCall: number }
}
export type AttendanceEvent = Extract<
  DutyEvent,
  {
    type:
      | 'duty.signed-on'
      | 'duty.signed-off'
      | 'duty.found-absent'
      | 'duty.roll-called'
      | 'duty.roll-marked'
      | 'duty.roll-ended'
  }
>

export const openRollCall = ({ rollCalls }: Pick<AttendanceTables, 'rollCalls'>): RollCall | null => {
  for (const one of rollCalls.values()) if (one.endedAt === null) return one
  return null
}

export const expected = (one: OnDuty, shiftId: string, expectedAt: Instant): Attendance => ({
  ...one,
  shiftId,
  expectedAt,
  signedOnAt: null,
  late: false,
  absentAt: null,
  signedOffAt: null,
  early: false,
  note: '',
})

/** The shift's crew as it is from now on. Whoever was replaced before they came is expected no more. */
export function expectCrew(
  { attendance }: AttendanceTables,
  shift: DutyShift,
  onDuty: readonly OnDuty[],
  at: Instant,
): void {
  const keys = new Set<string>()
  for (const one of onDuty) {
    const key = attendanceKey(shift.id, one.officerId)
    keys.add(key)
    const row = attendance.get(key)
    attendance.set(key, row ? { ...row, ...one } : expected(one, shift.id, Math.max(shift.startAt, at)))
  }
  for (const [key, row] of attendance)
    if (row.shiftId === shift.id && !keys.has(key) && row.signedOnAt === null && row.absentAt === null)
      attendance.delete(key)
}

export function foldAttendance(state: Folded, event: AttendanceEvent, at: Instant, actor: string): void {
  switch (event.type) {
    case 'duty.signed-on':
    case 'duty.signed-off':
    case 'duty.found-absent': {
      const row = event.attendance
      state.attendance.set(attendanceKey(row.shiftId, row.officerId), row)
      return
    }
    case 'duty.roll-called': {
      const { rollCall } = event
      state.counters.rollCall = Number(rollCall.id.slice(1))
      state.rollCalls.set(rollCall.id, rollCall)
      const [oldest] = state.rollCalls.keys()
      if (state.rollCalls.size > mostRollCalls) state.rollCalls.delete(oldest as string)
      return
    }
    default: {
      const before = state.rollCalls.get(event.rollCallId)
      if (before !== undefined) state.rollCalls.set(before.id, evolveRollCall(before, event, at, actor))
    }
  }
}

function evolveRollCall(
  row: RollCall,
  event: Extract<AttendanceEvent, { type: 'duty.roll-marked' | 'duty.roll-ended' }>,
  at: Instant,
  actor: string,
): RollCall {
  const version = row.version + 1
  if (event.type === 'duty.roll-ended') {
    const items = row.items.map((item) => (item.outcome === null ? { ...item, outcome: 'absent' as const } : item))
    return { ...row, version, items, endedAt: at }
  }
  const { subject, outcome, note } = event
  const marked = { outcome, note, markedAt: at, markedBy: actor }
  return { ...row, version, items: row.items.map((item) => (item.subject === subject ? { ...item, ...marked } : item)) }
}

/** A shift has ended: `before`. What was of earlier ones is let go of, and roll calls that are over. */
export function forgetAttendance({ attendance, rollCalls }: AttendanceTables, before: string): void {
  // Names of shifts are in the order of their time.
  for (const [key, row] of attendance) if (row.shiftId < before) attendance.delete(key)
  for (const [id, one] of rollCalls) if (one.endedAt !== null) rollCalls.delete(id)
}
