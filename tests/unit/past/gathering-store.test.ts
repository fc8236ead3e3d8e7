import { describe, expect, it } from 'vitest'
import type { CommitBatch } from '../../../server/src/ports/store.ts'
import { createGatheringStore } from '../../../server/src/store/gathering-store.ts'
import {
  chain,
  emptyBatch,
  noted,
  sampleAlarm,
  sampleIncident,
  sampleReading,
  sampleSensor,
} from '../../store/samples.ts'
import { MemoryEngineStore } from '../../support/memory-engine-store.ts'

const limits = { events: 4, readings: 3 }
const events = chain(Array.from({ length: 12 }, (_, index) => noted(`person ${index}`)))
const batch = (over: Partial<CommitBatch>): CommitBatch => ({ ...emptyBatch, ...over })
const rows = (over: Partial<CommitBatch['rows']>): CommitBatch['rows'] => ({ ...emptyBatch.rows, ...over })
const fixAt = (at: number) => ({
  unitId: 'PUMP-01',
  position: [121.4, 31.2] as const,
  headingDeg: null,
  speedMps: null,
  accuracyM: null,
  fixAt: at,
  receivedAt: at,
})
const remember = (commandId: string) => [
  { commandId, actor: 'duty', outcome: { ok: true, rev: 1, data: { n: commandId } } } as const,
]

async function opened() {
  const inner = new MemoryEngineStore()
  const store = createGatheringStore(inner, limits)
  await store.open()
  return { inner, store }
}

describe('a store that gathers', () => {
  it('answers at once and stores once enough has come: below its limit nothing, at it all of it, in order', async () => {
    const { inner, store } = await opened()
    for (const event of events.slice(0, 3)) expect(await store.commit(batch({ events: [event] }))).toEqual(new Map())
    expect(inner.batches).toHaveLength(0)
    await store.commit(batch({ events: events.slice(3, 5) }))
    await store.flush()
    expect(inner.batches.map((one) => one.events.map(({ seq }) => seq))).toEqual([[1, 2, 3, 4, 5]])
  })

  it('is sent off by readings as well', async () => {
    const { inner, store } = await opened()
    const readings = [1, 2, 3].map((id) => sampleReading({ id }))
    await store.commit(batch({ readings: readings.slice(0, 2) }))
    expect(inner.batches).toHaveLength(0)
    await store.commit(batch({ readings: readings.slice(2) }))
    await store.flush()
    expect(inner.batches.map((one) => one.readings.map(({ id }) => id))).toEqual([[1, 2, 3]])
  })

  it('keeps of each row the last word, and of each crew the newest place', async () => {
    const { inner, store } = await opened()
    for (const version of [1, 2, 3]) {
      const incidents = [sampleIncident({ id: 'a', version }), sampleIncident({ id: `b${version}`, version })]
      await store.commit(batch({ rows: rows({ incidents, alarms: [sampleAlarm({ id: 'A1', version })] }) }))
    }
    await store.commit(batch({ fixes: [fixAt(20), fixAt(10)] }))
    await store.flush()
    const [one, ...others] = inner.batches
    expect(others).toEqual([])
    expect(one?.rows.incidents.map(({ id, version }) => `${id} ${version}`)).toEqual(['a 3', 'b1 1', 'b2 2', 'b3 3'])
    expect(one?.rows.alarms.map(({ version }) => version)).toEqual([3])
    expect(one?.fixes.map(({ fixAt }) => fixAt)).toEqual([20])
  })

  it('of a sensor that went and came it keeps that it is there, and the other way about', async () => {
    const { inner, store } = await opened()
    await store.commit(batch({ rows: rows({ sensors: [sampleSensor(1)], removedSensorIds: [2] }) }))
    await store.commit(batch({ rows: rows({ sensors: [sampleSensor(2)], removedSensorIds: [1] }) }))
    await store.flush()
    expect(inner.batches[0]?.rows).toMatchObject({ sensors: [sampleSensor(2)], removedSensorIds: [1] })
  })

  it('sees a case that waits, one that is on its way, and one that is stored', async () => {
    const { inner, store } = await opened()
    let goOn = () => undefined as void
    inner.beforeCommit = () => new Promise((resolve) => (goOn = resolve))
    const incidents = [sampleIncident({ id: 'a', version: 7 })]
    await store.commit(batch({ events: events.slice(0, 4), rows: rows({ incidents }) }))
    expect(inner.incidents.size).toBe(0)
    expect(await store.incident('a')).toMatchObject({ version: 7 })
    await store.commit(batch({ rows: rows({ incidents: [sampleIncident({ id: 'a', version: 8 })] }) }))
    expect(await store.incident('a')).toMatchObject({ version: 8 })
    expect(await store.incident('c')).toBeNull()
    goOn()
    inner.beforeCommit = () => Promise.resolve()
    await store.flush()
    expect(await store.incident('a')).toMatchObject({ version: 8 })
    expect(inner.incidents.get('a')?.version).toBe(8)
  })

  it('knows a command that waits, and asks nobody about one that never was', async () => {
    const { inner, store } = await opened()
    let asked = 0
    inner.knownCommands = (ids) => {
      asked++
      return MemoryEngineStore.prototype.knownCommands.call(inner, ids)
    }
    await store.commit(batch({ events: events.slice(0, 1), commands: remember('one') }))
    expect(await store.knownCommands(['two'])).toEqual(new Map())
    expect(asked).toBe(0)
    expect((await store.knownCommands(['one', 'two'])).get('one')).toMatchObject({ actor: 'duty' })
    expect(asked).toBe(1)
  })

  it('over a log that was there before asks the database about every command', async () => {
    const inner = new MemoryEngineStore()
    await inner.commit(batch({ events: events.slice(0, 1), commands: remember('old') }))
    const store = createGatheringStore(inner, limits)
    await store.open()
    expect((await store.knownCommands(['old'])).size).toBe(1)
  })

  it('holds two batches at most: the third waits for the first', async () => {
    const { inner, store } = await opened()
    let goOn = () => undefined as void
    inner.beforeCommit = () => new Promise((resolve) => (goOn = resolve))
    await store.commit(batch({ events: events.slice(0, 4) }))
    let isTaken = false
    const second = store.commit(batch({ events: events.slice(4, 8) })).then(() => (isTaken = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isTaken).toBe(false)
    inner.beforeCommit = () => Promise.resolve()
    goOn()
    await second
    await store.flush()
    expect(inner.log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('what cannot be stored fails everything after it, and the flush', async () => {
    const { inner, store } = await opened()
    inner.failCommits = 1
    await store.commit(batch({ events: events.slice(0, 4) }))
    await expect(store.flush()).rejects.toThrow('the disk is gone')
    await expect(store.commit(batch({ events: events.slice(4, 5) }))).rejects.toThrow('the disk is gone')
    await expect(store.saveSnapshot(4, ['{}'])).rejects.toThrow('the disk is gone')
    expect(inner.log).toEqual([])
    expect(inner.snapshots).toEqual([])
  })

  it('stores what waits before a snapshot of it', async () => {
    const { inner, store } = await opened()
    await store.commit(batch({ events: events.slice(0, 2) }))
    await store.saveSnapshot(2, ['{}'])
    expect(inner.log).toHaveLength(2)
    expect(inner.snapshots).toEqual([{ rev: 2, pieces: ['{}'] }])
  })
})
