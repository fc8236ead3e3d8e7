import { expect, it } from 'vitest'
import type { UnitFix } from '../../shared/model/unit.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import type { EngineStore } from '../../server/src/ports/store.ts'
import { chain, emptyBatch, noonAt, noted, sampleIncident, sampleReading, sampleSensor } from './samples.ts'

const outcome = { ok: true, rev: 1, data: { incidentId: 'i1' } } as const
const sampleFix = (change: Partial<UnitFix>): UnitFix => ({
  unitId: 'PUMP-03',
  position: [121.4, 31.2],
  headingDeg: null,
  speedMps: 3.5,
  accuracyM: null,
  fixAt: noonAt,
  receivedAt: noonAt,
  ...change,
})

async function newest(store: EngineStore): Promise<{ rev: number; pieces: string[] } | null> {
  const { snapshot } = await store.open()
  if (snapshot === null) return null
  const pieces: string[] = []
  for await (const piece of snapshot.pieces) pieces.push(piece)
  return { rev: snapshot.rev, pieces }
}

onEveryDatabase('commit', (stores) => {
  it('stores events, rows, readings, fixes and outcomes, and starts from them', async () => {
    const { engineStore } = await stores.open()
    await engineStore.open()
    const incident = sampleIncident({ id: 'i1' })
    const events = chain([{ type: 'incident.reported', incident }, noted('duty')])
    const readings = [sampleReading({ id: 7 }), sampleReading({ id: 8, sensorId: 2, value: -0.25 })]
    const duplicates = await engineStore.commit({
      events,
      rows: { ...emptyBatch.rows, incidents: [incident], sensors: [sampleSensor(1), sampleSensor(2)] },
      readings,
      fixes: [sampleFix({})],
      commands: [{ commandId: 'c1', actor: 'duty', outcome }],
    })
    expect(duplicates.size).toBe(0)

    const again = (await stores.reopen()).engineStore
    expect(await again.open()).toMatchObject({ headSeq: 2, headHash: events[1]?.hash, maxReadingId: 8 })
    expect(await again.events(0, 10)).toEqual(events)
    expect(await again.events(1, 10)).toEqual(events.slice(1))
    expect(await again.events(0, 1)).toEqual(events.slice(0, 1))
    expect(await again.events(2, 10)).toEqual([])
    expect(await again.incident('i1')).toEqual(incident)
    expect(await again.incident('other')).toBeNull()
    expect(await again.latestFixes()).toEqual([sampleFix({})])
    expect((await again.latestReadings()).sort((a, b) => a.id - b.id)).toEqual(readings)
    expect(await again.knownCommands(['c1', 'c2'])).toEqual(new Map([['c1', { actor: 'duty', outcome }]]))
    expect(await again.knownCommands([])).toEqual(new Map())
  })

  it('keeps nothing of a commit that cannot be whole', async () => {
    const { engineStore, readModels } = await stores.open()
    await engineStore.open()
    const first = chain([noted('a')])
    await engineStore.commit({ ...emptyBatch, events: first, commands: [{ commandId: 'c1', actor: 'a', outcome }] })
    const incident = sampleIncident({ id: 'i1' })
    const broken = {
      events: chain([noted('b')], { seq: 1, hash: first[0]?.hash ?? '' }),
      rows: { ...emptyBatch.rows, incidents: [incident], sensors: [sampleSensor(1)] },
      readings: [sampleReading({ id: 1 })],
      fixes: [sampleFix({})],
      // Remembered before: this act happened already.
      commands: [{ commandId: 'c1', actor: 'a', outcome }],
    }
    await expect(engineStore.commit(broken)).rejects.toThrow()
    expect(await engineStore.events(1, 10)).toEqual([])
    expect(await readModels.incident('i1')).toBeNull()
    expect(await engineStore.latestFixes()).toEqual([])
    expect(await engineStore.commit({ ...broken, commands: [] })).toEqual(new Map())
    expect((await engineStore.open()).headSeq).toBe(2)
    expect(await engineStore.latestReadings()).toHaveLength(1)
  })

  it('does not happen twice when it is tried again', async () => {
    const { engineStore } = await stores.open()
    await engineStore.open()
    const batch = { ...emptyBatch, events: chain([noted('a')]) }
    await engineStore.commit(batch)
    await expect(engineStore.commit(batch)).rejects.toMatchObject({ code: '23505' })
    expect(await engineStore.events(0, 10)).toHaveLength(1)
  })

  it('refuses an event that does not carry its own hash', async () => {
    const { engineStore } = await stores.open()
    await engineStore.open()
    const [event] = chain([noted('a')])
    if (event === undefined) throw new Error('no event')
    const forged = { ...event, actor: 'chief' }
    await expect(engineStore.commit({ ...emptyBatch, events: [forged] })).rejects.toThrow('its own hash')
  })

  it('keeps hostile text: NUL, half a surrogate pair, quotes', async () => {
    const { engineStore, auditLog, readModels } = await stores.open()
    await engineStore.open()
    const incident = sampleIncident({ id: 'i\'1"', title: 'a\0b \ud800 \\" 积水', address: '\udfff' })
    await engineStore.commit({
      ...emptyBatch,
      events: chain([{ type: 'incident.reported', incident }]),
      rows: { ...emptyBatch.rows, incidents: [incident] },
      readings: [sampleReading({ id: 1, value: Number.NaN, text: JSON.stringify('\0\ud800'), quality: 32 })],
    })
    expect(await readModels.incident('i\'1"')).toEqual(incident)
    expect(await auditLog.verify()).toMatchObject({ ok: true, checked: 1 })
    expect((await readModels.incidents({ limit: 10, q: 'a\0B' })).items).toHaveLength(1)
  })

  it('never covers a newer row with an older one', async () => {
    const { engineStore, readModels } = await stores.open()
    await engineStore.open()
    const rows = (version: number) => ({ ...emptyBatch.rows, incidents: [sampleIncident({ id: 'i1', version })] })
    for (const version of [1, 3, 2]) await engineStore.commit({ ...emptyBatch, rows: rows(version) })
    expect((await readModels.incident('i1'))?.version).toBe(3)
    await engineStore.commit({ ...emptyBatch, fixes: [sampleFix({ fixAt: 5 }), sampleFix({ fixAt: 4 })] })
    await engineStore.commit({ ...emptyBatch, fixes: [sampleFix({ fixAt: 3 })] })
    expect((await engineStore.latestFixes()).map((fix) => fix.fixAt)).toEqual([5])
  })

  it('forgets a removed sensor', async () => {
    const { engineStore } = await stores.open()
    await engineStore.open()
    const sensors = [sampleSensor(1), sampleSensor(2)]
    const readings = [sampleReading({ id: 1, sensorId: 1 }), sampleReading({ id: 2, sensorId: 2 })]
    await engineStore.commit({ ...emptyBatch, readings, rows: { ...emptyBatch.rows, sensors } })
    await engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, removedSensorIds: [1] } })
    expect((await engineStore.latestReadings()).map((reading) => reading.sensorId)).toEqual([2])
  })

  it('keeps the newest two snapshots, and answers none past the head', async () => {
    const { engineStore } = await stores.open()
    await engineStore.open()
    await engineStore.commit({ ...emptyBatch, events: chain([noted('a'), noted('b'), noted('c')]) })
    for (const rev of [1, 2, 3]) await engineStore.saveSnapshot(rev, ['head', `of ${rev}`])
    await engineStore.saveSnapshot(3, ['head', 'of 3 again', 'and more'])
    expect(await newest(engineStore)).toEqual({ rev: 3, pieces: ['head', 'of 3 again', 'and more'] })
    await engineStore.saveSnapshot(9, ['from another log'])
    expect((await newest((await stores.reopen()).engineStore))?.rev).toBe(3)
  })

  it('has no snapshot of pieces that broke off, lets commits pass between them, and keeps none of them', async () => {
    const { engineStore, database } = await stores.open()
    await engineStore.open()
    await engineStore.commit({ ...emptyBatch, events: chain([noted('a'), noted('b'), noted('c')]) })
    await engineStore.saveSnapshot(1, ['whole'])
    function* broken() {
      for (let n = 0; n < 120; n++) yield 'x'.repeat(5_000)
      throw new Error('out of words')
    }
    await expect(engineStore.saveSnapshot(2, broken())).rejects.toThrow('out of words')
    expect(await newest(engineStore)).toEqual({ rev: 1, pieces: ['whole'] })
    const passed: number[] = []
    function* slow() {
      for (let n = 0; n < 3; n++) {
        void engineStore.knownCommands(['c']).then(() => passed.push(n))
        yield `piece ${n}`
      }
      expect(passed).toEqual(expect.arrayContaining([0, 1]))
    }
    await engineStore.saveSnapshot(3, slow())
    const [row] = await database.query('select count(*) as n from snapshot_piece')
    expect(Number(row?.n)).toBe(4)
  })

  it('answers the newest word of each sensor, and its last good hour when its readings are gone', async () => {
    const { engineStore, history } = await stores.open({ retention: { rawRetentionMs: 86_400_000 } })
    await engineStore.open()
    const rows = { ...emptyBatch.rows, sensors: [sampleSensor(1), sampleSensor(2), sampleSensor(3)] }
    await engineStore.commit({
      ...emptyBatch,
      rows,
      readings: [
        sampleReading({ id: 1, sensorId: 1, phenomenonAt: noonAt, value: 1 }),
        sampleReading({ id: 2, sensorId: 1, phenomenonAt: noonAt - 1, value: 2 }),
        sampleReading({ id: 3, sensorId: 1, phenomenonAt: noonAt + 9e9, value: 3, quality: 2 }),
        sampleReading({ id: 4, sensorId: 2, phenomenonAt: noonAt, value: 4 }),
      ],
    })
    const latest = await engineStore.latestReadings()
    expect(latest.map(({ sensorId, value }) => [sensorId, value]).sort()).toEqual([
      [1, 1],
      [2, 4],
    ])
    const later = noonAt + 3 * 86_400_000
    expect((await history.maintain(later)).droppedPartitions).toEqual(['reading_20260310'])
    const older = await engineStore.latestReadings()
    expect(older.map(({ sensorId, value, phenomenonAt }) => [sensorId, value, phenomenonAt]).sort()).toEqual([
      [1, 1, noonAt],
      [2, 4, noonAt],
    ])
  })
})
