/**
 * The CAP 1.2 door: warnings in, and the city's own out. Guarantees: an answer after the commit; the same message once; every
 * refusal by the path of its element; and that no message, however made, costs more than its bytes.
 */
import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { Request, Response } from 'express'
import type { Instant } from '../../../../shared/model/ids.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import type { Warning } from '../../../../shared/model/warning.ts'
import type { DoorKeys } from '../../ports/access.ts'
import type { City } from '../../ports/city.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { ReadModels } from '../../ports/store.ts'
import { callerOf, drillRefusal, type Caller } from '../door-keys.ts'
import { Refused, bytesOf, doorBoundary, oneField, rawBody, sendRefusal } from '../http-door.ts'
import { ownAlert, ownSender, type OwnAlert } from './own-alerts.ts'
import { alertReceiver } from './receive-alert.ts'
import { writeAlert } from './write-alert.ts'
import { writeAtom } from './write-atom.ts'

const bodyLimit = 256 * 1024
/** How long a Cancel of ours stays in the index. */
const cancelsShownMs = 7 * 86_400_000
const mostListed = 500

export interface CapDeps {
  readonly engine: Engine
  readonly readModels: Pick<ReadModels, 'warning' | 'warnings'>
  readonly city: Pick<City, 'profile' | 'districtsTouching'>
  readonly keys: DoorKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Words an instant in ISO 8601 with the city's offset. */
  readonly iso: (at: Instant) => string
}

/** Mount it at `/cap`. */
export function createCapDoor(deps: CapDeps): Router {
  const { engine, readModels, city, keys, clock, log, metrics, iso } = deps
  const receive = alertReceiver(engine, city)
  const sender = ownSender(city.profile.id)
  const tell = (warning: Warning) => ownAlert(warning, city.profile.id, engine.view.epoch)
  const count = (outcome: string) => metrics.count('tongguan_door_requests_total', { door: 'cap', outcome })

  function callerFor(request: Request): Caller {
    const caller = callerOf(keys, request.headers)
    if (!caller) throw new Refused(refuse('UNAUTHENTICATED', 'show a key: X-Api-Key'), 401)
    if (!caller.doors.includes('cap'))
      throw new Refused(refuse('FORBIDDEN', 'this key does not open the CAP door'), 403)
    const refusal = drillRefusal(caller, engine.view)
    if (refusal) throw new Refused(refusal)
    return caller
  }

  async function take(request: Request, response: Response): Promise<void> {
    const type = (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (!['', 'application/cap+xml', 'application/xml', 'text/xml'].includes(type))
      throw new Refused(oneField('Content-Type', 'must be application/cap+xml (or application/xml, text/xml)'), 415)
    const received = await receive(bytesOf(request), response.locals['caller'] as Caller, randomUUID())
    if (!received.ok) throw new Refused(received.refusal)
    const { outcome: became, warningId: id, ended } = received.data
    count(String(became))
    if (became === 'published') response.status(201).location(`${request.baseUrl}/v1.2/alerts/${String(id)}.cap`)
    response.json({ id, outcome: became, ended, identifier: received.identifier })
  }

  /** In force, and what was lifted lately, newest first. */
  async function listed(): Promise<OwnAlert[]> {
    const { items } = await readModels.warnings({ limit: mostListed })
    const lately = items.filter(({ liftedAt }) => liftedAt !== null && liftedAt > clock.now() - cancelsShownMs)
    const ours = lately.filter(({ id, liftReason }) => liftReason !== 'expired' && !engine.view.warnings.has(id))
    return [...engine.view.warnings.values(), ...ours]
      .map(tell)
      .filter((alert) => alert !== null)
      .sort((a, b) => b.name.sentAt - a.name.sentAt)
  }

  async function index(request: Request, response: Response): Promise<void> {
    const alerts = await listed()
    const url = `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}/v1.2/alerts`
    const updatedAt = alerts[0]?.name.sentAt ?? clock.now()
    const feed = { title: `${city.profile.name}预警`, sender, url, updatedAt }
    response.type('application/atom+xml').send(writeAtom(alerts, feed, iso))
  }

  async function single(id: string, response: Response): Promise<void> {
    const warning = /^W\d{1,15}$/.test(id) ? (engine.view.warnings.get(id) ?? (await readModels.warning(id))) : null
    const alert = warning && tell(warning)
    if (!alert) throw notFound('id', `names no alert of this city: ${id.slice(0, 64)}`)
    response.type('application/cap+xml').send(writeAlert(alert, city.profile, iso))
  }

  const router = Router()
  router.use((request, response, next) => {
    response.locals['caller'] = callerFor(request)
    next()
  })
  router.use(rawBody(bodyLimit), async (request, response) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const id = /^\/v1\.2\/alerts\/([^/]+)\.cap$/.exec(request.path)?.[1]
    const allowed =
      request.path === '/v1.2/alerts' ? 'POST' : request.path === '/v1.2/alerts.atom' || id !== undefined ? 'GET' : null
    if (allowed === null)
      throw notFound('path', 'names nothing here: see /cap/v1.2/alerts (POST), alerts.atom, alerts/ID.cap')
    if (method !== allowed) {
      response.set('Allow', allowed)
      throw new Refused(refuse('INVALID', `${request.method.slice(0, 20)} is not possible here`), 405)
    }
    if (allowed === 'POST') await take(request, response)
    else if (id === undefined) await index(request, response)
    else await single(decodeURIComponent(id), response)
  })
  router.use(
    doorBoundary(
      log,
      'cap',
      (_request, response, refusal, status) => {
        count(refusal.code)
        sendRefusal(response, refusal, status)
      },
      (_request, response, faultId) =>
        response.status(500).json({ code: 'INTERNAL', message: 'a fault of the server', id: faultId }),
    ),
  )
  return router
}

const notFound = (field: string, problem: string) =>
  new Refused(refuse('NOT_FOUND', `${field} ${problem}`, { fields: [{ field, problem }] }))
