/**
 * The Open311 GeoReport v2 door. Guarantees: the standard's calls in JSON and XML, a number for every request only after
 * its commit, errors as the standard words them naming the field, and no personal data in any answer.
 */
import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import type { Request, Response } from 'express'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { FieldError, Refusal } from '../../../../shared/model/refusal.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import type { DoorKeys } from '../../ports/access.ts'
import type { City } from '../../ports/city.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { ReadModels } from '../../ports/store.ts'
import { callerOf, doorActor, drillRefusal } from '../door-keys.ts'
import { Refused, bytesOf, doorBoundary, invalid, rawBody, retryAfter } from '../http-door.ts'
import { isPublic, listRequests, readListAsk } from './list-requests.ts'
import { sendErrors, sendList, sendObject, type Format, type Row } from './reply.ts'
import { readFields, readReport, type Fields, type Read } from './request-input.ts'
import { extensionsOf, requestRow } from './request-row.ts'
import { serviceDefinition, serviceRow, type Language } from './services.ts'

const bodyLimit = 64 * 1024

export interface Open311Deps {
  readonly engine: Engine
  readonly readModels: Pick<ReadModels, 'incident' | 'requests'>
  readonly city: Pick<City, 'profile' | 'caseClasses'>
  readonly keys: DoorKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Words an instant in ISO 8601 with the city's offset. */
  readonly iso: (at: Instant) => string
  /** Asks a key for reading requests too. The standard reads without one, which is the default. */
  readonly readsNeedKey?: boolean
}

/** Mount it at `/open311`. */
export function createOpen311Door(deps: Open311Deps): Router {
  const { engine, readModels, city, keys, clock, log, metrics, iso } = deps
  const classes = new Map(city.caseClasses.map((each) => [each.code, each]))
  const context = { classes, departments: city.profile.departments, iso }
  const requestsName = { root: 'service_requests', item: 'request' }
  const notFound = (field: string, problem: string) =>
    new Refused(refuse('NOT_FOUND', `${field} ${problem}`, { fields: [{ field, problem }] }))

  function callerFor(request: Request, query: Fields, body?: Fields) {
    const caller = callerOf(keys, request.headers, body?.get('api_key') ?? query.get('api_key') ?? null)
    if (!caller?.doors.includes('open311'))
      throw new Refused(
        refuse('FORBIDDEN', caller ? 'api_key does not open this door' : 'api_key is missing or unknown'),
        403,
      )
    const refusal = drillRefusal(caller, engine.view)
    if (refusal) throw new Refused(refusal)
    return caller
  }

  async function report(request: Request, response: Response, format: Format, query: Fields): Promise<void> {
    const type = request.get('content-type') ?? ''
    if (/multipart/i.test(type))
      throw new Refused(
        invalid([{ field: 'Content-Type', problem: 'must be application/x-www-form-urlencoded or application/json' }]),
        415,
      )
    const body = valueOf(readFields(bytesOf(request), type))
    const caller = callerFor(request, query, body)
    const command = valueOf(readReport(body, classes, caller, clock.now()))
    const outcome = await engine.submit(doorActor(caller), { commandId: randomUUID(), command })
    metrics.count('tongguan_door_requests_total', {
      door: 'open311',
      outcome: outcome.ok ? 'accepted' : outcome.refusal.code,
    })
    if (!outcome.ok) throw new Refused(outcome.refusal)
    const accountId = body.get('account_id') ?? ''
    const row = {
      service_request_id: outcome.data['incidentId'],
      service_notice: '',
      account_id: accountId === '' ? null : accountId,
    }
    sendList(response, format, requestsName, [row], 201)
  }

  async function listed(request: Request, response: Response, format: Format, query: Fields): Promise<void> {
    if (deps.readsNeedKey) callerFor(request, query)
    const rows = await listRequests(readModels, valueOf(readListAsk(query, clock.now())))
    const rowOf = requestRows(request, query)
    sendList(response, format, requestsName, await Promise.all(rows.map(rowOf)))
  }

  function requestRows(request: Request, query: Fields): (incident: Incident) => Promise<Row> {
    const language = languageOf(request)
    const isExtended = query.get('extensions') === 'true'
    return async (incident) => ({
      ...requestRow(incident, context, language, await mainOf(incident)),
      ...(isExtended ? extensionsOf(incident, language) : {}),
    })
  }

  async function incidentOf(id: string, field: string) {
    const incident = id.length <= 64 ? await readModels.incident(id) : null
    if (!incident || !isPublic(incident)) throw notFound(field, `names no request: ${id.slice(0, 64)}`)
    return incident
  }

  /** Where a merged request went; null where it was not merged. */
  async function mainOf(incident: Incident): Promise<Incident | null> {
    let main: Incident | null = null
    for (let next = incident.merge?.mainId; next !== undefined; next = main?.merge?.mainId)
      main = engine.view.incidents.get(next) ?? (await readModels.incident(next))
    return main
  }

  function discovery(request: Request, response: Response, format: Format): void {
    const url = `${request.protocol}://${request.get('host') ?? 'localhost'}${request.baseUrl}/v2`
    const about = {
      changeset: iso(0),
      contact: city.profile.name,
      key_service: 'Keys are given by the operator of this system.',
    }
    const endpoint = {
      specification: 'http://wiki.open311.org/GeoReport_v2',
      url,
      changeset: iso(0),
      type: 'production',
    }
    const formats = ['application/json', 'text/xml']
    sendObject(
      response,
      format,
      'discovery',
      { ...about, endpoints: [{ ...endpoint, formats }] },
      { ...about, endpoints: { endpoint: [{ ...endpoint, formats: { format: formats } }] } },
    )
  }

  async function answer(request: Request, response: Response): Promise<void> {
    const { parts, format } = addressOf(request)
    const query = valueOf(readFields(Buffer.from(queryOf(request)), ''))
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const [version, what, id] = parts
    const isKnown =
      (parts.length === 1 && version === 'discovery') ||
      (version === 'v2' && parts.length === 2 && (what === 'services' || what === 'requests')) ||
      (version === 'v2' && parts.length === 3 && ['services', 'requests', 'tokens'].includes(what ?? ''))
    if (!isKnown) throw notFound('path', 'names nothing here: see /discovery.json')
    const isPost = method === 'POST' && what === 'requests' && id === undefined
    if (!isPost && method !== 'GET') {
      response.set('Allow', what === 'requests' && id === undefined ? 'GET, POST' : 'GET')
      throw new Refused(refuse('INVALID', `${method} is not possible here`), 405)
    }
    const language = languageOf(request)
    if (isPost) await report(request, response, format, query)
    else if (version === 'discovery') discovery(request, response, format)
    else if (id === undefined && what === 'requests') await listed(request, response, format, query)
    else if (id === undefined) {
      const rows = city.caseClasses.map((each) => serviceRow(each, language))
      sendList(response, format, { root: 'services', item: 'service' }, rows)
    } else if (what === 'services') {
      const caseClass = classes.get(id)
      if (!caseClass) throw notFound('service_code', `names no service: ${id.slice(0, 64)}`)
      const { json, xml } = serviceDefinition(caseClass, language)
      sendObject(response, format, 'service_definition', json, xml)
    } else {
      if (deps.readsNeedKey) callerFor(request, query)
      const incident = await incidentOf(id, what === 'tokens' ? 'token' : 'service_request_id')
      const row =
        what === 'tokens'
          ? { service_request_id: incident.id, token: incident.id }
          : await requestRows(request, query)(incident)
      sendList(response, format, requestsName, [row])
    }
  }

  const router = Router()
  router.use(rawBody(bodyLimit), answer)
  router.use(
    doorBoundary(
      log,
      'open311',
      (request, response, refusal, status) => {
        retryAfter(response, refusal)
        sendErrors(response, formatOf(request), errorsOf(refusal, status))
      },
      (request, response, id) =>
        sendErrors(response, formatOf(request), [{ code: 500, description: `a fault of the server, ${id}` }]),
    ),
  )
  return router
}

function valueOf<Value>(read: Read<Value>): Value {
  if ('errors' in read) throw new Refused(invalid(read.errors))
  return read.value
}

const formatOf = (request: Request): Format => (/\.xml$/i.test(request.path) ? 'xml' : 'json')
const languageOf = (request: Request): Language => (/^\s*en/i.test(request.get('accept-language') ?? '') ? 'en' : 'zh')

function queryOf(request: Request): string {
  const mark = request.originalUrl.indexOf('?')
  return mark < 0 ? '' : request.originalUrl.slice(mark + 1)
}

function addressOf(request: Request): { parts: string[]; format: Format } {
  const path = decodeURIComponent(request.path).replace(/^\/+|\/+$/g, '')
  const format = /\.(json|xml)$/i.exec(path)?.[1]?.toLowerCase()
  if (format === undefined)
    throw new Refused(
      refuse('NOT_FOUND', 'the address must end in .json or .xml', {
        fields: [{ field: 'format', problem: 'must be .json or .xml at the end of the address' }],
      }),
    )
  return { parts: path.slice(0, -format.length - 1).split('/'), format: format === 'xml' ? 'xml' : 'json' }
}

function errorsOf(refusal: Refusal, status: number): { code: number; description: string }[] {
  const fields: readonly FieldError[] = refusal.details?.fields ?? []
  if (fields.length === 0) return [{ code: status, description: refusal.message }]
  return fields.map(({ field, problem }) => ({
    code: status,
    description: `${field === '' ? 'body' : field} ${problem}`,
  }))
}
