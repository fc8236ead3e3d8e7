/** The city's working calendar (工作时间, 节假日, 调休) as spans of instants. */
import { cityCalendar, clockOn, type CityDay } from './city-calendar.ts'
import type { WorkingCalendar } from './working-calendar.ts'
import type { Span, WorkingHours } from './working-time.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Where a pack brings no calendar: field reference §2.6. */
export const customaryCalendar: WorkingCalendar = {
  hours: [
    { from: '08:00', to: '12:00' },
    { from: '14:00', to: '18:00' },
  ],
  weekend: [6, 7],
  days: [],
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** 1 = Monday … 7 = Sunday, of a date `yyyymmdd`. */
function weekdayOf(ymd: string): number {
  const date = new Date(Date.UTC(Number(ymd.slice(0, 4)), Number(ymd.slice(4, 6)) - 1, Number(ymd.slice(6, 8))))
  return date.getUTCDay() === 0 ? 7 : date.getUTCDay()
}

/** Throws RangeError for a zone this runtime does not know. */
export function officeHours(calendar: WorkingCalendar, timeZone: string): WorkingHours {
  const dayOf = cityCalendar(timeZone)
  const clockAt = clockOn(timeZone)
  const hours = calendar.hours.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
  const weekend = new Set(calendar.weekend)
  const special = new Map(calendar.days.map(({ date, kind }) => [date.replaceAll('-', ''), kind]))
  const isWorked = (ymd: string) =>
    (special.get(ymd) ?? (weekend.has(weekdayOf(ymd)) ? 'holiday' : 'workday')) === 'workday'
  // Where clocks change a wall clock's time is not so many minutes after midnight.
  const instantOf = (day: CityDay, minutes: number) =>
    day.endAt - day.startAt === dayMs ? day.startAt + minutes * minuteMs : clockAt(day, minutes)

  return {
    dayMs: hours.reduce((sum, { from, to }) => sum + (to - from), 0) * minuteMs,
    *spansFrom(at): Iterable<Span> {
      for (let day = dayOf(at); ; day = dayOf(day.endAt)) {
        // A day off is a span of nothing: whoever searches sees how far the search has come.
        if (!isWorked(day.ymd)) yield { from: day.startAt, to: day.startAt }
        else
          for (const { from, to } of hours) {
            const span = { from: instantOf(day, from), to: instantOf(day, to) }
            if (span.to > at) yield span
          }
      }
    },
  }
}
