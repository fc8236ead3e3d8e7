/** A real engine with its intake on a small city, driven by a clock the test turns: nothing ticks by itself. */
import { randomUUID } from 'node:crypto'
import type { Actor, Role } from '../../shared/model/role.ts'
import type { Command } from '../../shared/model/command.ts'
import type { EntityDraft } from '../../shared/model/catalog.ts'
import { systemActor } from '../../shared/model/role.ts'
import { createEngine, type EngineRuntime } from '../../server/src/engine/engine.ts'
import { createIntake } from '../../server/src/intake/intake.ts'
import type { IntakeSettings } from '../../server/src/intake/settings.ts'
import type { EngineSettings } from '../../server/src/engine/settings.ts'
import { hashEvent } from '../../server/src/platform/event-hash.ts'
import type { City } from '../../server/src/ports/city.ts'
import type { CommandOutcome } from '../../server/src/ports/engine.ts'
import type { EngineStore } from '../../server/src/ports/store.ts'
import type { Intake } from '../../server/src/ports/intake.ts'
import { MemoryEngineStore } from './memory-engine-store.ts'
import { smallCity } from './small-city.ts'

/** Noon in Shanghai. */
export const testNoon = Date.parse('2026-08-01T12:00:00+08:00')

export class HandClock {
  at: number
  constructor(at = testNoon) {
    this.at = at
  }
  now(): number {
    return this.at
  }
}

export const person = (role: Role, name: string = role, more: Partial<Actor> = {}): Actor => ({ name, role, ...more })

export interface SensorWish {
  readonly kind: string
  readonly name?: string
  readonly unit?: string
  readonly position?: readonly [number, number] | null
  readonly properties?: Readonly<Record<string, unknown>>
}

/** A Thing with its place and one Datastream, as the SensorThings door would have it made. */
export function sensorDrafts({ kind, name = '测点', unit = '', position = [121.4, 31.2], properties }: SensorWish) {
  const drafts: EntityDraft[] = [
    { kind: 'Thing', body: { name, description: name }, links: position === null ? {} : { Location: [{ new: 1 }] } },
    {
      kind: 'Location',
      body: {
        name,
        encodingType: 'application/geo+json',
        location: { type: 'Point', coordinates: position ?? [0, 0] },
      },
      links: {},
    },
    { kind: 'Sensor', body: { name, encodingType: 'text/plain', metadata: '' }, links: {} },
    { kind: 'ObservedProperty', body: { name: kind, definition: `urn:tongguan:${kind}` }, links: {} },
    {
      kind: 'Datastream',
      body: {
        name,
        unitOfMeasurement: { name: unit, symbol: unit, definition: '' },
        properties: { kind, ...properties },
      },
      links: { Thing: [{ new: 0 }], Sensor: [{ new: 2 }], ObservedProperty: [{ new: 3 }] },
    },
  ]
  return drafts
}

export interface TestEngine extends EngineRuntime {
  readonly clock: HandClock
  readonly intake: Intake
  readonly city: City
  readonly memory: MemoryEngineStore
  readonly errors: unknown[]
  readonly counts: Map<string, number>
  ask(
    actor: Actor,
    command: Command,
    options?: { commandId?: string; expectedVersion?: number },
  ): Promise<CommandOutcome>
  /** As `ask`, and the command must be accepted: answers its data. */
  must(actor: Actor, command: Command): Promise<Readonly<Record<string, unknown>>>
  /** Makes a sensor; answers its id. */
  sensor(wish: SensorWish): Promise<number>
  /** One observation of now through intake. */
  tell(sensorId: number, result: unknown, phenomenonAt?: number): ReturnType<Intake['accept']>
  /** Turns the clock and ticks. */
  pass(ms: number): Promise<void>
}

export interface TestEngineWish {
  readonly store?: EngineStore
  readonly clock?: HandClock
  readonly city?: City
  readonly settings?: Partial<EngineSettings>
  readonly intakeSettings?: Partial<IntakeSettings>
}

/** Without a store of its own the engine runs on memory. */
export async function startTestEngine(wish: TestEngineWish = {}): Promise<TestEngine> {
  const memory = wish.store instanceof MemoryEngineStore ? wish.store : new MemoryEngineStore()
  const store = wish.store ?? memory
  const clock = wish.clock ?? new HandClock()
  const city = wish.city ?? smallCity()
  const errors: unknown[] = []
  const counts = new Map<string, number>()
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields: { error: unknown }) => void errors.push(fields.error),
  }
  const metrics = {
    count(name: string, labels: Readonly<Record<string, string>> = {}, by = 1) {
      const key = `${name}{${Object.values(labels).join(',')}}`
      counts.set(key, (counts.get(key) ?? 0) + by)
    },
    gauge: () => undefined,
    observe: () => undefined,
  }
  const settings = { tickMs: 0, commitRetryMs: 1, ...wish.settings }
  const runtime = createEngine({ store, city, clock, hasher: hashEvent, log, metrics, settings })
  const { engine, nextReadingId, onTick } = runtime
  const intake = createIntake({
    engine,
    clock,
    metrics,
    nextReadingId,
    onTick,
    ...(wish.intakeSettings ? { settings: wish.intakeSettings } : {}),
  })
  await runtime.start()
  const test = {
    clock,
    intake,
    city,
    memory,
    errors,
    counts,
    ask(actor: Actor, command: Command, options: { commandId?: string; expectedVersion?: number } = {}) {
      return engine.submit(actor, { commandId: randomUUID(), ...options, command })
    },
    async must(actor: Actor, command: Command) {
      const outcome = await test.ask(actor, command)
      if (!outcome.ok) throw new Error(`${command.type} refused: ${JSON.stringify(outcome.refusal)}`)
      return outcome.data
    },
    async sensor(sensorWish: SensorWish) {
      const data = await test.must(systemActor, { type: 'catalog.create', drafts: sensorDrafts(sensorWish) })
      return (data['ids'] as number[])[4] as number
    },
    tell: (sensorId: number, result: unknown, phenomenonAt = clock.at) =>
      intake.accept([{ sensorId, result, phenomenonAt }], clock.at),
    async pass(ms: number) {
      clock.at += ms
      await runtime.tick()
    },
  }
  return Object.defineProperties(test, Object.getOwnPropertyDescriptors(runtime)) as typeof test & EngineRuntime
}
