/** The city's own time: runs `speed` times as fast as the server's clock, from wherever it was set to begin. */
import type { CityTime } from './happening.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** Days whose offset is remembered. */
const mostDays = 400

export interface CityTimeOptions {
  /** Of the server's clock, epoch ms. */
  readonly startAt: number
  /** The city's own time at `startAt`, epoch ms. */
  readonly originAt: number
  readonly speed: number
  /** IANA zone of the city. */
  readonly timeZone: string
}

/** Offset of a zone from UTC at an instant, ms. */
export function offsetMs(timeZone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const said = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: string) => said.get(name as Intl.DateTimeFormatPartTypes) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - (at - (at % 1000))
}

export function cityTime({ startAt, originAt, speed, timeZone }: CityTimeOptions): CityTime {
  // Asked once a day of the city: summer time turns within that day at the latest. Offices look ahead to other days.
  const offsets = new Map<number, number>()
  let knownDay = NaN
  let offset = 0
  const wallAt = (at: number) => {
    const day = Math.floor(at / dayMs)
    if (day !== knownDay) {
      knownDay = day
      if (offsets.size > mostDays) offsets.clear()
      offset = offsets.get(day) ?? offsetMs(timeZone, at)
      offsets.set(day, offset)
    }
    return at + offset
  }
  return {
    cityAt: (at) => originAt + (at - startAt) * speed,
    hourOf: (at) => (((wallAt(at) % dayMs) + dayMs) % dayMs) / hourMs,
    // 1 January 1970 was a Thursday.
    weekdayOf: (at) => ((((Math.floor(wallAt(at) / dayMs) + 3) % 7) + 7) % 7) + 1,
  }
}

/** City time at which a scenario begins: the next day, from a start by the server's clock, with its weekday, at its hour. */
export function scenarioOrigin(
  startAt: number,
  begins: { readonly hour: number; readonly weekday?: number; readonly month?: number },
  timeZone: string,
): number {
  const wall = startAt + offsetMs(timeZone, startAt)
  let midnight = Math.floor(wall / dayMs) * dayMs
  if (begins.month !== undefined) {
    const date = new Date(midnight)
    midnight = Date.UTC(date.getUTCFullYear(), begins.month - 1, 10)
  }
  const weekday = () => ((((midnight / dayMs + 3) % 7) + 7) % 7) + 1
  for (let days = 0; begins.weekday !== undefined && days < 7 && weekday() !== begins.weekday; days++) midnight += dayMs
  const there = midnight + begins.hour * hourMs
  return there - offsetMs(timeZone, there - offsetMs(timeZone, there))
}
