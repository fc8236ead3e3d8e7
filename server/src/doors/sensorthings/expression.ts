/**
 * `$filter` and `$orderby` expressions as trees. Parses the standard's grammar; refuses to know entities.
 */
import { parseInstant } from '../instant-text.ts'

export type BinaryOperator =
  'and' | 'or' | 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'add' | 'sub' | 'mul' | 'div' | 'mod'

export type Expression =
  | { readonly type: 'literal'; readonly value: string | number | boolean | null }
  | { readonly type: 'time'; readonly at: number }
  | { readonly type: 'geometry'; readonly shape: Shape }
  | { readonly type: 'path'; readonly steps: readonly string[] }
  | { readonly type: 'not' | 'minus'; readonly of: Expression }
  | {
      readonly type: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] }

/** Plain geometry, longitude first: one position, or rings. */
export type Shape =
  | { readonly type: 'Point'; readonly at: readonly [number, number] }
  | { readonly type: 'Polygon'; readonly rings: readonly (readonly (readonly [number, number])[])[] }

/** What is wrong with an expression, in words. */
export class BadExpression extends Error {}

/** Name → fewest and most arguments. */
export const functions: Readonly<Record<string, readonly [min: number, max: number]>> = {
  substringof: [2, 2],
  contains: [2, 2],
  startswith: [2, 2],
  endswith: [2, 2],
  length: [1, 1],
  indexof: [2, 2],
  substring: [2, 3],
  tolower: [1, 1],
  toupper: [1, 1],
  trim: [1, 1],
  concat: [2, 2],
  year: [1, 1],
  month: [1, 1],
  day: [1, 1],
  hour: [1, 1],
  minute: [1, 1],
  second: [1, 1],
  fractionalseconds: [1, 1],
  date: [1, 1],
  time: [1, 1],
  now: [0, 0],
  mindatetime: [0, 0],
  maxdatetime: [0, 0],
  totaloffsetminutes: [1, 1],
  round: [1, 1],
  floor: [1, 1],
  ceiling: [1, 1],
  st_within: [2, 2],
  st_intersects: [2, 2],
  'geo.intersects': [2, 2],
  'geo.distance': [2, 2],
}

interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'time' | 'geometry' | 'mark'
  readonly text: string
  readonly at: number
}

const timePattern = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+\- ]\d\d:?\d\d)?/y
const numberPattern = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y
const wordPattern = /[\p{L}_@][\p{L}\p{N}_.@:-]*(?:\/[\p{L}\p{N}_@][\p{L}\p{N}_.@:-]*)*/uy
const textPattern = /'(?:[^']|'')*'/y
const geometryPattern = /geo(?:graphy|metry)'([^']*)'/y
const maxDepth = 40

function tokens(source: string): Token[] {
  const found: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(source)
  }
  while (at < source.length) {
    const char = source.charAt(at)
    if (/\s/.test(char)) {
      at++
      continue
    }
    let match: RegExpExecArray | null
    if ((match = take(geometryPattern))) found.push({ kind: 'geometry', text: match[1] ?? '', at })
    else if ((match = take(textPattern)))
      found.push({ kind: 'text', text: match[0].slice(1, -1).replaceAll("''", "'"), at })
    else if ((match = take(timePattern))) found.push({ kind: 'time', text: match[0], at })
    else if ((match = take(numberPattern))) found.push({ kind: 'number', text: match[0], at })
    else if ((match = take(wordPattern))) found.push({ kind: 'word', text: match[0], at })
    else if ('(),-'.includes(char)) found.push({ kind: 'mark', text: char, at })
    else throw new BadExpression(`cannot be read at character ${at + 1}`)
    at += match ? match[0].length : 1
  }
  return found
}

const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['eq', 'ne', 'gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'mod'],
]

/** Reads one expression; throws `BadExpression`. */
export function parseExpression(source: string): Expression {
  const list = tokens(source)
  let next = 0
  let depth = 0

  const peek = () => list[next]
  const isMark = (text: string) => peek()?.kind === 'mark' && peek()?.text === text
  function expect(text: string): void {
    if (!isMark(text)) throw new BadExpression(`needs "${text}" ${place()}`)
    next++
  }
  const place = () => {
    const token = peek()
    return token ? `at character ${token.at + 1}` : 'at its end'
  }

  function binary(level: number): Expression {
    const operators = levels[level]
    if (!operators) return unary()
    let left = binary(level + 1)
    for (;;) {
      const token = peek()
      const operator = operators.find((name) => token?.kind === 'word' && token.text === name)
      if (!operator) return left
      next++
      left = { type: 'binary', operator, left, right: binary(level + 1) }
    }
  }

  function unary(): Expression {
    if (++depth > maxDepth) throw new BadExpression(`is nested deeper than ${maxDepth}`)
    try {
      if (peek()?.kind === 'word' && peek()?.text === 'not') {
        next++
        // As the grammar has it, `not a gt 1` negates the comparison.
        return { type: 'not', of: binary(2) }
      }
      if (isMark('-')) {
        next++
        return { type: 'minus', of: unary() }
      }
      return primary()
    } finally {
      depth--
    }
  }

  function primary(): Expression {
    if (isMark('(')) {
      next++
      const inner = binary(0)
      expect(')')
      return inner
    }
    const token = peek()
    if (!token || token.kind === 'mark') throw new BadExpression(`needs a value ${place()}`)
    next++
    if (token.kind === 'number') return { type: 'literal', value: finite(token.text) }
    if (token.kind === 'text') return { type: 'literal', value: token.text }
    if (token.kind === 'geometry') return { type: 'geometry', shape: parseShape(token.text) }
    if (token.kind === 'time') return { type: 'time', at: timeOf(token.text) }
    if (isMark('(')) return call(token.text)
    if (token.text === 'true' || token.text === 'false') return { type: 'literal', value: token.text === 'true' }
    if (token.text === 'null') return { type: 'literal', value: null }
    return { type: 'path', steps: token.text.split('/') }
  }

  function call(name: string): Expression {
    const arity = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (!arity) throw new BadExpression(`uses the unknown function ${name.slice(0, 40)}`)
    expect('(')
    const args: Expression[] = []
    while (!isMark(')')) {
      if (args.length > 0) expect(',')
      args.push(binary(0))
    }
    expect(')')
    if (args.length < arity[0] || args.length > arity[1])
      throw new BadExpression(`gives ${name} ${args.length} arguments; it takes ${arity[0]}`)
    return { type: 'call', name, args }
  }

  const whole = binary(0)
  if (next < list.length) throw new BadExpression(`has more than one expression ${place()}`)
  return whole
}

function finite(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value)) throw new BadExpression(`holds the number ${text.slice(0, 20)}, which is too large`)
  return value
}

/** A blank where a plus should be is a plus that a form decoder ate. */
function timeOf(text: string): number {
  const plus = text.replace(' ', '+')
  const at = parseInstant(/(?:Z|[+-]\d\d:?\d\d)$/.test(plus) ? plus : `${plus}Z`)
  if (at === null) throw new BadExpression(`holds ${text}, which is not a time`)
  return at
}

function parseShape(wkt: string): Shape {
  const body = /^\s*(?:SRID=4326;)?\s*(POINT|POLYGON)\s*\((.*)\)\s*$/is.exec(wkt)
  const position = (pair: string): [number, number] => {
    const numbers = pair.trim().split(/\s+/).map(Number)
    const [lon, lat] = numbers
    if (numbers.length < 2 || lon === undefined || lat === undefined || !numbers.every(Number.isFinite))
      throw new BadExpression('holds a geometry with a broken position')
    return [lon, lat]
  }
  if (body?.[1]?.toUpperCase() === 'POINT') return { type: 'Point', at: position(body[2] ?? '') }
  if (body?.[1]?.toUpperCase() === 'POLYGON') {
    const rings = [...(body[2] ?? '').matchAll(/\(([^()]*)\)/g)].map((ring) => (ring[1] ?? '').split(',').map(position))
    if (rings.length > 0 && rings.every((ring) => ring.length >= 4)) return { type: 'Polygon', rings }
  }
  throw new BadExpression("holds a geometry that is neither POINT nor POLYGON, such as geography'POINT(121.4 31.2)'")
}
