/** What a drill's readings do in a whole engine: alarms, cases and values of their own, and nothing real touched. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/model/command.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import { quality } from '../../../shared/model/reading.ts'
import { person, startTestEngine, testNoon, type TestEngine } from '../../support/engine.ts'

const chief = person('chief')
const duty = person('duty')
const start: Command = { type: 'drill.start', scenario: 'rainstorm', countsInKpi: false, seed: null }
const end = (drillId = 'D1'): Command => ({ type: 'drill.end', drillId, reason: '练完了' })

describe('readings of a drill', () => {
  let city: TestEngine
  afterEach(() => city.stop())
  const types = (from = 0) => city.memory.log.slice(from).map(({ event }) => event.type)
  const drillSays = (sensorId: number, result: unknown, at = city.clock.now()) =>
    city.intake.accept([{ sensorId, phenomenonAt: at, result, isDrill: true }], at)
  const alarms = () => [...city.engine.view.alarms.values()]
  const shown = (id: number): Reading | undefined => city.engine.view.latest.get(id)

  it('are refused while no drill runs', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'smoke', name: '3号楼' })
    expect(await drillSays(id, 1)).toMatchObject([{ ok: false, refusal: { code: 'FORBIDDEN' } }])
    await city.must(chief, start)
    expect(await drillSays(id, 1)).toMatchObject([{ ok: true, quality: quality.drill }])
    await city.must(chief, end())
    expect(await drillSays(id, 1)).toMatchObject([{ ok: false, refusal: { code: 'FORBIDDEN' } }])
    expect(city.memory.readingCount).toBe(1)
  })

  it('raise an alarm and open a case of their own beside the real ones, linked to nothing real', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'smoke', name: '3号楼' })
    await city.tell(id, 1)
    await city.must(chief, start)
    await drillSays(id, 1)
    expect(alarms()).toMatchObject([
      { id: 'A1', drill: false, incidentId: '20260801-000001', version: 2 },
      { id: 'A2', drill: true, incidentId: '20260801-000002' },
    ])
    const { incidents } = city.engine.view
    expect(incidents.get('20260801-000001')).toMatchObject({ drill: false, alarmIds: ['A1'] })
    expect(incidents.get('20260801-000002')).toMatchObject({ drill: true, alarmIds: ['A2'] })
  })

  it('never clear what is real, and the real reading never clears what is a drill’s', async () => {
    city = await startTestEngine()
    const [real, drilled] = [await city.sensor({ kind: 'smoke' }), await city.sensor({ kind: 'smoke' })]
    await city.tell(real, 1)
    await city.must(chief, start)
    await drillSays(drilled, 1)
    city.clock.at += 1000
    await drillSays(real, 0)
    await city.tell(drilled, 0)
    await city.pass(60_000)
    expect(alarms()).toMatchObject([
      { sensorId: real, drill: false, state: 'unacknowledged' },
      { sensorId: drilled, drill: true, state: 'unacknowledged' },
    ])
    await drillSays(drilled, 0)
    await city.pass(60_000)
    expect(alarms()).toMatchObject([{ state: 'unacknowledged' }, { state: 'returned' }])
  })

  it('stand before the real value while the drill runs, which stands again after it', async () => {
    city = await startTestEngine()
    const [id, silent] = [await city.sensor({ kind: 'methane', unit: '%LEL' }), await city.sensor({ kind: 'smoke' })]
    await city.tell(id, 1)
    await city.must(chief, start)
    city.clock.at += 1000
    await drillSays(id, 9)
    await drillSays(silent, 0)
    city.clock.at += 1000
    const newest = city.engine.view.newestReadingAt
    await city.tell(id, 2)
    expect(shown(id)).toMatchObject({ value: 9, quality: quality.drill })
    expect(newest).toBe(testNoon)
    const uncovered: (readonly number[])[] = []
    city.engine.onCommit((commit) => uncovered.push(commit.uncovered))
    await city.must(chief, end())
    expect(shown(id)).toMatchObject({ value: 2, quality: quality.good })
    expect(shown(silent)).toBeUndefined()
    expect(uncovered).toEqual([[id, silent]])
  })

  it('are no repeat of the same real value at the same instant', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'methane', unit: '%LEL' })
    await city.must(chief, start)
    await drillSays(id, 3)
    expect(await city.tell(id, 3)).toMatchObject([{ ok: true, duplicate: false, quality: quality.good }])
    expect(await drillSays(id, 3)).toMatchObject([{ ok: true, duplicate: true, quality: quality.drill }])
  })

  it('leave nothing behind: alarms closed by the system, unseen ones too', async () => {
    city = await startTestEngine()
    const ids = [await city.sensor({ kind: 'smoke' }), await city.sensor({ kind: 'smoke' })]
    await city.must(chief, start)
    for (const id of ids) await drillSays(id, 1)
    await city.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    const before = city.memory.log.length
    await city.must(chief, end())
    expect(types(before)).toEqual([
      'incident.voided',
      'incident.voided',
      'alarm.returned',
      'alarm.returned',
      'drill.ended',
    ])
    expect(city.memory.log.slice(before).map(({ actor }) => actor)).toEqual([
      ...Array.from({ length: 4 }, () => 'system'),
      'chief',
    ])
    expect(city.engine.view.alarms.size).toBe(0)
    expect(city.memory.batches.at(-1)?.rows.alarms).toMatchObject([
      { id: 'A1', state: 'normal', acknowledgedBy: 'duty' },
      { id: 'A2', state: 'normal', acknowledgedBy: null },
    ])
    // The next drill begins with nothing of the one before.
    await city.must(chief, start)
    await drillSays(ids[0] as number, 1, city.clock.now() + 1)
    expect(alarms()).toMatchObject([{ id: 'A3', drill: true, count: 1 }])
  })

  it('are judged by nobody where the drill ended while they were on their way', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'smoke' })
    await city.must(chief, start)
    const ended = city.must(chief, end())
    const late = drillSays(id, 1)
    await Promise.all([ended, late])
    expect(await late).toMatchObject([{ ok: true }])
    expect(alarms()).toEqual([])
    expect(shown(id)).toBeUndefined()
  })

  it('and the drill go on after a restart', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'smoke' })
    await city.tell(id, 0)
    await city.must(chief, start)
    city.clock.at += 1000
    await drillSays(id, 1)
    await city.stop()
    city = await startTestEngine({ store: city.memory, clock: city.clock })
    expect([...city.engine.view.drills.keys()]).toEqual(['D1'])
    expect(alarms()).toMatchObject([{ id: 'A1', drill: true }])
    city.clock.at += 1000
    await drillSays(id, 0)
    await city.pass(60_000)
    expect(alarms()).toMatchObject([{ id: 'A1', state: 'returned' }])
    await city.must(chief, end())
    expect(alarms()).toEqual([])
  })

  it.each([
    [false, { alarmsRaised: 1, reported: 1 }],
    [true, { alarmsRaised: 2, reported: 2 }],
  ])('are in today’s numbers beside the real ones where the drill counts: %s', async (countsInKpi, numbers) => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'smoke' })
    await city.tell(id, 1)
    await city.must(chief, { ...start, countsInKpi } as Command)
    await drillSays(id, 1)
    expect(city.engine.view.kpiToday(city.clock.now())).toMatchObject(numbers)
  })
})
