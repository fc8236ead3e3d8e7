/**
 * Between doors and engine. Guarantees: every value is answered, after the commit or with a reason; units are the kind's
 * own, or flagged; what is wrong with a value travels with it; memory is bounded whatever arrives. Refuses to know which
 * door a value came through, and what any rule makes of it.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import type { QualityFlag, Reading } from '../../../shared/model/reading.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import { isOfDrill, quality, qualityNames } from '../../../shared/model/reading.ts'
import { refuse } from '../../../shared/model/refusal.ts'
import { noDrillRuns } from '../../../shared/model/drill.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { convert } from '../domain/reading/unit-of-measure.ts'
import { judgeSteady, judgeTime, judgeValue } from '../domain/reading/judge.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { IncomingObservation, Intake, IntakeOutcome } from '../ports/intake.ts'
import type { Metrics } from '../ports/metrics.ts'
import { DropMeter } from './drop-meter.ts'
import { PaceMeter } from './pace-meter.ts'
import { findTwin, remember, SensorMemories, type Twin } from './sensor-memory.ts'
import type { IntakeSettings } from './settings.ts'
import { defaultIntakeSettings } from './settings.ts'

export interface IntakeParts {
  readonly engine: Engine
  readonly clock: Clock
  readonly metrics: Metrics
  /** Ids grow with arrival: the engine runtime's. */
  readonly nextReadingId: () => number
  /** The engine runtime's tick. */
  readonly onTick: (listener: (now: Instant) => void) => () => void
  readonly settings?: Partial<IntakeSettings>
}

const flagNames = Object.keys(qualityNames) as QualityFlag[]
/** Nothing is observed further ahead than this; beyond lies a typing error, and partitions nobody wants. */
const furthestAheadMs = 10 * 366 * 86_400_000

const no = (refusal: Refusal): IntakeOutcome => ({ ok: false, refusal })
const invalid = (field: string, problem: string) =>
  no(refuse('INVALID', `${field}: ${problem}`, { fields: [{ field, problem }] }))
const timeRefusal = invalid('phenomenonTime', 'must lie between 1970 and ten years ahead')

export function createIntake(parts: IntakeParts): Intake {
  const { engine, clock, metrics, nextReadingId } = parts
  const settings: IntakeSettings = { ...defaultIntakeSettings, ...parts.settings }
  const memories = new SensorMemories()
  /** What a drill brings is compared with what it brought, and moves no real instrument. */
  const drillMemories = new SensorMemories()
  const pace = new PaceMeter(clock)
  const drops = new DropMeter(settings.dropAlarmPerMinute)
  let waiting = 0
  let roomSeekers: (() => void)[] = []
  /** Commits come in order: when this one is done, so is all before it. */
  let lastStored: Promise<unknown> = Promise.resolve()

  const count = (result: string, by: number) => by > 0 && metrics.count('tongguan_readings_total', { result }, by)

  function refuseAll(items: readonly IncomingObservation[], refusal: Refusal, result: string): IntakeOutcome[] {
    count(result, items.length)
    return items.map(() => no(refusal))
  }

  /** A reading, the one it repeats, or the refusal. */
  function read(item: IncomingObservation, receivedAt: Instant): Reading | { twin: Twin } | { refusal: IntakeOutcome } {
    const { sensorId, result, isDrill = false } = item
    if (isDrill && engine.view.drills.size === 0) return { refusal: no(noDrillRuns) }
    const sensor = engine.view.sensors.get(sensorId)
    if (sensor === undefined) {
      const problem = `there is no Datastream ${sensorId}`
      return { refusal: no(refuse('NOT_FOUND', problem, { fields: [{ field: 'Datastream', problem }] })) }
    }
    const phenomenonAt = Math.floor(item.phenomenonAt)
    if (!(phenomenonAt >= 0 && phenomenonAt <= receivedAt + furthestAheadMs)) return { refusal: timeRefusal }
    const memory = isDrill
      ? drillMemories.of(sensor, undefined)
      : memories.of(sensor, realOrNone(engine.view.latest.get(sensorId)))
    const isNumber = typeof result === 'number' && Number.isFinite(result)
    const text = isNumber || result === null || result === undefined ? null : textOf(result)
    if (text !== null && text.length > settings.maxTextLength)
      return { refusal: invalid('result', `is longer than ${settings.maxTextLength} characters`) }
    // + 0: minus zero is zero.
    const value = isNumber ? convert(memory.conversion ?? sent, result) + 0 : NaN
    const twin = findTwin(memory, phenomenonAt, value, text)
    if (twin !== undefined) return { twin }
    let flags = judgeTime(phenomenonAt, receivedAt, sensor.intervalMs) | (isDrill ? quality.drill : quality.good)
    if (memory.conversion === null) flags |= quality.unitMismatch | (isNumber ? 0 : quality.missing)
    else flags |= judgeValue(value, memory.kind)
    // Only values in their own time tell whether an instrument moves.
    if (isNumber && (flags & (quality.late | quality.future)) === 0)
      flags |= judgeSteady(memory.steady, value, phenomenonAt, memory.kind.stuckAfterMs)
    const reading = { id: nextReadingId(), sensorId, phenomenonAt, receivedAt, value, text, quality: flags }
    remember(memory, reading)
    return reading
  }

  async function accept(items: readonly IncomingObservation[], receivedAt: Instant): Promise<readonly IntakeOutcome[]> {
    const retryAfterS = pace.secondsFor(waiting)
    if (items.length > settings.maxWaiting)
      return refuseAll(items, refuse('TOO_LARGE', `more than ${settings.maxWaiting} in one piece`), 'refused')
    if (waiting + items.length > settings.maxWaiting)
      return refuseAll(items, refuse('BUSY', 'too many readings waiting', { retryAfterS }), 'busy')
    const outcomes = new Array<IntakeOutcome>(items.length)
    const readings: Reading[] = []
    const places: number[] = []
    let twins = 0
    for (let i = 0; i < items.length; i++) {
      const one = read(items[i] as IncomingObservation, receivedAt)
      if ('refusal' in one) outcomes[i] = one.refusal
      else if ('twin' in one) {
        twins++
        outcomes[i] = { ok: true, id: one.twin.id, duplicate: true, quality: one.twin.quality }
      } else {
        places.push(i)
        readings.push(one)
      }
    }
    count('refused', items.length - readings.length - twins)
    if (readings.length > 0) await store(readings, places, outcomes)
    // What it repeats may still be on its way to the store: repeated is acknowledged only when stored.
    else if (twins > 0) await lastStored
    count('duplicate', twins)
    return outcomes
  }

  async function store(
    readings: readonly Reading[],
    places: readonly number[],
    outcomes: IntakeOutcome[],
  ): Promise<void> {
    waiting += readings.length
    const stored = engine.observe(readings)
    lastStored = stored
    // Whoever awaits it hears of a fault; nobody may be awaiting.
    stored.catch(() => undefined)
    try {
      const duplicates = await stored
      for (let n = 0; n < readings.length; n++) {
        const { id, quality: flags } = readings[n] as Reading
        const storedId = duplicates.get(n)
        outcomes[places[n] as number] = {
          ok: true,
          id: storedId ?? id,
          duplicate: storedId !== undefined,
          quality: flags,
        }
      }
      count('duplicate', duplicates.size)
      count('stored', readings.length - duplicates.size)
      countFlags(readings)
      pace.passed(readings.length)
    } catch (error) {
      for (const reading of readings) (isOfDrill(reading.quality) ? drillMemories : memories).unremember(reading)
      if (!isBusy(error)) throw error
      const refusal = refuse('BUSY', 'the engine takes no readings now', { retryAfterS: pace.secondsFor(waiting) })
      for (const place of places) outcomes[place] = no(refusal)
      count('busy', readings.length)
    } finally {
      waiting -= readings.length
      makeRoom()
    }
  }

  function countFlags(readings: readonly Reading[]): void {
    for (const name of flagNames) {
      let n = 0
      for (const reading of readings) if ((reading.quality & quality[name]) !== 0) n++
      if (n > 0) metrics.count('tongguan_reading_flags_total', { flag: name }, n)
    }
  }

  function makeRoom(): void {
    if (!hasRoom() || roomSeekers.length === 0) return
    const seekers = roomSeekers
    roomSeekers = []
    for (const go of seekers) go()
  }
  const hasRoom = () => waiting < settings.maxWaiting * settings.roomBelow

  parts.onTick((now) => {
    metrics.gauge('tongguan_intake_waiting', waiting)
    const change = drops.tick(now)
    if (change === null) return
    const command = { type: 'alarm.system', ruleId: 'system.readings-dropped', ...change } as const
    // Should the engine refuse or fail, the meter tells the same again at the next tick.
    engine.submit(systemActor, { commandId: '', command }).then(
      (outcome) => outcome.ok && drops.told(change.holds),
      () => undefined,
    )
  })
  engine.onCommit(({ events }) => {
    for (const { event } of events) {
      if (event.type === 'drill.ended') drillMemories.clear()
      if (event.type !== 'sensor.removed') continue
      memories.forget(event.sensorId)
      drillMemories.forget(event.sensorId)
    }
  })

  return {
    accept,
    async room() {
      if (!hasRoom()) await new Promise<void>((resolve) => roomSeekers.push(resolve))
    },
    dropped(lost) {
      count('dropped', lost)
      drops.lost(lost)
    },
    async fixes(fixes: readonly UnitFix[]) {
      const known = fixes.filter((fix) => engine.view.units.has(fix.unitId))
      const strangers = fixes.length - known.length
      if (strangers > 0) metrics.count('tongguan_fixes_total', { result: 'unknown-unit' }, strangers)
      if (known.length === 0) return
      await engine.fix(known)
      metrics.count('tongguan_fixes_total', { result: 'stored' }, known.length)
    },
  }
}

/** A drill's value before the real one says nothing of the instrument. */
const realOrNone = (latest: Reading | undefined) =>
  latest !== undefined && isOfDrill(latest.quality) ? undefined : latest

/** Told by the engine of a call it did not take; anything else is a fault. */
const isBusy = (error: unknown): boolean => error instanceof Error && error.name === 'EngineBusy'

const sent = { factor: 1, offset: 0 }

/** JSON text; an infinity a door let through is a word, not a number. */
const textOf = (result: unknown): string =>
  typeof result === 'number' ? JSON.stringify(String(result)) : (JSON.stringify(result) ?? 'null')
