/**
 * Rows as the own HTTP API words them: instants (`…At`, `…Since`) in ISO 8601 with the city's offset, places as GeoJSON
 * points. The socket keeps the model's own numbers; this is the edge where they are worded.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import { isLonLat } from '../../../shared/model/geo.ts'

export type WordInstant = (at: Instant) => string

const isInstantName = (name: string) => name.endsWith('At') || name.endsWith('Since')
const isPlaceName = (name: string) => name === 'position' || name === 'station'
/** Beyond what a date can hold, a number stays a number. */
const isInstant = (value: number) => Math.abs(value) < 8.64e15

// An answer of KPIs holds a hundred thousand numbers: this walk is a good part of what it costs.
function word(name: string, value: unknown, iso: WordInstant): unknown {
  if (typeof value === 'number') return isInstantName(name) && isInstant(value) ? iso(value) : value
  if (Array.isArray(value)) {
    if (isPlaceName(name) && isLonLat(value)) return { type: 'Point', coordinates: value }
    return value.map((item) => word('', item, iso))
  }
  if (typeof value !== 'object' || value === null) return value
  const worded: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const inner = word(key, (value as Record<string, unknown>)[key], iso)
    // A field of this name from outside is a field like others, and nobody's prototype.
    if (key === '__proto__') Object.defineProperty(worded, key, { value: inner, enumerable: true })
    else worded[key] = inner
  }
  return worded
}

/** A value as an answer holds it. */
export const toWire = (value: unknown, iso: WordInstant): unknown => word('', value, iso)
