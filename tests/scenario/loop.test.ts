/** The loop this system is for: from a value over its limit to a case closed, evaluated and counted. */
import { afterEach, describe, expect, it } from 'vitest'
import type { IncidentCommand } from '../../shared/model/command.ts'
import { person, startTestEngine, type TestEngine } from '../support/engine.ts'
import { openTestStore } from '../support/embedded.ts'

const duty = person('duty')
const dept = person('dept', 'drainage', { departmentId: 'drainage' })
const crew = person('crew', 'pump-1', { unitId: 'PUMP-01' })
const min = 60_000
let close: () => Promise<void> = () => Promise.resolve()
afterEach(() => close())

async function playLoop(city: TestEngine) {
  const { engine, clock } = city
  const sensorId = await city.sensor({ kind: 'water-depth', name: '中山路下立交', unit: 'm' })

  // 0.30 m is over the closing line; one reading is not enough, 60 s of them are.
  await city.tell(sensorId, 0.3)
  expect(engine.view.alarms.size).toBe(0)
  await city.pass(min)
  await city.tell(sensorId, 0.3)
  const [alarm] = engine.view.alarms.values()
  expect(alarm).toMatchObject({
    state: 'unacknowledged',
    priority: 1,
    ruleId: 'water-depth-critical',
    value: 30,
    unit: 'cm',
    sensorName: '中山路下立交',
    districtId: 'd1',
    occurredAt: clock.at - min,
    raisedAt: clock.at,
  })
  const [incident] = engine.view.incidents.values()
  expect(incident).toMatchObject({
    id: '20260801-000001',
    state: 'pending-dispatch',
    source: 'iot',
    classCode: 'E0506',
    departmentId: 'drainage',
    alarmIds: [alarm?.id],
  })
  const incidentId = incident?.id ?? ''
  expect(alarm?.incidentId).toBe(incidentId)

  const act = (actor: typeof duty, command: Omit<IncidentCommand, 'incidentId'> & object) =>
    city.must(actor, { incidentId, ...command } as IncidentCommand)
  const step = async (actor: typeof duty, command: Omit<IncidentCommand, 'incidentId'> & object, state: string) => {
    await city.pass(min / 2)
    await act(actor, command)
    expect(engine.view.incidents.get(incidentId)?.state).toBe(state)
  }
  await city.must(duty, { type: 'alarm.acknowledge', alarmId: alarm?.id ?? '', comment: null })
  await step(duty, { type: 'incident.dispatch', unitId: 'PUMP-01' } as never, 'pending-receipt')
  expect(engine.view.units.get('PUMP-01')).toMatchObject({ status: 'dispatched', incidentId })
  await step(crew, { type: 'incident.acknowledge', unitId: 'PUMP-01' } as never, 'handling')
  await step(crew, { type: 'incident.depart', unitId: 'PUMP-01' } as never, 'handling')
  await step(crew, { type: 'incident.arrive', unitId: 'PUMP-01' } as never, 'handling')
  const arrivedAt = clock.at
  await step(crew, { type: 'incident.finish', unitId: 'PUMP-01', note: '已排干' } as never, 'pending-feedback')
  expect(engine.view.units.get('PUMP-01')).toMatchObject({ status: 'available', incidentId: null })

  // Dry again: the alarm returns after its off-delay, acknowledged already, so it is normal and gone.
  await city.tell(sensorId, 0.02)
  expect(engine.view.alarms.size).toBe(1)
  // It goes on speaking: silent for three of its minutes it would be an alarm of its own.
  for (let n = 0; n < 5; n++) {
    await city.pass(2 * min)
    await city.tell(sensorId, 0.02)
  }
  expect(engine.view.alarms.size).toBe(0)

  await step(dept, { type: 'incident.feed-back', note: '积水已排除' } as never, 'pending-check')
  await step(duty, { type: 'incident.pass-check', note: '' } as never, 'pending-close')
  await step(duty, { type: 'incident.close', note: '' } as never, 'closed')
  await step(duty, { type: 'incident.evaluate', satisfaction: 5, note: '' } as never, 'evaluated')

  const closed = engine.view.incidents.get(incidentId)
  expect(closed).toMatchObject({ resolution: '积水已排除', satisfaction: 5, arrivedAt, overdueStages: [] })
  expect(engine.view.kpiToday(clock.at)).toMatchObject({
    reported: 1,
    filed: 1,
    dispatched: 1,
    closed: 1,
    refused: 0,
    openNow: 0,
    overdueNow: 0,
    onTimeRate: 1,
    responseP50Ms: arrivedAt - (closed?.reportedAt ?? 0),
    alarmsRaised: 1,
  })
  expect(city.errors).toEqual([])
  return incidentId
}

describe('the loop', () => {
  it('turns in memory', async () => {
    const city = await startTestEngine()
    close = () => city.stop()
    await playLoop(city)
    const types = city.memory.log.map(({ event }) => event.type).filter((type) => /^(alarm|incident)/.test(type))
    expect(types).toEqual([
      'alarm.raised',
      'incident.reported',
      'incident.filed',
      'alarm.incident-opened',
      'alarm.acknowledged',
      'incident.dispatched',
      'incident.acknowledged',
      'incident.departed',
      'incident.arrived',
      'incident.finished',
      'alarm.returned',
      'incident.fed-back',
      'incident.check-passed',
      'incident.closed',
      'incident.evaluated',
    ])
  })

  it('turns on the real store, and is the same after a restart', async () => {
    const store = await openTestStore()
    const city = await startTestEngine({ store: store.engineStore })
    let running = city
    close = async () => {
      await running.stop()
      await store.close()
    }
    const incidentId = await playLoop(city)
    const before = city.engine.view.incidents.get(incidentId)
    await city.stop()
    running = await startTestEngine({ store: store.engineStore, clock: city.clock })
    expect(running.engine.view.incidents.get(incidentId)).toEqual(before)
    expect(running.engine.view.kpiToday(city.clock.at)).toEqual(city.engine.view.kpiToday(city.clock.at))
    expect(await store.readModels.incident(incidentId)).toEqual(before)
    expect(await store.auditLog.verify()).toMatchObject({ ok: true })
  })
})
