/**
 * Questions on observations. Guarantees: what the history can bound is asked of it, the rest is filtered here over a bounded
 * number of readings; past that the request is refused, never answered in part.
 */
import type { Reading } from '../../../../shared/model/reading.ts'
import type { History } from '../../ports/store.ts'
import { Refused, oneField } from '../http-door.ts'
import { compare, holds, keyOf, type Surroundings } from './evaluate.ts'
import type { Expression } from './expression.ts'
import { observationNode, type Node } from './nodes.ts'
import type { OrderKey, Query } from './query-options.ts'

/** Readings looked at for one answer, where the history cannot bound the question. */
export const maxScan = 20_000
const maxSkip = 100_000
const pageSize = 1000

type Ask = Parameters<History['readings']>[0]
type Bounds = { -readonly [K in keyof Ask]?: Ask[K] }

export interface Plan {
  readonly bounds: Bounds
  /** What is left of the filter once the bounds hold; null = nothing. */
  readonly residual: Expression | null
  /** The bounds contradict each other. */
  readonly isEmpty: boolean
}

/** Reads bounds out of a filter's top-level conjunction. */
export function planFilter(filter: Expression | null): Plan {
  const bounds: Bounds = {}
  let residual: Expression | null = null
  for (const part of filter ? conjuncts(filter) : []) {
    if (!narrow(bounds, part))
      residual = residual ? { type: 'binary', operator: 'and', left: residual, right: part } : part
  }
  const { phenomenonFrom, phenomenonTo, valueMin, valueMax } = bounds
  const isEmpty =
    (phenomenonFrom !== undefined && phenomenonTo !== undefined && phenomenonFrom >= phenomenonTo) ||
    (valueMin !== undefined && valueMax !== undefined && valueMin > valueMax) ||
    bounds.id === -1 ||
    bounds.sensorId === -1
  return { bounds, residual, isEmpty }
}

function conjuncts(expression: Expression): Expression[] {
  if (expression.type !== 'binary' || expression.operator !== 'and') return [expression]
  return [...conjuncts(expression.left), ...conjuncts(expression.right)]
}

const mirrored: Readonly<Record<string, string>> = { eq: 'eq', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' }

/** Tightens the bounds by one comparison; true where they now say all that it says. */
function narrow(bounds: Bounds, part: Expression): boolean {
  if (part.type !== 'binary') return false
  const flipped = part.right.type === 'path'
  const path = flipped ? part.right : part.left
  const other = flipped ? part.left : part.right
  const operator = flipped ? mirrored[part.operator] : part.operator
  if (path.type !== 'path' || operator === undefined || !(operator in mirrored)) return false
  const name = path.steps.join('/')
  if (name === 'phenomenonTime' && other.type === 'time') return narrowTime(bounds, operator, other.at)
  if (other.type !== 'literal' || typeof other.value !== 'number') return false
  const value = other.value
  if (name === 'result') return narrowValue(bounds, operator, value)
  if (operator !== 'eq') return false
  if (name === 'id' || name === '@iot.id') bounds.id = agree(bounds.id, value)
  else if (name === 'Datastream/id' || name === 'Datastream/@iot.id') bounds.sensorId = agree(bounds.sensorId, value)
  else return false
  return true
}

/** −1 stands for "no such id": ids are positive whole numbers. */
const agree = (before: number | undefined, value: number): number =>
  Number.isSafeInteger(value) && value > 0 && (before === undefined || before === value) ? value : -1

function narrowTime(bounds: Bounds, operator: string, at: number): boolean {
  const from = operator === 'gt' ? at + 1 : operator === 'ge' || operator === 'eq' ? at : undefined
  const to = operator === 'lt' ? at : operator === 'le' || operator === 'eq' ? at + 1 : undefined
  if (from !== undefined) bounds.phenomenonFrom = Math.max(bounds.phenomenonFrom ?? from, from)
  if (to !== undefined) bounds.phenomenonTo = Math.min(bounds.phenomenonTo ?? to, to)
  return true
}

function narrowValue(bounds: Bounds, operator: string, value: number): boolean {
  if (operator === 'ge' || operator === 'gt' || operator === 'eq')
    bounds.valueMin = Math.max(bounds.valueMin ?? value, value)
  if (operator === 'le' || operator === 'lt' || operator === 'eq')
    bounds.valueMax = Math.min(bounds.valueMax ?? value, value)
  return operator === 'ge' || operator === 'le' || operator === 'eq'
}

/** The history's own order for the keys, or null where it has none. */
function historyOrder(keys: readonly OrderKey[]): Pick<Ask, 'orderBy' | 'descending'> | null {
  const [first] = keys
  if (!first) return { orderBy: 'id', descending: false }
  if (first.by.type !== 'path' || keys.length > 1) return null
  const name = first.by.steps.join('/')
  const { descending } = first
  if (name === 'phenomenonTime') return { orderBy: 'phenomenonAt', descending }
  // Ids grow with arrival, and resultTime is the time of arrival.
  if (name === 'id' || name === '@iot.id' || name === 'resultTime') return { orderBy: 'id', descending }
  return name === 'result' ? { orderBy: 'value', descending } : null
}

export interface Answered {
  readonly nodes: readonly Node[]
  readonly count: number | null
  /** There is at least one more after these. */
  readonly more: boolean
}
const nothing = (query: Query): Answered => ({ nodes: [], count: query.count ? 0 : null, more: false })

/** Observations of some sensors (null = of all) that the query asks for. */
export async function queryObservations(
  history: History,
  sensorIds: readonly number[] | null,
  query: Query,
  around: Surroundings,
): Promise<Answered> {
  const plan = planFilter(query.filter)
  if (plan.isEmpty || sensorIds?.length === 0) return nothing(query)
  const [only] = sensorIds ?? []
  const isOne = sensorIds?.length === 1 && only !== undefined
  if (isOne && plan.bounds.sensorId !== undefined && plan.bounds.sensorId !== only) return nothing(query)
  if (query.skip > maxSkip)
    throw new Refused(oneField('$skip', `may be at most ${maxSkip} on Observations; narrow by phenomenonTime instead`))
  const bounds: Bounds = isOne ? { ...plan.bounds, sensorId: only } : plan.bounds
  const wanted = sensorIds && !isOne ? new Set(sensorIds) : null
  const order = historyOrder(query.orderBy)
  if (order && !plan.residual && !wanted) {
    const { items, count } = await history.readings({
      ...bounds,
      ...order,
      limit: query.top + 1,
      offset: query.skip,
      count: query.count,
    })
    return { nodes: items.slice(0, query.top).map(observationNode), count, more: items.length > query.top }
  }
  const fits = (reading: Reading) =>
    (!wanted || wanted.has(reading.sensorId)) &&
    (!plan.residual || holds(plan.residual, observationNode(reading), around))
  const enough = order && !query.count ? query.skip + query.top + 1 : Infinity
  const found = await scan(history, { ...bounds, ...(order ?? { orderBy: 'id', descending: false }) }, fits, enough)
  const nodes = found.map(observationNode)
  const sorted = order ? nodes : sortNodes(nodes, query.orderBy, around)
  return {
    nodes: sorted.slice(query.skip, query.skip + query.top),
    count: query.count ? found.length : null,
    more: found.length > query.skip + query.top,
  }
}

async function scan(
  history: History,
  ask: Bounds & Pick<Ask, 'orderBy' | 'descending'>,
  fits: (reading: Reading) => boolean,
  enough: number,
): Promise<Reading[]> {
  const found: Reading[] = []
  for (let offset = 0; ; offset += pageSize) {
    const { items } = await history.readings({ ...ask, limit: pageSize, offset, count: false })
    for (const reading of items) if (fits(reading)) found.push(reading)
    if (found.length >= enough || items.length < pageSize) return found
    if (offset + pageSize >= maxScan)
      throw new Refused(
        oneField(
          '$filter',
          `would look at more than ${maxScan} observations; bound it by phenomenonTime or Datastream`,
        ),
      )
  }
}

/** Sorted by the keys, then by id: an order that pages can rely on. */
export function sortNodes(nodes: readonly Node[], keys: readonly OrderKey[], around: Surroundings): Node[] {
  const rows = nodes.map((node) => ({ node, values: keys.map((key) => keyOf(key.by, node, around)) }))
  rows.sort((a, b) => {
    for (const [i, key] of keys.entries()) {
      const [x = null, y = null] = [a.values[i], b.values[i]]
      const order = x === null || y === null ? Number(y === null) - Number(x === null) : (compare(x, y) ?? 0)
      if (order !== 0) return key.descending ? -order : order
    }
    return a.node.id - b.node.id
  })
  return rows.map(({ node }) => node)
}
