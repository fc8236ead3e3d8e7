/** What a past may be lived into, and what ends it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { PlayerMessage, ServerMessage } from '../../../shared/contract/history.ts'
import { livePast } from '../../../server/src/past/live-past.ts'
import { readMarker, writeMarker, type HistoryMarker } from '../../../server/src/past/marker.ts'
import type { Store } from '../../../server/src/store/open-store.ts'
import { chain, emptyBatch, noted } from '../../store/samples.ts'
import { noMetrics } from '../../support/lived-past.ts'
import { MemoryEngineStore } from '../../support/memory-engine-store.ts'
import { smallCity } from '../../support/small-city.ts'

const nowAt = Date.parse('2026-08-03T12:00:00+08:00')
const midnight = Date.parse('2026-08-01T00:00:00+08:00')
const minuteMs = 60_000
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

function place() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongguan-past-'))
  folders.push(dataDir)
  const memory = new MemoryEngineStore()
  const forgotten: string[] = []
  const world = { accounts: 0, maintained: [] as number[] }
  const store = {
    engineStore: memory,
    accounts: { count: () => Promise.resolve(world.accounts) },
    history: { maintain: (at: number) => Promise.resolve({ droppedPartitions: [], at: world.maintained.push(at) }) },
    database: {
      transaction: (statements: readonly { sql: string }[]) => {
        forgotten.push(...statements.map(({ sql }) => sql))
        memory.log.length = 0
        return Promise.resolve([])
      },
    },
  } as unknown as Store
  return { dataDir, memory, store, forgotten, world }
}

type Place = ReturnType<typeof place>
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const live = (at: Place, player: (message: ServerMessage) => unknown, days = 2, now = () => nowAt) =>
  livePast({
    store: at.store,
    dataDir: at.dataDir,
    cityDir: '/pack',
    city: smallCity(),
    player: (message) => Promise.resolve(player(message)),
    days,
    seed: 7,
    now,
    log: quiet,
    metrics: noMetrics,
    onProgress: () => undefined,
  })
const arrives = (): PlayerMessage => ({ kind: 'arrived' })
const nobody = () => {
  throw new Error('the player is not asked')
}
const begun = (epoch: string, over: Partial<HistoryMarker> = {}): HistoryMarker => {
  return { epoch, days: 2, seed: 7, from: 1, until: 2, rev: 0, done: false, ...over }
}
const someEvents = chain([noted('one'), noted('two')])

describe('a past', () => {
  it('begins with the city’s midnight so many days ago, and ends now', async () => {
    const at = place()
    const heard: ServerMessage[] = []
    const lived = await live(at, (message) => {
      heard.push(message)
      return arrives()
    })
    expect(heard).toEqual([{ kind: 'begin', from: midnight, until: nowAt, seed: 7, cityDir: '/pack' }])
    expect(lived?.marker).toEqual({
      ...begun(at.memory.epoch),
      from: midnight,
      until: nowAt,
      rev: at.memory.log.length,
      done: true,
    })
    expect(readMarker(at.dataDir)).toEqual(lived?.marker)
    expect(at.memory.snapshots).toHaveLength(1)
  })

  it('goes on while living it took time, and stops once it is close to now', async () => {
    const at = place()
    // The clock is looked at when it begins, when the player arrives, and when it goes on.
    const clock = [nowAt, nowAt + 15_000, nowAt + 15_000, nowAt + 29_999]
    const ends: number[] = []
    const lived = await live(
      at,
      (message) => {
        if (message.kind === 'begin') ends.push(message.until)
        return arrives()
      },
      2,
      () => clock.shift() as number,
    )
    expect(ends).toEqual([nowAt, nowAt + 15_000])
    expect(lived?.marker.until).toBe(nowAt + 15_000)
  })

  it('lets time pass in ticks, keeps house by its own hours, and never goes back', async () => {
    const at = place()
    const steps: PlayerMessage[] = [
      { kind: 'step', until: midnight + 3 * minuteMs, inputs: [] },
      { kind: 'step', until: midnight + 13 * 60 * minuteMs, inputs: [] },
      { kind: 'arrived' },
    ]
    await live(at, () => steps.shift())
    expect(at.world.maintained).toEqual([
      midnight + 3 * minuteMs,
      midnight + 13 * 60 * minuteMs,
      midnight + 13 * 60 * minuteMs,
    ])
    const back = place()
    const wrong: PlayerMessage[] = [
      { kind: 'step', until: midnight + 5, inputs: [] },
      { kind: 'step', until: midnight + 4, inputs: [] },
    ]
    await expect(live(back, () => wrong.shift())).rejects.toThrow('time does not go back')
    expect(readMarker(back.dataDir)?.done).toBe(false)
  })

  it('is not lived into a log that holds something, nor where anybody has an account', async () => {
    const used = place()
    await used.memory.commit({ ...emptyBatch, events: someEvents })
    expect(await live(used, nobody)).toBeNull()
    expect(used.memory.log).toHaveLength(2)
    expect(readMarker(used.dataDir)?.done).toBe(true)

    const known = place()
    known.world.accounts = 1
    expect(await live(known, nobody)).toBeNull()
    expect(known.memory.log).toEqual([])
  })

  it.each([
    ['another log', (epoch: string) => begun(`${epoch}x`), 0],
    ['one lived to its end', (epoch: string) => begun(epoch, { done: true }), 0],
    ['one that has accounts by now', (epoch: string) => begun(epoch), 1],
  ])('is never thrown away where the note speaks of %s', async (_, marker, accounts) => {
    const at = place()
    at.world.accounts = accounts
    await at.memory.commit({ ...emptyBatch, events: someEvents })
    writeMarker(at.dataDir, marker(at.memory.epoch))
    expect(await live(at, nobody)).toBeNull()
    expect(at.forgotten).toEqual([])
  })

  it('that was broken off is thrown away and lived again; with no days wanted it is only thrown away', async () => {
    for (const days of [2, 0]) {
      const at = place()
      await at.memory.commit({ ...emptyBatch, events: someEvents })
      writeMarker(at.dataDir, begun(at.memory.epoch))
      const lived = await live(at, days === 0 ? nobody : arrives, days)
      expect(at.forgotten[0]).toMatch(/^truncate event, /)
      expect(lived === null).toBe(days === 0)
      expect(readMarker(at.dataDir)).toMatchObject({ days, done: true })
    }
  })

  it('is none where nobody plays the city', async () => {
    const at = place()
    expect(await live(at, () => ({ kind: 'nothing', why: 'no crews' }))).toBeNull()
    expect(readMarker(at.dataDir)).toMatchObject({ done: true })
  })

  it('stays unfinished when the player fails or the store does', async () => {
    const at = place()
    await expect(live(at, () => Promise.reject(new Error('the player has ended')))).rejects.toThrow('has ended')
    expect(readMarker(at.dataDir)?.done).toBe(false)

    const broken = place()
    broken.memory.failCommits = 100
    await expect(live(broken, arrives)).rejects.toThrow('the disk is gone')
    expect(readMarker(broken.dataDir)?.done).toBe(false)
  })
})
