/**
 * The city's calendar days as instants. Right across clock changes: a day is from the first instant that bears its date
 * to the first that bears the next, found by asking the zone itself.
 */
import type { Instant } from './ids.ts'

/** One day of the city's own calendar; 23 or 25 hours long where clocks change. `endAt` is the next day's first instant. */
export interface CityDay {
  /** `yyyymmdd` */
  readonly ymd: string
  readonly startAt: Instant
  readonly endAt: Instant
}
export type DayOf = (at: Instant) => CityDay

const hourMs = 3_600_000
/** No zone has a longer day, and none is further from UTC. */
const longestDayMs = 27 * hourMs
/** Clocks of today's zones change, and days begin, on one of these of UTC; what does not is found all the same. */
const usualStepMs = hourMs / 4
/** Over ten years. */
const daysKept = 4000
const calendars = new Map<string, DayOf>()
const calendarsKept = 20

/** Throws RangeError for a zone this runtime does not know. Days are found by asking the zone some dozens of times: each is found once. */
export function cityCalendar(timeZone: string): DayOf {
  const known = calendars.get(timeZone)
  if (known !== undefined) return known
  if (calendars.size >= calendarsKept) calendars.clear()
  const calendar = makeCalendar(timeZone)
  calendars.set(timeZone, calendar)
  return calendar
}

function makeCalendar(timeZone: string): DayOf {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const ymdOf = (at: number) => format.format(at).replaceAll('-', '')
  const days = new Map<string, CityDay>()
  let latest: CityDay | null = null

  /** First instant in (from, to] of another date than `from` has; dates only go forward. */
  function nextDateAfter(from: number, to: number): number {
    const ymd = ymdOf(from)
    let [low, high] = [from, to]
    const halve = (untilMs: number, stepMs: number) => {
      while (high - low > untilMs) {
        const mid = Math.floor((low + high) / 2 / stepMs) * stepMs
        if (mid <= low || mid >= high) return
        if (ymdOf(mid) === ymd) low = mid
        else high = mid
      }
    }
    halve(usualStepMs, usualStepMs)
    // Found, where it begins with the step.
    if (high % usualStepMs === 0 && high - 1 > low && ymdOf(high - 1) === ymd) return high
    halve(1, 1)
    return high
  }

  function makeDay(at: number, ymd: string): CityDay {
    let before = at - longestDayMs
    // A day may be shorter than a look back is long: step until the date before is the one just before.
    for (let next = nextDateAfter(before, at); ymdOf(next) !== ymd; next = nextDateAfter(next, at)) before = next
    const startAt = nextDateAfter(before, at)
    return { ymd, startAt, endAt: nextDateAfter(at, at + longestDayMs) }
  }

  return (at) => {
    const time = Math.floor(at)
    if (latest !== null && time >= latest.startAt && time < latest.endAt) return latest
    const ymd = ymdOf(time)
    let day = days.get(ymd)
    if (day === undefined) {
      if (days.size >= daysKept) days.clear()
      days.set(ymd, (day = makeDay(time, ymd)))
    }
    return (latest = day)
  }
}

/**
 * The instant of so many minutes past midnight by the wall clock of a day, also of one on which clocks change: asked of the zone, and put
 * right by what it answers. A time that the day skips is the first instant after the gap.
 */
export function clockOn(timeZone: string): (day: CityDay, minutes: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
  const clockOf = (at: number) => {
    const [hour = 0, minute = 0] = format.format(at).split(':').map(Number)
    return hour * 60 + minute
  }
  return ({ startAt, endAt }, minutes) => {
    const straight = startAt + minutes * 60_000
    const shown = straight >= endAt ? 24 * 60 : clockOf(straight)
    return Math.min(endAt, straight + (minutes - shown) * 60_000)
  }
}
