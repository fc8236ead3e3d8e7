/** Small in-memory ports for the doors' own tests: enough to answer truly, nothing to decide. */
import { FiledMemory } from '../../server/src/domain/advice/filed-memory.ts'
import { CaseIndex } from '../../server/src/domain/duplicate/case-index.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Router } from 'express'
import { soleCondition, unnamedStandard, type CaseClass } from '../../shared/model/case-class.ts'
import type { InternalCommand, Command } from '../../shared/model/command.ts'
import type { Entity, EntityDraft, EntityKind, EntityLink } from '../../shared/model/catalog.ts'
import type { LoggedEvent, DomainEvent } from '../../shared/model/event.ts'
import type { Drill } from '../../shared/model/drill.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Reading } from '../../shared/model/reading.ts'
import { refuse } from '../../shared/model/refusal.ts'
import type { Actor } from '../../shared/model/role.ts'
import type { Unit, UnitFix } from '../../shared/model/unit.ts'
import type { DoorKeys, DoorName } from '../../server/src/ports/access.ts'
import type { City } from '../../server/src/ports/city.ts'
import type { Clock } from '../../server/src/ports/clock.ts'
import type { Commit, CommandOutcome, Engine } from '../../server/src/ports/engine.ts'
import type { IncomingObservation, Intake, IntakeOutcome } from '../../server/src/ports/intake.ts'
import type { Log } from '../../server/src/ports/log.ts'
import type { Metrics } from '../../server/src/ports/metrics.ts'
import type { History, ReadModels } from '../../server/src/ports/store.ts'

export const startAt = Date.UTC(2026, 6, 1, 0, 0, 0)
export const doorKey = 'a-key-for-the-doors'
const doors: readonly DoorName[] = ['sensorthings', 'open311', 'cap', 'owntracks', 'mqtt']

export class FakeClock implements Clock {
  at = startAt
  now(): number {
    return this.at
  }
}

/** `a-key-for-the-doors` opens all; `only-NAME` opens that one; `key-of-drills` is for drills. */
export const fakeKeys: DoorKeys = {
  check(key) {
    if (key === doorKey) return { name: 'gateway', doors }
    if (key === 'key-of-drills') return { name: 'drill', doors, isDrill: true }
    const only = doors.find((door) => key === `only-${door}`)
    return only ? { name: only, doors: [only] } : null
  },
}

export class FakeLog implements Log {
  readonly warnings: object[] = []
  readonly errors: object[] = []
  debug(): void {}
  info(): void {}
  warn(fields: object, message: string): void {
    this.warnings.push({ ...fields, message })
  }
  error(fields: object, message: string): void {
    this.errors.push({ ...fields, message })
  }
}

export class FakeMetrics implements Metrics {
  readonly counts = new Map<string, number>()
  count(name: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
    const key = `${name}{${Object.values(labels).join(',')}}`
    this.counts.set(key, (this.counts.get(key) ?? 0) + by)
  }
  gauge(): void {}
  observe(): void {}
}

const links = (entity: EntityDraft['links'], ids: readonly number[]): Entity['links'] =>
  Object.fromEntries(
    Object.entries(entity).map(([kind, list]) => [
      kind,
      (list as readonly EntityLink[]).map((link) => (typeof link === 'number' ? link : (ids[link.new] ?? 0))),
    ]),
  )

/** A catalogue, a list of cases and of readings. One commit at a time, each a turn of the event loop later. */
export class FakeCity implements Engine, Intake {
  readonly clock: FakeClock
  readonly #entities = new Map<EntityKind, Map<number, Entity>>()
  readonly #nextId = new Map<EntityKind, number>()
  readonly #listeners = new Set<(commit: Commit) => void>()
  readonly incidents = new Map<string, Incident>()
  readonly units = new Map<string, Unit>()
  readonly drills = new Map<string, Drill>()
  readonly fixesTaken: UnitFix[] = []
  readonly stored: Reading[] = []
  readonly #latest = new Map<number, Reading>()
  readonly commands: { actor: Actor; command: Command }[] = []
  dropCount = 0
  acceptCalls = 0
  /** When true the queue is full: everything is refused BUSY until `drain`. */
  isFull = false
  #waiting: (() => void)[] = []
  #rev = 0

  constructor(clock: FakeClock) {
    this.clock = clock
  }

  get view(): Engine['view'] {
    const none = new Map<never, never>()
    return {
      epoch: 'test',
      rev: this.#rev,
      alarms: none,
      alarmGroups: none,
      floods: none,
      incidents: this.incidents,
      units: this.units,
      fixes: none,
      warnings: none,
      drills: this.drills,
      modes: new Map(),
      responses: new Map(),
      duty: none,
      handOvers: none,
      rosterChanges: none,
      attendance: none,
      rollCalls: none,
      walls: new Map(),
      algorithms: none,
      cases: new CaseIndex(),
      filed: new FiledMemory(),
      casePlans: new Map(),
      sensors: none,
      ruleChanges: none,
      ruleProposals: none,
      latest: this.#latest,
      newestReadingAt: null,
      entity: (kind, id) => this.#entities.get(kind)?.get(id),
      entities: (kind) => this.#entities.get(kind) ?? none,
      linksTo: (kind, id, owner) =>
        [...(this.#entities.get(owner)?.values() ?? [])]
          .filter((one) => one.links[kind]?.includes(id))
          .map((one) => one.id),
      kpiToday: () => {
        throw new Error('not here')
      },
    }
  }

  async submit(actor: Actor, envelope: { command: Command }): Promise<CommandOutcome> {
    await turn()
    this.commands.push({ actor, command: envelope.command })
    const { command } = envelope
    if (command.type === 'catalog.create') return this.#create(command.drafts)
    if (command.type === 'catalog.update') return this.#update(command)
    if (command.type === 'catalog.delete') return this.#delete(command.kind, command.id)
    if (command.type === 'incident.report') return this.#report(command)
    if (command.type === 'warning.receive')
      return { ok: true, rev: this.#rev, data: { outcome: 'published', warningId: 'W1', ended: [] } }
    throw new Error(`not here: ${command.type}`)
  }

  #create(drafts: readonly EntityDraft[]): CommandOutcome {
    const ids = drafts.map(({ kind }) => {
      const id = (this.#nextId.get(kind) ?? 0) + 1
      this.#nextId.set(kind, id)
      return id
    })
    const events: DomainEvent[] = drafts.map((draft, i) => {
      const entity = { kind: draft.kind, id: ids[i] ?? 0, body: draft.body, links: links(draft.links, ids) }
      this.#put(entity)
      return { type: 'catalog.created', entity }
    })
    this.#commit(events, [])
    return { ok: true, rev: this.#rev, data: { ids } }
  }

  #update(command: Extract<InternalCommand, { type: 'catalog.update' }>): CommandOutcome {
    const before = this.view.entity(command.kind, command.id)
    if (!before) return { ok: false, refusal: refuse('NOT_FOUND', 'no such entity') }
    const made = this.#create(command.drafts)
    const ids = made.ok ? (made.data['ids'] as number[]) : []
    const entity = { ...before, body: command.body, links: { ...before.links, ...links(command.links, ids) } }
    this.#put(entity)
    this.#commit([{ type: 'catalog.updated', entity }], [])
    return { ok: true, rev: this.#rev, data: { ids } }
  }

  #delete(kind: EntityKind, id: number): CommandOutcome {
    if (!this.view.entity(kind, id)) return { ok: false, refusal: refuse('NOT_FOUND', 'no such entity') }
    this.#remove(kind, id)
    this.#commit([{ type: 'catalog.deleted', kind, id }], [])
    return { ok: true, rev: this.#rev, data: {} }
  }

  #remove(kind: EntityKind, id: number): void {
    this.#entities.get(kind)?.delete(id)
    for (const dependent of ['Datastream', 'HistoricalLocation'] as const)
      for (const entity of this.view.entities(dependent).values())
        if (entity.links[kind]?.includes(id)) this.#remove(dependent, entity.id)
  }

  #report(command: Extract<Command, { type: 'incident.report' }>): CommandOutcome {
    const at = this.clock.now()
    const id = `20260701-${String(this.incidents.size + 1).padStart(6, '0')}`
    const { type: _, ...said } = command
    const none = { acceptedAt: null, filedAt: null, dispatchedAt: null, arrivedAt: null, finishedAt: null }
    this.incidents.set(id, {
      ...said,
      ...none,
      id,
      version: 1,
      state: 'reported',
      priority: said.priority ?? 3,
      alarmIds: [],
      districtId: null,
      departmentId: null,
      assignments: [],
      reportedAt: at,
      occurredAt: said.occurredAt ?? at,
      fedBackAt: null,
      checkedAt: null,
      closedAt: null,
      stateSince: at,
      stageDueAt: null,
      dueAt: null,
      overdueStages: [],
      returnCount: 0,
      reworkCount: 0,
      resolution: null,
      satisfaction: null,
      updatedAt: at,
    })
    this.#commit([], [])
    return { ok: true, rev: this.#rev, data: { incidentId: id } }
  }

  #put(entity: Entity): void {
    const table = this.#entities.get(entity.kind) ?? new Map<number, Entity>()
    this.#entities.set(entity.kind, table.set(entity.id, entity))
  }

  #commit(events: readonly DomainEvent[], readings: readonly Reading[]): void {
    const prev = this.#rev
    this.#rev += events.length
    const logged = events.map((event, i): LoggedEvent => ({
      seq: prev + i + 1,
      at: this.clock.now(),
      actor: 'test',
      cause: 'test',
      event,
      prevHash: '',
      hash: '',
    }))
    const commit: Commit = {
      epoch: 'test',
      prev,
      rev: this.#rev,
      at: this.clock.now(),
      events: logged,
      touched: new Map(),
      readings,
      fixes: [],
      uncovered: [],
    }
    for (const listener of this.#listeners) listener(commit)
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async accept(items: readonly IncomingObservation[], receivedAt: number): Promise<readonly IntakeOutcome[]> {
    this.acceptCalls++
    await turn()
    if (this.isFull) {
      const refusal = refuse('BUSY', 'full', { retryAfterS: 2 })
      return items.map(() => ({ ok: false, refusal }))
    }
    const fresh: Reading[] = []
    const outcomes = items.map((item): IntakeOutcome => {
      if (!this.view.entity('Datastream', item.sensorId))
        return { ok: false, refusal: refuse('NOT_FOUND', `there is no sensor ${item.sensorId}`) }
      const isNumber = typeof item.result === 'number'
      const reading: Reading = {
        id: this.stored.length + 1,
        sensorId: item.sensorId,
        phenomenonAt: item.phenomenonAt,
        receivedAt,
        value: isNumber ? (item.result as number) : Number.NaN,
        text: isNumber || item.result === null ? null : JSON.stringify(item.result),
        quality: (isNumber ? 0 : 32) | (item.isDrill === true ? 64 : 0),
      }
      this.stored.push(reading)
      this.#latest.set(reading.sensorId, reading)
      fresh.push(reading)
      return { ok: true, id: reading.id, duplicate: false, quality: reading.quality }
    })
    this.#commit([], fresh)
    return outcomes
  }

  room(): Promise<void> {
    return this.isFull ? new Promise((done) => void this.#waiting.push(done)) : Promise.resolve()
  }
  get waiting(): number {
    return this.#waiting.length
  }
  drain(): void {
    this.isFull = false
    for (const done of this.#waiting.splice(0)) done()
  }
  dropped(count: number): void {
    this.dropCount += count
  }
  async fixes(fixes: readonly UnitFix[]): Promise<void> {
    await turn()
    this.fixesTaken.push(...fixes)
  }
  async observe(): Promise<ReadonlyMap<number, number>> {
    throw new Error('not here')
  }
  async fix(): Promise<void> {
    throw new Error('not here')
  }
  async note(): Promise<void> {}

  enrol(id: string): void {
    this.units.set(id, {
      id,
      version: 1,
      name: id,
      kind: 'drainage',
      capabilities: [],
      departmentId: null,
      station: null,
      status: 'available',
      statusSince: startAt,
      incidentId: null,
    })
  }

  readonly history: Pick<History, 'readings'> = {
    readings: async (ask) => {
      await turn()
      const found = this.stored.filter(
        (reading) =>
          (ask.sensorId === undefined || reading.sensorId === ask.sensorId) &&
          (ask.id === undefined || reading.id === ask.id) &&
          (ask.phenomenonFrom === undefined || reading.phenomenonAt >= ask.phenomenonFrom) &&
          (ask.phenomenonTo === undefined || reading.phenomenonAt < ask.phenomenonTo) &&
          (ask.valueMin === undefined || reading.value >= ask.valueMin) &&
          (ask.valueMax === undefined || reading.value <= ask.valueMax),
      )
      const sign = ask.descending ? -1 : 1
      found.sort((a, b) => sign * (a[ask.orderBy] - b[ask.orderBy]) || a.id - b.id)
      return { items: found.slice(ask.offset, ask.offset + ask.limit), count: ask.count ? found.length : null }
    },
  }

  readonly readModels: Pick<ReadModels, 'incident' | 'requests'> = {
    incident: async (id) => this.incidents.get(id) ?? null,
    requests: async (query) =>
      [...this.incidents.values()]
        .filter(
          (each) =>
            (!query.ids || query.ids.includes(each.id)) &&
            (!query.classCode || each.classCode === query.classCode) &&
            (query.from === undefined || each.reportedAt >= query.from) &&
            (query.to === undefined || each.reportedAt <= query.to) &&
            (query.open === undefined || query.open === (each.closedAt === null)),
        )
        .sort((a, b) => b.reportedAt - a.reportedAt)
        .slice(query.offset, query.offset + query.limit),
  }
}

const turn = () => new Promise<void>((done) => setImmediate(done))

const caseClass = (code: string, zh: string, en: string, keywords: readonly string[]): CaseClass => ({
  code,
  name: { zh, en },
  group: { zh: '市容环境', en: 'City appearance' },
  priority: 3,
  limit: { amount: 1, unit: 'natural-day' },
  conditions: [soleCondition({ amount: 1, unit: 'natural-day' })],
  ...unnamedStandard,
  departmentId: 'drainage',
  keywords,
})
export const fakeProfile: Pick<City, 'profile' | 'caseClasses' | 'districtsTouching'> = {
  districtsTouching: () => [],
  profile: {
    id: 'testville',
    name: '测试市',
    nameEn: 'Testville',
    timeZone: 'Asia/Shanghai',
    bbox: [121, 31, 122, 32],
    divisions: [],
    departments: [{ id: 'drainage', name: '排水所', nameEn: 'Drainage' }],
  },
  caseClasses: [
    caseClass('E0506', '道路积水', 'Flooded road', ['积水', 'flood']),
    caseClass('P0101', '井盖破损 & <丢失>', 'Manhole cover', ['井盖']),
  ],
}

/** A door's router on a real socket. */
export async function serve(at: string, router: Router): Promise<{ url: string; close: () => Promise<void> }> {
  const app = express()
  app.disable('x-powered-by')
  app.use(at, router)
  const server: Server = createServer(app)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${at}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
