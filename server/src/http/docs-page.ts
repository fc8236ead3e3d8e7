/** The API's description as one plain page, made on the server: no script, no other host. */
import type { Json } from './openapi-parts.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const safe = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char)

type Node = { readonly [key: string]: Json }
const node = (value: Json | undefined): Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {}
const items = (value: Json | undefined): readonly Node[] => (Array.isArray(value) ? value.map(node) : [])
const word = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

function typeOf(schema: Node): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema['const'])
  const options = items(schema['anyOf'] ?? schema['oneOf'])
  if (options.length > 0) return [...new Set(options.map(typeOf))].join(' | ')
  if (schema['type'] === 'array') return `${typeOf(node(schema['items']))}[]`
  const type = schema['type']
  return Array.isArray(type) ? type.join(' | ') : word(type) || 'any'
}

const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${safe(cell)}</td>`).join('')}</tr>`
const table = (rows: readonly string[]) =>
  rows.length === 0 ? '' : `<table><tr><th>field</th><th>type</th><th></th></tr>${rows.join('')}</table>`

function fields(schema: Node): string {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return table(
    Object.entries(node(schema['properties'])).map(([name, inner]) =>
      row([name, typeOf(node(inner)), required.includes(name) ? 'required' : '']),
    ),
  )
}

function body(operation: Node): string {
  const schema = node(node(node(node(operation['requestBody'])['content'])['application/json'])['schema'])
  const options = items(schema['oneOf'])
  if (options.length === 0) return 'properties' in schema ? fields(schema) : ''
  return options
    .map((option) => {
      const type = word(node(node(option['properties'])['type'])['const'])
      return `<details><summary><code>${safe(type)}</code></summary>${fields(option)}</details>`
    })
    .join('')
}

const section = (path: string, method: string, operation: Node) => {
  const parameters = items(operation['parameters']).map((one) =>
    row([word(one['name']), typeOf(node(one['schema'])), one['required'] === true ? 'required' : word(one['in'])]),
  )
  return `<section><h2><b>${method.toUpperCase()}</b> <code>/api/v1${safe(path)}</code></h2><p>${safe(word(operation['summary']))}</p>${table(parameters)}${body(operation)}</section>`
}

const style = `body{font:15px/1.5 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;background:#0e1214;color:#e8edef}
a{color:#9cc4bd}code{color:#9cc4bd}h2{font-size:1rem;margin:1.5rem 0 .25rem;border-top:1px solid #232b2f;padding-top:1rem}h2 b{color:#a3b0b5}
table{border-collapse:collapse;margin:.5rem 0}td,th{text-align:left;padding:.15rem .75rem .15rem 0;border-bottom:1px solid #232b2f;vertical-align:top}th{color:#a3b0b5;font-weight:400}`

/** The page for this OpenAPI document. */
export function docsPage(document: Node): string {
  const info = node(document['info'])
  const sections = Object.entries(node(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(node(methods)).map(([method, operation]) => section(path, method, node(operation))),
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(word(info['title']))} API</title><style>${style}</style></head><body><h1>${safe(word(info['title']))} API ${safe(word(info['version']))}</h1><p>${safe(word(info['description']))}</p><p><a href="/api/v1/openapi.json">openapi.json</a></p>${sections.join('')}</body></html>`
}
