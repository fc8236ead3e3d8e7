/** The nine states on paper: shelving, latching, out of service, re-alarm, false marks, and what the table allows nobody. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Alarm, AlarmRule, AlarmState } from '../../../shared/model/alarm.ts'
import type { Command } from '../../../shared/model/command.ts'
import { alarmStates, alarmTransitions, findAlarmMove, hiddenStates } from '../../../shared/model/alarm.ts'
import { shelvingLimits } from '../../../shared/model/alarm-shelving.ts'
import { announce } from '../../../server/src/domain/alarm/announce.ts'
import { outcomeOf, returnEvents } from '../../../server/src/domain/alarm/moves.ts'
import { mostEndedAlarms } from '../../../server/src/domain/alarm/fold.ts'
import { longestServiceMs } from '../../../server/src/domain/alarm/service.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { alarmTickSteps } from '../../../server/src/domain/tick.ts'
import { sensorDrafts } from '../../support/engine.ts'
import { Paper, city, refusalOf, restoreState } from './support.ts'

const min = 60_000
const duty = { name: 'li', role: 'duty' } as const
const chief = { name: 'wang', role: 'chief' } as const
const ruleOf = (id: string) => city.alarmRules.find((rule) => rule.id === id) as AlarmRule

class Desk extends Paper {
  constructor(kind = 'methane') {
    super()
    this.ask({ name: 'door:x', role: 'door' }, { type: 'catalog.create', drafts: sensorDrafts({ kind }) })
  }
  get sensorId() {
    return [...this.state.sensors.keys()][0] as number
  }
  get alarm(): Alarm {
    return [...this.state.alarms.values()][0] as Alarm
  }
  say(ruleId: string | null, value: number, over: Partial<AlarmRule> = {}): void {
    const rule = ruleId === null ? null : { ...ruleOf(ruleId), ...over }
    const sensor = this.state.sensors.get(this.sensorId)
    const verdict = { sensorId: this.sensorId, rule, value, since: this.now, at: this.now, receivedAt: this.now }
    if (sensor) this.fold(announce(this.state, { ...verdict, channel: 'value' }, sensor, this.context))
  }
  tick(ms: number): void {
    this.now += ms
    for (const emitted of alarmTickSteps(this.state, null, this.context)) this.fold(emitted)
  }
  must(actor: Parameters<Paper['ask']>[0], command: Command): void {
    expect(refusalOf(this.ask(actor, command))).toBeNull()
  }
  shelve(forMs: number, actor: Parameters<Paper['ask']>[0] = chief) {
    return this.ask(actor, {
      type: 'alarm.shelve',
      alarmId: this.alarm.id,
      untilAt: null,
      forMs,
      code: 'maintenance',
      words: '换探头',
    })
  }
}

describe('line 2: nine states', () => {
  it('has nine, and every move ends in one of them', () => {
    expect(alarmStates).toHaveLength(9)
    for (const { to } of alarmTransitions) if (to !== 'same') expect(alarmStates).toContain(to)
  })

  it('leads from every shown state to each hidden one and back', () => {
    for (const state of ['unacknowledged', 'acknowledged', 'returned', 'latched-unacknowledged'] as AlarmState[]) {
      expect(findAlarmMove(state, 'shelve', 'holds')?.to).toBe('shelved')
      expect(findAlarmMove(state, 'suppress', 'holds')?.to).toBe('suppressed')
      expect(findAlarmMove(state, 'take-out-of-service', 'holds')?.to).toBe('out-of-service')
    }
    for (const [state, verb] of [
      ['shelved', 'unshelve'],
      ['suppressed', 'unsuppress'],
      ['out-of-service', 'return-to-service'],
    ] as const) {
      expect(findAlarmMove(state, verb, 'holds')?.to).toBe('unacknowledged')
      expect(findAlarmMove(state, verb, 'gone')?.to).toBe('normal')
      expect(findAlarmMove(state, verb, 'latched')?.to).toBe('latched-unacknowledged')
    }
  })

  it('any walk by the table keeps to it, whatever the condition does', () => {
    const verbs = [...new Set(alarmTransitions.map(({ verb }) => verb))]
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...verbs), fc.boolean()), { maxLength: 60 }), (steps) => {
        let state: AlarmState = 'unacknowledged'
        for (const [verb, latch] of steps) {
          const row = findAlarmMove(state, verb, latch ? 'latched' : 'gone')
          if (row === undefined) continue
          expect(row.from).toContain(state)
          state = row.to === 'same' ? state : row.to
          if (state === 'normal') break
        }
        expect(alarmStates).toContain(state)
      }),
    )
  })
})

describe('acknowledging', () => {
  it('keeps the comment and closes nothing', () => {
    const desk = new Desk()
    desk.say('methane-high', 25)
    desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: '已电话核实' })
    expect(desk.alarm).toMatchObject({ state: 'acknowledged', active: true, acknowledgedComment: '已电话核实' })
    expect([...desk.state.incidents.values()].every((one) => one.closedAt === null)).toBe(true)
  })

  it('re-alarm: goes back to unacknowledged after a time, at most so many times', () => {
    const desk = new Desk('water-depth')
    const { afterMs, most } = ruleOf('water-depth-critical').reAlarm as { afterMs: number; most: number }
    desk.say('water-depth-critical', 30)
    for (let n = 1; n <= most; n++) {
      desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
      desk.tick(afterMs - 1)
      expect(desk.alarm.state).toBe('acknowledged')
      desk.tick(1)
      expect(desk.alarm).toMatchObject({ state: 'unacknowledged', reAlarmCount: n, acknowledgedBy: null })
    }
    desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    desk.tick(10 * afterMs)
    expect(desk.alarm).toMatchObject({ state: 'acknowledged', reAlarmAt: null })
  })

  it('re-alarm is off once the condition is over', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-critical', 30)
    desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    desk.say(null, 1)
    desk.tick(24 * 60 * min)
    expect(desk.state.alarms.size).toBe(0)
    expect(desk.state.alarmTimers.size).toBe(0)
  })
})

describe('latching', () => {
  it('needs an acknowledgement and then a reset, in this order', () => {
    const desk = new Desk()
    desk.say('methane-critical', 50)
    desk.say(null, 1)
    expect(desk.alarm).toMatchObject({ state: 'latched-unacknowledged', active: false })
    expect(refusalOf(desk.ask(duty, { type: 'alarm.reset', alarmId: 'A1' }))?.code).toBe('NOT_ALLOWED')
    desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    expect(desk.alarm.state).toBe('latched-acknowledged')
    desk.must(duty, { type: 'alarm.reset', alarmId: 'A1' })
    expect(desk.state.alarms.size).toBe(0)
    expect(desk.state.endedAlarms.get('A1')?.state).toBe('normal')
  })

  it('is there from an acknowledged alarm too, and rings again when the condition is back', () => {
    const desk = new Desk()
    desk.say('methane-critical', 50)
    desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    desk.say(null, 1)
    expect(desk.alarm.state).toBe('latched-acknowledged')
    desk.say('methane-critical', 51)
    expect(desk.alarm).toMatchObject({ state: 'unacknowledged', count: 2, active: true, acknowledgedBy: null })
  })
})

describe('shelving', () => {
  it.each([1, 2, 3, 4] as const)('priority %i: up to its limit, and not one ms more', (priority) => {
    const { longestMs, roles } = shelvingLimits[priority]
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16, { priority })
    expect(refusalOf(desk.shelve(longestMs + 1))).toMatchObject({ code: 'INVALID' })
    expect(refusalOf(desk.shelve(longestMs, duty))?.code).toBe(
      (roles as readonly string[]).includes('duty') ? undefined : 'FORBIDDEN',
    )
    if (desk.alarm.state !== 'shelved') expect(refusalOf(desk.shelve(longestMs))).toBeNull()
    expect(desk.alarm).toMatchObject({ state: 'shelved', shelving: { code: 'maintenance', words: '换探头' } })
  })

  it('asks for one end, ahead of now', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    const ask = (untilAt: number | null, forMs: number | null) =>
      refusalOf(desk.ask(duty, { type: 'alarm.shelve', alarmId: 'A1', untilAt, forMs, code: 'duplicate', words: '' }))
        ?.details?.fields?.[0]?.field
    expect(ask(null, null)).toBe('untilAt')
    expect(ask(desk.now + min, min)).toBe('untilAt')
    expect(ask(desk.now, null)).toBe('untilAt')
    expect(ask(desk.now + 1, null)).toBeUndefined()
    expect(refusalOf(desk.shelve(min))?.code).toBe('NOT_ALLOWED')
  })

  it('is announced again at its end where the condition still holds', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    desk.shelve(30 * min)
    desk.tick(30 * min - 1)
    expect(desk.alarm.state).toBe('shelved')
    desk.tick(1)
    expect(desk.alarm).toMatchObject({ state: 'unacknowledged', shelving: null })
    expect(desk.log.at(-1)?.event).toMatchObject({ type: 'alarm.unshelved', why: 'expired' })
  })

  it('goes on being judged: over and back beneath rings nobody, and over at the end is over', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    desk.shelve(30 * min)
    desk.say(null, 1)
    expect(desk.alarm).toMatchObject({ state: 'shelved', active: false })
    desk.say('water-depth-high', 16)
    expect(desk.alarm).toMatchObject({ state: 'shelved', active: true, count: 2 })
    desk.say(null, 1)
    desk.tick(30 * min)
    expect(desk.state.alarms.size).toBe(0)
  })

  it('ends with the shift at the latest, and the refusal says when that is', () => {
    const desk = new Desk()
    desk.say('water-depth-high', 16)
    const shiftEndAt = Date.parse('2026-08-01T20:00:00+08:00')
    desk.now = shiftEndAt - 10 * min
    expect(refusalOf(desk.shelve(10 * min + 1))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('2026-08-01T12:00:00.000Z'),
      details: { limitAt: shiftEndAt, fields: [{ field: 'forMs' }] },
    })
    expect(refusalOf(desk.shelve(10 * min))).toBeNull()
    // The next shift looks for itself, and shelves again.
    desk.tick(10 * min)
    expect(desk.alarm.state).toBe('unacknowledged')
    expect(refusalOf(desk.shelve(30 * min))).toBeNull()
  })

  it('a latching alarm that is over comes back latched', () => {
    const desk = new Desk()
    desk.say('methane-critical', 50)
    desk.shelve(15 * min)
    desk.say(null, 1)
    desk.tick(15 * min)
    expect(desk.alarm.state).toBe('latched-unacknowledged')
  })

  it('ends by hand, and when it becomes more urgent than what was shelved', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    desk.shelve(30 * min)
    expect(refusalOf(desk.ask({ name: 'x', role: 'manager' }, { type: 'alarm.unshelve', alarmId: 'A1' }))?.code).toBe(
      'FORBIDDEN',
    )
    desk.must(duty, { type: 'alarm.unshelve', alarmId: 'A1' })
    expect(desk.alarm.state).toBe('unacknowledged')
    desk.shelve(30 * min)
    desk.say('water-depth-high', 25)
    expect(desk.alarm).toMatchObject({ state: 'shelved', value: 25 })
    desk.say('water-depth-critical', 30)
    expect(desk.alarm).toMatchObject({ state: 'unacknowledged', priority: 1, shelving: null })
    expect(desk.state.incidents.size).toBe(1)
  })
})

describe('out of service', () => {
  const out = (desk: Desk, untilAt: number, actor: Parameters<Paper['ask']>[0] = duty) =>
    desk.ask(actor, { type: 'sensor.take-out-of-service', sensorId: desk.sensorId, untilAt, reason: '检修' })

  it('takes what stands and what is raised meanwhile out of the way, and announces it at the end', () => {
    const desk = new Desk()
    expect(refusalOf(out(desk, desk.now + 60 * min, { name: 'x', role: 'dept' }))?.code).toBe('FORBIDDEN')
    expect(refusalOf(out(desk, desk.now))?.code).toBe('INVALID')
    expect(refusalOf(out(desk, desk.now + longestServiceMs + 1))?.code).toBe('INVALID')
    expect(refusalOf(out(desk, desk.now + 60 * min))).toBeNull()
    expect(refusalOf(out(desk, desk.now + 60 * min))?.code).toBe('NOT_ALLOWED')
    desk.say('methane-high', 25)
    expect(desk.alarm).toMatchObject({ state: 'out-of-service', annunciatedAt: null, active: true })
    expect(desk.state.incidents.size, 'nobody is sent to a device under repair').toBe(0)
    expect(desk.state.kpi).toBeDefined()
    desk.tick(60 * min)
    expect(desk.alarm).toMatchObject({ state: 'unacknowledged', annunciatedAt: desk.now, outOfService: null })
    expect(desk.state.incidents.size, 'the rule opens its case now').toBe(1)
    expect(desk.state.sensors.get(desk.sensorId)?.outOfService).toBeUndefined()
  })

  it('ends by hand; an alarm that is over by then is over', () => {
    const desk = new Desk()
    desk.say('methane-high', 25)
    out(desk, desk.now + longestServiceMs)
    expect(desk.alarm.state).toBe('out-of-service')
    desk.say(null, 1)
    const back = { type: 'sensor.return-to-service', sensorId: desk.sensorId, reason: '已修复' } as const
    desk.must(duty, back)
    expect(desk.state.alarms.size).toBe(0)
    expect(refusalOf(desk.ask(duty, back))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(desk.ask(duty, { ...back, sensorId: 99 }))?.code).toBe('NOT_FOUND')
  })

  it('ends with its sensor', () => {
    const desk = new Desk()
    desk.say('methane-high', 25)
    out(desk, desk.now + longestServiceMs)
    desk.must({ name: 'system', role: 'system' }, { type: 'catalog.delete', kind: 'Thing', id: 1 })
    expect(desk.state.alarms.size).toBe(0)
    expect(desk.state.serviceTimers.size).toBe(0)
  })

  it('survives the renewal of the sensor', () => {
    const desk = new Desk()
    out(desk, desk.now + 60 * min)
    const thing = desk.state.entities.Thing.get(1)
    desk.must(
      { name: 'system', role: 'system' },
      {
        ...{ type: 'catalog.update', kind: 'Thing', id: 1, links: {}, drafts: [] },
        body: { ...thing?.body, name: '新名', properties: { gateway: ' GW-1 ' } },
      },
    )
    expect(desk.state.sensors.get(desk.sensorId)).toMatchObject({ name: '新名', gateway: 'GW-1' })
    expect(desk.state.sensors.get(desk.sensorId)?.outOfService?.reason).toBe('检修')
  })
})

describe('marking as false', () => {
  it('is kept on the alarm, its case and in the log; also after its end; once', () => {
    const desk = new Desk()
    desk.say('methane-high', 25)
    desk.say(null, 1)
    desk.must(duty, { type: 'alarm.acknowledge', alarmId: 'A1', comment: null })
    expect(desk.state.alarms.size).toBe(0)
    const mark = { type: 'alarm.mark-false', alarmId: 'A1', reason: '油烟误触' } as const
    expect(refusalOf(desk.ask({ name: 'x', role: 'crew' }, mark))?.code).toBe('FORBIDDEN')
    desk.must(duty, mark)
    expect(desk.state.endedAlarms.get('A1')?.falseMark).toMatchObject({ by: 'li', reason: '油烟误触' })
    expect(desk.changes.alarms.get('A1')?.falseMark?.by).toBe('li')
    const told = desk.log.slice(-2).map(({ event }) => event)
    expect(told[0]).toMatchObject({ type: 'alarm.marked-false', ruleId: 'methane-high', sensorId: desk.sensorId })
    expect(told[1]).toMatchObject({ type: 'incident.commented' })
    expect(refusalOf(desk.ask(duty, mark))?.code).toBe('NOT_ALLOWED')
  })

  it('of an alarm without a case says nothing to any case', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    desk.must(duty, { type: 'alarm.mark-false', alarmId: 'A1', reason: '水渍' })
    expect(desk.log.at(-1)?.event.type).toBe('alarm.marked-false')
    expect(desk.alarm.state).toBe('unacknowledged')
  })

  it('forgets the oldest ended alarms first', () => {
    const desk = new Desk('water-depth')
    for (let n = 0; n <= mostEndedAlarms; n++) {
      desk.say('water-depth-high', 16)
      desk.must(duty, { type: 'alarm.acknowledge', alarmId: desk.alarm.id, comment: null })
      desk.say(null, 1)
    }
    expect(desk.state.endedAlarms.size).toBe(mostEndedAlarms)
    expect(desk.state.endedAlarms.has('A1')).toBe(false)
  })
})

describe('a restart', () => {
  it('keeps all nine states, their timers and their reasons, by snapshot and by log', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    desk.shelve(30 * min)
    const restored = restoreState(snapshotPieces(desk.state))
    expect(restored?.alarms.get('A1')).toEqual(desk.alarm)
    expect(restored?.alarmTimers.nextAt).toBe(desk.now + 30 * min)
    expect(restored?.alarmOfSensor.get(desk.sensorId)).toBe('A1')
  })

  it('reads alarms from before there were nine states', () => {
    const desk = new Desk('water-depth')
    desk.say('water-depth-high', 16)
    const pieces = [...snapshotPieces(desk.state)].map((piece) => {
      const part = JSON.parse(piece) as { list?: string; rows?: Record<string, unknown>[] }
      const later = ['active', 'latch', 'shelving', 'suppression', 'outOfService', 'annunciatedAt', 'lastRaisedAt']
      if (part.list === 'alarms') for (const row of part.rows ?? []) for (const key of later) delete row[key]
      return JSON.stringify(part)
    })
    expect(restoreState(pieces)?.alarms.get('A1')).toMatchObject({ active: true, shelving: null, latch: false })
  })
})

it('a return is told once, and where the table has a way', () => {
  const desk = new Desk()
  desk.say('methane-high', 25)
  expect(returnEvents({ ...desk.alarm, active: false }, 1)).toEqual([])
  expect(returnEvents({ ...desk.alarm, state: 'normal' }, 1)).toEqual([])
  expect(outcomeOf({ active: true, latch: true })).toBe('holds')
  expect(hiddenStates).toHaveLength(3)
})
