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
import { answerBatch } from './batch.ts'
import { createCatalogIndex } from './catalog-index.ts'
import { createObservations } from './data-arrays.ts'
import { createEntityWriter } from './entity-writer.ts'
import { createFeatureKeeper } from './features.ts'
import { createObservationWriter } from './observation-writer.ts'
import { createOperations, NotHere, type Answered } from './operations.ts'
import { createReader } from './reader.ts'

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

/** Mount it at `/sta/v1.1`. */
export function createSensorThingsDoor(deps: SensorThingsDeps): Router {
  const { engine, clock, log, keys } = deps
  const index = createCatalogIndex(engine)
  const features = createFeatureKeeper(engine, index, log)
  const reader = createReader({ ...deps, index })
  const observations = createObservationWriter({ ...deps, index, features })
  const entities = createEntityWriter(engine, clock, observations)
  const operations = createOperations({ ...deps, reader, entities, observations })
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

  router.post('/$batch', rawBody(arrayLimit), async (request, response) => {
    const isMinimal = /(^|[,;\s])return=minimal\b/i.test(request.get('prefer') ?? '')
    const asked = { bytes: bytesOf(request), base: baseOf(request), caller: callerOfRequest(request), isMinimal }
    response.json(await answerBatch({ operations, log }, asked))
  })

  router.use(rawBody(entityLimit), async (request, response) => {
    const mark = request.originalUrl.indexOf('?')
    const answered = await operations({
      method: request.method === 'HEAD' ? 'GET' : request.method,
      path: request.path.slice(1),
      search: mark < 0 ? '' : request.originalUrl.slice(mark),
      base: baseOf(request),
      caller: callerOfRequest(request),
      body: () => jsonOf(request),
    }).catch((error: unknown) => {
      if (error instanceof NotHere) response.set('Allow', error.allow)
      throw error
    })
    send(response, answered)
  })

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

function send(response: Response, { status, location, json, text }: Answered): void {
  response.status(status)
  if (location !== undefined) response.location(location)
  if (json !== undefined) response.json(json)
  else if (text !== undefined) response.type('text/plain').send(text)
  else response.end()
}
