/**
 * What one request of the standard does, whichever envelope it came in. Guarantees: a key of drills brings observations
 * and nothing else; what is not possible at an address is refused with what is. Refuses to know HTTP's own words.
 */
import { refuse } from '../../../../shared/model/refusal.ts'
import type { Caller } from '../door-keys.ts'
import { Refused } from '../http-door.ts'
import type { EntityWriter } from './entity-writer.ts'
import { propertiesOf, type Node } from './nodes.ts'
import type { ObservationWriter } from './observation-writer.ts'
import { parseQuery } from './query-options.ts'
import { selfLink, type Reader, type Target } from './reader.ts'
import { parsePath, type ResourcePath } from './resource-path.ts'
import { conformance, staKinds, words, type StaKind } from './words.ts'

export interface Asked {
  /** GET, POST, PATCH, PUT or DELETE. */
  readonly method: string
  /** Below the service's root, as it was written, without its leading slash. */
  readonly path: string
  /** The query with its question mark, or nothing. */
  readonly search: string
  /** The service's root as the caller knows it, without a slash at its end. */
  readonly base: string
  readonly caller: Caller
  /** The body, read and checked; throws Refused. */
  body(): unknown
}
export interface Answered {
  readonly status: number
  /** Of what was made. */
  readonly location?: string
  /** A JSON value, or plain text. */
  readonly json?: unknown
  readonly text?: string
}

/** Not possible at this address; `allow` names what is. */
export class NotHere extends Refused {
  readonly allow: string
  constructor(allow: string, method: string) {
    super(refuse('INVALID', `${method} is not possible here`), 405)
    this.allow = allow
  }
}

/** A drill leaves no trace in the catalogue. */
const observationsOnly = refuse('FORBIDDEN', 'the key of drills brings observations and changes nothing else')

export interface OperationsDeps {
  readonly reader: Reader
  readonly entities: EntityWriter
  readonly observations: ObservationWriter
  readonly mqttUrl?: string
}

export function createOperations({ reader, entities, observations, mqttUrl }: OperationsDeps) {
  async function oneAt(path: ResourcePath): Promise<Node> {
    const target = await reader.find(path)
    if (target.many) throw new NotHere('GET, POST', 'this')
    return target.node
  }

  async function get({ search, base, path: written }: Asked, path: ResourcePath): Promise<Answered> {
    if (path.steps.length === 0) return { status: 200, json: serviceRoot(base, mqttUrl) }
    const target = await reader.find(path)
    const kind: StaKind = target.many ? target.kind : target.node.kind
    const query = parseQuery(search, kind)
    if (path.property.length > 0) return property(target, path, base)
    if (path.form === 'ref') return { status: 200, json: await reader.links(target, query, base) }
    const here = `${base}/${written.replace(/\/+$/, '')}`
    if (query.isDataArray) return { status: 200, json: await reader.dataArrays(target, query, base, here) }
    return { status: 200, json: await reader.answer(target, query, base, here) }
  }

  async function post(asked: Asked, path: ResourcePath): Promise<Answered> {
    const { base, caller } = asked
    const last = path.steps.at(-1)
    if (!last?.many) throw new NotHere('GET, PATCH, PUT, DELETE', 'POST')
    const above = path.steps.slice(0, -1)
    const parent = above.length > 0 ? await oneAt({ ...path, steps: above }) : null
    const body = asked.body()
    const node =
      last.kind === 'Observation'
        ? await observations.create(body, parent, caller)
        : await entities.create(last.kind, body, parent, caller)
    return { status: 201, location: selfLink(base, node), json: await reader.entity(node, base) }
  }

  /** Throws Refused. */
  return async (asked: Asked): Promise<Answered> => {
    const { method, base, caller } = asked
    const path = parsePath(decodeURIComponent(asked.path))
    const isObservation = method === 'POST' && path.steps.at(-1)?.kind === 'Observation'
    if (caller.isDrill && method !== 'GET' && !isObservation) throw new Refused(observationsOnly)
    if (method === 'GET') return get(asked, path)
    if (path.property.length > 0 || path.form !== 'plain' || path.steps.length === 0) throw new NotHere('GET', method)
    if (method === 'POST') return post(asked, path)
    if (method === 'DELETE') {
      await entities.remove(await oneAt(path), caller)
      return { status: 200 }
    }
    if (method !== 'PATCH' && method !== 'PUT') throw new NotHere('GET', method)
    const node = await oneAt(path)
    const changed = await entities.change(node, asked.body(), method === 'PUT', caller)
    return { status: 200, json: await reader.entity(changed, base) }
  }
}

export type Operations = ReturnType<typeof createOperations>

const serviceRoot = (base: string, mqttUrl: string | undefined) => ({
  value: staKinds.map((kind) => ({ name: words[kind].set, url: `${base}/${words[kind].set}` })),
  serverSettings: {
    conformance,
    ...(mqttUrl === undefined
      ? {}
      : Object.fromEntries(
          conformance.filter((each) => each.includes('mqtt')).map((each) => [each, { endpoints: [mqttUrl] }]),
        )),
  },
})

function property(target: Target, path: ResourcePath, base: string): Answered {
  const [name = '', ...inside] = path.property
  const node = target.many ? undefined : target.node
  if (!node) throw new Refused(refuse('NOT_FOUND', 'no such property'))
  const own: Record<string, unknown> = {
    ...propertiesOf(node),
    id: node.id,
    '@iot.id': node.id,
    '@iot.selfLink': selfLink(base, node),
  }
  let value: unknown = Object.hasOwn(own, name) ? own[name] : undefined
  for (const step of inside) {
    const has = typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    value = has ? (value as Record<string, unknown>)[step] : undefined
  }
  if (value === undefined && inside.length > 0) throw new Refused(refuse('NOT_FOUND', 'no such property'))
  if (value === undefined || value === null) return { status: 204 }
  if (path.form !== 'value') return { status: 200, json: { [path.property.at(-1) ?? name]: value } }
  return { status: 200, text: typeof value === 'object' ? JSON.stringify(value) : String(value) }
}
