/**
 * Rows as the own HTTP API words them: instants (`…At`, `…Since`) in ISO 8601 with the city's offset, places as GeoJSON
 * points. The socket keeps the model's own numbers; this is the edge where they are worded.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import { isLonLat } from '../../../shared/model/geo.ts'

export type WordInstant = (at: Instant) => string

const isInstantName = (name: string) => /(?:At|Since)$/.test(name)
const isPlaceName = (name: string) => name === 'position' || name === 'station'
/** Beyond what a date can hold, a number stays a number. */
const isInstant = (value: unknown): value is number => Number.isFinite(value) && Math.abs(value as number) < 8.64e15

function word(name: string, value: unknown, iso: WordInstant): unknown {
  if (isInstant(value) && isInstantName(name)) return iso(value)
  if (Array.isArray(value)) {
    if (isPlaceName(name) && isLonLat(value)) return { type: 'Point', coordinates: value }
    return value.map((item) => word('', item, iso))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, word(key, inner, iso)]))
}

/** A value as an answer holds it. */
export const toWire = (value: unknown, iso: WordInstant): unknown => word('', value, iso)
