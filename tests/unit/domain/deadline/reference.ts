/** The same rule of counting time, slow and obvious: minute by minute, asking of each whether it counts. */
import type { WorkingCalendar } from '../../../../shared/model/working-calendar.ts'
import type { LimitUnit } from '../../../../shared/model/limit.ts'
import type { Pause } from '../../../../shared/model/working-time.ts'

const minuteMs = 60_000
/** Shanghai has had no summer time since 1991. */
const offsetMs = 8 * 3_600_000

export function slowClock(calendar: WorkingCalendar) {
  const isWorking = (at: number): boolean => {
    const local = new Date(at + offsetMs)
    const date = local.toISOString().slice(0, 10)
    const clock = local.toISOString().slice(11, 16)
    const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay()
    const special = calendar.days.find((day) => day.date === date)
    const isWorkday = special ? special.kind === 'workday' : !calendar.weekend.includes(weekday)
    return isWorkday && calendar.hours.some(({ from, to }) => from <= clock && clock < to)
  }
  const counts = (at: number, unit: LimitUnit, pauses: readonly Pause[]): boolean =>
    (unit === 'urgent-hour' || unit === 'natural-day' || isWorking(at)) &&
    !pauses.some(({ from, to }) => from <= at && (to === null || at < to))

  return {
    /** Null where it is not reached within `mostMinutes`. */
    dueAt(startAt: number, ms: number, unit: LimitUnit, pauses: readonly Pause[], mostMinutes: number): number | null {
      let left = ms
      for (let minute = 0; minute < mostMinutes; minute++) {
        const at = startAt + minute * minuteMs
        if (!counts(at, unit, pauses)) continue
        left -= minuteMs
        if (left <= 0) return at + minuteMs
      }
      return null
    },
    countedMs(from: number, to: number, unit: LimitUnit, pauses: readonly Pause[]): number {
      let sum = 0
      for (let at = from; at < to; at += minuteMs) if (counts(at, unit, pauses)) sum += minuteMs
      return sum
    },
  }
}
