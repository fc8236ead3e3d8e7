/**
 * Bytes from outside to a JSON value. Guarantees: well-formed UTF-8, bounded depth, finite numbers, and text a database can
 * hold; keys that reach for prototypes are dropped. Refuses to know what the value means.
 */
import { isUtf8 } from 'node:buffer'
import type { FieldError } from '../../../shared/model/refusal.ts'
import { brokenJsonAt } from './json-position.ts'

export const maxJsonDepth = 32

export type JsonInput =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: FieldError }

const wrong = (field: string, problem: string): JsonInput => ({ ok: false, error: { field, problem } })

/** Text of the bytes, or null where they are not UTF-8. A byte order mark is dropped. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

/** Reads a JSON body; the error's field is `''` for the body itself. Does not look inside the value. */
export function parseJson(bytes: Uint8Array): JsonInput {
  const text = decodeUtf8(bytes)
  if (text === null) return wrong('', `is not UTF-8: broken at byte ${brokenUtf8At(bytes)}`)
  if (text.trim() === '') return wrong('', 'is empty: a JSON body is needed')
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return wrong('', `is not JSON: broken at character ${brokenJsonAt(text) + 1}`)
  }
}

/** Reads a JSON body and checks every value in it. */
export function parseCheckedJson(bytes: Uint8Array): JsonInput {
  const parsed = parseJson(bytes)
  if (!parsed.ok) return parsed
  const error = checkJson(parsed.value)
  return error === null ? parsed : { ok: false, error }
}

const lone = /\p{Surrogate}/u
const isStorable = (text: string): boolean => !text.includes('\0') && !lone.test(text)

/** First thing in a parsed value that must not come in, or null. Drops `__proto__` keys on the way. */
export function checkJson(value: unknown, field = '', depth = 0): FieldError | null {
  if (typeof value === 'string')
    return isStorable(value) ? null : { field, problem: 'must not hold NUL or half a surrogate pair' }
  if (typeof value === 'number') return Number.isFinite(value) ? null : { field, problem: 'must be a finite number' }
  if (typeof value !== 'object' || value === null) return null
  if (depth >= maxJsonDepth) return { field, problem: `is nested deeper than ${maxJsonDepth}` }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const error = checkJson(value[i], join(field, String(i)), depth + 1)
      if (error) return error
    }
    return null
  }
  const object = value as Record<string, unknown>
  if (Object.hasOwn(object, '__proto__')) delete object['__proto__']
  for (const key of Object.keys(object)) {
    if (!isStorable(key)) return { field, problem: 'has a key with NUL or half a surrogate pair' }
    const error = checkJson(object[key], join(field, key.slice(0, 64)), depth + 1)
    if (error) return error
  }
  return null
}

export const join = (field: string, key: string): string => (field === '' ? key : `${field}.${key}`)

/** Is this a JSON object: not null, not a list? */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Place of the first byte, counted from 1, that no UTF-8 text can have there. */
function brokenUtf8At(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8Beginning(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  return good + 1
}

function isUtf8Beginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
