/**
 * Instants in the city's own words: ISO 8601 with the offset that held there then. Offsets are looked up once a quarter of
 * an hour of city time (no zone changes its offset within one), for a list words thousands of instants.
 */
import { DateTime, IANAZone } from 'luxon'
import type { Instant } from '../../../shared/model/ids.ts'

const quarterMs = 900_000
const maxKnown = 20_000
const pad = (n: number) => String(n).padStart(2, '0')

/** Words an instant in this zone, for example `2026-08-01T09:30:00.000+08:00`. Throws RangeError on an unknown zone. */
export function createCityTime(timeZone: string): (at: Instant) => string {
  if (!IANAZone.isValidZone(timeZone)) throw new RangeError(`unknown time zone ${timeZone}`)
  const zone = IANAZone.create(timeZone)
  const offsets = new Map<number, number>()
  const offsetMin = (at: Instant) => {
    const quarter = Math.floor(at / quarterMs)
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    if (offsets.size >= maxKnown) offsets.clear()
    const offset = DateTime.fromMillis(quarter * quarterMs, { zone }).offset
    offsets.set(quarter, offset)
    return offset
  }
  return (at) => {
    const offset = offsetMin(at)
    const local = new Date(at + offset * 60_000).toISOString().slice(0, -1)
    const size = Math.abs(offset)
    return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(Math.round(size % 60))}`
  }
}
