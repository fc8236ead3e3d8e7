/** Days of a city as whole numbers, `yyyymmdd`, and what they add up to. A month's number ends in 00. */
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { KpiPeriod } from '../../../shared/model/kpi-measure.ts'

const dayMs = 86_400_000
const dateOf = (day: number) =>
  new Date(Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100))
const numberOf = (date: Date) => date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()

/** The day itself, or a month's first. */
export const firstDay = (day: number): number => (day % 100 === 0 ? day + 1 : day)

/** Every day that begins or goes on in `from ≤ t < to`; months held whole as one, where asked for. */
export function daysOf(dayOf: DayOf, from: Instant, to: Instant, withMonths: boolean): number[] {
  if (from >= to) return []
  const last = Number(dayOf(to - 1).ymd)
  const days: number[] = []
  for (let date = dateOf(Number(dayOf(from).ymd)); numberOf(date) <= last;) {
    const next = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1))
    const monthEnds = numberOf(new Date(next.getTime() - dayMs))
    if (withMonths && date.getUTCDate() === 1 && monthEnds <= last) {
      days.push(Math.floor(numberOf(date) / 100) * 100)
      date = next
    } else {
      days.push(numberOf(date))
      date = new Date(date.getTime() + dayMs)
    }
  }
  return days
}

/** First day of the period a day is in, `yyyy-mm-dd`; weeks begin on Monday. */
export function periodStart(day: number, period: KpiPeriod): string {
  const date = dateOf(day)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const start = {
    day: () => date,
    week: () => new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs),
    month: () => new Date(Date.UTC(year, month, 1)),
    quarter: () => new Date(Date.UTC(year, month - (month % 3), 1)),
    year: () => new Date(Date.UTC(year, 0, 1)),
  }[period]()
  return start.toISOString().slice(0, 10)
}
