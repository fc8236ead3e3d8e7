/**
 * The server's second composition: the city, the store and the real engine with its intake and its command door, on a clock that is
 * told. Nothing listens and nothing ticks by itself. Guarantees that inputs are taken in the order of their instants, that time passes
 * in ticks between them as it does on a running server, and that keeping house is done by the hour of the past.
 */
import type { HistoryChange, HistoryInput, HistoryResult } from '../../../shared/contract/history.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import { createCommandDoor } from '../access/command-door.ts'
import { demoActors } from '../access/demo-accounts.ts'
import { incidentFor } from '../access/audience.ts'
import { createEngine } from '../engine/engine.ts'
import { createAdviceDesk } from '../engine/advice-desk.ts'
import { recommendUnits } from '../engine/recommend-units.ts'
import { createIntake } from '../intake/intake.ts'
import { hashEvent } from '../platform/event-hash.ts'
import type { City } from '../ports/city.ts'
import type { Commit } from '../ports/engine.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import { createGatheringStore } from '../store/gathering-store.ts'
import type { Store } from '../store/open-store.ts'
import { createPastDoors } from './past-doors.ts'
import { ToldClock } from './told-clock.ts'

const minuteMs = 60_000
/** Time passes in steps of this: whoever lived then waited no longer for a limit to be marked. */
const tickMs = minuteMs
/** Keeping house costs the same for a day's readings as for an hour's; two days of them are more than its memory holds. */
const houseMs = 12 * 60 * minuteMs

export interface PastCounts {
  cases: number
  alarms: number
  events: number
  readings: number
  refused: number
}

export interface Past {
  readonly now: Instant
  readonly counts: Readonly<PastCounts>
  start(): Promise<void>
  /** Takes the inputs in order and lets time pass until then. Rejects where the store failed, or time would go back. */
  step(
    until: Instant,
    inputs: readonly HistoryInput[],
  ): Promise<{ readonly results: readonly HistoryResult[]; readonly changes: readonly HistoryChange[] }>
  /** Stores what waits, with a snapshot to start from, and keeps house a last time. */
  end(): Promise<void>
}

export interface PastParts {
  readonly store: Store
  readonly city: City
  readonly log: Log
  readonly metrics: Metrics
  readonly from: Instant
}

export function createPast({ store, city, log, metrics, from }: PastParts): Past {
  const clock = new ToldClock(from)
  const gathering = createGatheringStore(store.engineStore)
  const runtime = createEngine({
    store: gathering,
    city,
    clock,
    hasher: hashEvent,
    log,
    metrics,
    // Nobody waits for company, and one snapshot at the end is enough: a past that breaks off is thrown away.
    settings: {
      tickMs: 0,
      missesSilent: false,
      loadFrom: Number.POSITIVE_INFINITY,
      snapshotEveryEvents: Number.POSITIVE_INFINITY,
    },
  })
  const { engine, nextReadingId, onTick } = runtime
  const advice = createAdviceDesk(engine.view, city)
  const take = createPastDoors({
    engine,
    intake: createIntake({ engine, clock, metrics, nextReadingId, onTick }),
    commandDoor: createCommandDoor({ engine, log, metrics, city, models: store.readModels }),
    city,
    clock,
    recommend: recommendUnits(engine.view, city, clock),
    duplicates: (incident) => advice.duplicates(incident).items,
    actors: demoActors(city.crews),
  })
  const counts: PastCounts = { cases: 0, alarms: 0, events: 0, readings: 0, refused: 0 }
  const touched = new Map<HistoryChange['table'], Set<string>>()
  let tickedAt = from
  let houseDueAt = from
  /** Done beside the living, as on a running server: one at a time. */
  let house: Promise<unknown> = Promise.resolve()

  function note({ events, readings, touched: rows }: Commit): void {
    counts.events += events.length
    counts.readings += readings.length
    for (const { event } of events) {
      if (event.type === 'incident.reported') counts.cases++
      else if (event.type === 'alarm.raised') counts.alarms++
    }
    for (const table of ['alarm', 'incident', 'unit', 'warning', 'duty'] as const) {
      const ids = rows.get(table)
      if (ids === undefined) continue
      const all = touched.get(table) ?? new Set()
      for (const id of ids) all.add(id)
      touched.set(table, all)
    }
  }

  /** What an officer's page would have been told since the last step. */
  function changes(): HistoryChange[] {
    const { alarms, incidents, units, warnings } = engine.view
    const told: HistoryChange[] = []
    for (const id of touched.get('alarm') ?? []) told.push({ table: 'alarm', id, row: alarms.get(id) ?? null })
    for (const id of touched.get('incident') ?? []) {
      const incident = incidents.get(id)
      told.push({ table: 'incident', id, row: incident ? incidentFor('officer', incident) : null })
    }
    for (const id of touched.get('unit') ?? []) told.push({ table: 'unit', id, row: units.get(id) ?? null })
    for (const id of touched.get('warning') ?? []) told.push({ table: 'warning', id, row: warnings.get(id) ?? null })
    for (const row of touched.has('duty') ? engine.view.duty.values() : [])
      told.push({ table: 'duty', id: row.id, row })
    touched.clear()
    return told
  }

  async function passTo(at: Instant): Promise<void> {
    if (at < clock.now()) throw new Error(`time does not go back: ${at} after ${clock.now()}`)
    for (; tickedAt + tickMs <= at; tickedAt += tickMs) {
      clock.tell(tickedAt + tickMs)
      await runtime.tick()
    }
    clock.tell(at)
    if (at < houseDueAt) return
    houseDueAt = at + houseMs
    await house
    house = store.history.maintain(at)
    // Whoever awaits it next hears of a fault.
    house.catch(() => undefined)
  }

  return {
    get now() {
      return clock.now()
    },
    counts,
    async start() {
      await runtime.start()
      // Who plays them is told of all crews at first: those that have had no case yet keep their shifts too.
      touched.set('unit', new Set(engine.view.units.keys()))
      engine.onCommit(note)
    },
    async step(until, inputs) {
      const results: HistoryResult[] = []
      for (const input of inputs) {
        await passTo(input.at)
        const result = await take(input)
        if (!result.ok) counts.refused++
        results.push(result)
      }
      await passTo(until)
      return { results, changes: changes() }
    },
    async end() {
      await runtime.stop()
      await gathering.flush()
      await house
      if (runtime.fault !== null) throw runtime.fault
      await store.history.maintain(clock.now())
    },
  }
}
