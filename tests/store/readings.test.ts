import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quality, type Reading } from '../../shared/model/reading.ts'
import type { Store } from '../../server/src/store/open-store.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { chain, emptyBatch, noonAt, noted, sampleReading, sampleSensor } from './samples.ts'

const dayMs = 86_400_000
const midnightAt = Math.floor(noonAt / dayMs) * dayMs

async function filled(store: Store, readings: readonly Reading[]): Promise<Store> {
  await store.engineStore.open()
  await store.engineStore.commit({ ...emptyBatch, readings })
  return store
}
const ask = { orderBy: 'id', descending: false, limit: 100, offset: 0, count: false } as const

onEveryDatabase('readings', (stores) => {
  it('stores a reading once: same sensor, time and result', async () => {
    const { engineStore, history } = await filled(await stores.open(), [sampleReading({ id: 1 })])
    const sent = [
      sampleReading({ id: 2 }),
      sampleReading({ id: 3, value: 2 }),
      sampleReading({ id: 4, sensorId: 2 }),
      sampleReading({ id: 5, phenomenonAt: noonAt + 1 }),
      // Twice in one piece, and one of them sent before.
      sampleReading({ id: 6, value: 2 }),
      sampleReading({ id: 7, receivedAt: noonAt + 5_000 }),
      sampleReading({ id: 8, value: Number.NaN, text: '"on"' }),
      sampleReading({ id: 9, value: Number.NaN, text: '"off"' }),
      sampleReading({ id: 10, value: Number.NaN, text: '"on"' }),
    ]
    const duplicates = await engineStore.commit({ ...emptyBatch, readings: sent })
    expect(new Map([...duplicates].sort(([a], [b]) => a - b))).toEqual(
      new Map([
        [0, 1],
        [4, 3],
        [5, 1],
        [8, 8],
      ]),
    )
    const { items } = await history.readings(ask)
    expect(items.map(({ id }) => id)).toEqual([1, 3, 4, 5, 8, 9])
    expect(items.find(({ id }) => id === 8)).toEqual(sent[6])
  })

  it('keeps what a drill brought, apart from what is real', async () => {
    const real = sampleReading({ id: 1, value: 10 })
    const { engineStore, history } = await filled(await stores.open(), [real])
    await engineStore.commit({
      ...emptyBatch,
      rows: { ...emptyBatch.rows, sensors: [sampleSensor(1)] },
      readings: [
        // The same value at the same instant is no repeat of the real one; sent again, it is one of its own.
        sampleReading({ id: 2, value: 10, quality: quality.drill }),
        sampleReading({ id: 3, value: 90, quality: quality.drill, phenomenonAt: noonAt + 1 }),
      ],
    })
    const again = [sampleReading({ id: 4, value: 10, quality: quality.drill })]
    expect(await engineStore.commit({ ...emptyBatch, readings: again })).toEqual(new Map([[0, 2]]))
    expect((await history.readings(ask)).items.map(({ id }) => id)).toEqual([1, 2, 3])
    const [from, to] = [noonAt - 60_000, noonAt + 60_000]
    expect((await history.series(1, from, to, 'raw', 10)).quality).toEqual([0, quality.drill, quality.drill])
    // In no minute and no hour, before and after these are rolled up; and never a sensor's latest word after a start.
    for (const rolled of [false, true]) {
      if (rolled) await history.maintain(noonAt + 2 * dayMs)
      for (const bucket of ['minute', 'hour'] as const)
        expect(await history.series(1, noonAt - dayMs, to, bucket, 10)).toMatchObject({ n: [1], max: [10] })
    }
    expect(await engineStore.latestReadings()).toMatchObject([{ id: 1 }])
  })

  it('stores what came with a repeat, once, and goes on finding repeats', async () => {
    const { engineStore, history } = await filled(await stores.open(), [sampleReading({ id: 1 })])
    const events = chain([noted('duty')])
    const readings = [sampleReading({ id: 2, value: 2 }), sampleReading({ id: 3 })]
    expect(await engineStore.commit({ ...emptyBatch, events, readings })).toEqual(new Map([[1, 1]]))
    expect(await engineStore.events(0, 10)).toEqual(events)
    // First with a check of each, then without, then with it again: the answer must not depend on it.
    for (let id = 4; id < 1_200; id += 200) {
      const mixed = [sampleReading({ id, value: id }), sampleReading({ id: id + 1, value: 2 })]
      expect(await engineStore.commit({ ...emptyBatch, readings: mixed })).toEqual(new Map([[1, 2]]))
      for (let n = id + 2; n < id + 102; n++)
        await engineStore.commit({ ...emptyBatch, readings: [sampleReading({ id: n, value: n })] })
    }
    expect((await history.readings({ ...ask, limit: 5 })).items.map(({ id }) => id)).toEqual([1, 2, 4, 6, 7])
  })

  it('finds what arrived yesterday, for readings whose time lies before midnight', async () => {
    const before = sampleReading({ id: 1, phenomenonAt: midnightAt - 1, receivedAt: midnightAt - 1 })
    const { engineStore } = await filled(await stores.open(), [before])
    const duplicates = await engineStore.commit({
      ...emptyBatch,
      readings: [
        sampleReading({ id: 2, phenomenonAt: midnightAt - 1, receivedAt: midnightAt }),
        sampleReading({ id: 3, phenomenonAt: midnightAt, receivedAt: midnightAt }),
        sampleReading({ id: 4, phenomenonAt: midnightAt - 2, receivedAt: midnightAt }),
      ],
    })
    expect(duplicates).toEqual(new Map([[0, 1]]))
  })

  it('takes readings that arrive on both sides of midnight in one piece', async () => {
    const { history } = await filled(await stores.open(), [
      sampleReading({ id: 1, receivedAt: midnightAt - 1, phenomenonAt: midnightAt - 1 }),
      sampleReading({ id: 2, receivedAt: midnightAt, phenomenonAt: midnightAt - 1 }),
      sampleReading({ id: 3, receivedAt: midnightAt, phenomenonAt: midnightAt }),
    ])
    expect((await history.readings(ask)).items.map(({ id }) => id)).toEqual([1, 3])
  })

  it('makes partitions by arrival, whatever time the senders claim', async () => {
    const { database, history } = await filled(await stores.open(), [
      sampleReading({ id: 1, phenomenonAt: 0 }),
      sampleReading({ id: 2, phenomenonAt: 8_640_000_000_000_000 }),
      sampleReading({ id: 3, phenomenonAt: -8_640_000_000_000_000 }),
    ])
    const tables = await database.query(
      `select relname from pg_class where relname like 'reading\\_2%' and relkind = 'r'`,
    )
    expect(tables.map(({ relname }) => relname)).toEqual(['reading_20260310'])
    const { items } = await history.readings({ ...ask, orderBy: 'phenomenonAt', descending: true })
    expect(items.map(({ id }) => id)).toEqual([2, 1, 3])
    await history.maintain(noonAt)
    const buckets = await database.query(`select count(*) as n from minute`)
    expect(buckets).toEqual([{ n: 0 }])
  })

  it('refuses ids that do not grow: the roll-ups rest on them', async () => {
    const { engineStore } = await filled(await stores.open(), [sampleReading({ id: 5 })])
    await expect(engineStore.commit({ ...emptyBatch, readings: [sampleReading({ id: 5, value: 9 })] })).rejects.toThrow(
      'must grow',
    )
  })

  it('does not call a reading its own duplicate when its commit is tried again', async () => {
    const { engineStore } = await stores.open()
    await engineStore.open()
    const readings = [sampleReading({ id: 1 }), sampleReading({ id: 2, value: 2 })]
    await engineStore.commit({ ...emptyBatch, readings })
    // A store that never opened knows no ids: as a writer whose answer was lost on its way back.
    const { engineStore: again, history } = await stores.reopen()
    expect(await again.commit({ ...emptyBatch, readings })).toEqual(new Map())
    expect((await history.readings(ask)).items).toHaveLength(2)
  })

  it('drops the days that are past their retention, and only those', async () => {
    const days = [0, 1, 2, 3].map((day) =>
      sampleReading({ id: day + 1, receivedAt: midnightAt + day * dayMs, phenomenonAt: midnightAt + day * dayMs }),
    )
    const { history } = await filled(await stores.open({ retention: { rawRetentionMs: dayMs } }), days)
    const endOfSecond = midnightAt + 2 * dayMs
    expect((await history.maintain(endOfSecond + dayMs - 1)).droppedPartitions).toEqual(['reading_20260310'])
    expect((await history.maintain(endOfSecond + dayMs)).droppedPartitions).toEqual(['reading_20260311'])
    expect((await history.readings(ask)).items.map(({ id }) => id)).toEqual([3, 4])
    expect((await history.series(1, 0, midnightAt + 9 * dayMs, 'hour', 10)).n).toEqual([1, 1, 1, 1])
  })

  it('goes on with greater ids when every day has been dropped', async () => {
    const { history } = await filled(await stores.open({ retention: { rawRetentionMs: dayMs } }), [
      sampleReading({ id: 41 }),
    ])
    expect((await history.maintain(midnightAt + 3 * dayMs)).droppedPartitions).toHaveLength(1)
    const { engineStore } = await stores.reopen()
    expect((await engineStore.open()).maxReadingId).toBe(41)
  })

  it('says how much lies on disk', async () => {
    const { history } = await filled(await stores.open(), [sampleReading({ id: 1 })])
    const sizes = await history.sizes()
    expect(Object.keys(sizes).sort()).toEqual(['hour', 'log', 'minute', 'models', 'raw'])
    for (const bytes of Object.values(sizes)) expect(bytes).toBeGreaterThan(0)
  })

  it('answers what a filter, an order and a page ask for', { timeout: 240_000 }, async () => {
    const reading = (id: number) =>
      fc.record({
        id: fc.constant(id),
        sensorId: fc.integer({ min: 1, max: 3 }),
        phenomenonAt: fc.integer({ min: 0, max: 60 }).map((minutes) => noonAt - minutes * 60_000),
        receivedAt: fc.constant(noonAt),
        value: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN)),
        text: fc.constant(null),
        quality: fc.constantFrom(0, 1),
      })
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
    const at = fc.integer({ min: -1, max: 61 }).map((minutes) => noonAt - minutes * 60_000)
    const query = fc.record({
      sensorId: maybe(fc.integer({ min: 1, max: 4 })),
      id: maybe(fc.integer({ min: 1, max: 40 })),
      phenomenonFrom: maybe(at),
      phenomenonTo: maybe(at),
      valueMin: maybe(fc.integer({ min: -5, max: 5 })),
      valueMax: maybe(fc.integer({ min: -5, max: 5 })),
      orderBy: fc.constantFrom('phenomenonAt' as const, 'id' as const, 'value' as const),
      descending: fc.boolean(),
      limit: fc.integer({ min: 1, max: 20 }),
      offset: fc.integer({ min: 0, max: 10 }),
      count: fc.boolean(),
    })
    const nanLast = (value: number) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)
    const sample = fc.tuple(...Array.from({ length: 40 }, (_, index) => reading(index + 1)))
    const store = await stores.open()
    const [readings] = fc.sample(sample, { numRuns: 1, seed: 7 })
    if (readings === undefined) throw new Error('no sample')
    const duplicates = await (await filled(store, [])).engineStore.commit({ ...emptyBatch, readings })
    const stored = readings.filter((_, index) => !duplicates.has(index))
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const defined = Object.fromEntries(
          Object.entries(asked).filter(([, value]) => value !== undefined),
        ) as typeof ask
        const fits = (item: Reading) =>
          (asked.sensorId === undefined || item.sensorId === asked.sensorId) &&
          (asked.id === undefined || item.id === asked.id) &&
          (asked.phenomenonFrom === undefined || item.phenomenonAt >= asked.phenomenonFrom) &&
          (asked.phenomenonTo === undefined || item.phenomenonAt < asked.phenomenonTo) &&
          (asked.valueMin === undefined || item.value >= asked.valueMin) &&
          (asked.valueMax === undefined || item.value <= asked.valueMax)
        const key = (item: Reading) => nanLast(item[asked.orderBy])
        const sign = asked.descending ? -1 : 1
        const expected = stored.filter(fits).sort((a, b) => sign * (key(a) - key(b) || a.id - b.id))
        const answer = await store.history.readings(defined)
        expect(answer.items).toEqual(expected.slice(asked.offset, asked.offset + asked.limit))
        expect(answer.count).toBe(asked.count ? expected.length : null)
      }),
      { numRuns: 150 },
    )
  })
})
