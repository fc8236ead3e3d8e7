/** Who hears of an alarm that nobody acknowledged; and a group acknowledged as a whole. */
import { describe, expect, it } from 'vitest'
import type { Priority } from '../../../../shared/model/alarm.ts'
import { allowedAcknowledgeMs, escalationSteps, loadOf } from '../../../../shared/model/load-control.ts'
import { nextEscalationAt } from '../../../../server/src/domain/alarm-load/escalation.ts'
import { person } from '../../../support/engine.ts'
import { refusalOf } from '../support.ts'
import { east, minute, second, Shift, types } from './support.ts'

const toldOf = (shift: Shift) =>
  shift.said.flatMap((event) => (event.type === 'alarm.escalated' ? [[event.alarmId, event.level, event.to]] : []))

describe('an alarm nobody acknowledges', () => {
  it('is told further by its priority: after the limit, not at it', () => {
    const limits: [Priority, number, string][] = [
      [1, minute, 'chief'],
      [2, 5 * minute, 'chief'],
      [3, 15 * minute, 'chief'],
      [4, 60 * minute, 'chief'],
    ]
    for (const [priority, afterMs, to] of limits) {
      expect(allowedAcknowledgeMs(priority)).toBe(afterMs)
      const shift = new Shift()
      const { id } = shift.raise({ priority })
      shift.tick(afterMs - 1)
      shift.tick(1)
      expect(toldOf(shift)).toEqual([])
      shift.tick(1)
      expect(toldOf(shift)).toEqual([[id, 1, to]])
      expect(loadOf(shift.row(id)).escalation).toEqual({ level: 1, to, at: shift.now })
    }
  })

  it('goes to the leader after three minutes where it is critical, and nowhere after that', () => {
    const shift = new Shift()
    const { id } = shift.raise({ priority: 1 })
    shift.tick(minute + 1)
    shift.tick(2 * minute - 1)
    expect(toldOf(shift)).toHaveLength(1)
    shift.tick(1)
    expect(toldOf(shift)).toEqual([
      [id, 1, 'chief'],
      [id, 2, 'manager'],
    ])
    expect(nextEscalationAt(shift.row(id))).toBeNull()
    shift.tick(1000 * minute)
    expect(toldOf(shift)).toHaveLength(2)
    expect(escalationSteps[1].map(({ to }) => to)).toEqual(['chief', 'manager'])
  })

  it('rests with the acknowledgement, and goes on though it returned unseen', () => {
    const shift = new Shift()
    const [seen, gone] = [shift.raise({ priority: 1 }), shift.raise({ priority: 1 })]
    shift.acknowledge(seen.id)
    shift.now += 40 * second
    shift.move(gone.id, false)
    shift.tick(minute)
    expect(toldOf(shift)).toEqual([[gone.id, 1, 'chief']])
    shift.acknowledge(gone.id)
    expect(shift.state.alarmLoad.escalations.size).toBe(0)
  })

  it('is counted anew from the moment it became more urgent', () => {
    const shift = new Shift()
    const { id, limit, name } = shift.raise({ priority: 3 })
    shift.tick(15 * minute + 1)
    expect(toldOf(shift)).toEqual([[id, 1, 'chief']])
    const worse = { value: 9, ruleId: 'noise-critical', ruleVersion: 1, limit, name }
    shift.say({ type: 'alarm.worsened', alarmId: id, priority: 3, ...worse })
    expect(loadOf(shift.row(id)).escalation?.level).toBe(1)
    shift.say({ type: 'alarm.worsened', alarmId: id, priority: 1, ...worse })
    expect(loadOf(shift.row(id))).toMatchObject({ escalation: null, announcedAt: shift.now, sound: 'critical' })
    shift.tick(minute + 1)
    expect(toldOf(shift)).toEqual([
      [id, 1, 'chief'],
      [id, 1, 'chief'],
    ])
  })

  it('in order of what is due, however many', () => {
    const shift = new Shift()
    for (const priority of [4, 3, 2, 1, 1] as const) {
      shift.raise({ priority })
      shift.now += second
    }
    shift.tick(2 * 60 * minute)
    expect(toldOf(shift).map(([id]) => id)).toEqual(['A4', 'A5', 'A3', 'A2', 'A1'])
  })

  it('of which the timer outlived the alarm is told to nobody', () => {
    const shift = new Shift()
    shift.state.alarmLoad.escalations.set('A9', 1)
    shift.state.alarmLoad.quiets.set('A9', 1)
    const { id } = shift.raise()
    shift.state.alarmLoad.quiets.set(id, 1)
    shift.state.alarmLoad.escalations.set(id, 1)
    expect(shift.tick()).toEqual([])
  })

  it('raised before there was such a rule counts from when it was raised', () => {
    const shift = new Shift()
    const { load: _none, ...old } = shift.raise({ priority: 1 })
    expect(nextEscalationAt(old)).toBe(old.raisedAt + minute + 1)
    expect(loadOf({ ...old, drill: true }).isInKpi).toBe(false)
  })
})

describe('a group acknowledged as a whole', () => {
  const duty = person('duty')
  const three = () => {
    const shift = new Shift()
    for (const m of [0, 10, 20]) shift.raise({ kind: 'water-depth', position: east(m) })
    return shift
  }
  const ask = (shift: Shift, seenIds: readonly string[], actor = duty, groupId = 'G1') =>
    shift.ask(actor, { type: 'alarm.acknowledge-group', groupId, seenIds, comment: '一并处置' })

  it('is each alarm’s own acknowledgement, of those that were seen', () => {
    const shift = three()
    const decision = ask(shift, ['A1', 'A3', 'A9'])
    expect(decision).toMatchObject({ ok: true, data: { groupId: 'G1', acknowledged: 2, leftIds: ['A2'] } })
    expect(decision.ok && types(decision.events.map(({ event }) => event))).toEqual([
      'alarm.acknowledged',
      'alarm.acknowledged',
    ])
    expect(shift.row('A1')).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'duty' })
    expect(shift.row('A2').state).toBe('unacknowledged')
    expect(shift.state.alarmLoad.groups.get('G1')?.unacknowledged).toBe(1)
  })

  it('takes returned ones to their end', () => {
    const shift = three()
    shift.now += 2 * minute
    shift.move('A2', false)
    expect(ask(shift, ['A2'])).toMatchObject({ ok: true })
    expect(shift.state.alarms.has('A2')).toBe(false)
  })

  it('is refused where nothing seen waits, the group is not known, or the role may not', () => {
    const shift = three()
    ask(shift, ['A1'])
    expect(refusalOf(ask(shift, ['A1']))).toMatchObject({ code: 'NOT_ALLOWED' })
    expect(refusalOf(ask(shift, ['A2'], duty, 'G7'))).toMatchObject({
      code: 'NOT_FOUND',
      details: { fields: [{ field: 'groupId' }] },
    })
    expect(refusalOf(ask(shift, ['A2'], person('wall')))).toMatchObject({ code: 'FORBIDDEN' })
  })
})
