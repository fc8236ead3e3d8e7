import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { quality } from '../../../shared/model/reading.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { startTestEngine, type TestEngine } from '../../support/engine.ts'

const min = 60_000
let city: TestEngine
afterEach(() => city.stop())
const latest = (id: number) => city.engine.view.latest.get(id)
const stored = () => city.counts.get('tongguan_readings_total{stored}') ?? 0

describe('a value', () => {
  it('is kept in its kind’s unit, and answered with its id', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'road-speed', unit: 'mph' })
    expect(await city.tell(id, 60)).toEqual([{ ok: true, id: 1, duplicate: false, quality: 0 }])
    expect(latest(id)).toEqual({
      id: 1,
      sensorId: id,
      phenomenonAt: city.clock.at,
      receivedAt: city.clock.at,
      value: 96.56064,
      text: null,
      quality: 0,
    })
    expect(city.engine.view.newestReadingAt).toBe(city.clock.at)
  })

  it('wears what is wrong with it', async () => {
    city = await startTestEngine()
    const { now } = { now: city.clock.at }
    const noise = await city.sensor({ kind: 'noise', unit: 'dB(A)' })
    const odd = await city.sensor({ kind: 'noise', unit: 'lx' })
    const flagsOf = async (id: number, result: unknown, at = now) => {
      const [outcome] = await city.tell(id, result, at)
      return outcome?.ok ? outcome.quality : outcome
    }
    expect(await flagsOf(noise, 60)).toBe(0)
    expect(await flagsOf(noise, 60, now - 5 * min - 1)).toBe(quality.late)
    expect(await flagsOf(noise, 60, now + min + 1)).toBe(quality.future)
    expect(await flagsOf(noise, 150.1)).toBe(quality.outOfRange)
    expect(await flagsOf(odd, 60)).toBe(quality.unitMismatch)
    for (const [i, missing] of [null, NaN, Infinity, 'N/A', true, { a: 1 }, [1]].entries())
      expect(await flagsOf(noise, missing, now + i + 1)).toBe(quality.missing)
    expect(await flagsOf(noise, -200, now - 10 * min)).toBe(quality.late | quality.outOfRange)
    expect(city.counts.get('tongguan_reading_flags_total{missing}')).toBe(7)
    expect(city.counts.get('tongguan_reading_flags_total{late}')).toBe(2)
  })

  it('that is no number is kept as it was sent', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'other' })
    for (const [result, text] of [
      ['开', '"开"'],
      [{ a: [1] }, '{"a":[1]}'],
      [false, 'false'],
      [null, null],
    ] as const) {
      city.clock.at++
      await city.tell(id, result)
      expect(latest(id)).toMatchObject({ value: NaN, text })
    }
    city.clock.at++
    expect(await city.tell(id, 'x'.repeat(20_000))).toMatchObject([
      { ok: false, refusal: { code: 'INVALID', details: { fields: [{ field: 'result' }] } } },
    ])
  })

  it('that does not move is stuck, and raises nothing', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'wind-speed', unit: 'm/s' })
    const flags: number[] = []
    for (let n = 0; n <= 62; n++) {
      const [outcome] = await city.tell(id, 5)
      if (outcome?.ok) flags.push(outcome.quality)
      city.clock.at += min
    }
    expect(flags.indexOf(quality.stuck)).toBe(60)
    await city.tell(id, 5.1)
    expect(latest(id)?.quality).toBe(0)
  })

  it('from the future hides nothing', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'noise', unit: 'dB' })
    await city.tell(id, 50, city.clock.at + 86_400_000)
    expect(latest(id)?.value).toBe(50)
    await city.tell(id, 60)
    expect(latest(id)?.value).toBe(60)
    await city.tell(id, 51, city.clock.at + 2 * 86_400_000)
    expect(latest(id)?.value).toBe(60)
    await city.tell(id, 61, city.clock.at - 1000)
    expect(latest(id)?.value).toBe(60)
  })
})

describe('refused', () => {
  it('are sensors nobody knows and times that cannot be', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'noise' })
    const { now } = { now: city.clock.at }
    const outcomes = await city.intake.accept(
      [
        { sensorId: 99, result: 1, phenomenonAt: now },
        { sensorId: id, result: 1, phenomenonAt: now },
        ...[-1, NaN, Infinity, -Infinity, 8.64e15, now + 12 * 366 * 86_400_000].map((phenomenonAt) => ({
          sensorId: id,
          result: 1,
          phenomenonAt,
        })),
        { sensorId: id, result: 1, phenomenonAt: 0 },
      ],
      now,
    )
    expect(outcomes[0]).toMatchObject({
      ok: false,
      refusal: { code: 'NOT_FOUND', details: { fields: [{ field: 'Datastream' }] } },
    })
    expect(outcomes[1]).toMatchObject({ ok: true })
    for (const outcome of outcomes.slice(2, 8)) {
      expect(outcome).toMatchObject({
        ok: false,
        refusal: { code: 'INVALID', details: { fields: [{ field: 'phenomenonTime' }] } },
      })
    }
    expect(outcomes[8]).toMatchObject({ ok: true, quality: quality.late | quality.unitMismatch })
    expect(city.counts.get('tongguan_readings_total{refused}')).toBe(7)
    expect(stored()).toBe(2)
  })

  it('whatever comes in is answered, one for one, and breaks nothing', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'methane', unit: '%LEL' })
    const item = fc.record({
      sensorId: fc.oneof(fc.constant(id), fc.integer(), fc.double()),
      phenomenonAt: fc.oneof(fc.double(), fc.integer({ min: 0, max: 4e12 })),
      result: fc.oneof(fc.double(), fc.jsonValue(), fc.constant(undefined)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 30 }), async (items) => {
        const outcomes = await city.intake.accept(items, city.clock.at)
        expect(outcomes.length).toBe(items.length)
        for (const outcome of outcomes) {
          if (outcome.ok) expect(outcome.id).toBeGreaterThan(0)
          else expect(['NOT_FOUND', 'INVALID']).toContain(outcome.refusal.code)
        }
      }),
      { numRuns: 300 },
    )
    expect(city.errors).toEqual([])
    expect(city.fault).toBeNull()
  })
})

describe('sent twice', () => {
  it('is stored once and answered with the first id: in one piece, in flight, after, and after a restart', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'noise', unit: 'dB' })
    const item = { sensorId: id, result: 55, phenomenonAt: city.clock.at }
    const [both, flying] = await Promise.all([
      city.intake.accept([item, item], city.clock.at),
      city.intake.accept([item], city.clock.at),
    ])
    const first = { ok: true, id: 1, duplicate: false, quality: 0 }
    expect(both).toEqual([first, { ...first, duplicate: true }])
    expect(flying).toEqual([{ ...first, duplicate: true }])
    expect(await city.intake.accept([item], city.clock.at)).toEqual([{ ...first, duplicate: true }])
    // Another result for the same instant is another reading; one long ago is known to the store.
    for (const result of [56, 57, 58, 59]) await city.tell(id, result)
    expect(await city.intake.accept([item], city.clock.at)).toEqual([{ ...first, duplicate: true }])
    expect(city.memory.readingCount).toBe(5)
    await city.stop()
    city = await startTestEngine({ store: city.memory })
    expect(await city.intake.accept([item], city.clock.at)).toMatchObject([{ id: 1, duplicate: true }])
    expect(await city.tell(id, 99)).toMatchObject([{ id: 8, duplicate: false }])
  })

  it('is acknowledged only when the first is stored', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'noise', unit: 'dB' })
    let open: () => void = () => undefined
    const wait = new Promise<void>((resolve) => (open = resolve))
    city.memory.beforeCommit = () => wait
    const first = city.tell(id, 55)
    let answered = false
    const second = city.tell(id, 55).finally(() => (answered = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(answered).toBe(false)
    open()
    expect(await second).toMatchObject([{ duplicate: true }])
    expect(await first).toMatchObject([{ duplicate: false }])
  })

  it('is new again when the first was not taken', async () => {
    city = await startTestEngine({ settings: { maxQueuedReadings: 2 } })
    const id = await city.sensor({ kind: 'noise', unit: 'dB' })
    let open: () => void = () => undefined
    const wait = new Promise<void>((resolve) => (open = resolve))
    city.memory.beforeCommit = () => wait
    const at = city.clock.at
    const tell = (n: number) => city.tell(id, n, at + n)
    const held = tell(1)
    await new Promise((resolve) => setImmediate(resolve))
    const waiting = [tell(2), tell(3)]
    expect(await tell(4)).toMatchObject([{ ok: false, refusal: { code: 'BUSY' } }])
    open()
    await Promise.all([held, ...waiting])
    expect(await tell(4)).toMatchObject([{ ok: true, duplicate: false }])
    expect(city.memory.readingCount).toBe(4)
  })
})

describe('too much', () => {
  it('is refused with a time to come again, and there is room after', async () => {
    city = await startTestEngine({ intakeSettings: { maxWaiting: 10 } })
    const id = await city.sensor({ kind: 'noise', unit: 'dB' })
    const items = (count: number, from: number) =>
      Array.from({ length: count }, (_, n) => ({ sensorId: id, result: n, phenomenonAt: city.clock.at + from + n }))
    let open: () => void = () => undefined
    const wait = new Promise<void>((resolve) => (open = resolve))
    city.memory.beforeCommit = () => wait
    expect(await city.intake.accept(items(11, 0), city.clock.at)).toMatchObject([
      ...Array.from({ length: 11 }, () => ({ ok: false, refusal: { code: 'TOO_LARGE' } })),
    ])
    const held = city.intake.accept(items(10, 0), city.clock.at)
    const refused = await city.intake.accept(items(1, 50), city.clock.at)
    expect(refused).toMatchObject([{ ok: false, refusal: { code: 'BUSY', details: { retryAfterS: 1 } } }])
    let hasRoom = false
    const room = city.intake.room().then(() => (hasRoom = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(hasRoom).toBe(false)
    open()
    await Promise.all([held, room])
    expect(await city.intake.accept(items(1, 50), city.clock.at)).toMatchObject([{ ok: true }])
    expect(city.counts.get('tongguan_readings_total{busy}')).toBe(1)
    await city.intake.room()
  })

  it('lost by a flood is counted, and becomes an alarm until a quiet minute', async () => {
    city = await startTestEngine()
    city.intake.dropped(99)
    await city.pass(1000)
    expect(city.engine.view.alarms.size).toBe(0)
    city.intake.dropped(1)
    await city.pass(1000)
    await expect
      .poll(() => [...city.engine.view.alarms.values()][0])
      .toMatchObject({
        ruleId: 'system.readings-dropped',
        state: 'unacknowledged',
        value: 100,
      })
    await city.pass(min - 1)
    expect([...city.engine.view.alarms.values()][0]?.state).toBe('unacknowledged')
    await city.pass(1)
    await expect.poll(() => [...city.engine.view.alarms.values()][0]?.state).toBe('returned')
    expect(city.counts.get('tongguan_readings_total{dropped}')).toBe(100)
  })
})

describe('a sensor that goes', () => {
  it('is forgotten, and its last value with it', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'noise', unit: 'dB' })
    await city.tell(id, 50)
    await city.must(systemActor, { type: 'catalog.delete', kind: 'Datastream', id })
    expect(latest(id)).toBeUndefined()
    expect(await city.tell(id, 50)).toMatchObject([{ ok: false, refusal: { code: 'NOT_FOUND' } }])
  })
})
