/** Load control through the engine: a restart changes nothing of what is damped, grouped, flooded and told further. */
import { afterEach, expect, it } from 'vitest'
import { person, startTestEngine, type TestEngine } from '../../support/engine.ts'

const [second, minute] = [1000, 60_000]
let city: TestEngine
afterEach(() => city.stop())

const types = () => city.memory.log.map(({ event }) => event.type)
const count = (type: string) => types().filter((one) => one === type).length
async function restart() {
  const { memory, clock } = city
  await city.stop()
  city = await startTestEngine({ store: memory, clock })
}
const low = (n: number) => ({ kind: 'other', name: `测点${n}` })

it('is told further on time, whatever happens to the process meanwhile', async () => {
  city = await startTestEngine()
  const id = await city.sensor({ kind: 'smoke', name: '3号楼' })
  await city.tell(id, 1)
  await city.pass(minute)
  expect(count('alarm.escalated')).toBe(0)
  await restart()
  await city.pass(1)
  expect(city.engine.view.alarms.get('A1')?.load?.escalation).toMatchObject({ level: 1, to: 'chief' })
  await restart()
  await city.pass(2 * minute)
  expect(city.engine.view.alarms.get('A1')?.load?.escalation).toMatchObject({ level: 2, to: 'manager' })
  await restart()
  await city.pass(60 * minute)
  expect(count('alarm.escalated')).toBe(2)
})

it('a lift that goes to and fro is one alarm, also after a restart, and is heard again after quiet', async () => {
  city = await startTestEngine()
  const id = await city.sensor({ kind: 'elevator', name: '2号梯' })
  const goes = async (value: number, afterMs: number) => {
    city.clock.at += afterMs
    await city.tell(id, value)
    if (value === 0) await city.pass(minute)
  }
  await goes(1, second)
  await city.must(person('duty'), { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
  await goes(0, second)
  await goes(1, second)
  expect(types().slice(-4)).toContain('alarm.chatter-began')
  const standing = [...city.engine.view.alarms.keys()].at(-1) as string
  await goes(0, second)
  expect(city.engine.view.alarms.get(standing)).toMatchObject({
    active: false,
    load: { chattering: { transitions: 4 } },
  })
  await restart()
  await goes(1, second)
  expect(city.engine.view.alarms.get(standing)).toMatchObject({
    active: true,
    count: 2,
    load: { chattering: { transitions: 5 } },
  })
  await goes(0, second)
  await city.pass(30 * minute)
  expect(count('alarm.chatter-ended')).toBe(1)
  expect(city.engine.view.alarms.get(standing)).toMatchObject({ state: 'returned', load: { chattering: null } })
})

it('a flood is on the state lane while it lasts, groups are rows, and both outlive the process', async () => {
  city = await startTestEngine()
  for (let n = 0; n < 11; n++) {
    const id = await city.sensor({ ...low(n), kind: 'smoke', position: [121.4, 31.2 + n * 0.01] })
    await city.tell(id, 1)
  }
  for (const position of [
    [121.45, 31.5],
    [121.4501, 31.5],
  ] as const) {
    const id = await city.sensor({ kind: 'smoke', position })
    await city.tell(id, 1)
  }
  await city.pass(second)
  expect([...city.engine.view.floods.values()]).toMatchObject([{ id: 'F1', endedAt: null, announced: 13 }])
  const [group] = city.engine.view.alarmGroups.values()
  expect(group).toMatchObject({ id: 'G1', cause: 'fire', alarmIds: ['A12', 'A13'], unacknowledged: 2 })
  await restart()
  expect(city.engine.view.floods.size).toBe(1)
  const seenIds = group?.alarmIds ?? []
  await city.must(person('duty'), { type: 'alarm.acknowledge-group', groupId: 'G1', seenIds, comment: null })
  expect(city.engine.view.alarmGroups.get('G1')?.unacknowledged).toBe(0)
  await city.pass(10 * minute)
  expect(city.engine.view.floods.size).toBe(0)
  expect(types().filter((type) => type.startsWith('flood.'))).toEqual(['flood.began', 'flood.ended'])
})
