/**
 * Works an expression out on one node. Guarantees: any well-formed expression gives a value, never an exception but
 * `BadExpression` for names nobody has. A path over a collection holds where any of its entities holds.
 */
import { parseInterval } from '../instant-text.ts'
import { isObject } from '../json-input.ts'
import { BadExpression, type BinaryOperator, type Expression, type Shape } from './expression.ts'
import type { Node } from './nodes.ts'
import { propertiesOf } from './nodes.ts'
import { isWithinShape, planarDistance, shapeOf } from './shapes.ts'
import { navigationOf, propertyOf, type NavigationWord, type StaKind } from './words.ts'

export type Value = string | number | boolean | null | Time | { readonly shape: Shape } | object
interface Time {
  readonly from: number
  readonly to: number
}
const isTime = (value: Value): value is Time =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value

export interface Surroundings {
  readonly now: number
  follow(node: Node, word: NavigationWord): readonly Node[]
}

/** Does the filter hold for the node? */
export function holds(filter: Expression, node: Node, around: Surroundings): boolean {
  return valuesOf(filter, node, around).some((value) => value === true)
}

/** The value to sort by; the first one of a collection's. */
export const keyOf = (by: Expression, node: Node, around: Surroundings): Value => valuesOf(by, node, around)[0] ?? null

/** Checks every path against the model before any node is looked at: an empty set must refuse what a full one refuses. */
export function checkPaths(expression: Expression, kind: StaKind): void {
  if (expression.type === 'not' || expression.type === 'minus') return checkPaths(expression.of, kind)
  if (expression.type === 'binary') {
    checkPaths(expression.left, kind)
    return checkPaths(expression.right, kind)
  }
  if (expression.type === 'call') return expression.args.forEach((arg) => checkPaths(arg, kind))
  if (expression.type !== 'path') return
  let here = kind
  for (const [index, step] of expression.steps.entries()) {
    if (propertyOf(here, step) || step === 'id' || step === '@iot.id' || step === '@iot.selfLink') return
    const word = navigationOf(here, step)
    if (!word) throw new BadExpression(`names "${step.slice(0, 40)}", which ${here} does not have`)
    if (word.kind === 'Observation') throw new BadExpression('looks into Observations of other entities: not offered')
    if (index === expression.steps.length - 1) throw new BadExpression(`compares ${step}, which is an entity`)
    here = word.kind
  }
}

function valuesOf(expression: Expression, node: Node, around: Surroundings): Value[] {
  switch (expression.type) {
    case 'literal':
      return [expression.value]
    case 'time':
      return [{ from: expression.at, to: expression.at }]
    case 'geometry':
      return [{ shape: expression.shape }]
    case 'path':
      return walk(expression.steps, node, around)
    case 'not':
      return [!holds(expression.of, node, around)]
    case 'minus':
      return valuesOf(expression.of, node, around).map((value) => (typeof value === 'number' ? -value : null))
    case 'call':
      return spread(
        expression.args.map((arg) => valuesOf(arg, node, around)),
        (args) => call(expression.name, args, around),
      )
    case 'binary': {
      const { operator, left, right } = expression
      if (operator === 'and') return [holds(left, node, around) && holds(right, node, around)]
      if (operator === 'or') return [holds(left, node, around) || holds(right, node, around)]
      return spread([valuesOf(left, node, around), valuesOf(right, node, around)], ([a = null, b = null]) =>
        operate(operator, a, b),
      )
    }
  }
}

/** Every combination of the arguments' values; almost always one each. */
function spread(lists: readonly (readonly Value[])[], give: (args: readonly Value[]) => Value): Value[] {
  const rows = lists.reduce<Value[][]>(
    (before, list) => before.flatMap((row) => list.slice(0, 1000).map((value) => [...row, value])).slice(0, 10_000),
    [[]],
  )
  return rows.map(give)
}

function walk(steps: readonly string[], node: Node, around: Surroundings): Value[] {
  const [head = '', ...rest] = steps
  if (head === 'id' || head === '@iot.id') return [node.id]
  const property = propertyOf(node.kind, head)
  if (property) {
    const value = dig(propertiesOf(node)[head], rest)
    const timed = (property.type === 'time' || property.type === 'interval') && rest.length === 0
    return [timed ? (parseInterval(value) ?? null) : value]
  }
  const word = navigationOf(node.kind, head)
  return word ? around.follow(node, word).flatMap((next) => walk(rest, next, around)) : []
}

function dig(value: unknown, path: readonly string[]): Value {
  let here = value
  for (const step of path) {
    const inside = typeof here === 'object' && here !== null && Object.hasOwn(here, step)
    here = inside ? (here as Record<string, unknown>)[step] : null
  }
  return here === undefined || here === null ? null : (here as Value)
}

/** −1, 0, 1, or null where the two cannot be compared. */
export function compare(a: Value, b: Value): number | null {
  if (isTime(a) || isTime(b)) {
    const [x, y] = [asTime(a), asTime(b)]
    if (!x || !y) return null
    // An interval lies before a time when all of it does.
    return x.from === y.from && x.to === y.to ? 0 : x.to <= y.from ? -1 : x.from >= y.to ? 1 : null
  }
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b)
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -1 : 1
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return null
}
const asTime = (value: Value): Time | null => (isTime(value) ? value : parseInterval(value))

function operate(operator: BinaryOperator, a: Value, b: Value): Value {
  if (operator === 'eq' || operator === 'ne') {
    const same = a === null || b === null ? a === b : compare(a, b) === 0
    return same === (operator === 'eq')
  }
  if (operator === 'gt' || operator === 'ge' || operator === 'lt' || operator === 'le') {
    const order = compare(a, b)
    if (order === null) return false
    return operator === 'gt' ? order > 0 : operator === 'ge' ? order >= 0 : operator === 'lt' ? order < 0 : order <= 0
  }
  if (typeof a !== 'number' || typeof b !== 'number') return null
  if (operator === 'add') return a + b
  if (operator === 'sub') return a - b
  if (operator === 'mul') return a * b
  if (operator === 'div') return b === 0 ? null : a / b
  return b === 0 ? null : a % b
}

const texts: Readonly<Record<string, (a: string, b: string) => Value>> = {
  substringof: (a, b) => b.includes(a),
  contains: (a, b) => a.includes(b),
  startswith: (a, b) => a.startsWith(b),
  endswith: (a, b) => a.endsWith(b),
  indexof: (a, b) => a.indexOf(b),
  concat: (a, b) => a + b,
  length: (a) => a.length,
  tolower: (a) => a.toLowerCase(),
  toupper: (a) => a.toUpperCase(),
  trim: (a) => a.trim(),
}
const parts: Readonly<Record<string, (at: Date) => Value>> = {
  year: (at) => at.getUTCFullYear(),
  month: (at) => at.getUTCMonth() + 1,
  day: (at) => at.getUTCDate(),
  hour: (at) => at.getUTCHours(),
  minute: (at) => at.getUTCMinutes(),
  second: (at) => at.getUTCSeconds(),
  fractionalseconds: (at) => at.getUTCMilliseconds() / 1000,
  date: (at) => at.toISOString().slice(0, 10),
  time: (at) => at.toISOString().slice(11, 23),
  // Times are answered in UTC, so that is the offset they have here.
  totaloffsetminutes: () => 0,
}
const rounding: Readonly<Record<string, (a: number) => number>> = {
  round: Math.round,
  floor: Math.floor,
  ceiling: Math.ceil,
}

function call(name: string, args: readonly Value[], around: Surroundings): Value {
  const [a = null, b = null] = args
  if (name === 'now') return { from: around.now, to: around.now }
  if (name === 'mindatetime') return { from: -8.64e15, to: -8.64e15 }
  if (name === 'maxdatetime') return { from: 8.64e15, to: 8.64e15 }
  if (name === 'substring') {
    const [start, length] = [b, args[2] ?? null]
    if (typeof a !== 'string' || typeof start !== 'number') return null
    return a.slice(Math.max(0, start), typeof length === 'number' ? Math.max(0, start + length) : undefined)
  }
  const text = texts[name]
  if (text) return typeof a === 'string' && (args.length < 2 || typeof b === 'string') ? text(a, String(b)) : null
  const part = parts[name]
  const time = part ? asTime(a) : null
  if (part) return time && Math.abs(time.from) <= 8.64e15 ? part(new Date(time.from)) : null
  const rounded = rounding[name]
  if (rounded) return typeof a === 'number' ? rounded(a) : null
  const [x, y] = [shape(a), shape(b)]
  if (!x || !y) return null
  if (name === 'geo.distance') return planarDistance(x, y)
  return name === 'st_within' ? isWithinShape(x, y) : isWithinShape(x, y) || isWithinShape(y, x)
}

const shape = (value: Value): Shape | null =>
  isObject(value) && 'shape' in value ? (value['shape'] as Shape) : shapeOf(value)
