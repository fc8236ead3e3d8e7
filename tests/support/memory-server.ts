/** HTTP and sockets as they are, over rows in memory: one server a test, on a free port, with an account of each role. */
import { createAdviceDesk } from '../../server/src/engine/advice-desk.ts'
import { soundOf } from '../../server/src/city/sound-of.ts'
import { createPlaceDesk } from '../../server/src/engine/place-desk.ts'
import { evaluateCases } from '../../server/src/engine/evaluate-cases.ts'
import { funnelOf } from '../../shared/model/case-steps.ts'
import { intervalKpis } from '../../shared/model/time-kpi.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { roles } from '../../shared/model/role.ts'
import type { ClientToServer, ServerToClient } from '../../shared/contract/realtime.ts'
import type { ListQuery } from '../../shared/contract/http.ts'
import { createCommandDoor } from '../../server/src/access/command-door.ts'
import { createDoorKeyRing } from '../../server/src/access/door-key-ring.ts'
import { createPasswords } from '../../server/src/access/passwords.ts'
import { createSessionKeeper, type SessionKeeper } from '../../server/src/access/session-keeper.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { createBaseMap } from '../../server/src/city/base-map/base-map.ts'
import { createMapTiles } from '../../server/src/city/tiles/map-tiles.ts'
import { createHttpApp, type HttpParts } from '../../server/src/http/http-app.ts'
import { createCityTime } from '../../server/src/platform/city-time.ts'
import { createPrometheusMetrics, type PrometheusMetrics } from '../../server/src/platform/prometheus-metrics.ts'
import type { City } from '../../server/src/ports/city.ts'
import type { Log } from '../../server/src/ports/log.ts'
import type { ReadModels } from '../../server/src/ports/store.ts'
import { startGateway, type Gateway, type GatewaySettings } from '../../server/src/realtime/gateway.ts'
import { alarmKpiReference } from './alarm-kpi-reference.ts'
import { createMemoryKpiViews } from './memory-kpi-views.ts'
import { createMemoryAccounts } from './memory-accounts.ts'
import { createMemoryEngine, type MemoryEngine } from './memory-engine.ts'
import { noon } from './sample-rows.ts'

export type TestSocket = Socket<ServerToClient, ClientToServer>
export const password = 'test-password'
const passwords = createPasswords({ memoryCost: 8, timeCost: 1 })
const passwordHash = passwords.hash(password)

export const smallCity: City = {
  profile: {
    id: 'small',
    name: '小城',
    nameEn: 'Small',
    timeZone: 'Asia/Shanghai',
    bbox: [121, 31, 122, 32],
    divisions: [],
    departments: [{ id: 'water', name: '水务局', nameEn: 'Water' }],
  },
  attribution: 'a small city',
  caseClasses: [],
  alarmRules: defaultAlarmRules,
  crews: [],
  plans: [],
  calendar: null,
  cameras: [],
  parts: [],
  locate: () => [],
  districtOf: () => null,
  districtsTouching: () => [],
  travel: () => ({ seconds: 60, metres: 1000, basis: 'straight' }),
  layer: (name) =>
    name === 'roads'
      ? Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [], pad: 'x'.repeat(5000) }))
      : null,
  layerNames: ['roads'],
}

const page = <Row>(rows: Iterable<Row>, query: ListQuery, idOf: (row: Row) => string) => {
  const rest = [...rows].filter((row) => query.cursor === undefined || idOf(row) > query.cursor)
  const items = rest.slice(0, query.limit)
  const last = items.at(-1)
  return { items, next: rest.length > items.length && last !== undefined ? idOf(last) : null }
}

/** Read models that are the engine's own picture. */
const modelsOf = (engine: MemoryEngine): ReadModels => ({
  incidents: async (query) => page(engine.view.incidents.values(), query, (row) => row.id),
  incident: async (id) => engine.view.incidents.get(id) ?? null,
  requests: async () => [],
  alarms: async (query) => page(engine.view.alarms.values(), query, (row) => row.id),
  alarm: async (id) => engine.view.alarms.get(id) ?? null,
  warnings: async (query) => page(engine.view.warnings.values(), query, (row) => row.id),
  warning: async (id) => engine.view.warnings.get(id) ?? null,
  drills: async (query) => page(engine.view.drills.values(), query, (row) => row.id),
  dutyEntries: async () => ({ items: [], next: null }),
  handOvers: async () => ({ items: [], next: null }),
  handOver: async () => null,
  timeline: async (id) => {
    const incident = engine.view.incidents.get(id)
    const hash = { prevHash: '', hash: '' }
    const event = { type: 'incident.reported' as const, incident: incident as NonNullable<typeof incident> }
    return incident ? [{ seq: 1, at: noon, actor: 'duty', cause: 'command:1', event, ...hash }] : []
  },
  alarmKpi: async (question) => alarmKpiReference({ facts: [], announcements: [], floods: [] }, question),
  badActors: async () => [],
  indicators: async () => ({ rows: [], total: {} }),
  funnel: async () => funnelOf([]),
  distribution: async () => ({ count: 0, p50Ms: null, p90Ms: null, p95Ms: null, bins: [] }),
  heat: async () => ({ days: [], hours: [] }),
  kpi: async () => {
    const counts = { reported: 1, filed: 0, closed: 0, refused: 0, onTime: 0, overdue: 0, open: 1 }
    const total = { key: null, ...counts, responseCount: 0, responseP50Ms: null, responseP90Ms: null }
    return { rows: [], total }
  },
  times: async (_query, _timeZone, targets) => ({
    rows: [],
    total: { key: null, intervals: intervalKpis([], targets) },
  }),
})

export interface Entry {
  readonly level: string
  readonly fields: object
  readonly message: string
}

export interface MemoryServer {
  readonly url: string
  readonly engine: MemoryEngine
  readonly sessions: SessionKeeper
  readonly gateway: Gateway
  readonly metrics: PrometheusMetrics
  readonly clock: { at: number; now(): number }
  readonly logged: Entry[]
  /** Reasons `/readyz` gives. */
  readonly reasons: string[]
  /** Cookie header of an account; accounts are named after their roles. */
  signIn(username: string): Promise<string>
  fetch(path: string, init?: RequestInit & { cookie?: string }): Promise<Response>
  /** A socket signed in as this account, connected. */
  connect(username: string | null, options?: { origin?: string }): Promise<TestSocket>
  close(): Promise<void>
}

export async function startMemoryServer(
  options: {
    startRev?: number
    gateway?: Partial<GatewaySettings>
    parts?: Partial<HttpParts>
    /** Questions answered another way than by the engine's own picture. */
    models?: Partial<ReadModels>
    engine?: MemoryEngine
    accounts?: ReturnType<typeof createMemoryAccounts>
    port?: number
  } = {},
): Promise<MemoryServer> {
  const clock = { at: noon, now: () => clock.at }
  const engine = options.engine ?? createMemoryEngine(clock, options.startRev)
  const logged: Entry[] = []
  const write = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message })
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const metrics = createPrometheusMetrics()
  const iso = createCityTime('Asia/Shanghai')
  const accounts = options.accounts ?? createMemoryAccounts()
  const base = { displayName: 'test', departmentId: null, scope: null, unitId: null, disabled: false, isDemo: false }
  const hash = await passwordHash
  for (const role of roles)
    await accounts.save({
      ...base,
      username: role,
      role,
      unitId: role === 'crew' ? 'PUMP-01' : null,
      passwordHash: hash,
    })
  await accounts.save({ ...base, username: 'water', role: 'dept', departmentId: 'water', passwordHash: hash })
  const sessions = createSessionKeeper({ accounts, clock, passwords, allowDemo: true, iso, note: engine.note })
  const commandDoor = createCommandDoor({
    ...{ engine, log, metrics, city: options.parts?.city ?? smallCity },
    models: { ...modelsOf(engine), ...options.models },
  })
  const reasons: string[] = []
  const app = createHttpApp({
    engine,
    city: smallCity,
    // Nothing asks for them but the tests that bring their own.
    tiles: createMapTiles({ packDir: 'nowhere', dataDir: 'nowhere', log }),
    baseMap: createBaseMap({ style: null, crs: 'wgs84', dataDir: 'nowhere', clock, log }),
    dataDir: 'nowhere',
    models: { ...modelsOf(engine), ...options.models },
    history: {
      series: async () => ({ times: [noon], values: [1], truncated: false }),
      hourMeans: async () => [],
      readings: async () => ({ items: [], count: 0 }),
      maintain: async () => ({ droppedPartitions: [] }),
      sizes: async () => ({}),
    },
    auditLog: {
      events: async () => [],
      verify: async () => ({ ok: true, checked: 0, brokenAt: null, problem: null }),
    },
    sessions,
    accounts,
    doorKeys: createDoorKeyRing([{ name: 'm', key: 'metrics-key', doors: ['metrics'] }]),
    commandDoor,
    advisers: createAdviceDesk(engine.view, smallCity),
    places: createPlaceDesk(engine.view, options.parts?.city ?? smallCity, soundOf),
    soundOf,
    evaluate: evaluateCases,
    trend: async () => null,
    kpiViews: createMemoryKpiViews(),
    bulletins: {
      known: async () => new Set(),
      keep: async () => true,
      page: async () => ({ items: [], next: null }),
      file: async () => null,
      toMail: async () => [],
      mailed: async () => undefined,
    },
    exports: { start: () => null, job: () => null, file: () => null, close: async () => undefined },
    recommend: Object.assign(() => [], { set: () => ({ chosen: [], shortfalls: [], cover: [] }) }),
    health: {
      readiness: async () => reasons,
      metricsText: () => metrics.text(),
      metricsType: metrics.contentType,
    },
    doors: [],
    clock,
    log,
    iso,
    pagesDir: 'nowhere',
    version: '0.0.0',
    ...options.parts,
  })
  const server: Server = createServer(app)
  const gateway = startGateway({
    server,
    engine,
    sessions,
    commandDoor,
    clock,
    log,
    metrics,
    settings: { flushMs: 5, frameMs: 20, unitsMs: 50, pulseMs: 100, ...options.gateway },
  })
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sockets: TestSocket[] = []
  const cookies = new Map<string, string>()

  const signIn = async (username: string) => {
    const known = cookies.get(username)
    if (known !== undefined) return known
    const result = await sessions.signIn(username, password, 'test')
    if (!result.ok) throw new Error(result.refusal.message)
    const cookie = `tongguan_session=${result.token}`
    cookies.set(username, cookie)
    return cookie
  }
  return {
    url,
    engine,
    sessions,
    gateway,
    metrics,
    clock,
    logged,
    reasons,
    signIn,
    fetch: (path, { cookie, ...init } = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { ...init.headers, ...(cookie === undefined ? {} : { cookie }) } }),
    async connect(username, { origin } = {}) {
      const socket: TestSocket = io(url, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders: {
          ...(username === null ? {} : { cookie: await signIn(username) }),
          ...(origin === undefined ? {} : { origin }),
        },
      })
      sockets.push(socket)
      await new Promise<void>((done, broken) => {
        socket.once('connect', done)
        socket.once('connect_error', broken)
      })
      return socket
    },
    async close() {
      for (const socket of sockets) socket.disconnect()
      await gateway.close()
      server.closeAllConnections()
    },
  }
}

/** Resolves with the first answer of `look` that is not undefined; looks again each few ms. */
export async function until<T>(look: () => T | undefined, what = 'condition', withinMs = 10_000): Promise<T> {
  const endAt = performance.now() + withinMs
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (performance.now() > endAt) throw new Error(`not in time: ${what}`)
    await new Promise((done) => setTimeout(done, 5))
  }
}
