import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Reading } from '../../shared/model/reading.ts'
import type { Store } from '../../server/src/store/open-store.ts'
import { RollUpMemory } from '../../server/src/store/roll-up-memory.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, noonAt, sampleReading } from './samples.ts'

const widths = { minute: 60_000, hour: 3_600_000 } as const
const from = noonAt - 10 * 3_600_000
const to = noonAt + 10 * 3_600_000

/** The obvious way: every stored reading, one bucket after another. */
function bruteForce(readings: readonly Reading[], sensorId: number, family: 'minute' | 'hour') {
  const buckets = new Map<number, number[]>()
  for (const { sensorId: id, phenomenonAt, value, quality } of readings) {
    if (id !== sensorId || quality !== 0 || Number.isNaN(value)) continue
    const at = Math.floor(phenomenonAt / widths[family]) * widths[family]
    buckets.set(at, [...(buckets.get(at) ?? []), value])
  }
  return [...buckets].sort(([a], [b]) => a - b)
}

async function expectExact(store: Store, stored: readonly Reading[]): Promise<void> {
  for (const family of ['minute', 'hour'] as const) {
    for (const sensorId of [1, 2, 17]) {
      const expected = bruteForce(stored, sensorId, family)
      const answer = await store.history.series(sensorId, from, to, family, 5_000)
      expect(answer.times).toEqual(expected.map(([at]) => at))
      expect(answer.n).toEqual(expected.map(([, values]) => values.length))
      expect(answer.min).toEqual(expected.map(([, values]) => Math.min(...values)))
      expect(answer.max).toEqual(expected.map(([, values]) => Math.max(...values)))
      for (const [index, [, values]] of expected.entries()) {
        expect(answer.values[index]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9)
      }
    }
  }
}

onEveryDatabase('roll-ups', (stores) => {
  it(
    'hold every trusted reading once, however late, whenever rolled up, whatever was forgotten',
    { timeout: 600_000 },
    async () => {
      const reading = fc.record({
        // 1 and 17 share a part.
        sensorId: fc.constantFrom(1, 2, 17),
        minutesAgo: fc.integer({ min: 0, max: 300 }),
        value: fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN)),
        quality: fc.constantFrom(0, 0, 0, 1, 4),
      })
      const step = fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ act: fc.constant('commit' as const), readings: fc.array(reading, { maxLength: 25 }) }),
        },
        { weight: 2, arbitrary: fc.record({ act: fc.constant('maintain' as const) }) },
        { weight: 1, arbitrary: fc.record({ act: fc.constant('forget' as const) }) },
        { weight: 1, arbitrary: fc.record({ act: fc.constant('look' as const) }) },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
          let store = await stores.open()
          await store.engineStore.open()
          const stored: Reading[] = []
          let id = 0
          let now = noonAt
          for (const { act, ...rest } of steps) {
            // Past the ten minutes between two roll-ups of hours.
            now += 601_000
            if (act === 'commit' && 'readings' in rest) {
              const readings = rest.readings.map(({ minutesAgo, ...facts }) =>
                sampleReading({
                  id: (id += 1 + (minutesAgo % 3)),
                  ...facts,
                  phenomenonAt: noonAt - minutesAgo * 60_000,
                }),
              )
              const duplicates = await store.engineStore.commit({ ...emptyBatch, readings })
              stored.push(...readings.filter((_, index) => !duplicates.has(index)))
            } else if (act === 'maintain') await store.history.maintain(now)
            else if (act === 'forget') {
              store = await stores.reopen()
              await store.engineStore.open()
            } else await expectExact(store, stored)
          }
          await expectExact(store, stored)
          await store.history.maintain(now + 601_000)
          await expectExact(store, stored)
          const [left] = await store.database.query(
            'select count(*) as n from rolled where rolled_id < (select max(id) from reading)',
          )
          expect(left?.n).toBe(0)
        }),
        { numRuns: 12 },
      )
    },
  )

  it('keep the last value by the world’s time, whichever part came first', async () => {
    let store = await stores.open()
    await store.engineStore.open()
    const commit = (readings: Reading[]) => store.engineStore.commit({ ...emptyBatch, readings })
    const last = async () => (await store.database.query('select last, last_at, last_id from minute'))[0]
    await commit([
      sampleReading({ id: 1, phenomenonAt: noonAt + 30_000, value: 3 }),
      sampleReading({ id: 2, phenomenonAt: noonAt + 10_000, value: 1 }),
    ])
    await store.history.maintain(noonAt)
    expect(await last()).toEqual({ last: 3, last_at: noonAt + 30_000, last_id: 1 })
    await commit([sampleReading({ id: 3, phenomenonAt: noonAt + 20_000, value: 2 })])
    await store.history.maintain(noonAt)
    expect(await last()).toEqual({ last: 3, last_at: noonAt + 30_000, last_id: 1 })
    await commit([sampleReading({ id: 4, phenomenonAt: noonAt + 30_000, value: 4 })])
    store = await stores.reopen()
    await store.engineStore.open()
    await store.history.maintain(noonAt)
    expect(await last()).toEqual({ last: 4, last_at: noonAt + 30_000, last_id: 4 })
  })

  it('survive values whose mean is smaller than any number', async () => {
    const { engineStore, history } = await stores.open()
    await engineStore.open()
    const readings = [0, 5e-324].map((value, i) => sampleReading({ id: i + 1, value, phenomenonAt: noonAt + i }))
    await engineStore.commit({ ...emptyBatch, readings })
    const means = async () =>
      (await history.series(readings[0]!.sensorId, noonAt, noonAt + 60_000, 'minute', 10)).values
    expect(await means()).toEqual([0])
    await history.maintain(noonAt)
    expect(await means()).toEqual([0])
  })

  it('survive values whose sum no number holds', async () => {
    const { engineStore, history } = await stores.open()
    await engineStore.open()
    const huge = (id: number, value: number) => sampleReading({ id, value, phenomenonAt: noonAt + id })
    for (const id of [1, 3]) {
      const readings = [huge(id, Number.MAX_VALUE), huge(id + 1, Number.MAX_VALUE)]
      await engineStore.commit({ ...emptyBatch, readings })
      await history.maintain(noonAt)
    }
    const { n, max } = await history.series(1, from, to, 'minute', 10)
    expect([n, max]).toEqual([[4], [Number.MAX_VALUE]])
  })

  it('go on exactly after a commit whose answer was lost', async () => {
    const store = await stores.open()
    await store.engineStore.open()
    const readings = (first: number) =>
      [0, 1].map((n) => sampleReading({ id: first + n, phenomenonAt: noonAt + first + n }))
    await store.engineStore.commit({ ...emptyBatch, readings: readings(1) })
    const fault = { commandId: 'c', actor: 'a', outcome: { ok: true, rev: 0, data: {} } } as const
    await store.engineStore.commit({ ...emptyBatch, commands: [fault] })
    await expect(
      store.engineStore.commit({ ...emptyBatch, readings: readings(3), commands: [fault] }),
    ).rejects.toThrow()
    await store.engineStore.commit({ ...emptyBatch, readings: readings(3) })
    await store.history.maintain(noonAt)
    expect((await store.history.series(1, from, to, 'minute', 10)).n).toEqual([4])
  })

  it('are dropped by the month when past their retention, and not made again', async () => {
    const retention = { rawRetentionMs: 86_400_000, rollupRetentionMs: 30 * 86_400_000 }
    const { engineStore, history, database } = await stores.open({ retention })
    await engineStore.open()
    const old = noonAt - 60 * 86_400_000
    await engineStore.commit({
      ...emptyBatch,
      readings: [sampleReading({ id: 1, phenomenonAt: old }), sampleReading({ id: 2 })],
    })
    const { droppedPartitions } = await history.maintain(noonAt)
    expect(droppedPartitions).toEqual(['hour_202601', 'minute_202601'])
    expect(await database.query('select bucket_at from hour')).toEqual([{ bucket_at: noonAt }])
  })

  it('keep the newest points when a curve is longer than asked for', async () => {
    const { engineStore, history } = await stores.open()
    await engineStore.open()
    const readings = Array.from({ length: 10 }, (_, n) =>
      sampleReading({ id: n + 1, phenomenonAt: noonAt + n * 60_000, value: n }),
    )
    await engineStore.commit({ ...emptyBatch, readings: readings.slice(0, 6) })
    await history.maintain(noonAt)
    await engineStore.commit({ ...emptyBatch, readings: readings.slice(6) })
    for (const bucket of ['raw', 'minute'] as const) {
      const short = await history.series(1, noonAt, noonAt + 600_000, bucket, 9)
      expect([short.values, short.truncated]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9], true])
      const whole = await history.series(1, noonAt, noonAt + 600_000, bucket, 10)
      expect([whole.values.length, whole.truncated]).toEqual([10, false])
      const half = await history.series(1, noonAt + 60_000, noonAt + 120_000, bucket, 10)
      expect(half.values).toEqual([1])
    }
    const raw = await history.series(1, from, to, 'raw', 1)
    expect(raw).toEqual({ times: [noonAt + 540_000], values: [9], quality: [0], truncated: true })
  })
})

it('memory of roll-ups forgets rather than grow', () => {
  const memory = new RollUpMemory('minute')
  memory.restart(0)
  for (let id = 1; id <= 25_001; id++) {
    memory.add([sampleReading({ id, sensorId: id })], id)
    if (id === 25_000) expect(memory.coversAfter).toBe(0)
  }
  expect(memory.coversAfter).toBe(25_001)
  expect(memory.take(0)).toEqual({ rows: [], upto: 25_001 })
})
