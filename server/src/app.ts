/**
 * The composition root: the only place that knows every room. Guarantees: the port answers from the first moment (alive, not
 * ready); whatever was opened is closed again, in the opposite order, when a step fails or the server stops; what is on its
 * way through doors and engine is answered before the database closes.
 */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCommandDoor } from './access/command-door.ts'
import { ensureDemoAccounts, type DemoAccounts } from './access/demo-accounts.ts'
import { createDoorKeyRing } from './access/door-key-ring.ts'
import { createPasswords } from './access/passwords.ts'
import { forgetDemoAccounts, keptDemoPassword, readDoorKeys, writeDemoAccounts } from './access/secret-files.ts'
import { createSessionKeeper, type SessionKeeper } from './access/session-keeper.ts'
import { timeTargetsOf } from '../../shared/model/dispatch-settings.ts'
import { createBaseMap } from './city/base-map/base-map.ts'
import { loadCity } from './city/load-city.ts'
import { soundOf } from './city/sound-of.ts'
import { createMapTiles } from './city/tiles/map-tiles.ts'
import { version, type Config } from './config.ts'
import { createCapDoor } from './doors/cap/door.ts'
import { createMqttDoor } from './doors/mqtt/door.ts'
import { createOpen311Door } from './doors/open311/door.ts'
import { createOwnTracksDoor } from './doors/owntracks/door.ts'
import { createSensorThingsDoor } from './doors/sensorthings/door.ts'
import { defaultAlarmRules } from './domain/alarm-rules.ts'
import { defaultCaseClasses } from './domain/case-classes.ts'
import { createEngine, type EngineRuntime } from './engine/engine.ts'
import { createAdviceDesk } from './engine/advice-desk.ts'
import { evaluateCases } from './engine/evaluate-cases.ts'
import { createPlaceDesk } from './engine/place-desk.ts'
import { recommendUnits } from './engine/recommend-units.ts'
import { createPageBuild } from './http/page-build.ts'
import { createHttpApp, notReadyHandler } from './http/http-app.ts'
import { habitsFrom } from './intake/habits-from.ts'
import { createIntake } from './intake/intake.ts'
import { createCityTime } from './platform/city-time.ts'
import { ensureDataFolder } from './platform/data-folder.ts'
import { hashEvent, hashText } from './platform/event-hash.ts'
import { createPinoLog } from './platform/pino-log.ts'
import { createPrometheusMetrics } from './platform/prometheus-metrics.ts'
import { listenProblem } from './platform/start-error.ts'
import { systemClock } from './platform/system-clock.ts'
import type { City } from './ports/city.ts'
import type { Clock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import { startGateway, type GatewaySettings } from './realtime/gateway.ts'
import { openReports } from './reports/open-reports.ts'
import { openStore, type Store } from './store/open-store.ts'

const minuteMs = 60_000
/** How long requests on their way may take once the server stops. */
const graceMs = 3000
/** Longer than gateways and proxies keep an unused line: else it is closed with their next request on its way, and they cannot know. */
const keepAliveMs = 65_000

export interface Overrides {
  readonly clock?: Clock
  readonly log?: Log
  /** Folder of the built pages. */
  readonly pagesDir?: string
  readonly gateway?: Partial<GatewaySettings>
}

export interface Started {
  readonly url: string
  readonly mqttPort: number | null
  readonly demo: DemoAccounts | null
  /** False where nobody can sign in. */
  readonly hasAccounts: boolean
}

export interface App {
  /** Resolves when everything works. Rejects, with everything closed again, where a step fails. */
  start(onProgress?: (text: string) => void): Promise<Started>
  stop(): Promise<void>
  /** The engine stopped because the store failed it: nothing can be acknowledged any more. */
  onFault(listener: (fault: Error) => void): void
}

export function createApp(config: Config, overrides: Overrides = {}): App {
  const { clock = systemClock, log = createPinoLog(config.logLevel), pagesDir = 'dist/client' } = overrides
  const metrics = createPrometheusMetrics()
  const closers: (() => void | Promise<void>)[] = []
  const faultListeners: ((fault: Error) => void)[] = []
  let phase = 'starting'

  /** Serves from now on: first that it is not ready, then what `serve` is given. */
  async function listen() {
    let handler: RequestListener = notReadyHandler(() => [phase])
    const server = createServer((request, response) => handler(request, response))
    server.keepAliveTimeout = keepAliveMs
    await new Promise<void>((done, broken) => {
      server.once('error', (error) => broken(listenProblem(error, 'PORT', config.port, config.host)))
      server.listen(config.port, config.host, done)
    })
    const closed = () =>
      new Promise<void>((done) => {
        server.close(() => done())
        setTimeout(() => server.closeAllConnections(), graceMs).unref()
      })
    closers.push(closed)
    const { port } = server.address() as AddressInfo
    const host = config.host.includes(':') ? `[${config.host}]` : config.host
    return { server, url: `http://${host}:${port}`, serve: (next: RequestListener) => void (handler = next) }
  }

  async function openAccess(store: Store, city: City, runtime: EngineRuntime, iso: (at: number) => string) {
    const passwords = createPasswords()
    const allowDemo = config.demo === 'on' || (config.demo === 'auto' && config.isLoopback)
    const keys = readDoorKeys(config.dataDir, { ingest: config.ingestKey, drill: config.drillKey })
    let demo: DemoAccounts | null = null
    if (allowDemo) {
      const password = config.demoPassword ?? keptDemoPassword(config.dataDir)
      const crews = city.crews.map(({ unitId, name }) => ({ unitId, name }))
      const district = city.profile.divisions.find(({ level }) => level === 2)
      demo = await ensureDemoAccounts({
        ...{ accounts: store.accounts, passwords, crews, password },
        ...(district === undefined ? {} : { district }),
      })
    }
    const ingestKey = keys.find((key) => key.name === 'ingest')?.key ?? null
    if (demo) writeDemoAccounts(config.dataDir, demo, ingestKey)
    else forgetDemoAccounts(config.dataDir)
    const { note } = runtime.engine
    const sessions = createSessionKeeper({ accounts: store.accounts, note, clock, passwords, allowDemo, iso })
    return { sessions, demo, doorKeys: createDoorKeyRing(keys), hasAccounts: (await store.accounts.count()) > 0 }
  }

  /** Does it once a minute until the server stops, never twice at once; what is on its way is let finish. */
  function eachMinute(work: () => Promise<void>, isAtOnce: boolean): void {
    let running: Promise<void> | null = null
    const go = () => {
      running ??= work().finally(() => (running = null))
    }
    if (isAtOnce) go()
    const timer = setInterval(go, minuteMs)
    closers.push(async () => {
      clearInterval(timer)
      await running
    })
  }

  /** The upkeep of every minute. */
  function everyMinute(store: Store, sessions: SessionKeeper) {
    const once = async () => {
      try {
        const { droppedPartitions } = await store.history.maintain(clock.now())
        if (droppedPartitions.length > 0) log.info({ droppedPartitions }, 'history past its retention was dropped')
        await sessions.sweep()
        for (const [table, bytes] of Object.entries(await store.history.sizes()))
          metrics.gauge('tongguan_database_bytes', bytes, { table })
      } catch (error) {
        log.error({ error }, 'the upkeep of a minute failed')
      }
    }
    eachMinute(once, true)
  }

  async function build(onProgress: (text: string) => void): Promise<Started> {
    const step = (text: string) => {
      phase = text
      onProgress(text)
    }
    ensureDataFolder(config.dataDir)
    const { server, url, serve } = await listen()

    step('opening the database and reading the city')
    const defaults = { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules }
    const cityRead = loadCity(config.cityDir, defaults)
    const timeZone = cityRead.then((city) => city.profile.timeZone)
    const timeTargets = cityRead.then(timeTargetsOf)
    // Whoever awaits them below hears of a fault; the database may fail first.
    for (const awaited of [cityRead, timeZone, timeTargets]) awaited.catch(() => undefined)
    const store = await openStore({
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      onProgress: step,
      clock,
      hashEvent,
      hashText,
      timeZone,
      timeTargets,
      retention: {
        rawRetentionMs: config.rawRetentionHours * 60 * minuteMs,
        rollupRetentionMs: config.rollupRetentionDays * 24 * 60 * minuteMs,
      },
    })
    closers.push(() => store.close())

    const city = await cityRead
    const iso = createCityTime(city.profile.timeZone)

    step('rebuilding state from the log')
    const { consoles } = config
    const settings = { consoles }
    const recall = habitsFrom(store.history, clock)
    const parts = { store: store.engineStore, city, clock, hasher: hashEvent, log, metrics, settings, recall }
    const runtime = createEngine(parts)
    runtime.onFault((fault) => faultListeners.forEach((listener) => listener(fault)))
    await runtime.start()
    closers.push(() => runtime.stop())
    const { engine } = runtime

    step('opening the doors')
    const { sessions, demo, doorKeys, hasAccounts } = await openAccess(store, city, runtime, iso)
    everyMinute(store, sessions)
    const { nextReadingId, onTick } = runtime
    const intake = createIntake({ engine, clock, metrics, nextReadingId, onTick })
    const common = { engine, intake, keys: doorKeys, clock, log, metrics }
    let mqttPort: number | null = null
    if (config.mqttPort > 0) {
      const door = await createMqttDoor({ ...common, baseUrl: `${url}/sta/v1.1` })
      mqttPort = await door.listen(config.mqttPort, config.host).catch((error: unknown) => {
        throw listenProblem(error, 'MQTT_PORT', config.mqttPort, config.host)
      })
      closers.push(() => door.close())
    }
    const mqttUrl = mqttPort === null ? {} : { mqttUrl: `mqtt://${new URL(url).hostname}:${mqttPort}` }

    const readiness = async () => {
      const isAnswering = await store.database.query('select 1').then(
        () => true,
        () => false,
      )
      return [
        ...(runtime.fault
          ? ['engine: what is decided could not be stored']
          : runtime.isReady
            ? []
            : ['engine: not running']),
        ...(isAnswering ? [] : ['database: does not answer']),
        ...(phase === 'ready' ? [] : [phase]),
      ]
    }
    const commandDoor = createCommandDoor({ engine, log, metrics, city, models: store.readModels })
    const gateway = startGateway({
      server,
      engine,
      sessions,
      commandDoor,
      clock,
      log,
      metrics,
      programme: city.programme ?? null,
      build: createPageBuild(pagesDir),
      settings: { frameMs: 1000 / config.telemetryHz, ...overrides.gateway },
    })
    closers.push(() => gateway.close())
    metrics.onScrape(() => {
      metrics.gauge('tongguan_socket_clients', gateway.clients)
      metrics.gauge('tongguan_delta_log_rows', gateway.deltaRows)
      gateway.measureDisplays()
    })
    const tiles = createMapTiles({ packDir: config.cityDir, dataDir: config.dataDir, log })
    closers.push(() => tiles.close())
    const { mapStyle: style, mapCrs: crs, dataDir } = config
    const baseMap = createBaseMap({ style, crs, dataDir, clock, log })
    const { mail } = config
    const reports = openReports({ store, engine, city, clock, log, iso, consoles, evaluate: evaluateCases, mail })
    closers.push(() => reports.close())
    // Bulletins wait for the first minute: a start has enough to do.
    eachMinute(() => reports.keeper.look(), false)
    const recommend = recommendUnits(engine.view, city, clock)
    serve(
      createHttpApp({
        engine,
        consoles,
        city,
        tiles,
        baseMap,
        dataDir,
        models: store.readModels,
        history: store.history,
        auditLog: store.auditLog,
        sessions,
        accounts: store.accounts,
        kpiViews: store.kpiViews,
        bulletins: store.bulletins,
        doorKeys,
        commandDoor,
        recommend,
        advisers: createAdviceDesk(engine.view, city),
        places: createPlaceDesk(engine.view, city, soundOf),
        soundOf,
        evaluate: evaluateCases,
        trend: reports.trend,
        exports: reports.exports,
        health: { readiness, metricsText: () => metrics.text(), metricsType: metrics.contentType },
        doors: [
          { path: '/sta/v1.1', handler: createSensorThingsDoor({ ...common, history: store.history, ...mqttUrl }) },
          { path: '/open311', handler: createOpen311Door({ ...common, city, iso, readModels: store.readModels }) },
          { path: '/owntracks', handler: createOwnTracksDoor(common) },
          { path: '/cap', handler: createCapDoor({ ...common, city, iso, readModels: store.readModels }) },
        ],
        clock,
        log,
        iso,
        pagesDir,
        version,
      }),
    )
    phase = 'ready'
    return { url, mqttPort, demo, hasAccounts }
  }

  async function stop() {
    phase = 'stopping'
    for (const close of closers.splice(0).reverse()) {
      try {
        await close()
      } catch (error) {
        log.error({ error }, 'a part did not close')
      }
    }
  }

  return {
    async start(onProgress = () => undefined) {
      try {
        return await build(onProgress)
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
    onFault: (listener) => void faultListeners.push(listener),
  }
}
