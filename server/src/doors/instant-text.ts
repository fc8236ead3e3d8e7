/**
 * Times as the doors read and write them. Guarantees: an accepted text is a real calendar instant with a stated offset,
 * between 1970 and 2200. Refuses to guess a time zone.
 */
import type { Instant } from '../../../shared/model/ids.ts'

const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d:?\d\d)$/
const earliestAt = 0
const latestAt = Date.UTC(2200, 0, 1)

export const instantProblem =
  'must be an ISO 8601 time with an offset, between 1970 and 2200, such as 2026-07-01T08:00:00+08:00'

/** Is the instant one this system can hold? */
export const isPlausibleInstant = (at: number): boolean => at >= earliestAt && at < latestAt

/** The instant a text names, or null where it names none: no offset, no such day, or out of bounds. */
export function parseInstant(text: unknown): Instant | null {
  if (typeof text !== 'string' || text.length > 40) return null
  const parts = iso.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = ''] = parts
  const y = Number(year)
  const mo = Number(month)
  const d = Number(day)
  const h = Number(hour)
  const mi = Number(minute)
  // A leap second is told as the second before: the system's clock has none.
  const s = Math.min(Number(second), 59)
  if (Number(second) > 60 || mi > 59 || h > 23 || mo < 1 || mo > 12 || d < 1) return null
  if (d > 28 && new Date(Date.UTC(y, mo, 0)).getUTCDate() < d) return null
  const ms = fraction === '' ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000 + 1e-6)
  const at = Date.UTC(y, mo - 1, d, h, mi, s, ms) - offsetMs(zone)
  return isPlausibleInstant(at) ? at : null
}

function offsetMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 18 || minutes > 59) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** A time or an interval `a/b`: its start and its end (equal for a time), or null. */
export function parseInterval(text: unknown): { readonly from: Instant; readonly to: Instant } | null {
  if (typeof text !== 'string') return null
  const slash = text.indexOf('/')
  const from = parseInstant(slash < 0 ? text : text.slice(0, slash))
  if (from === null) return null
  const to = slash < 0 ? from : parseInstant(text.slice(slash + 1))
  return to === null || to < from ? null : { from, to }
}
