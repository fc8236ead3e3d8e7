/**
 * The HTTP side as one Express app: health, doors, own API, map, pages, in this order, behind one set of headers.
 * Guarantees that nothing served asks for another host, and that every answer under `/api` is JSON, also the wrong ones.
 */
import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { customaryProgramme } from '../../../shared/model/display.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import type { CityAnswer } from '../../../shared/contract/http.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { refuse } from '../../../shared/model/refusal.ts'
import type { CommandDoor } from '../access/command-door.ts'
import type { DoorKeys, Sessions } from '../ports/access.ts'
import type { BaseMap } from '../ports/base-map.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Log } from '../ports/log.ts'
import type { Exports, Trend } from '../ports/reports.ts'
import type { MapTiles } from '../ports/tiles.ts'
import type { Accounts, AuditLog, Bulletins, History, KpiViews, ReadModels } from '../ports/store.ts'
import { accountRoutes } from './account-routes.ts'
import { adviceRoutes, type Advisers } from './advice-routes.ts'
import { classRoutes, type SoundOf } from './class-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { dutyRoutes } from './duty-routes.ts'
import { docsPage } from './docs-page.ts'
import { bulletinRoutes } from './bulletin-routes.ts'
import { baseMapRoutes } from './base-map-routes.ts'
import { analysisRoutes } from './analysis-routes.ts'
import { alarmKpiRoutes } from './alarm-kpi-routes.ts'
import { createGuard } from './guard.ts'
import { exportRoutes } from './export-routes.ts'
import { healthRoutes, type HealthSource } from './health-routes.ts'
import { alarmRuleRoutes, rulesNow } from './alarm-rule-routes.ts'
import { incidentRoutes, type Recommend } from './incident-routes.ts'
import type { Evaluate } from './indicator-page.ts'
import { indicatorRoutes } from './indicator-routes.ts'
import { timeTargetsOf } from '../../../shared/model/dispatch-settings.ts'
import { kpiViewRoutes } from './kpi-view-routes.ts'
import { kpiRoutes } from './kpi-routes.ts'
import { logRoutes } from './log-routes.ts'
import { mapRoutes } from './map-routes.ts'
import { openApiDocument } from './openapi.ts'
import { ownRequestsOnly } from './own-requests.ts'
import { pages } from './pages.ts'
import { faultBoundary, sendRefusal, statusOf } from './reply.ts'
import { placeRoutes, type Places } from './place-routes.ts'
import { planRoutes } from './plan-routes.ts'
import { roadRoutes } from './road-routes.ts'
import { rowRoutes } from './row-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import type { WordInstant } from './wire.ts'

export interface HttpParts {
  readonly engine: Engine
  readonly city: City
  readonly tiles: MapTiles
  readonly baseMap: BaseMap
  /** Its folder `basemap` holds the keeper's own files of a base map. */
  readonly dataDir: string
  readonly models: ReadModels
  readonly history: History
  readonly auditLog: AuditLog
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly doorKeys: DoorKeys
  readonly commandDoor: CommandDoor
  readonly recommend: Recommend
  readonly advisers: Advisers
  readonly places: Places
  readonly soundOf: SoundOf
  readonly evaluate: Evaluate
  readonly trend: Trend
  readonly kpiViews: KpiViews
  readonly exports: Exports
  readonly bulletins: Bulletins
  readonly health: HealthSource
  /** Doors of the standards; each reads its own bodies. */
  readonly doors: readonly { readonly path: string; readonly handler: RequestHandler }[]
  readonly clock: Clock
  readonly log: Log
  readonly iso: WordInstant
  /** Officers' consoles that share the load of alarms; 1 where it is not said. */
  readonly consoles?: number
  /** Folder of the built pages. */
  readonly pagesDir: string
  readonly version: string
}

/** Headers of every answer. MapLibre's worker may be a blob, and its and Naive UI's styles are set by script. */
const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'worker-src': ["'self'", 'blob:'],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'self'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  strictTransportSecurity: false,
  originAgentCluster: false,
  referrerPolicy: { policy: 'same-origin' },
})

function ownApi(parts: HttpParts): express.Router {
  const {
    engine,
    city,
    models,
    history,
    auditLog,
    sessions,
    commandDoor,
    recommend,
    clock,
    iso,
    version,
    consoles = 1,
  } = parts
  const guard = createGuard(sessions, iso)
  const router = express.Router()
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  router.use(ownRequestsOnly)
  router.use(express.json({ limit: '64kb' }))

  const document = openApiDocument(version)
  router.get('/openapi.json', (_request, response) => void response.json(document))
  router.use(sessionRoutes({ sessions, clock }))
  router.post(
    '/commands',
    guard(null, async (request, { signedIn }) => {
      const ack = await commandDoor(signedIn.actor, request.body)
      return ack.ok ? { body: ack } : { body: ack, status: statusOf(ack.error.code) }
    }),
  )
  router.get(
    '/city',
    guard('city', () => {
      const { profile, caseClasses, layerNames } = city
      const alarmRules = rulesNow(city.alarmRules, engine.view)
      const { isOutside, crs } = parts.baseMap
      const baseMap = { isOutside, crs }
      const caseSettings = city.caseSettings ?? defaultCaseSettings
      const programme = city.programme ?? customaryProgramme
      const told = { profile, caseClasses, alarmRules, caseSettings, programme, layerNames, baseMap }
      const body: CityAnswer = { ...told, contract: contractVersion, version }
      return { body }
    }),
  )
  router.get(
    '/modes',
    guard('mode', () => ({ body: city.modes ?? customaryEffects })),
  )
  router.use(incidentRoutes({ engine, models, recommend, guard, iso }))
  router.use(alarmRuleRoutes({ engine, alarmRules: city.alarmRules, guard }))
  router.use(adviceRoutes({ view: engine.view, models, advisers: parts.advisers, clock, guard }))
  router.use(placeRoutes({ places: parts.places, guard }))
  router.use(classRoutes({ caseClasses: city.caseClasses, soundOf: parts.soundOf, guard }))
  router.use(roadRoutes({ engine, stretchAt: parts.places.stretchAt, guard }))
  router.use(deskRoutes({ engine, clock, guard, iso }))
  router.use(dutyRoutes({ engine, models, city, clock, guard }))
  router.use(planRoutes({ engine, plans: city.plans, guard }))
  router.use(alarmKpiRoutes({ models, clock, guard, iso, timeZone: city.profile.timeZone, consoles }))
  router.use(
    indicatorRoutes({
      models,
      clock,
      guard,
      iso,
      timeZone: city.profile.timeZone,
      evaluate: parts.evaluate,
      divisions: city.profile.divisions,
    }),
  )
  router.use(accountRoutes({ accounts: parts.accounts, engine, city, guard }))
  router.use(rowRoutes({ engine, models, history, guard, clock }))
  const targets = timeTargetsOf(city)
  router.use(kpiRoutes({ engine, models, clock, guard, iso, timeZone: city.profile.timeZone, targets }))
  router.use(
    analysisRoutes({ models, trend: parts.trend, clock, guard, iso, timeZone: city.profile.timeZone, targets }),
  )
  router.use(kpiViewRoutes({ views: parts.kpiViews, clock, guard }))
  router.use(bulletinRoutes({ bulletins: parts.bulletins, engine, guard }))
  router.use(exportRoutes({ exports: parts.exports, engine, guard }))
  router.use(logRoutes({ engine, auditLog, guard, iso }))
  return router
}

export function createHttpApp(parts: HttpParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.use(headers)
  app.use(healthRoutes(parts.health, parts.doorKeys))
  for (const door of parts.doors) app.use(door.path, door.handler)
  const docs = docsPage(openApiDocument(parts.version))
  app.get('/api/docs', (_request, response) => void response.type('html').send(docs))
  app.use('/api/v1', ownApi(parts))
  const { city, engine, tiles } = parts
  const guard = createGuard(parts.sessions, parts.iso)
  app.use('/map', mapRoutes({ city, engine, tiles, guard }))
  app.use('/map', baseMapRoutes({ baseMap: parts.baseMap, dataDir: parts.dataDir, guard }))
  app.use(['/api', '/map'], (_request, response) => sendRefusal(response, refuse('NOT_FOUND', 'no such address')))
  app.use(pages(parts.pagesDir))
  app.use((_request, response) => void response.status(404).type('text/plain').send('not found\n'))
  app.use(faultBoundary(parts.log))
  return app
}

/** What answers before everything stands: alive, and not ready. */
export const notReadyHandler =
  (reasons: () => readonly string[]): ((request: { url?: string | undefined }, response: NotReadyResponse) => void) =>
  (request, response) => {
    const path = request.url?.split('?')[0]
    const isAlive = path === '/healthz'
    const body = isAlive
      ? { ok: true }
      : path === '/readyz'
        ? { ready: false, reasons: reasons() }
        : {
            error: {
              code: 'BUSY',
              message: 'the server is starting',
              details: { retryAfterS: 2 },
              id: crypto.randomUUID(),
            },
          }
    response.writeHead(isAlive ? 200 : 503, { 'Content-Type': 'application/json', 'Retry-After': '2' })
    response.end(JSON.stringify(body))
  }
interface NotReadyResponse {
  writeHead(status: number, headers: Record<string, string>): unknown
  end(text: string): unknown
}
