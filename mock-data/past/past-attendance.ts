/** Who signs on and off in a past: its shifts are told by the row of duty, and each officer comes and goes by habit. */
import type { HistoryInput } from '../../shared/contract/history.ts'
import { attendanceKey } from '../../shared/model/duty-attendance.ts'
import type { DutyNow } from '../../shared/model/duty.ts'
import { attendanceActs, type ToldAttendance } from '../crews/attendance-mind.ts'

export interface PastAttendance {
  /** What officers do by `to`. */
  due(to: number): HistoryInput[]
  changed(row: DutyNow, now: number): void
}

export function pastAttendance(seed: number, newId: () => string): PastAttendance {
  const rows = new Map<string, ToldAttendance>()
  let shift: DutyNow['shift'] | null = null
  return {
    due(to) {
      if (shift === null) return []
      return attendanceActs([...rows.values()], shift, to, seed).map(({ type, shiftId, officerId }): HistoryInput => {
        const key = attendanceKey(shiftId, officerId)
        if (type === 'duty.sign-off') rows.delete(key)
        else rows.set(key, { ...(rows.get(key) as ToldAttendance), signedOnAt: to })
        return { kind: 'command', at: to, as: 'duty', body: { commandId: newId(), type, officerId } }
      })
    },
    changed(row, now) {
      const present = row.shift
      shift = present
      for (const { officerId } of row.onDuty) {
        const key = attendanceKey(present.id, officerId)
        if (rows.has(key)) continue
        const expectedAt = Math.max(present.startAt, now)
        rows.set(key, { shiftId: present.id, officerId, expectedAt, signedOnAt: null, signedOffAt: null })
      }
      // Whoever never came, or was replaced, is not waited for.
      for (const [key, { shiftId, officerId, signedOnAt }] of rows)
        if (signedOnAt === null && !(shiftId === present.id && row.onDuty.some((one) => one.officerId === officerId)))
          rows.delete(key)
    },
  }
}
