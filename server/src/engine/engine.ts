/**
 * The single writer. Guarantees: inputs are decided one after another, in order of arrival; each is answered after the
 * commit that holds it; listeners hear of commits in order; a commit that cannot be made stops everything, and is said.
 * While one batch is being stored the next gathers, and under load a little longer, so that batches grow with it. Refuses
 * to know formats, wires and SQL.
 */
import type { Actor } from '../../../shared/model/role.ts'
import type { Command, CommandEnvelope } from '../../../shared/model/command.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import { refuse } from '../../../shared/model/refusal.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { AlarmWatch } from '../domain/alarm/watch.ts'
import { DeviationWatch, type PastReading } from '../domain/anomaly/deviation-watch.ts'
import { DataWatch } from '../domain/alarm/data-watch.ts'
import { rulesInForce } from '../domain/alarm/rules-in-force.ts'
import { returnEvents } from '../domain/alarm/moves.ts'
import { LinkWatch } from '../domain/unit/link-watch.ts'
import { evictEnded, newCityState } from '../domain/state.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { Commit, CommandOutcome, Engine } from '../ports/engine.ts'
import type { EngineStore, EventHasher } from '../ports/store.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { cityContext } from './city-context.ts'
import type { Core } from './deliberation.ts'
import { Deliberation } from './deliberation.ts'
import type { Input } from './input-queue.ts'
import { InputQueue } from './input-queue.ts'
import { PublishedView } from './published-view.ts'
import { primeDataWatch, primeDeviationWatch, primeDrillWatch, primeWatch, recover } from './recovery.ts'
import { RememberedCommands } from './remembered-commands.ts'
import type { EngineSettings } from './settings.ts'
import { defaultEngineSettings } from './settings.ts'
import { SnapshotKeeper } from './snapshot-keeper.ts'
import { StoreDesk } from './store-desk.ts'

export interface EngineParts {
  readonly store: EngineStore
  readonly city: City
  readonly clock: Clock
  readonly hasher: EventHasher
  readonly log: Log
  readonly metrics: Metrics
  readonly settings?: Partial<EngineSettings>
  /** The newest stored readings of a sensor, oldest first: detectors learn habits from them after a start. Absent = they begin anew. */
  readonly recall?: (sensorId: number) => Promise<readonly PastReading[]>
}

export interface EngineRuntime {
  readonly engine: Engine
  /** Rebuilds state, enrols the city's crews, begins to tick. Rejects where the log cannot be read. */
  start(): Promise<void>
  /** Decides what waits, saves a snapshot, refuses the rest. */
  stop(): Promise<void>
  /** One tick now; resolves after its commit. */
  tick(): Promise<void>
  /** Called after each tick with its instant. */
  onTick(listener: (now: Instant) => void): () => void
  /** Called once, when the engine has stopped because the store failed it. */
  onFault(listener: (fault: Error) => void): () => void
  /** Why it stopped by itself; null while all is well. */
  readonly fault: Error | null
  readonly isReady: boolean
  /** Ids of readings grow with arrival: the next one. */
  nextReadingId(): number
}

const busy: CommandOutcome = { ok: false, refusal: refuse('BUSY', 'try again shortly', { retryAfterS: 1 }) }

export function createEngine(parts: EngineParts): EngineRuntime {
  const { store, city, clock, hasher, log, metrics } = parts
  const settings: EngineSettings = { ...defaultEngineSettings, ...parts.settings }
  const dayOf = cityCalendar(city.profile.timeZone)
  const queue = new InputQueue(settings)
  const view = new PublishedView(newCityState(dayOf))
  const contextAt = cityContext(city, dayOf, view.fixes, settings.consoles)
  const snapshots = new SnapshotKeeper({
    store,
    log,
    metrics,
    everyEvents: settings.snapshotEveryEvents,
    everyPart: settings.snapshotEveryPart,
  })
  const desk = new StoreDesk(store, log, settings)
  const commitListeners = new Set<(commit: Commit) => void>()
  const tickListeners = new Set<(now: Instant) => void>()
  const faultListeners = new Set<(fault: Error) => void>()
  let core: Core | null = null
  let loop: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let phase: 'new' | 'running' | 'stopping' | 'stopped' = 'new'
  let fault: Error | null = null
  let maxReadingId = 0
  let isTickQueued = false

  const unfit = () => fault ?? named('EngineBusy', `the engine is ${phase === 'running' ? 'full' : phase}`)
  const put = (input: Input): boolean => phase === 'running' && fault === null && queue.put(input)
  const ask = <T>(make: (resolve: (answer: T) => void, reject: (reason: Error) => void) => Input): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!put(make(resolve, reject))) reject(unfit())
    })

  function submit(actor: Actor, envelope: CommandEnvelope<Command>, cause: string): Promise<CommandOutcome> {
    return new Promise((resolve, reject) => {
      if (fault !== null) reject(fault)
      else if (!put({ kind: 'command', actor, envelope, cause, resolve, reject })) resolve(busy)
    })
  }

  const engine: Engine = {
    view,
    submit: (actor, envelope) => submit(actor, envelope, `command:${envelope.commandId}`),
    observe: (readings) => ask((resolve, reject) => ({ kind: 'readings', readings, resolve, reject })),
    fix: (fixes) => ask((resolve, reject) => ({ kind: 'fixes', fixes, resolve, reject })),
    note: (actor, act, ok, subject, details) =>
      ask((resolve, reject) => ({
        kind: 'note',
        actor,
        event: { type: 'audit.noted', act, ok, subject, details },
        resolve,
        reject,
      })),
    onCommit: (listener) => subscribe(commitListeners, listener),
  }

  /** Never earlier than the last event: a clock set back must not turn the log's order round. */
  const nowFor = (one: Core): Instant => Math.max(clock.now(), one.state.at)

  async function run(one: Core): Promise<void> {
    let isLoaded = false
    for (;;) {
      await queue.waiting()
      if (isLoaded) await queue.gathered()
      if (queue.isEmpty && phase === 'stopping') return
      const inputs = queue.take()
      if (inputs.length === 0) continue
      try {
        const known = await desk.lookUp(inputs, one)
        const batch = new Deliberation(one, contextAt(nowFor(one)), known)
        for (const input of inputs) batch.take(input)
        isLoaded = batch.readings.length >= settings.loadFrom
        await settle(one, batch)
      } catch (error) {
        fail(error, inputs)
        return
      }
    }
  }

  async function settle(one: Core, batch: Deliberation): Promise<void> {
    const startedAt = performance.now()
    const duplicates = batch.isEmpty ? new Map<number, number>() : await desk.commit(batch)
    const { state } = one
    const at = nowFor(one)
    const prev = view.rev
    const { keepEndedMs, keepEndedCount } = settings
    const evicted = batch.events.length === 0 ? [] : evictEnded(state, at, keepEndedMs, keepEndedCount)
    const touched = view.publish(batch.changes, evicted)
    const uncovered = view.take(batch.readings, batch.fixes)
    for (const error of batch.faults) log.error({ error }, 'a rule failed')
    batch.answer(duplicates)
    if (batch.isEmpty) return
    metrics.observe('tongguan_engine_commit_seconds', (performance.now() - startedAt) / 1000)
    if (batch.events.length > 0) metrics.count('tongguan_engine_events_total', {}, batch.events.length)
    const { events, readings, fixes } = batch
    const commit: Commit = { epoch: view.epoch, prev, rev: view.rev, at, events, touched, readings, fixes, uncovered }
    for (const listener of commitListeners) {
      try {
        listener(commit)
      } catch (error) {
        log.error({ error }, 'a listener failed')
      }
    }
    snapshots.offer(state)
  }

  function fail(error: unknown, inputs: readonly Input[]): void {
    fault = error instanceof Error ? error : new Error(String(error))
    log.error({ error: fault }, 'engine stopped: what is decided could not be stored')
    clearInterval(timer)
    for (const input of inputs) input.reject(fault)
    while (!queue.isEmpty) for (const input of queue.take()) input.reject(fault)
    for (const listener of faultListeners) listener(fault)
  }

  async function start(): Promise<void> {
    if (phase !== 'new') throw new Error('an engine is started once')
    const startedAt = performance.now()
    const recovered = await recover(store, dayOf, settings)
    const { state, epoch, headHash, snapshotRev, replayed } = recovered
    maxReadingId = recovered.maxReadingId
    const nowAt = Math.max(clock.now(), state.at)
    const latest = await store.latestReadings()
    const fixes = await store.latestFixes()
    const packRules = city.alarmRules
    const rules = rulesInForce(packRules, state.ruleChanges)
    const watch = new AlarmWatch(rules)
    const drillWatch = new AlarmWatch(rules)
    const dataWatch = settings.missesSilent ? new DataWatch(rules, state.sensors, nowAt) : null
    const deviationWatch = new DeviationWatch(rules, dayOf)
    primeDeviationWatch(deviationWatch, state)
    const ended = primeWatch(watch, state, latest)
    primeDrillWatch(drillWatch, state)
    if (dataWatch !== null) primeDataWatch(dataWatch, state, latest)
    const remembered = new RememberedCommands(settings.rememberedCommands)
    // A day that came while nothing ran begins with the first tick: pages that come back hold the numbers of the day before.
    const day = dayOf(state.rev === 0 ? clock.now() : state.at)
    const links = new LinkWatch()
    for (const fix of fixes) {
      const unit = state.units.get(fix.unitId)
      if (unit !== undefined) links.heard(unit, fix.fixAt)
    }
    core = {
      state,
      watch,
      drillWatch,
      dataWatch,
      deviationWatch,
      packRules,
      links,
      remembered,
      hasher,
      headHash,
      dayStartAt: day.startAt,
    }
    snapshots.begin(snapshotRev)
    view.reset(state, epoch)
    view.take(latest, fixes)
    const batch = new Deliberation(core, contextAt(nowFor(core)), new Map())
    batch.announceAll(ended)
    batch.emit(orphanReturns(core), 'start')
    await settle(core, batch)
    phase = 'running'
    loop = run(core)
    await Promise.all(city.crews.map((command) => submit(systemActor, { commandId: '', command }, 'start')))
    if (settings.tickMs > 0) timer = setInterval(() => void tick().catch(() => undefined), settings.tickMs)
    void relearn(deviationWatch, state)
    const ms = Math.round(performance.now() - startedAt)
    log.info({ rev: state.rev, snapshotRev, replayed, ms }, 'state rebuilt')
  }

  /** One sensor after another, while the city runs: what was said of it meanwhile is in the store as well. */
  async function relearn(watch: DeviationWatch, state: Core['state']): Promise<void> {
    if (parts.recall === undefined) return
    const sensorIds = [...state.sensors.values()].filter(({ kind }) => watch.watches(kind)).map(({ id }) => id)
    for (const id of sensorIds) watch.expectPast(id)
    for (const id of sensorIds) {
      if (phase !== 'running' || fault !== null) return
      let past: readonly PastReading[] = []
      try {
        past = await parts.recall(id)
      } catch (error) {
        log.warn({ error, sensorId: id }, 'the past of a sensor could not be read: its habits are learned anew')
      }
      if (state.sensors.has(id)) watch.teach(id, past)
    }
  }

  /** Alarms that nobody could return any more: their rule left the city, or they were of a process that has ended. */
  function orphanReturns({ state }: Core) {
    const rules = new Set(rulesInForce(city.alarmRules, state.ruleChanges).map((rule) => rule.id))
    return [...state.alarms.values()]
      .filter((alarm) => (alarm.sensorId === null && alarm.gateway === null) || !rules.has(alarm.ruleId))
      .flatMap((alarm) => returnEvents(alarm, alarm.value).map((event) => ({ event })))
  }

  async function tick(): Promise<void> {
    if (isTickQueued) return
    isTickQueued = true
    try {
      await ask<void>((resolve, reject) => ({ kind: 'tick', resolve, reject }))
    } finally {
      isTickQueued = false
    }
    const { commands, readings } = queue.size
    metrics.gauge('tongguan_engine_waiting', commands, { kind: 'commands' })
    metrics.gauge('tongguan_engine_waiting', readings, { kind: 'readings' })
    for (const listener of tickListeners) listener(clock.now())
  }

  async function stop(): Promise<void> {
    clearInterval(timer)
    if (phase !== 'running') return
    phase = 'stopping'
    queue.close()
    await loop
    if (core !== null && fault === null) await snapshots.finish(core.state)
    phase = 'stopped'
  }

  return {
    engine,
    start,
    stop,
    tick,
    onTick: (listener) => subscribe(tickListeners, listener),
    onFault: (listener) => subscribe(faultListeners, listener),
    nextReadingId: () => ++maxReadingId,
    get fault() {
      return fault
    },
    get isReady() {
      return phase === 'running' && fault === null
    },
  }
}

/** `EngineBusy`: this call was not taken, and changed nothing; a later one may be. */
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name })

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
