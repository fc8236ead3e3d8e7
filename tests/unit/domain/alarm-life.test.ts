/** An alarm from its first reading to its end, and the case it opens. */
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentCommand } from '../../../shared/model/command.ts'
import { person, startTestEngine, type TestEngine } from '../../support/engine.ts'
import { systemActor } from '../../../shared/model/role.ts'

const duty = person('duty')
const min = 60_000
let city: TestEngine
afterEach(() => city.stop())

const types = (from = 0) => city.memory.log.slice(from).map(({ event }) => event.type)
const onlyAlarm = () => [...city.engine.view.alarms.values()][0]
async function smoke() {
  city = await startTestEngine()
  return city.sensor({ kind: 'smoke', name: '3号楼' })
}

describe('an alarm', () => {
  it('is raised once however often the value stays over', async () => {
    const id = await smoke()
    for (let i = 0; i < 5; i++) {
      await city.tell(id, 1)
      city.clock.at += 1000
    }
    expect(city.engine.view.alarms.size).toBe(1)
    expect(types().filter((type) => type === 'alarm.raised')).toHaveLength(1)
    expect(city.memory.log.find(({ event }) => event.type === 'alarm.raised')).toMatchObject({
      actor: 'rule:smoke-alarm',
      cause: `reading:${id}@${city.clock.at - 5000}`,
    })
  })

  it('returns unseen, rings again and counts; the open case takes it', async () => {
    const id = await smoke()
    await city.tell(id, 1)
    city.clock.at += 1000
    await city.tell(id, 0)
    await city.pass(min)
    expect(onlyAlarm()).toMatchObject({ state: 'returned', count: 1 })
    await city.tell(id, 1)
    expect(onlyAlarm()).toMatchObject({ state: 'unacknowledged', count: 2, returnedAt: null })
    expect(city.engine.view.incidents.size).toBe(1)
    await city.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: '已核实' })
    city.clock.at += 1000
    await city.tell(id, 0)
    await city.pass(min)
    expect(city.engine.view.alarms.size).toBe(0)
    // Another alarm of the same sensor while its case is open: linked, not opened again.
    await city.tell(id, 1)
    expect(onlyAlarm()).toMatchObject({ id: 'A2', incidentId: '20260801-000001' })
    expect(city.engine.view.incidents.size).toBe(1)
    expect(city.engine.view.incidents.get('20260801-000001')?.alarmIds).toEqual(['A1', 'A2'])
  })

  it('opens a new case when the earlier one has ended', async () => {
    const id = await smoke()
    await city.tell(id, 1)
    await city.must(duty, { type: 'incident.void', incidentId: '20260801-000001', reason: '误报' } as IncidentCommand)
    city.clock.at += 1000
    await city.tell(id, 0)
    await city.pass(min)
    await city.tell(id, 1)
    expect(onlyAlarm()).toMatchObject({ id: 'A1', count: 2, incidentId: '20260801-000002' })
  })

  it('worsens by a worse rule, and by a value that has grown enough', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'methane', unit: '%LEL' })
    const tell = async (value: number) => {
      city.clock.at += 10_000
      await city.tell(id, value)
    }
    await tell(20)
    await tell(20)
    expect(onlyAlarm()).toMatchObject({ priority: 2, ruleId: 'methane-high', value: 20 })
    await tell(21.9)
    expect(onlyAlarm()?.value).toBe(20)
    await tell(22)
    expect(onlyAlarm()).toMatchObject({ value: 22, version: 3, priority: 2 })
    await tell(45)
    await tell(45)
    expect(onlyAlarm()).toMatchObject({ value: 45, priority: 1, ruleId: 'methane-critical', limit: 40 })
    expect(city.engine.view.incidents.size).toBe(1)
    await tell(30)
    expect(onlyAlarm()).toMatchObject({ value: 45, priority: 1 })
  })

  it('becomes a case by an officer, filed at once', async () => {
    city = await startTestEngine()
    const id = await city.sensor({ kind: 'road-speed', unit: 'mph', name: '高架北段' })
    for (let i = 0; i < 3; i++) {
      city.clock.at += 5 * min
      await city.tell(id, 15)
    }
    expect(onlyAlarm()).toMatchObject({ ruleId: 'road-speed-slow', unit: 'km/h', value: 24.14016 })
    expect(city.engine.view.incidents.size).toBe(0)
    expect(
      await city.ask(person('manager'), { type: 'alarm.open-incident', alarmId: 'A1', classCode: null }),
    ).toMatchObject({ refusal: { code: 'FORBIDDEN' } })
    const data = await city.must(duty, { type: 'alarm.open-incident', alarmId: 'A1', classCode: null })
    expect(city.engine.view.incidents.get(data['incidentId'] as string)).toMatchObject({
      state: 'pending-dispatch',
      classCode: 'E0689',
      title: '交通拥堵：高架北段',
    })
    const again = await city.ask(duty, { type: 'alarm.open-incident', alarmId: 'A1', classCode: null })
    expect(again).toMatchObject({ refusal: { code: 'NOT_ALLOWED', details: { incidentId: data['incidentId'] } } })
    const odd = await city.ask(duty, { type: 'alarm.open-incident', alarmId: 'A9', classCode: null })
    expect(odd).toMatchObject({ refusal: { code: 'NOT_FOUND' } })
  })

  it('ends with its sensor', async () => {
    const id = await smoke()
    await city.tell(id, 1)
    await city.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    await city.must(systemActor, { type: 'catalog.delete', kind: 'Thing', id: 1 })
    expect(city.engine.view.alarms.size).toBe(0)
    expect(city.engine.view.sensors.size).toBe(0)
    expect(city.engine.view.latest.size).toBe(0)
  })
})

describe('alarms of the system', () => {
  it('are raised, return, ring again; nobody else may ask for them', async () => {
    city = await startTestEngine()
    const ask = (holds: boolean, value: number) =>
      city.must(systemActor, { type: 'alarm.system', ruleId: 'system.disk-full', holds, value, limit: 90 })
    await ask(false, 10)
    expect(types().at(-1)).toBe('unit.enrolled')
    await ask(true, 91)
    await ask(true, 91)
    expect(onlyAlarm()).toMatchObject({ sensorId: null, kind: 'system', priority: 1, count: 1 })
    await ask(false, 80)
    expect(onlyAlarm()).toMatchObject({ state: 'returned' })
    await ask(true, 91)
    expect(onlyAlarm()).toMatchObject({ state: 'unacknowledged', count: 2 })
    const outcome = await city.ask(duty, { type: 'alarm.system', ruleId: 'x', holds: true, value: 1, limit: 0 })
    expect(outcome).toMatchObject({ refusal: { code: 'FORBIDDEN' } })
  })
})
