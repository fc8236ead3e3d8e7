/**
 * The query options of one request, parsed. Guarantees: every option is known and well-formed, or the request is refused
 * naming the option. Refuses to know what is in the store.
 */
import { Refused, oneField } from '../http-door.ts'
import { BadExpression, parseExpression, type Expression } from './expression.ts'
import { navigationOf, propertyOf, type StaKind } from './words.ts'

export const defaultTop = 100
export const maxTop = 1000
const maxSkip = 10_000_000
const maxExpandDepth = 6

export interface OrderKey {
  readonly by: Expression
  readonly descending: boolean
}

export interface Query {
  readonly filter: Expression | null
  readonly select: readonly string[] | null
  readonly expand: readonly Expansion[]
  readonly orderBy: readonly OrderKey[]
  readonly top: number
  readonly skip: number
  readonly count: boolean
  /** `$resultFormat=dataArray` */
  readonly isDataArray: boolean
  /** The options as they were written, for the link to the next page. */
  readonly written: ReadonlyMap<string, string>
}
export interface Expansion {
  readonly name: string
  readonly query: Query
}

/** The options of a request on entities of this kind. `search` is the URL's raw query. */
export function parseQuery(search: string, kind: StaKind): Query {
  return build(pairsOf(search), kind, '', 0)
}

type Pair = readonly [name: string, value: string]

function pairsOf(search: string): Pair[] {
  return search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      const decode = (text: string) => {
        try {
          return decodeURIComponent(text.replaceAll('+', ' '))
        } catch {
          throw new Refused(oneField(part.slice(0, equals < 0 ? 20 : equals), 'has a broken percent sign'))
        }
      }
      return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]
    })
}

const known = ['$filter', '$select', '$expand', '$orderby', '$top', '$skip', '$count', '$resultFormat']

function build(pairs: readonly Pair[], kind: StaKind, within: string, depth: number): Query {
  const options = new Map<string, string>()
  for (const [name, value] of pairs) {
    const label = within + name.slice(0, 40)
    if (!known.includes(name)) throw new Refused(oneField(label, `is not an option of this service`))
    if (options.has(name)) throw new Refused(oneField(label, 'is given twice'))
    options.set(name, value)
  }
  const get = (name: string) => options.get(name)
  const filter = get('$filter')
  const format = get('$resultFormat')
  if (format !== undefined && (format !== 'dataArray' || kind !== 'Observation' || depth > 0))
    throw new Refused(oneField(`${within}$resultFormat`, 'can only be dataArray, and only on Observations'))
  return {
    filter: filter === undefined ? null : expression(filter, `${within}$filter`),
    select: selectOf(get('$select'), kind, within),
    expand: expandOf(get('$expand'), kind, within, depth),
    orderBy: orderOf(get('$orderby'), within),
    top: Math.min(whole(get('$top'), `${within}$top`, Number.MAX_SAFE_INTEGER) ?? defaultTop, maxTop),
    skip: whole(get('$skip'), `${within}$skip`, maxSkip) ?? 0,
    count: flag(get('$count'), `${within}$count`),
    isDataArray: format !== undefined,
    written: options,
  }
}

function expression(source: string, option: string): Expression {
  try {
    return parseExpression(source)
  } catch (error) {
    if (error instanceof BadExpression) throw new Refused(oneField(option, error.message))
    throw error
  }
}

function whole(text: string | undefined, option: string, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d{1,16}$/.test(text) || value > max)
    throw new Refused(oneField(option, `must be a whole number from 0 to ${max}`))
  return value
}

function flag(text: string | undefined, option: string): boolean {
  if (text !== undefined && text !== 'true' && text !== 'false')
    throw new Refused(oneField(option, 'must be true or false'))
  return text === 'true'
}

function selectOf(text: string | undefined, kind: StaKind, within: string): readonly string[] | null {
  if (text === undefined) return null
  const names = text.split(',').map((name) => name.trim())
  for (const name of names) {
    const [head = ''] = name.split('/')
    const isKnown = ['id', '@iot.id', '@iot.selfLink', '*'].includes(name)
    if (!isKnown && !propertyOf(kind, head) && !navigationOf(kind, name))
      throw new Refused(oneField(`${within}$select`, `names "${name.slice(0, 40)}", which ${kind} does not have`))
  }
  return names.includes('*') ? null : names
}

function orderOf(text: string | undefined, within: string): readonly OrderKey[] {
  if (text === undefined) return []
  return splitOutside(text, ',').map((part) => {
    const key = part.trim()
    const descending = key.endsWith(' desc')
    const source = descending ? key.slice(0, -5) : key.endsWith(' asc') ? key.slice(0, -4) : key
    if (source.trim() === '') throw new Refused(oneField(`${within}$orderby`, 'has an empty key'))
    return { by: expression(source, `${within}$orderby`), descending }
  })
}

/** A tree of expansions; the slash form and the bracket form of one name are merged. */
function expandOf(text: string | undefined, kind: StaKind, within: string, depth: number): readonly Expansion[] {
  if (text === undefined) return []
  const option = `${within}$expand`
  if (depth >= maxExpandDepth) throw new Refused(oneField(option, `is nested deeper than ${maxExpandDepth}`))
  const found = new Map<string, Expansion>()
  for (const item of splitOutside(text, ',')) {
    const match = /^([A-Za-z]+)(?:\/(.*)|\((.*)\))?$/s.exec(item.trim())
    const name = match?.[1] ?? ''
    const word = navigationOf(kind, name)
    if (!match || !word)
      throw new Refused(oneField(option, `names "${(name || item).slice(0, 40)}", which ${kind} does not have`))
    const inner = `${within}$expand=${name}/`
    const pairs: readonly Pair[] =
      match[2] === undefined ? bracketPairs(match[3] ?? '', option) : [['$expand', match[2]]]
    const query = build(pairs, word.kind, inner, depth + 1)
    const before = found.get(name)
    found.set(name, { name, query: before ? merge(before.query, query) : query })
  }
  return [...found.values()]
}

function bracketPairs(text: string, option: string): Pair[] {
  return splitOutside(text, ';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      if (equals < 0) throw new Refused(oneField(option, `holds "${part.slice(0, 40)}", which is not an option`))
      return [part.slice(0, equals).trim(), part.slice(equals + 1)]
    })
}

function merge(a: Query, b: Query): Query {
  const expand = new Map(a.expand.map((item) => [item.name, item]))
  for (const item of b.expand) {
    const before = expand.get(item.name)
    expand.set(item.name, before ? { name: item.name, query: merge(before.query, item.query) } : item)
  }
  const plain = b.filter === null && b.select === null && b.orderBy.length === 0
  return { ...(plain ? a : b), expand: [...expand.values()] }
}

/** Splits at a mark that stands outside brackets and quotes. */
function splitOutside(text: string, mark: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === "'") quoted = !quoted
    else if (quoted) continue
    else if (char === '(') depth++
    else if (char === ')') depth--
    else if (char === mark && depth === 0) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, text.slice(from)]
}
