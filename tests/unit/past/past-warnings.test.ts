/** The weather office's documents, and what becomes of them in a past: issued, raised, lifted or run out, through the CAP door's own reading. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { uuids } from '../../../mock-data/past/ids.ts'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import { weatherOffice } from '../../../mock-data/life/weather-office.ts'
import type { Storm } from '../../../mock-data/world/weather.ts'
import { readAlert } from '../../../server/src/doors/cap/read-alert.ts'
import { livePast } from '../../../server/src/past/live-past.ts'
import type { Store } from '../../../server/src/store/open-store.ts'
import type { HistoryInput } from '../../../shared/contract/history.ts'
import { livedCity } from '../../support/lived-city.ts'
import { noMetrics } from '../../support/lived-past.ts'
import { MemoryEngineStore } from '../../support/memory-engine-store.ts'
import { smallCity } from '../../support/small-city.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const startAt = Date.parse('2026-07-01T00:00:00+08:00')
const rainyDays = 16
const until = startAt + rainyDays * dayMs
/** It pours every other afternoon, now more, now less. */
const stormOf = (day: number): Storm | null => {
  if (day % 2 === 1 || day * dayMs < startAt || day * dayMs > until - 2 * dayMs) return null
  const fromAt = day * dayMs + 6 * hourMs
  return { fromAt, toAt: fromAt + 2 * hourMs, peakMmH: day % 4 === 0 ? 85 : 62 }
}
const office = (seed = 1) =>
  weatherOffice({
    city: livedCity(),
    seed,
    startAt,
    speed: 1,
    time: cityTime({ startAt, originAt: startAt, speed: 1, timeZone: 'Asia/Shanghai' }),
    stormOf,
  })
const utf8 = new TextEncoder()
const documents = office().told(until)
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

describe('the weather office', () => {
  const alerts = documents.map(({ at, xml }) => {
    const read = readAlert(utf8.encode(xml), () => [])
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    return { at, alert: read.alert }
  })
  it('says the same however time is cut, and something else with another seed', () => {
    const cut = office()
    const parts = []
    for (let to = startAt; to <= until; to += 20 * 60_000) parts.push(...cut.told(to))
    expect(parts).toEqual(documents)
    expect(office(2).told(until)).not.toEqual(documents)
  })
  it('warns before the rain, raises the level while it falls, and lifts the warning after it or not at all', () => {
    const of = (msgType: string, event = '暴雨') =>
      alerts.filter(({ alert }) => alert.msgType === msgType && (alert.facts === null || alert.facts.event === event))
    const storms = Array.from({ length: rainyDays }, (_, n) => stormOf(Math.floor(startAt / dayMs) + n)).filter(
      (storm) => storm !== null,
    )
    expect(storms.length).toBeGreaterThan(5)
    expect(of('Alert')).toHaveLength(storms.length)
    expect(of('Update')).toHaveLength(storms.length)
    expect(of('Cancel').length).toBeGreaterThan(0)
    expect(of('Cancel').length).toBeLessThan(storms.length)
    expect(of('Alert', '雷电').length).toBeGreaterThan(0)
    storms.forEach(({ fromAt, toAt, peakMmH }, n) => {
      const [first, raised] = [of('Alert')[n], of('Update')[n]]
      expect(first?.at).toBeLessThan(fromAt)
      expect(first?.alert.facts?.colour).toBe(peakMmH > 70 ? 'yellow' : 'blue')
      expect(raised && raised.at > fromAt && raised.at < toAt).toBe(true)
      expect(raised?.alert.facts?.colour).toBe(peakMmH > 70 ? 'orange' : 'yellow')
      expect(raised?.alert.references).toEqual([first?.alert.name])
      expect(raised?.alert.facts?.expiresAt).toBeGreaterThan(toAt)
    })
    for (const { at, alert } of of('Cancel')) {
      const raised = of('Update').find(({ alert: { name } }) => name.identifier === alert.references[0]?.identifier)
      expect(at > (raised?.at ?? Infinity) && at < (raised?.alert.facts?.expiresAt ?? 0)).toBe(true)
    }
  })
})

describe('warnings of a past', () => {
  it('are issued, replaced, lifted and run out, each once and in its own time', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tongguan-warnings-'))
    folders.push(dataDir)
    const memory = new MemoryEngineStore()
    const newId = uuids(seededRandom(1))
    const inputs = documents.map(({ at, xml }): HistoryInput => ({ kind: 'alert', at, commandId: newId(), xml }))
    let to = startAt
    const step = () => {
      const from = to
      to += 2 * hourMs
      return { kind: 'step', until: to, inputs: inputs.filter(({ at }) => at > from && at <= to) } as const
    }
    const lived = await livePast({
      store: {
        engineStore: memory,
        accounts: { count: () => Promise.resolve(0) },
        history: { maintain: () => Promise.resolve({ droppedPartitions: [] }) },
      } as unknown as Store,
      ...{ dataDir, cityDir: '/pack', city: smallCity(), days: rainyDays, seed: 1, now: () => until },
      player: () => Promise.resolve(to < until ? step() : { kind: 'arrived' }),
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      metrics: noMetrics,
      onProgress: () => undefined,
    })
    expect(lived?.counts.refused).toBe(0)
    const issued = memory.log.flatMap(({ at, event }) =>
      event.type === 'warning.published' ? [{ at, ...event.warning }] : [],
    )
    const lifted = new Map(
      memory.log.flatMap(({ at, event }) =>
        event.type === 'warning.lifted' ? [[event.warningId, { at, ...event }]] : [],
      ),
    )
    expect(issued).toHaveLength(documents.filter(({ xml }) => !xml.includes('>Cancel<')).length)
    expect(lifted.size).toBe(issued.length)
    const reasons = [...lifted.values()].map(({ reason }) => reason.replace(/W\d+/, 'W'))
    expect(new Set(reasons)).toEqual(
      new Set(['replaced by W', 'expired', `${livedCity().head.name}气象台解除暴雨预警`]),
    )
    for (const { id, at, expiresAt } of issued) {
      expect(documents.some((document) => document.at === at)).toBe(true)
      const end = lifted.get(id)
      expect(end?.at).toBeGreaterThan(at)
      // Time passes in ticks of a minute.
      if (end?.reason === 'expired') expect(end.at - expiresAt).toBeLessThanOrEqual(60_000)
      else expect(end?.at).toBeLessThan(expiresAt)
    }
  })
})
