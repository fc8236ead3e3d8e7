/**
 * One OwnTracks message as a crew's position. Guarantees: a fix of a crew that exists, or errors naming fields; other
 * message types are nothing to us and no error.
 */
import type { FieldError } from '../../../../shared/model/refusal.ts'
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import type { UnitFix } from '../../../../shared/model/unit.ts'
import { isObject } from '../json-input.ts'

const earliestAt = Date.UTC(2000, 0, 1)
/** A phone's clock may run ahead by this much; a fix further ahead would hide all that follow. */
const aheadMs = 5 * 60_000

type Units = ReadonlyMap<UnitId, unknown>

/** The crew a user name means: its id, whatever the case. */
export function unitOf(user: string, units: Units): UnitId | null {
  if (units.has(user)) return user
  const plain = user.toLowerCase()
  for (const id of units.keys()) if (id.toLowerCase() === plain) return id
  return null
}

/** The fix in a message of this user; null without errors where the message is none (`_type` other than location). */
export function readFix(
  message: unknown,
  user: string,
  units: Units,
  now: Instant,
  errors: FieldError[],
): UnitFix | null {
  const fail = (field: string, problem: string): null => {
    errors.push({ field, problem })
    return null
  }
  if (!isObject(message)) return fail('', 'must be an OwnTracks JSON object')
  const type = message['_type']
  if (typeof type !== 'string') return fail('_type', 'is mandatory')
  if (type !== 'location') return null
  const { lon, lat, tst } = message
  if (typeof lon !== 'number' || !(Math.abs(lon) <= 180)) fail('lon', 'must be degrees within ±180')
  if (typeof lat !== 'number' || !(Math.abs(lat) <= 90)) fail('lat', 'must be degrees within ±90')
  const fixAt = typeof tst === 'number' ? Math.round(tst * 1000) : Number.NaN
  if (!(fixAt >= earliestAt && fixAt <= now + aheadMs))
    fail('tst', 'must be seconds since 1970, after 2000 and not ahead of the present')
  const speed = optional(message, 'vel', 0, 2000, errors)
  const heading = optional(message, 'cog', 0, 360, errors)
  const accuracy = optional(message, 'acc', 0, 10_000_000, errors)
  const unitId = unitOf(user, units)
  if (unitId === null) fail('user', `names no crew: ${user.slice(0, 64)}`)
  if (errors.length > 0 || unitId === null || typeof lon !== 'number' || typeof lat !== 'number') return null
  return {
    unitId,
    position: [lon, lat],
    headingDeg: heading === 360 ? 0 : heading,
    speedMps: speed === null ? null : speed / 3.6,
    accuracyM: accuracy,
    fixAt,
    receivedAt: now,
  }
}

/** A number where there is one. OwnTracks says −1 where it does not know. */
function optional(
  message: Readonly<Record<string, unknown>>,
  field: string,
  min: number,
  max: number,
  errors: FieldError[],
): number | null {
  const value = message[field]
  if (value === undefined || value === null || value === -1) return null
  if (typeof value === 'number' && value >= min && value <= max) return value
  errors.push({ field, problem: `must be a number from ${min} to ${max}` })
  return null
}
