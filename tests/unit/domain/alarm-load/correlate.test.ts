/** Which alarms are put together, which are not, and what the group says of itself. */
import { describe, expect, it } from 'vitest'
import { causeFamilies, loadOf, mostInGroup, sameDevice } from '../../../../shared/model/load-control.ts'
import { sensorKinds } from '../../../../shared/model/sensor-kinds.ts'
import { east, minute, Shift, types } from './support.ts'

const family = (id: string) => causeFamilies.find((one) => one.id === id)!
const water = { kind: 'water-depth', position: east(0) }
const groupOf = (shift: Shift, id: string) => loadOf(shift.row(id)).groupId
const onlyGroup = (shift: Shift) => [...shift.state.alarmLoad.groups.values()][0]!

describe('alarms of one place, time and cause', () => {
  it('are one group from the second on, the first that began first', () => {
    const shift = new Shift()
    const first = shift.raise(water)
    expect(groupOf(shift, first.id)).toBeNull()
    shift.now += minute
    const second = shift.raise({ ...water, position: east(300), occurredAt: shift.now - 2 * minute, priority: 1 })
    expect(groupOf(shift, first.id)).toBe('G1')
    expect(groupOf(shift, second.id)).toBe('G1')
    expect(onlyGroup(shift)).toMatchObject({
      id: 'G1',
      basis: 'place',
      cause: 'waterlogging',
      firstOut: { alarmId: second.id },
      alarmIds: [second.id, first.id],
      total: 2,
      priority: 1,
      unacknowledged: 2,
      position: east(300),
    })
    shift.now += minute
    const third = shift.raise({ ...water, position: east(200), occurredAt: shift.now - 10 * minute })
    expect(onlyGroup(shift).firstOut.alarmId).toBe(third.id)
    expect(onlyGroup(shift).alarmIds[0]).toBe(third.id)
  })

  it('reach as far as the family says, from where the group began', () => {
    const { radiusM } = family('fire')
    for (const [m, together] of [
      [radiusM - 2, true],
      [radiusM + 2, false],
    ] as const) {
      const shift = new Shift()
      shift.raise({ kind: 'smoke', position: east(0) })
      const { id } = shift.raise({ kind: 'smoke', position: east(m) })
      expect(groupOf(shift, id) !== null).toBe(together)
    }
    // No chain: what is near the second but far from the first stands alone.
    const shift = new Shift()
    shift.raise({ kind: 'smoke', position: east(0) })
    shift.raise({ kind: 'smoke', position: east(150) })
    expect(groupOf(shift, shift.raise({ kind: 'smoke', position: east(300) }).id)).toBeNull()
  })

  it('come within the family’s time of the newest', () => {
    const { withinMs } = family('fire')
    for (const [ms, together] of [
      [withinMs, true],
      [withinMs + 1, false],
    ] as const) {
      const pair = new Shift()
      pair.raise({ kind: 'smoke', position: east(0) })
      pair.now += ms
      expect(groupOf(pair, pair.raise({ kind: 'smoke', position: east(0) }).id) !== null).toBe(together)
      const group = new Shift()
      group.raise({ kind: 'smoke', position: east(0) })
      group.raise({ kind: 'smoke', position: east(0) })
      group.now += ms
      expect(groupOf(group, group.raise({ kind: 'smoke', position: east(0) }).id) === 'G1').toBe(together)
    }
  })

  it('go to the nearest group, and to a group before a lone alarm', () => {
    const shift = new Shift()
    for (const m of [0, 10, 700, 710]) shift.raise({ kind: 'crowd-density', position: east(m) })
    expect(shift.state.alarmLoad.groups.size).toBe(2)
    expect(groupOf(shift, shift.raise({ kind: 'crowd-density', position: east(400) }).id)).toBe('G2')
    expect(groupOf(shift, shift.raise({ kind: 'crowd-density', position: east(300) }).id)).toBe('G1')
  })

  it('are not together where cause, place or reality differ', () => {
    for (const other of [
      { kind: 'smoke', position: east(0) },
      { ...water, position: null },
      { ...water, drill: true },
      { kind: 'other', position: east(0) },
    ]) {
      const shift = new Shift()
      shift.raise(water)
      expect(groupOf(shift, shift.raise(other).id)).toBeNull()
    }
    const shift = new Shift()
    shift.raise({ ...water, position: null })
    expect(groupOf(shift, shift.raise(water).id)).toBeNull()
    // The system about itself has no place.
    shift.raise({ sensorId: null, kind: 'system' })
    expect(groupOf(shift, shift.raise({ sensorId: null, kind: 'system' }).id)).toBeNull()
  })
})

describe('what follows from a cause', () => {
  const road = { kind: 'road-speed', position: east(100) }
  it('joins it, and never comes before it', () => {
    const shift = new Shift()
    shift.raise(water)
    shift.now += minute
    const jam = shift.raise(road)
    expect(onlyGroup(shift)).toMatchObject({ cause: 'waterlogging', firstOut: { alarmId: 'A1' } })
    expect(groupOf(shift, jam.id)).toBe('G1')
    // This jam was there before the water.
    const old = shift.raise({ ...road, occurredAt: shift.now - 2 * minute })
    expect(groupOf(shift, old.id)).toBeNull()
  })

  it('starts no group of that cause: two jams are traffic', () => {
    const shift = new Shift()
    shift.raise(road)
    shift.raise(road)
    expect(onlyGroup(shift).cause).toBe('traffic')
    expect(groupOf(shift, shift.raise(water).id)).toBeNull()
  })

  it('may be heard before its cause, if it did not begin before it', () => {
    const shift = new Shift()
    shift.raise({ ...road, occurredAt: shift.now })
    shift.now += 5 * minute
    const late = shift.raise({ ...water, occurredAt: shift.now - 6 * minute })
    expect(onlyGroup(shift)).toMatchObject({ cause: 'waterlogging', firstOut: { alarmId: late.id } })
    const not = new Shift()
    not.raise({ ...road, occurredAt: not.now })
    expect(groupOf(not, not.raise({ ...water, occurredAt: not.now + 1 }).id)).toBeNull()
  })

  it('a cause of its own before an effect of another', () => {
    const shift = new Shift()
    shift.raise({ kind: 'supply-voltage', position: east(0) })
    shift.raise({ kind: 'water-pressure', position: east(500) })
    expect(onlyGroup(shift).cause).toBe('power')
    shift.raise({ kind: 'gas-pressure', position: east(0) })
    shift.raise({ kind: 'methane', position: east(0) })
    const { id } = shift.raise({ kind: 'pump', position: east(0) })
    expect(groupOf(shift, id)).toBe('G1')
  })

  it('names kinds that there are', () => {
    const codes = new Set<string>(sensorKinds.map(({ code }) => code))
    for (const { kinds, effects } of causeFamilies) {
      expect([...kinds, ...effects].filter((kind) => !codes.has(kind))).toEqual([])
      expect(kinds.filter((kind) => effects.includes(kind))).toEqual([])
    }
  })
})

describe('alarms of one installation', () => {
  it('are one group whatever they measure, from the first pair on', () => {
    const shift = new Shift()
    shift.raise({ kind: 'other', thingId: 5 })
    shift.raise({ kind: 'noise', thingId: 6 })
    shift.raise({ kind: 'smoke', thingId: 5 })
    expect(onlyGroup(shift)).toMatchObject({
      basis: 'device',
      cause: 'thing 5',
      alarmIds: ['A1', 'A3'],
      name: sameDevice.name,
    })
    shift.raise({ kind: 'pm25', thingId: 5 })
    expect(onlyGroup(shift).total).toBe(3)
    shift.now += sameDevice.withinMs + 1
    expect(groupOf(shift, shift.raise({ kind: 'pm25', thingId: 5 }).id)).toBeNull()
  })

  it('and stand alone where the sensor is gone', () => {
    const shift = new Shift()
    const first = shift.raise({ thingId: 5 })
    shift.say({ type: 'sensor.removed', sensorId: first.sensorId as number })
    expect(groupOf(shift, shift.raise({ thingId: 5, kind: 'pm25' }).id)).toBeNull()
    shift.say({ type: 'sensor.removed', sensorId: 99 })
  })
})

describe('a group', () => {
  const three = () => {
    const shift = new Shift()
    for (const m of [0, 100, 200]) shift.raise({ ...water, position: east(m), priority: m === 100 ? 2 : 3 })
    return shift
  }

  it('follows its open alarms, and is gone with the last', () => {
    const shift = three()
    expect(onlyGroup(shift)).toMatchObject({ priority: 2, unacknowledged: 3 })
    shift.acknowledge('A2')
    expect(onlyGroup(shift)).toMatchObject({ priority: 2, unacknowledged: 2 })
    shift.now += 2 * minute
    shift.move('A2', false)
    expect(onlyGroup(shift)).toMatchObject({ priority: 3, unacknowledged: 2, alarmIds: ['A1', 'A3'], total: 3 })
    for (const id of ['A1', 'A3']) {
      shift.acknowledge(id)
      shift.move(id, false)
    }
    expect(shift.state.alarmLoad.groups.size).toBe(0)
    expect(shift.changes.alarmGroups).toContain('G1')
    // The next is another group.
    shift.raise(water)
    shift.raise(water)
    expect(onlyGroup(shift).id).toBe('G2')
  })

  it('keeps who began first after that one is over', () => {
    const shift = three()
    shift.acknowledge('A1')
    shift.now += 2 * minute
    shift.move('A1', false)
    expect(onlyGroup(shift).firstOut.alarmId).toBe('A1')
  })

  it('takes no more than it may', () => {
    const shift = new Shift()
    for (let n = 0; n < mostInGroup; n++) shift.raise(water)
    expect(onlyGroup(shift).total).toBe(mostInGroup)
    const next = shift.raise(water)
    expect(groupOf(shift, next.id)).toBeNull()
    expect(groupOf(shift, shift.raise(water).id)).toBe('G2')
  })

  it('is heard once: a further alarm sounds only where it is critical or worse than all before', () => {
    const shift = new Shift()
    const sounds = ([3, 3, 2, 2, 3, 1, 1] as const).map((priority) => loadOf(shift.raise({ ...water, priority })).sound)
    expect(sounds).toEqual(['notice', null, 'urgent', null, null, 'critical', 'critical'])
    expect(loadOf(shift.raise({ kind: 'noise', priority: 4 })).sound).toBeNull()
  })

  it('is made of what was said in one breath, too', () => {
    const shift = new Shift()
    const [a, b, c] = ['A1', 'A2', 'A3'].map((id, n) => ({
      ...new Shift().raise(water),
      id,
      sensorId: n + 1,
    }))
    const told = shift.say(
      { type: 'alarm.raised', alarm: a! },
      { type: 'alarm.raised', alarm: b! },
      { type: 'alarm.raised', alarm: c! },
    )
    expect(types(told)).toEqual([
      'alarm.raised',
      'alarm.raised',
      'alarm.grouped',
      'alarm.grouped',
      'alarm.raised',
      'alarm.grouped',
    ])
    expect(onlyGroup(shift)).toMatchObject({ alarmIds: ['A1', 'A2', 'A3'], total: 3 })
  })
})
