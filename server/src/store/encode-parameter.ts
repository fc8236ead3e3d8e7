/**
 * One way to write a value as PostgreSQL reads it, so that both databases are told exactly the same. Guarantees that no text makes a
 * statement fail by its characters: what UTF-8 or PostgreSQL cannot hold (half a surrogate pair, NUL) becomes U+FFFD.
 */
import { BinaryArray } from './binary-array.ts'

/** Text, or the bytes of a binary array. */
export type EncodedParameter = string | Uint8Array | null

const cleanText = (text: string): string => {
  const known = text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
  return /\p{Surrogate}/u.test(known) ? known.replace(/\p{Surrogate}/gu, '\uFFFD') : known
}

const encodeScalar = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return cleanText(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return cleanText(JSON.stringify(value))
  return String(value)
}

const encodeElement = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  const text = encodeScalar(value)
  return text === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`
}

const isArrayLike = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))

/** Arrays (typed ones too) become PostgreSQL array literals of one dimension; objects become JSON; a binary array is ready. */
export function encodeParameter(value: unknown): EncodedParameter {
  if (value instanceof BinaryArray) return value.bytes
  if (!isArrayLike(value)) return encodeScalar(value)
  let literal = '{'
  for (let index = 0; index < value.length; index++) literal += (index === 0 ? '' : ',') + encodeElement(value[index])
  return literal + '}'
}
