/**
 * Checks one entity's own properties. Guarantees: what passes is what the standard asks, each fault named by its field.
 * Refuses to know links.
 */
import { isLonLat } from '../../../../shared/model/geo.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import { instantProblem, parseInstant, parseInterval } from '../instant-text.ts'
import { isObject, join } from '../json-input.ts'
import { propertyOf, words, type PropertyWord, type StaKind } from './words.ts'

const maxText = 20_000

/**
 * The properties in a body, checked; links and control information are left to others.
 * With `partial` (PATCH) nothing is required, but what is there must be right.
 */
export function readProperties(
  kind: StaKind,
  body: Readonly<Record<string, unknown>>,
  field: string,
  partial: boolean,
  errors: FieldError[],
): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, word] of Object.entries(words[kind].properties)) {
    const at = join(field, name)
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    if (value === undefined || (value === null && !(word.type === 'any' && word.required))) {
      if (word.required && (!partial || value === null)) errors.push({ field: at, problem: 'is mandatory' })
      else if (value === null && partial) found[name] = null
      continue
    }
    const problem = problemOf(word, value, at, body)
    if (problem) errors.push(problem)
    else found[name] = value
  }
  for (const name of Object.keys(body)) {
    const isLink = Object.hasOwn(words[kind].navigation, name)
    const isControl = name === 'id' || name.includes('@')
    if (!isLink && !isControl && !propertyOf(kind, name))
      errors.push({ field: join(field, name.slice(0, 64)), problem: `is not a property of ${kind}` })
  }
  return found
}

function problemOf(
  { type }: PropertyWord,
  value: unknown,
  field: string,
  body: Readonly<Record<string, unknown>>,
): FieldError | null {
  const wrong = (problem: string, at = field): FieldError => ({ field: at, problem })
  switch (type) {
    case 'any':
      return null
    case 'text':
      if (typeof value !== 'string') return wrong('must be text')
      if (value.trim() === '') return wrong('must not be empty')
      return value.length > maxText ? wrong(`must be at most ${maxText} characters`) : null
    case 'object':
      return isObject(value) ? null : wrong('must be an object')
    case 'time':
      return parseInstant(value) === null ? wrong(instantProblem) : null
    case 'interval':
      return parseInterval(value) === null ? wrong(`${instantProblem}, or an interval start/end`) : null
    case 'geometry':
      return geometryProblem(value, field, body['encodingType'])
    case 'unit': {
      if (!isObject(value)) return wrong('must be an object with name, symbol and definition')
      for (const name of ['name', 'symbol', 'definition']) {
        const part = Object.hasOwn(value, name) ? value[name] : undefined
        if (part === undefined) return wrong('is mandatory', join(field, name))
        if (part !== null && typeof part !== 'string') return wrong('must be text or null', join(field, name))
      }
      return null
    }
  }
}

/** GeoJSON is checked where the encoding says so or the value looks so; other encodings are the client's own. */
function geometryProblem(value: unknown, field: string, encoding: unknown): FieldError | null {
  const isGeoJson = typeof encoding !== 'string' || /geo\+?json/i.test(encoding)
  if (!isObject(value)) return isGeoJson ? { field, problem: 'must be a GeoJSON object' } : null
  if (!isGeoJson) return null
  const geometry = value['type'] === 'Feature' ? value['geometry'] : value
  const at = value['type'] === 'Feature' ? join(field, 'geometry') : field
  if (!isObject(geometry) || typeof geometry['type'] !== 'string')
    return { field: join(at, 'type'), problem: 'must name a GeoJSON geometry' }
  if (geometry['type'] === 'GeometryCollection') return null
  return arePositions(geometry['coordinates'])
    ? null
    : { field: join(at, 'coordinates'), problem: 'must be positions, longitude first, within ±180 and ±90' }
}

function arePositions(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false
  return typeof value[0] === 'number' ? isLonLat(value) : value.every(arePositions)
}
