/**
 * Bytes to a tree of elements with their namespaces. Guarantees: UTF-8, well formed, no DTD and no entity but XML's own five,
 * bounded depth; so nothing expands, nothing is fetched, and the work is in proportion to the bytes. Knows nothing of CAP.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import { decodeUtf8 } from '../json-input.ts'
import { isXmlChar } from '../xml-text.ts'

export interface XmlElement {
  /** Without prefix. */
  readonly name: string
  readonly namespace: string
  readonly children: readonly XmlElement[]
  /** All text directly inside, CDATA included. */
  readonly text: string
  /** Names of attributes other than `xmlns…`, `xml:…` and those of XML Schema's own namespace. */
  readonly attributes: readonly string[]
}
export type XmlInput =
  { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly error: FieldError }

const deepest = 32
const mostTags = 20_000
const attributesOf = ':@'
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // References are resolved here, where an unknown one can be refused.
  processEntities: false,
  maxNestedTags: deepest,
})

type Node = Readonly<Record<string, unknown>>
type Scope = ReadonlyMap<string, string>

class Broken extends Error {}

const wrong = (problem: string): XmlInput => ({ ok: false, error: { field: '', problem } })

export function parseXml(bytes: Uint8Array): XmlInput {
  const text = decodeUtf8(bytes)
  if (text === null) return wrong('is not UTF-8')
  if (text.trim() === '') return wrong('is empty: a CAP 1.2 alert is needed')
  for (const char of text) {
    if (!isXmlChar(char.codePointAt(0) ?? 0)) return wrong('holds a character XML does not allow')
  }
  const refusal = refusedBefore(text)
  if (refusal !== null) return wrong(refusal)
  const verdict = XMLValidator.validate(text)
  if (verdict !== true)
    return wrong(`is not well-formed XML: line ${verdict.err.line}: ${verdict.err.msg.slice(0, 120)}`)
  try {
    const nodes = (parser.parse(text) as readonly Node[]).filter((node) => nameOf(node) !== '#text')
    const [root] = nodes
    if (root === undefined || nodes.length > 1) return wrong('must hold one element')
    return { ok: true, root: elementOf(root, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), 0) }
  } catch (error) {
    // The parser has its own words for what it will not read; none of it is a fault of ours.
    return wrong(error instanceof Broken ? error.message : 'is not well-formed XML')
  }
}

/**
 * What is refused before any parser sees it, or null: another encoding, a DTD wherever it stands, more tags than any alert has.
 * `<!` begins a comment, a CDATA section or a declaration, and of declarations there are only those of a DTD.
 */
function refusedBefore(text: string): string | null {
  const encoding = /^<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']{0,40})["']/.exec(text)?.[1]
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding))
    return `says it is in ${encoding}: only UTF-8 is taken`
  let tags = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (++tags > mostTags) return `holds more than ${mostTags} tags`
    if (text.charAt(at + 1) !== '!') continue
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : null
    if (end === null) return 'has a DOCTYPE: a DTD and its entities are refused'
    const endAt = text.indexOf(end, at + 4)
    if (endAt < 0) return 'is not well-formed XML: it ends too soon'
    at = endAt
  }
  return null
}

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== attributesOf) ?? '#text'

function elementOf(node: Node, outer: Scope, depth: number): XmlElement {
  if (depth >= deepest) throw new Broken(`is nested deeper than ${deepest}`)
  const tag = nameOf(node)
  const attributes = (node[attributesOf] ?? {}) as Readonly<Record<string, string>>
  const scope = scopeOf(attributes, outer)
  const children: XmlElement[] = []
  let text = ''
  for (const child of node[tag] as readonly Node[]) {
    const name = nameOf(child)
    if (name === '#text') text += resolved(String(child['#text'] ?? ''))
    else if (name === '#cdata')
      text += (child['#cdata'] as readonly Node[]).map((each) => String(each['#text'])).join('')
    else children.push(elementOf(child, scope, depth + 1))
  }
  const own = Object.keys(attributes).filter((name) => {
    const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : name
    return prefix !== 'xmlns' && prefix !== 'xml' && scope.get(prefix) !== 'http://www.w3.org/2001/XMLSchema-instance'
  })
  return { ...named(tag, scope), children, text, attributes: own }
}

function scopeOf(attributes: Readonly<Record<string, string>>, outer: Scope): Scope {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  return declared.length === 0
    ? outer
    : new Map([...outer, ...declared.map(([name, value]) => [name.slice(6), resolved(value)] as const)])
}

function named(tag: string, scope: Scope): { readonly name: string; readonly namespace: string } {
  const colon = tag.indexOf(':')
  if (colon < 0) return { name: tag, namespace: scope.get('') ?? '' }
  const namespace = scope.get(tag.slice(0, colon))
  if (namespace === undefined) throw new Broken(`uses the prefix ${tag.slice(0, 40)} without xmlns`)
  return { name: tag.slice(colon + 1), namespace }
}

const five: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** References resolved, once: what they stand for is never read again. */
function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{0,40});?/g, (whole, name: string) => {
    const plain = Object.hasOwn(five, name) ? five[name] : undefined
    if (plain !== undefined && whole.endsWith(';')) return plain
    const code = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
    const point =
      code === null ? Number.NaN : Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16)
    if (whole.endsWith(';') && point <= 0x10ffff && isXmlChar(point)) return String.fromCodePoint(point)
    throw new Broken(
      `holds ${whole.slice(0, 40)}: only &lt; &gt; &amp; &quot; &apos; and characters by number are known`,
    )
  })
}
