/**
 * One Observation as a client words it, as the value intake takes. Hand-checked: it is on the hot path.
 */
import type { FieldError } from '../../../../shared/model/refusal.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { instantProblem, parseInstant, parseInterval } from '../instant-text.ts'
import { checkJson, isObject, join } from '../json-input.ts'

export interface ObservationInput {
  readonly phenomenonAt: Instant
  readonly result: unknown
}

const maxResultText = 16_384
const known = new Set([
  'phenomenonTime',
  'resultTime',
  'result',
  'resultQuality',
  'validTime',
  'parameters',
  'Datastream',
  'FeatureOfInterest',
  'id',
])

/** What is wrong with a result, or null. */
export function resultProblem(result: unknown): string | null {
  if (typeof result === 'number') return Number.isFinite(result) ? null : 'must be a finite number'
  if (result === null || typeof result === 'boolean') return null
  if (result === undefined) return 'is mandatory'
  const error = checkJson(result)
  if (error) return error.problem
  const size = typeof result === 'string' ? result.length : JSON.stringify(result).length
  return size > maxResultText ? `must be at most ${maxResultText} characters` : null
}

/** Start of a time or interval; the present moment where there is none; null where it is none. */
export function phenomenonAtOf(time: unknown, now: Instant): Instant | null {
  if (time === undefined || time === null) return now
  return parseInterval(time)?.from ?? null
}

/** Reads an Observation's own properties; null (and errors) where it cannot be taken. Links are the caller's. */
export function readObservation(
  body: unknown,
  field: string,
  now: Instant,
  errors: FieldError[],
): ObservationInput | null {
  const before = errors.length
  const fail = (name: string, problem: string) => void errors.push({ field: join(field, name), problem })
  if (!isObject(body)) {
    errors.push({ field, problem: 'must be an object: an Observation' })
    return null
  }
  const result = Object.hasOwn(body, 'result') ? body['result'] : undefined
  const problem = resultProblem(result)
  if (problem) fail('result', problem)
  const phenomenonAt = phenomenonAtOf(body['phenomenonTime'], now)
  if (phenomenonAt === null) fail('phenomenonTime', `${instantProblem}, or an interval start/end`)
  for (const name of Object.keys(body)) {
    const value = body[name]
    if (!known.has(name) && !name.includes('@')) fail(name.slice(0, 64), 'is not a property of Observation')
    else if (value === null || value === undefined) continue
    else if (name === 'resultTime' && parseInstant(value) === null) fail(name, instantProblem)
    else if (name === 'validTime' && parseInterval(value) === null) fail(name, 'must be a time interval start/end')
    else if (name === 'parameters' && !isObject(value)) fail(name, 'must be an object')
  }
  return errors.length > before || phenomenonAt === null ? null : { phenomenonAt, result }
}
