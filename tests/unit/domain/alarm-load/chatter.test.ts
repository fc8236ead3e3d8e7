/** Chattering and fleeting: found, damped, counted, and heard again after quiet. */
import { describe, expect, it } from 'vitest'
import { chatterLimits, fleetingMs, loadOf } from '../../../../shared/model/load-control.ts'
import {
  addTransition,
  mostTransitionKeys,
  mostTransitions,
  newAlarmLoad,
} from '../../../../server/src/domain/alarm-load/load-state.ts'
import { endChatter } from '../../../../server/src/domain/alarm-load/chatter.ts'
import { minute, second, Shift, types } from './support.ts'

/** Raised, returned after `firstMs`, raised again after `secondMs` more. */
function toAndFro(firstMs: number, secondMs: number, wish = {}) {
  const shift = new Shift()
  const { id } = shift.raise(wish)
  shift.now += firstMs
  shift.move(id, false)
  shift.now += secondMs
  return { shift, id, told: shift.move(id, true) }
}

describe('a chattering alarm', () => {
  it('is one of three raises and returns within a minute, both ends in it', () => {
    for (const [ms, expected] of [
      [minute - 1, ['alarm.chatter-began']],
      [minute, ['alarm.chatter-began']],
      [minute + 1, ['alarm.reraised']],
    ] as const)
      expect(types(toAndFro(30 * second, ms - 30 * second).told)).toEqual(expected)
  })

  it('is waiting again, marked, and counted up', () => {
    const { shift, id } = toAndFro(20 * second, 20 * second)
    expect(shift.row(id)).toMatchObject({ state: 'unacknowledged', count: 2, returnedAt: null })
    const { chattering, hasChattered } = loadOf(shift.row(id))
    expect(chattering).toEqual({
      sinceAt: shift.now - 40 * second,
      transitions: 3,
      lastAt: shift.now,
      quietAt: shift.now + 10 * minute,
    })
    expect(hasChattered).toBe(true)
  })

  it('is announced once: what follows is counted on it, in the log and silent', () => {
    const { shift, id } = toAndFro(20 * second, 20 * second)
    const heard = shift.state.alarmLoad.heard.length
    for (let n = 0; n < 6; n++) {
      shift.now += 20 * second
      expect(types(shift.move(id, n % 2 === 1))).toEqual(['alarm.fluttered'])
    }
    expect(shift.row(id)).toMatchObject({ count: 5, state: 'unacknowledged', active: true })
    expect(loadOf(shift.row(id)).chattering).toMatchObject({
      transitions: 9,
      quietAt: shift.now + 10 * minute,
    })
    expect(shift.state.alarmLoad.heard).toHaveLength(heard)
    // The same said twice is no transition.
    expect(shift.move(id, true)).toEqual([])
  })

  it('stays acknowledged, and does not come back as another alarm', () => {
    const { shift, id } = toAndFro(20 * second, 20 * second)
    shift.acknowledge(id)
    shift.now += second
    expect(types(shift.move(id, false))).toEqual(['alarm.fluttered'])
    expect(shift.row(id)).toMatchObject({ state: 'acknowledged', active: false })
  })

  it('is over when nothing moved for its quiet time, and returns then if its condition is gone', () => {
    for (const holds of [true, false]) {
      const { shift, id } = toAndFro(20 * second, 20 * second)
      if (!holds) shift.move(id, false)
      expect(shift.tick(10 * minute - 1)).not.toContainEqual(expect.objectContaining({ type: 'alarm.chatter-ended' }))
      const told = types(shift.tick(1))
      expect(told.filter((type) => type !== 'alarm.escalated')).toEqual(
        holds ? ['alarm.chatter-ended'] : ['alarm.chatter-ended', 'alarm.returned'],
      )
      expect(shift.row(id).state).toBe(holds ? 'unacknowledged' : 'returned')
      expect(loadOf(shift.row(id))).toMatchObject({ chattering: null, hasChattered: true })
      // Heard again from here on.
      if (!holds) expect(types(shift.move(id, true))).toEqual(['alarm.reraised'])
    }
  })

  it('may be one whose return makes it so, or one raised anew', () => {
    const shift = new Shift()
    const first = shift.raise({ sensorId: 7 })
    shift.acknowledge(first.id)
    shift.now += 10 * second
    shift.move(first.id, false)
    shift.now += 10 * second
    const before = shift.said.length
    const second_ = shift.raise({ sensorId: 7 })
    expect(types(shift.said.slice(before))).toEqual(['alarm.raised', 'alarm.chatter-began'])
    expect(second_.count).toBe(1)
    const other = new Shift()
    const { id } = other.raise()
    other.move(id, false)
    // Two transitions so far; another raise and the return after it.
    other.now += minute + 1
    other.move(id, true)
    other.now += second
    other.move(id, false)
    other.now += second
    other.move(id, true)
    expect(loadOf(other.row(id)).chattering).not.toBeNull()
    const third = new Shift()
    const lift = third.raise({ kind: 'elevator' })
    third.now += 4 * minute
    third.move(lift.id, false)
    third.now += 4 * minute
    third.move(lift.id, true)
    expect(loadOf(third.row(lift.id)).chattering?.quietAt).toBe(third.now + (chatterLimits['elevator']?.quietMs ?? 0))
    third.now += second
    expect(types(third.move(lift.id, false))).toEqual(['alarm.fluttered'])
  })

  it('begins with a return as well: it stands until it is quiet', () => {
    const shift = new Shift()
    const { id } = shift.raise({ kind: 'elevator' })
    shift.now += 9 * minute
    shift.move(id, false)
    shift.now += 2 * minute
    shift.move(id, true)
    shift.now += minute
    expect(types(shift.move(id, false))).toEqual(['alarm.chatter-began'])
    expect(shift.row(id)).toMatchObject({ state: 'unacknowledged', count: 2, active: false })
  })

  it('is told of a worse value and a worse rule all the same', () => {
    const { shift, id } = toAndFro(20 * second, 20 * second)
    const { ruleVersion, limit, name } = shift.row(id)
    const worse = { ruleId: 'noise-critical', ruleVersion, limit, name }
    const [told] = shift.say({ type: 'alarm.worsened', alarmId: id, value: 99, priority: 1, ...worse })
    expect(told).toMatchObject({ type: 'alarm.worsened', sound: 'critical' })
    expect(shift.row(id).priority).toBe(1)
  })

  it('leaves moves of alarms nobody knows as they were said', () => {
    const shift = new Shift()
    const { ruleVersion, limit, name } = { ruleVersion: 1, limit: 1, name: { zh: '', en: '' } }
    const worse = { value: 1, priority: 1, ruleId: 'r', ruleVersion, limit, name } as const
    for (const event of [
      { type: 'alarm.returned', alarmId: 'A9', state: 'returned', value: 0 },
      { type: 'alarm.worsened', alarmId: 'A9', ...worse },
      { type: 'alarm.fluttered', alarmId: 'A9', holds: true, value: 1, quietAt: 0 },
    ] as const)
      expect(shift.say(event)).toEqual([event])
    expect(endChatter(new Shift().raise())).toEqual([])
  })

  it('a flutter of one that has ceased to chatter changes no more than its count', () => {
    const shift = new Shift()
    const { id } = shift.raise()
    shift.fold([{ event: { type: 'alarm.fluttered', alarmId: id, holds: false, value: 1, quietAt: 1 } }])
    expect(shift.row(id)).toMatchObject({ count: 1, version: 2 })
    expect(loadOf(shift.row(id)).chattering).toBeNull()
  })
})

describe('a fleeting alarm', () => {
  it('came and went by itself within half a minute, unseen', () => {
    for (const [ms, fleetings] of [
      [fleetingMs - 1, 1],
      [fleetingMs, 0],
      [fleetingMs + 1, 0],
    ] as const) {
      const shift = new Shift()
      const { id } = shift.raise()
      shift.now += ms
      shift.move(id, false)
      expect(loadOf(shift.row(id)).fleetings).toBe(fleetings)
    }
    const seen = new Shift()
    const { id } = seen.raise()
    seen.acknowledge(id)
    seen.now += second
    seen.move(id, false)
    expect(seen.changes.alarms.get(id)?.load?.fleetings).toBe(0)
  })

  it('is silent when it comes again, unless it is critical', () => {
    for (const [priority, sound] of [
      [2, null],
      [1, 'critical'],
    ] as const) {
      const shift = new Shift()
      const { id } = shift.raise({ priority })
      shift.now += second
      shift.move(id, false)
      shift.now += 2 * minute
      expect(shift.move(id, true)).toEqual([expect.objectContaining({ type: 'alarm.reraised', sound })])
      expect(loadOf(shift.row(id)).sound).toBe(sound)
      expect(shift.row(id).lastRaisedAt).toBe(shift.now)
    }
    const slow = new Shift()
    const { id } = slow.raise({ priority: 2 })
    slow.now += 5 * minute
    slow.move(id, false)
    slow.now += 5 * minute
    expect(slow.move(id, true)).toEqual([expect.objectContaining({ sound: 'urgent' })])
  })
})

describe('the memory of transitions', () => {
  it('is bounded: of one key, in time, and in number', () => {
    const load = newAlarmLoad()
    for (let at = 0; at < 20; at++) addTransition(load, 'a', at)
    expect(load.transitions.get('a')).toEqual(
      Array.from({ length: mostTransitions }, (_, n) => 20 - mostTransitions + n),
    )
    addTransition(load, 'b', 19 + 10 * minute)
    expect(load.transitions.size).toBe(2)
    addTransition(load, 'c', 20 + 10 * minute)
    expect([...load.transitions.keys()]).toEqual(['b', 'c'])
    for (let n = 0; n < mostTransitionKeys + 5; n++) addTransition(load, `k${n}`, 21 + 10 * minute)
    expect(load.transitions.size).toBe(mostTransitionKeys)
  })
})
