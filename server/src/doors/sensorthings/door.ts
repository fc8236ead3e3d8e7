/**
 * The OGC SensorThings 1.1 door, over HTTP. Guarantees: a key with the right, a bounded body, an answer in the standard's
 * words, a 2xx only after the commit, and 4xx naming the field for whatever cannot be taken.
 */
import { Router } from 'express'
import type { Request, Response } from 'express'
import type { DoorKeys } from '../../ports/access.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Intake } from '../../ports/intake.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { History } from '../../ports/store.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import { callerOf, drillRefusal, type Caller } from '../door-keys.ts'
import { Refused, bytesOf, doorBoundary, invalid, rawBody, sendRefusal } from '../http-door.ts'
import { parseCheckedJson } from '../json-input.ts'
import { createCatalogIndex } from './catalog-index.ts'
import { createObservations } from './data-arrays.ts'
import { createEntityWriter } from './entity-writer.ts'
import { createFeatureKeeper } from './features.ts'
import { propertiesOf, type Node } from './nodes.ts'
import { createObservationWriter } from './observation-writer.ts'
import { parseQuery } from './query-options.ts'
import { createReader, selfLink, type Target } from './reader.ts'
import { parsePath, type ResourcePath } from './resource-path.ts'
import { conformance, staKinds, words, type StaKind } from './words.ts'

const entityLimit = 256 * 1024
const arrayLimit = 4 * 1024 * 1024

export interface SensorThingsDeps {
  readonly engine: Engine
  readonly intake: Intake
  readonly history: History
  readonly keys: DoorKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Address clients reach the service root by, where it is not the one they used. No slash at its end. */
  readonly baseUrl?: string
  /** Address of the MQTT door, told in the service's root document. */
  readonly mqttUrl?: string
}

/** A drill leaves no trace in the catalogue. */
const observationsOnly = refuse('FORBIDDEN', 'the key of drills brings observations and changes nothing else')

/** Mount it at `/sta/v1.1`. */
export function createSensorThingsDoor(deps: SensorThingsDeps): Router {
  const { engine, clock, log, keys } = deps
  const index = createCatalogIndex(engine)
  const features = createFeatureKeeper(engine, index, log)
  const reader = createReader({ ...deps, index })
  const observations = createObservationWriter({ ...deps, index, features })
  const entities = createEntityWriter(engine, clock, observations)
  const baseOf = (request: Request) =>
    deps.baseUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}`
  const callers = new WeakMap<Request, Caller>()
  const callerOfRequest = (request: Request): Caller => {
    const caller = callers.get(request)
    if (!caller) throw new Error('a request came past the key check')
    return caller
  }

  const router = Router()
  router.use((request, response, next) => {
    const caller = callerOf(keys, request.headers)
    if (!caller) {
      response.set('WWW-Authenticate', 'Basic realm="SensorThings", charset="UTF-8"')
      return sendRefusal(
        response,
        refuse('UNAUTHENTICATED', 'show a key: X-Api-Key, or HTTP Basic with it as password'),
        401,
      )
    }
    if (!caller.doors.includes('sensorthings'))
      return sendRefusal(response, refuse('FORBIDDEN', 'this key does not open the SensorThings door'), 403)
    const refusal = drillRefusal(caller, engine.view)
    if (refusal) return sendRefusal(response, refusal, 403)
    callers.set(request, caller)
    next()
  })

  router.post('/CreateObservations', rawBody(arrayLimit), async (request, response) => {
    const answer = await createObservations(deps, bytesOf(request), baseOf(request), callerOfRequest(request))
    response.status(201).json(answer)
  })

  router.use(rawBody(entityLimit), async (request, response) => {
    const path = parsePath(decodeURIComponent(request.path).slice(1))
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const isObservation = method === 'POST' && path.steps.at(-1)?.kind === 'Observation'
    if (callerOfRequest(request).isDrill && method !== 'GET' && !isObservation) throw new Refused(observationsOnly)
    const isPlain = path.property.length === 0 && path.form === 'plain'
    if (method === 'GET') await get(request, response, path)
    else if (method === 'POST' && isPlain && path.steps.length > 0) await post(request, response, path)
    else if ((method === 'PATCH' || method === 'PUT') && isPlain && path.steps.length > 0)
      await change(request, response, path)
    else if (method === 'DELETE' && isPlain && path.steps.length > 0) {
      await entities.remove(await oneAt(path, response), callerOfRequest(request))
      response.status(200).end()
    } else throw notHere(response, 'GET', method)
  })

  function notHere(response: Response, allow: string, method: string): Refused {
    response.set('Allow', allow)
    return new Refused(refuse('INVALID', `${method} is not possible here`), 405)
  }

  async function oneAt(path: ResourcePath, response: Response): Promise<Node> {
    const target = await reader.find(path)
    if (target.many) throw notHere(response, 'GET, POST', 'this')
    return target.node
  }

  async function get(request: Request, response: Response, path: ResourcePath): Promise<void> {
    const base = baseOf(request)
    const mark = request.originalUrl.indexOf('?')
    const search = mark < 0 ? '' : request.originalUrl.slice(mark)
    if (path.steps.length === 0) return void response.json(serviceRoot(base, deps.mqttUrl))
    const target = await reader.find(path)
    const kind: StaKind = target.many ? target.kind : target.node.kind
    const query = parseQuery(search, kind)
    if (path.property.length > 0) return sendProperty(response, target, path, base)
    if (path.form === 'ref') return void response.json(await reader.links(target, query, base))
    const here = `${base}${request.path.replace(/\/+$/, '')}`
    if (query.isDataArray) return void response.json(await reader.dataArrays(target, query, base, here))
    response.json(await reader.answer(target, query, base, here))
  }

  async function post(request: Request, response: Response, path: ResourcePath): Promise<void> {
    const last = path.steps.at(-1)
    if (!last?.many) throw notHere(response, 'GET, PATCH, PUT, DELETE', 'POST')
    const above = path.steps.slice(0, -1)
    const parent = above.length > 0 ? await oneAt({ ...path, steps: above }, response) : null
    const body = jsonOf(request)
    const caller = callerOfRequest(request)
    const node =
      last.kind === 'Observation'
        ? await observations.create(body, parent, caller)
        : await entities.create(last.kind, body, parent, caller)
    const base = baseOf(request)
    response
      .status(201)
      .location(selfLink(base, node))
      .json(await reader.entity(node, base))
  }

  async function change(request: Request, response: Response, path: ResourcePath): Promise<void> {
    const node = await oneAt(path, response)
    const changed = await entities.change(node, jsonOf(request), request.method === 'PUT', callerOfRequest(request))
    response.json(await reader.entity(changed, baseOf(request)))
  }

  router.use(
    doorBoundary(
      log,
      'sensorthings',
      (_request, response, refusal, status) => sendRefusal(response, refusal, status),
      (_request, response, id) => response.status(500).json({ code: 'INTERNAL', message: 'a fault of the server', id }),
    ),
  )
  return router
}

function jsonOf(request: Request): unknown {
  const parsed = parseCheckedJson(bytesOf(request))
  if (!parsed.ok) throw new Refused(invalid([parsed.error]))
  return parsed.value
}

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

function sendProperty(response: Response, target: Target, path: ResourcePath, base: string): void {
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
  if (value === undefined || value === null) response.status(204).end()
  else if (path.form !== 'value') response.json({ [path.property.at(-1) ?? name]: value })
  else response.type('text/plain').send(typeof value === 'object' ? JSON.stringify(value) : String(value))
}
