/** From a row of somebody's file to what a door takes. A row that cannot be sent says why, in words that can be counted. */
import { DateTime } from 'luxon'
import type { ColumnTime, CountedTime, Open311Mapping, TextSource } from './mapping.ts'

export type Row = Readonly<Record<string, string>>
export type ReadRow<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

/** Answers whether a text means "no value". */
export function missingTest(missing: readonly string[]): (text: string) => boolean {
  const words = new Set(missing)
  const numbers = new Set(
    missing
      .filter((word) => word.trim() !== '')
      .map(Number)
      .filter(Number.isFinite),
  )
  return (raw) => {
    const text = raw.trim()
    return words.has(text) || (text !== '' && numbers.has(Number(text)))
  }
}

/** The text a source gives for this row; null where it is missing. */
export function textOf(source: TextSource, row: Row, isMissing: (text: string) => boolean): string | null {
  const at = (name: string): string | null => {
    const text = row[name]?.trim()
    return text === undefined || isMissing(text) ? null : text
  }
  if ('constant' in source) return source.constant
  if ('column' in source) return at(source.column)
  if ('concat' in source) {
    const parts = source.concat.map(at).filter((part) => part !== null)
    return parts.length ? parts.join(source.separator) : null
  }
  let isWhole = true
  const text = source.template.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const part = at(name)
    if (part === null) isWhole = false
    return part ?? ''
  })
  return isWhole ? text : null
}

/** Milliseconds of a text in the mapping's format and zone; null where it is no such time. */
export function timeOf(text: string, { format, zone }: Pick<ColumnTime, 'format' | 'zone'>): number | null {
  const trimmed = text.trim()
  if (format === 'unix' || format === 'unix-ms') {
    const n = Number(trimmed)
    return trimmed === '' || !Number.isFinite(n) ? null : Math.round(format === 'unix' ? n * 1000 : n)
  }
  const options = { zone, locale: 'en-US' }
  const time = format === 'iso' ? DateTime.fromISO(trimmed, options) : DateTime.fromFormat(trimmed, format, options)
  return time.isValid ? time.toMillis() : null
}

/** Time of the n-th row (from 0) where the file has no time column; throws RangeError on a start that is no time. */
export function countedTimeOf({ start, stepS, zone }: CountedTime): (index: number) => number {
  const first = timeOf(start, { format: 'iso', zone })
  if (first === null) throw new RangeError(`time.start is ${start}, not an ISO 8601 time in ${zone}`)
  return (index) => first + index * stepS * 1000
}

export type RequestForm = Readonly<Record<string, string>>

/** One row as the form an Open311 server takes. */
export function requestOf(mapping: Open311Mapping, row: Row): ReadRow<RequestForm> {
  const isMissing = missingTest(mapping.missing)
  const kind = row[mapping.classes.column]?.trim() ?? ''
  const code = mapping.classes.table[kind] ?? mapping.classes.default
  if (code === undefined) return { ok: false, reason: `${mapping.classes.column} "${kind}" is in no class` }
  const form: Record<string, string> = { service_code: code }
  for (const [field, source] of Object.entries(mapping.fields)) {
    const text = source === undefined ? null : textOf(source, row, isMissing)
    if (text !== null) form[field] = text
  }
  // Half a position is none.
  if (form['lat'] === undefined || form['long'] === undefined) {
    delete form['lat']
    delete form['long']
    if (form['address_string'] === undefined) return { ok: false, reason: 'neither position nor address' }
  }
  return { ok: true, value: form }
}

export type Value =
  { readonly kind: 'value'; readonly value: number } | { readonly kind: 'missing' } | { readonly kind: 'bad' }

/** A cell as a number. */
export function valueOf(text: string, isMissing: (text: string) => boolean): Value {
  if (isMissing(text)) return { kind: 'missing' }
  const value = Number(text.trim())
  return text.trim() === '' || !Number.isFinite(value) ? { kind: 'bad' } : { kind: 'value', value }
}
