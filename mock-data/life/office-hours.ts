/** When the city's offices work, by the pack's calendar and in the city's own time. Without a calendar they never close. */
import type { WorkingCalendar } from '../../shared/model/working-calendar.ts'
import type { CityTime } from './happening.ts'

export interface OfficeHours {
  isOpen(cityAt: number): boolean
  /** The first instant at or after `cityAt` at which offices work. */
  opensAt(cityAt: number): number
  /** The instant by which `ms` of office time have passed since `cityAt`. */
  after(cityAt: number, ms: number): number
}

const dayMs = 86_400_000
const hourMs = 3_600_000
/** A calendar whose every day is off opens never: looked for no longer than this. */
const mostDays = 400

interface Span {
  readonly fromMs: number
  readonly toMs: number
}
const clockMs = (text: string) => (Number(text.slice(0, 2)) + Number(text.slice(3)) / 60) * hourMs

export function officeHours(
  calendar: WorkingCalendar | null,
  time: Pick<CityTime, 'hourOf' | 'weekdayOf'>,
): OfficeHours {
  if (calendar === null) return { isOpen: () => true, opensAt: (cityAt) => cityAt, after: (cityAt, ms) => cityAt + ms }
  const spans: readonly Span[] = calendar.hours.map(({ from, to }) => ({ fromMs: clockMs(from), toMs: clockMs(to) }))
  const weekend = new Set(calendar.weekend)
  const kinds = new Map(calendar.days.map(({ date, kind }) => [date, kind]))

  /** Where in the city's day an instant lies; `date` as its clocks and calendars show it. */
  const dayAt = (cityAt: number) => {
    const intoMs = Math.round(time.hourOf(cityAt) * hourMs)
    const startAt = cityAt - intoMs
    // The wall's midnight as if it were UTC's: the nearest whole day, since no zone is further off than 14 hours.
    const noonAt = startAt + dayMs / 2
    const weekday = time.weekdayOf(noonAt)
    let utcDay = Math.round(startAt / dayMs)
    // The weekday tells on which side of midnight UTC it is.
    for (const day of [utcDay, utcDay - 1, utcDay + 1])
      if (((((day + 3) % 7) + 7) % 7) + 1 === weekday) {
        utcDay = day
        break
      }
    const kind = kinds.get(new Date(utcDay * dayMs).toISOString().slice(0, 10))
    return { startAt, works: kind === undefined ? !weekend.has(weekday) : kind === 'workday' }
  }
  const opensAt = (cityAt: number): number => {
    let at = cityAt
    for (let n = 0; n < mostDays; n++) {
      const { startAt, works } = dayAt(at)
      if (works) for (const { fromMs, toMs } of spans) if (at < startAt + toMs) return Math.max(at, startAt + fromMs)
      // Noon of the next day, and from there its midnight: a day of 23 or 25 hours is stepped over safely.
      at = dayAt(startAt + 1.5 * dayMs).startAt
    }
    return Infinity
  }
  const closesAt = (openAt: number): number => {
    const { startAt } = dayAt(openAt)
    const span = spans.find(({ fromMs, toMs }) => openAt >= startAt + fromMs && openAt < startAt + toMs)
    return span ? startAt + span.toMs : openAt
  }
  return {
    isOpen: (cityAt) => opensAt(cityAt) === cityAt,
    opensAt,
    after(cityAt, ms) {
      let left = ms
      let at = opensAt(cityAt)
      while (at < Infinity) {
        const closes = closesAt(at)
        if (closes - at >= left) return at + left
        left -= closes - at
        at = opensAt(closes)
      }
      return at
    },
  }
}
