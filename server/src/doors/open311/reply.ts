/**
 * Answers in the format that was asked for. Guarantees: JSON lists as GeoReport words them, XML that any parser reads
 * whatever the text holds.
 */
import { XMLBuilder } from 'fast-xml-parser'
import type { Response } from 'express'
import { cleanXml } from '../xml-text.ts'

export type Format = 'json' | 'xml'
export type Row = Readonly<Record<string, unknown>>

/** A list and how its XML is called: `{ root: 'services', item: 'service' }`. */
export interface ListName {
  readonly root: string
  readonly item: string
}

const builder = new XMLBuilder({ format: true, indentBy: '  ', processEntities: true, suppressEmptyNode: true })
/** The value with every text fit for XML, and every list under its own element's name. */
function forXml(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return cleanXml(value)
  if (Array.isArray(value)) return value.map(forXml)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, forXml(each)]))
}

function toXml(root: string, content: unknown): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [root]: content })}`
}

export function sendList(response: Response, format: Format, name: ListName, rows: readonly Row[], status = 200): void {
  response.status(status)
  if (format === 'json') response.json(rows)
  else response.type('text/xml').send(toXml(name.root, rows.length > 0 ? { [name.item]: rows.map(forXml) } : ''))
}

/** One object; `xml` is its content where XML nests lists that JSON does not. */
export function sendObject(response: Response, format: Format, root: string, json: Row, xml: Row): void {
  if (format === 'json') response.json(json)
  else response.type('text/xml').send(toXml(root, forXml(xml)))
}

export function sendErrors(
  response: Response,
  format: Format,
  errors: readonly { readonly code: number; readonly description: string }[],
): void {
  sendList(response, format, { root: 'errors', item: 'error' }, errors, errors[0]?.code ?? 400)
}
