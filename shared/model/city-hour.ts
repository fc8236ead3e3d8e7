/** The hour by the city's own clock, 0 to 23, also on days on which clocks change. */
import type { Instant } from './ids.ts'

const quarterMs = 900_000
const quartersKept = 20_000

/** Every zone's clock differs from UTC by whole quarters: the zone is asked once for each. Throws RangeError for a zone that is not known. */
export function hourOfDay(timeZone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit' })
  const hours = new Map<number, number>()
  return (at) => {
    const quarter = Math.floor(at / quarterMs)
    let hour = hours.get(quarter)
    if (hour === undefined) {
      if (hours.size >= quartersKept) hours.clear()
      hours.set(quarter, (hour = Number(format.format(quarter * quarterMs))))
    }
    return hour
  }
}
