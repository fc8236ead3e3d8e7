/**
 * Answers GET: finds what a path names, filters, sorts, pages, and words it as the standard does.
 * Guarantees: the work and the size of one answer are bounded. Refuses to write.
 */
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { History } from '../../ports/store.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import { Refused, oneField } from '../http-door.ts'
import { toDataArrays } from './data-array-view.ts'
import type { CatalogIndex } from './catalog-index.ts'
import { checkPaths, holds, type Surroundings } from './evaluate.ts'
import { BadExpression } from './expression.ts'
import { entityNode, follow, observationNode, propertiesOf, type Node } from './nodes.ts'
import { queryObservations, sortNodes, type Answered } from './observation-query.ts'
import type { Query } from './query-options.ts'
import type { ResourcePath, Step } from './resource-path.ts'
import { navigationOf, words, type StaKind } from './words.ts'

/** Entities in one answer, the expanded ones included. */
const maxEntities = 20_000

export interface ReaderDeps {
  readonly engine: Engine
  readonly history: History
  readonly clock: Clock
  readonly index: CatalogIndex
}

export type Target =
  | { readonly many: false; readonly node: Node }
  /** In the order of their ids. */
  | { readonly many: true; readonly kind: StaKind; readonly list: () => Iterable<Node> }
  | { readonly many: true; readonly kind: 'Observation'; readonly sensorIds: readonly number[] | null }

export interface Reader {
  find(path: ResourcePath): Promise<Target>
  /** The body of an answer. `base` is the service's root, without a slash at its end. */
  answer(target: Target, query: Query, base: string, here: string): Promise<Record<string, unknown>>
  /** Observations as the standard's data arrays, one group a Datastream. */
  dataArrays(target: Target, query: Query, base: string, here: string): Promise<Record<string, unknown>>
  /** The self links of a target: what `$ref` answers. */
  links(target: Target, query: Query, base: string): Promise<Record<string, unknown>>
  entity(node: Node, base: string): Promise<Record<string, unknown>>
}

export const selfLink = (base: string, node: Node): string => `${base}/${words[node.kind].set}(${node.id})`

export function createReader({ engine, history, clock, index }: ReaderDeps): Reader {
  const around = (): Surroundings => ({ now: clock.now(), follow: (node, word) => follow(engine, index, node, word) })
  const missing = (step: Step) =>
    new Refused(refuse('NOT_FOUND', `no such ${step.kind}: ${step.name}${step.id === null ? '' : `(${step.id})`}`))

  async function observation(id: number): Promise<Node | null> {
    const { items } = await history.readings({
      id,
      orderBy: 'id',
      descending: false,
      limit: 1,
      offset: 0,
      count: false,
    })
    return items[0] ? observationNode(items[0]) : null
  }

  function sensorsOf(node: Node): number[] {
    if (node.kind === 'Datastream') return [node.id]
    return node.kind === 'FeatureOfInterest' ? index.observersOf(node.entity).map(({ id }) => id) : []
  }

  async function find({ steps }: ResourcePath): Promise<Target> {
    let node: Node | null = null
    for (const step of steps) {
      const from: Node | null = node
      if (step.kind === 'Observation' && step.many) return observationsFrom(from)
      if (step.many) return { many: true, kind: step.kind, list: () => (from ? listFrom(from, step) : all(step.kind)) }
      if (step.kind === 'Observation' && step.id !== null) {
        node = await observation(step.id)
        const reading = node?.kind === 'Observation' ? node.reading : null
        if (from && reading && !sensorsOf(from).includes(reading.sensorId)) node = null
      } else if (from === null) {
        const entity = step.kind === 'Observation' ? undefined : engine.view.entity(step.kind, step.id ?? 0)
        node = entity ? entityNode(entity) : null
      } else node = listFrom(from, step).find(({ id }) => step.id === null || id === step.id) ?? null
      if (!node) throw missing(step)
    }
    if (!node) throw new Refused(refuse('NOT_FOUND', 'no such resource'))
    return { many: false, node }
  }

  const observationsFrom = (from: Node | null): Target => ({
    many: true,
    kind: 'Observation',
    sensorIds: from ? sensorsOf(from) : null,
  })

  const listFrom = (from: Node, step: Step): readonly Node[] =>
    follow(engine, index, from, navigationOf(from.kind, step.name) ?? { kind: step.kind, many: true })

  function* all(kind: StaKind): Iterable<Node> {
    if (kind !== 'Observation') for (const entity of engine.view.entities(kind).values()) yield entityNode(entity)
  }

  async function list(target: Target & { many: true }, query: Query): Promise<Answered> {
    checked('$filter', () => query.filter && checkPaths(query.filter, target.kind))
    for (const { by } of query.orderBy) checked('$orderby', () => checkPaths(by, target.kind))
    const here = around()
    if ('sensorIds' in target) return queryObservations(history, target.sensorIds, query, here)
    const { filter, skip, top } = query
    const isSorted = query.orderBy.length === 0
    let kept: Node[] = []
    let count = 0
    for (const node of target.list()) {
      if (filter && !holds(filter, node, here)) continue
      count++
      if (!isSorted || (count > skip && count <= skip + top)) kept.push(node)
      // A page of a city's register must not cost the whole of it.
      if (isSorted && !query.count && count > skip + top) break
    }
    if (!isSorted) kept = sortNodes(kept, query.orderBy, here).slice(skip, skip + top)
    return { nodes: kept, count: query.count ? count : null, more: count > skip + top }
  }

  /** One page of a set. `here` is the address of the set without its query. */
  async function page(target: Target & { many: true }, query: Query, base: string, here: string, budget: Budget) {
    const { nodes, count, more } = await list(target, query)
    const value: Record<string, unknown>[] = []
    for (const node of nodes) value.push(await word(node, query, base, budget))
    return {
      ...(count === null ? {} : { '@iot.count': count }),
      ...(more && query.top > 0 ? { '@iot.nextLink': nextLink(here, query) } : {}),
      value,
    }
  }

  async function word(node: Node, query: Query | null, base: string, budget: Budget): Promise<Record<string, unknown>> {
    if (--budget.left < 0)
      throw new Refused(oneField('$expand', `would answer more than ${maxEntities} entities; ask for less with $top`))
    const { navigation } = words[node.kind]
    const select = query?.select ?? null
    const self = selfLink(base, node)
    const isAsked = (name: string) => select === null || select.some((each) => each === name)
    const body: Record<string, unknown> = {}
    if (isAsked('id') || isAsked('@iot.id')) body['@iot.id'] = node.id
    if (isAsked('id') || isAsked('@iot.selfLink')) body['@iot.selfLink'] = self
    for (const [name, value] of Object.entries(propertiesOf(node))) {
      if (select === null || select.some((each) => each === name || each.startsWith(`${name}/`))) body[name] = value
    }
    const expanded = new Map((query?.expand ?? []).map((item) => [item.name, item.query]))
    for (const name of Object.keys(navigation)) {
      const inner = expanded.get(name)
      if (!inner && isAsked(name)) body[`${name}@iot.navigationLink`] = `${self}/${name}`
      if (inner) await expand(body, node, name, inner, base, budget)
    }
    return body
  }

  async function expand(
    body: Record<string, unknown>,
    node: Node,
    name: string,
    query: Query,
    base: string,
    budget: Budget,
  ): Promise<void> {
    const step = navigationOf(node.kind, name)
    if (!step) return
    if (!step.many) {
      const [one] = follow(engine, index, node, step)
      body[name] = one ? await word(one, query, base, budget) : null
      return
    }
    const target: Target & { many: true } =
      step.kind === 'Observation'
        ? { many: true, kind: 'Observation', sensorIds: sensorsOf(node) }
        : { many: true, kind: step.kind, list: () => follow(engine, index, node, step) }
    const answer = await page(target, query, base, `${selfLink(base, node)}/${name}`, budget)
    for (const [key, value] of Object.entries(answer)) body[key === 'value' ? name : `${name}${key}`] = value
  }

  return {
    find,
    async answer(target, query, base, here) {
      const budget = { left: maxEntities }
      return target.many ? page(target, query, base, here, budget) : word(target.node, query, base, budget)
    },
    async dataArrays(target, query, base, here) {
      if (!target.many) throw new Refused(oneField('$resultFormat', 'is for lists'))
      const { nodes, count, more } = await list(target, query)
      return {
        ...(count === null ? {} : { '@iot.count': count }),
        ...(more && query.top > 0 ? { '@iot.nextLink': nextLink(here, query) } : {}),
        value: toDataArrays(nodes, query.select, base),
      }
    },
    async links(target, query, base) {
      if (!target.many) return { '@iot.selfLink': selfLink(base, target.node) }
      const { nodes, count } = await list(target, query)
      const value = nodes.map((node) => ({ '@iot.selfLink': selfLink(base, node) }))
      return { ...(count === null ? {} : { '@iot.count': count }), value }
    },
    entity: (node, base) => word(node, null, base, { left: 1 }),
  }
}

interface Budget {
  left: number
}

function checked(option: string, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    if (error instanceof BadExpression) throw new Refused(oneField(option, error.message))
    throw error
  }
}

function nextLink(here: string, query: Query): string {
  const options = new Map(query.written)
  options.set('$top', String(query.top))
  options.set('$skip', String(query.skip + query.top))
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%24', '$').replaceAll('%2C', ',')
  return `${here}?${[...options].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`
}
