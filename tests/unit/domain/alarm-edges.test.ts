/** Alarms at their edges: what is gone, what is equal, what comes by another way than the usual one. */
import { describe, expect, it } from 'vitest'
import type { Alarm, AlarmRule } from '../../../shared/model/alarm.ts'
import type { Command } from '../../../shared/model/command.ts'
import { loadOf, soundRules } from '../../../shared/model/load-control.ts'
import { alarmRationale } from '../../../server/src/domain/alarm-rationale.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { announce } from '../../../server/src/domain/alarm/announce.ts'
import { announceGateway } from '../../../server/src/domain/alarm/announce-data.ts'
import { openOrLink } from '../../../server/src/domain/alarm/case-of-alarm.ts'
import { DataWatch, gatewayKind } from '../../../server/src/domain/alarm/data-watch.ts'
import { GatewayWatch } from '../../../server/src/domain/alarm/gateway-watch.ts'
import { SilenceWatch } from '../../../server/src/domain/alarm/silence.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { shapeAlarms } from '../../../server/src/domain/alarm-load/shape.ts'
import { Together } from '../../../server/src/domain/alarm-load/together.ts'
import { alarmTickSteps, decideTick } from '../../../server/src/domain/tick.ts'
import { sampleAlarm, sampleSensor } from '../../support/sample-rows.ts'
import { evolve, newCityState } from '../../../server/src/domain/state.ts'
import { city, dayOf, Paper, refusalOf } from './support.ts'

const duty = { name: 'duty', role: 'duty' } as const
const chief = { name: 'chief', role: 'chief' } as const
const manager = { name: 'manager', role: 'manager' } as const
const min = 60_000
const rule = (over: Partial<AlarmRule> = {}): AlarmRule => ({
  ...{ id: 'r', version: 1, kind: 'k', sense: 'high', limit: 10, deadband: 2, onDelayMs: 0, onReadings: 1 },
  ...{ offDelayMs: 0, priority: 3, classCode: 'E0699' },
  ...{ name: { zh: '高', en: 'high' }, consequence: { zh: '后果', en: '' }, action: { zh: '处置', en: '' } },
  ...over,
})
const noData = (over: Partial<AlarmRule> = {}) =>
  rule({ id: 'no-data', kind: '*', sense: 'no-data', limit: 3, ...over })
const verdict = (over: object = {}) => ({
  ...{ sensorId: 7, rule: rule(), value: 11, since: 0, at: 0, receivedAt: 0, channel: 'value' as const },
  ...over,
})
const reading = (sensorId: number, at: number, value = 1) => ({
  ...{ id: 1, sensorId, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 },
})
const types = (events: readonly { readonly event: { readonly type: string } }[]) =>
  events.map(({ event }) => event.type)
const openCase = (alarmId: string, classCode: string | null = null): Command => ({
  ...{ type: 'alarm.open-incident', alarmId, classCode },
})

it('every built-in rule says why it is one', () => {
  expect(defaultAlarmRules.filter(({ id }) => alarmRationale(id) === undefined)).toEqual([])
})

describe('another rule of the same sensor', () => {
  const raisedBy = (first: AlarmRule) => {
    const paper = new Paper()
    paper.fold(announce(paper.state, verdict({ rule: first }), sampleSensor(7), paper.context))
    return (next: AlarmRule) => types(announce(paper.state, verdict({ rule: next }), sampleSensor(7), paper.context))
  }
  it.each([
    ['nearer', 9, []],
    ['equal', 10, []],
    ['further', 11, ['alarm.worsened']],
  ] as const)('as urgent, its limit %s', (_, limit, wanted) => {
    expect(raisedBy(rule())(rule({ id: 'other', limit }))).toEqual(wanted)
  })
  it.each([
    ['milder', 4, []],
    ['more urgent', 2, ['alarm.worsened']],
  ] as const)('that is %s', (_, priority, wanted) => {
    expect(raisedBy(rule())(rule({ id: 'other', priority, limit: 99 }))).toEqual(wanted)
  })
})

describe('an alarm that returned unseen, raised again', () => {
  const critical = rule({ id: 'critical', priority: 2, limit: 40, latch: true, name: { zh: '超高', en: 'critical' } })
  const again = (next: AlarmRule, over: object = {}) => {
    const paper = new Paper()
    const say = (one: object) => {
      const emitted = announce(paper.state, verdict(one), sampleSensor(7), paper.context)
      paper.fold(shapeAlarms(paper.state, emitted, paper.now))
      paper.now += min
      return emitted.map(({ event }) => event)
    }
    say({ rule: critical, value: 45 })
    say({ rule: null, value: 30 })
    const events = say({ rule: next, ...over })
    const replayed = newCityState(dayOf)
    for (const logged of paper.log) evolve(replayed, JSON.parse(JSON.stringify(logged)) as (typeof paper.log)[0])
    expect(replayed.alarms).toEqual(paper.state.alarms)
    return { types: events.map(({ type }) => type), alarm: paper.state.alarms.get('A1') as Alarm, paper, say }
  }
  it('by a milder rule, is what that rule says', () => {
    const { types, alarm } = again(rule(), { limit: 9, unit: 'm' })
    expect(types).toEqual(['alarm.eased', 'alarm.reraised'])
    const { name } = rule()
    const now = { ruleId: 'r', priority: 3, name, value: 11, limit: 9, unit: 'm', deadband: 2, latch: false }
    expect(alarm).toMatchObject({ ...now, active: true, state: 'unacknowledged', count: 2 })
    expect(loadOf(alarm).sound).toBe(soundRules.calm[3])
  })
  it('by another rule as urgent and no further, the same', () => {
    expect(again(rule({ id: 'other', priority: 2, limit: 40 })).alarm).toMatchObject({ ruleId: 'other', priority: 2 })
  })
  it('by a graver rule, is worse', () => {
    const { types, alarm } = again(rule({ id: 'gravest', priority: 1, limit: 50 }))
    expect(types).toEqual(['alarm.reraised', 'alarm.worsened'])
    expect(alarm).toMatchObject({ ruleId: 'gravest', priority: 1 })
  })
  it('by its own rule, says nothing new but where that was changed meanwhile', () => {
    expect(again(critical, { value: 41 }).types).toEqual(['alarm.reraised'])
    const { types, alarm } = again({ ...critical, version: 2, limit: 35 }, { value: 36 })
    expect(types).toEqual(['alarm.eased', 'alarm.reraised'])
    expect(alarm).toMatchObject({ ruleVersion: 2, limit: 35, value: 36 })
  })
  it('and milder only while it was away: what holds both is the worse one’s', () => {
    const { say, paper } = again(critical)
    expect(say({ rule: rule(), value: 39 })).toEqual([])
    expect(paper.state.alarms.get('A1')).toMatchObject({ ruleId: 'critical', priority: 2 })
  })
  it('on the shelf, comes off it only for more than was shelved', () => {
    const { paper, say } = again(critical)
    const until = { untilAt: null, forMs: min, code: 'maintenance', words: '检修' } as const
    expect(refusalOf(paper.ask(duty, { type: 'alarm.shelve', alarmId: 'A1', ...until }))).toBeNull()
    say({ rule: null, value: 1 })
    say({ rule: rule() })
    expect(paper.state.alarms.get('A1')).toMatchObject({ state: 'shelved', priority: 3, ruleId: 'r' })
    expect(say({ rule: critical, value: 45 }).map(({ type }) => type)).toEqual(['alarm.worsened'])
    expect(paper.state.alarms.get('A1')).toMatchObject({ state: 'shelved', priority: 2 })
    const worst = say({ rule: { ...critical, id: 'gravest', priority: 1 }, value: 45 })
    expect(worst).toMatchObject([{ type: 'alarm.worsened' }, { type: 'alarm.unshelved', why: 'worsened' }])
  })
})

describe('the case of an alarm', () => {
  const gateway = { name: 'GW', heardAt: 0, members: new Set([7]), shortest: [7, min] as const }
  it('of a gateway is a case of no sensor', () => {
    const paper = new Paper()
    paper.fold(announceGateway(paper.state, { gateway, isSilent: true, at: paper.now } as never, rule(), paper.context))
    expect(refusalOf(paper.ask(duty, openCase('A1', 'E0506')))).toBeNull()
    expect([...paper.state.incidents.values()]).toMatchObject([{ alarmIds: ['A1'] }])
    expect(paper.state.incidentOfSensor.size).toBe(0)
    expect(refusalOf(paper.ask(duty, openCase('A1', 'E0506')))?.code).toBe('NOT_ALLOWED')
  })
  it('is not opened by its rule where the class is gone', () => {
    const { state, context } = new Paper()
    expect(openOrLink(state, sampleAlarm(), rule({ opensIncident: { classCode: 'gone' } }), context)).toEqual([])
  })
  it('needs its class named where its rule is gone', () => {
    const paper = new Paper()
    paper.fold([{ event: { type: 'alarm.raised', alarm: sampleAlarm({ ruleId: 'gone' }) } }])
    expect(refusalOf(paper.ask(duty, openCase('A1')))?.details?.fields?.[0]?.field).toBe('classCode')
    expect(refusalOf(paper.ask(duty, openCase('A1', 'E0506')))).toBeNull()
  })
  it('is the sensor’s open one, whatever alarm that came of', () => {
    const paper = new Paper()
    paper.fold([{ event: { type: 'alarm.raised', alarm: sampleAlarm() } }])
    paper.ask(duty, openCase('A1', 'E0506'))
    const before = paper.state.alarms.get('A1') as Alarm
    paper.fold([{ event: { type: 'alarm.returned', alarmId: 'A1', state: 'normal', value: 0 } }])
    expect(paper.state.alarms.has('A1')).toBe(false)
    paper.fold([{ event: { type: 'alarm.raised', alarm: sampleAlarm({ id: 'A2' }) } }])
    const answer = paper.ask(duty, openCase('A2', 'E0506'))
    expect(answer).toMatchObject({ ok: true, data: { incidentId: before.incidentId, linked: true } })
    expect(paper.state.incidents.get(before.incidentId as string)?.alarmIds).toEqual(['A1', 'A2'])
  })
})

describe('a rule that is changed', () => {
  const [kept] = city.alarmRules.filter(({ id }) => id === 'water-depth-high') as [AlarmRule]
  const propose = (change: object): Command =>
    ({ type: 'alarm-rule.propose', ruleId: kept.id, change, reason: '调整' }) as Command
  const approve: Command = { type: 'alarm-rule.approve', changeId: 'R1', note: '' }
  it('and is gone from the pack meanwhile is not found', () => {
    const paper = new Paper()
    paper.ask(chief, propose({ limit: 20 }))
    const without = { ...paper.context, alarmRule: () => undefined }
    Object.defineProperty(paper, 'context', { get: () => without })
    expect(refusalOf(paper.ask(manager, approve))?.code).toBe('NOT_FOUND')
    expect(paper.state.ruleProposals.size).toBe(1)
  })
  it('is told by the log alone', () => {
    const paper = new Paper()
    paper.ask(chief, propose({ limit: 20 }))
    paper.ask(chief, propose({ limit: 21 }))
    paper.ask(manager, approve)
    const again = newCityState(dayOf)
    for (const logged of paper.log) evolve(again, logged)
    expect(again.ruleChanges).toEqual(paper.state.ruleChanges)
    expect([...again.ruleProposals.keys()]).toEqual(['R2'])
  })
  it('to judge no more ends its own alarms and no others', () => {
    const paper = new Paper()
    for (const [id, ruleId, sensorId] of [
      ['A1', kept.id, 1],
      ['A2', 'another', 2],
    ] as const)
      paper.fold([{ event: { type: 'alarm.raised', alarm: sampleAlarm({ id, ruleId, sensorId }) } }])
    paper.ask(chief, propose({ enabled: false }))
    expect(refusalOf(paper.ask(manager, approve))).toBeNull()
    expect([...paper.state.alarms.values()].map(({ id, active }) => [id, active])).toEqual([
      ['A1', false],
      ['A2', true],
    ])
  })
})

describe('watches', () => {
  it('what a watch says of a sensor nobody has is passed over', () => {
    const paper = new Paper()
    const watch = new AlarmWatch([rule({ offDelayMs: min })])
    watch.observe('k', reading(7, paper.now, 20))
    watch.observe('k', reading(7, paper.now + 1, 1))
    paper.now += 2 * min
    expect(decideTick(paper.state, watch, paper.context)).toEqual([])
  })
  it('a sensor that stood at the start and never spoke since keeps standing under other rules', () => {
    const watch = new AlarmWatch([rule()])
    watch.restore('k', 7, 'r', undefined)
    watch.setRules([rule({ version: 2 }), rule({ id: 'more', limit: 30 })], () => 'k')
    expect(watch.observe('k', reading(7, min, 20))?.rule).toMatchObject({ id: 'r', version: 2 })
    expect(watch.observe('k', reading(7, 2 * min, 31))?.rule).toMatchObject({ id: 'more' })
  })
  it('a gateway is back by a sensor that no rule of its own watches', () => {
    const sensors = [1, 2].map((id) => sampleSensor(id, { kind: 'k', gateway: 'GW', intervalMs: min }))
    const register = new Map(sensors.map((one) => [one.id, one]))
    const watch = new DataWatch([noData({ id: 'gateway-silent', kind: gatewayKind })], register, 0)
    for (const one of sensors) watch.observe(one, reading(one.id, 0))
    expect(watch.tickGateways(3 * min - 1)).toEqual([])
    expect(watch.tickGateways(3 * min)).toMatchObject([{ isSilent: true, gateway: { name: 'GW' } }])
    const [first, second] = sensors as [(typeof sensors)[0], (typeof sensors)[0]]
    expect(watch.observe(first, reading(1, 4 * min))).toMatchObject({ gateway: { isSilent: false }, sensor: undefined })
    expect(watch.observe(second, reading(2, 4 * min))).toEqual({ gateway: undefined, sensor: undefined })
  })
  it('a gateway is judged by what is left behind it: what the register no longer knows does not count', () => {
    const watch = new GatewayWatch(3)
    const sensors = [1, 2, 3, 4].map((id) => sampleSensor(id, { intervalMs: id * min }))
    const [gateway] = sensors.map((one) => watch.join('GW', one, 0)) as [ReturnType<GatewayWatch['join']>]
    expect(watch.dueAt(gateway)).toBe(3 * 2 * min)
    watch.leave('GW', 1, (id) => (id === 2 ? undefined : id * min))
    expect(watch.dueAt(gateway)).toBe(3 * 4 * min)
  })
  it('a gateway whose verdict is due and not yet told holds nobody up', () => {
    const sensors = [1, 2].map((id) => sampleSensor(id, { kind: 'k', gateway: 'GW', intervalMs: min }))
    const register = new Map(sensors.map((one) => [one.id, one]))
    const watch = new SilenceWatch(register, () => noData(), 3, 0)
    for (const one of sensors) watch.heard(one, 0)
    expect(watch.tick(3 * min - 1, 9)).toEqual([])
    expect(watch.tick(3 * min, 9).map(({ sensor }) => sensor.id)).toEqual([1, 2])
  })
})

describe('the tick', () => {
  it('without a rule for gateways lets each sensor speak for itself', () => {
    const paper = new Paper()
    for (const id of [1, 2])
      paper.fold([
        { event: { type: 'sensor.registered', sensor: sampleSensor(id, { gateway: 'GW', intervalMs: min }) } },
      ])
    const watch = new DataWatch([noData()], paper.state.sensors, paper.now)
    for (const one of paper.state.sensors.values()) watch.observe(one, reading(one.id, paper.now))
    paper.now += 3 * min
    for (const events of alarmTickSteps(paper.state, watch, paper.context)) paper.fold(events)
    expect([...paper.state.alarms.values()].map(({ sensorId, sense }) => [sensorId, sense])).toEqual([
      [1, 'no-data'],
      [2, 'no-data'],
    ])
  })
})

describe('load', () => {
  it('an alarm of no device keeps its own company', () => {
    const { state, now } = new Paper()
    const together = new Together(state, now, false)
    const nowhere = { gateway: null, position: null, districtId: null, raisedAt: now, occurredAt: now }
    for (const [id, sensorId] of [
      ['A1', 1],
      ['A2', null],
      ['A3', null],
    ] as const)
      expect(together.place(sampleAlarm({ ...nowhere, id, sensorId }))).toEqual({ grouped: [], heard: null })
  })
  it('a flood rolls up what the data say apart from what the values say', () => {
    const { state, now } = new Paper()
    const low = { priority: 4 as const, position: null, districtId: 'd1', raisedAt: now, occurredAt: now }
    const together = new Together(state, now, true)
    const alarms = [
      sampleAlarm({ ...low, id: 'A1', sensorId: 1, kind: 'noise', sense: 'no-data' }),
      sampleAlarm({ ...low, id: 'A2', sensorId: 2, kind: 'noise' }),
      sampleAlarm({ ...low, id: 'A3', sensorId: 3, kind: 'noise', sense: 'no-data' }),
    ]
    const placed = alarms.map((one) =>
      together
        .place(one)
        .grouped.map(({ alarmId }) => alarmId)
        .sort(),
    )
    expect(placed).toEqual([[], [], ['A1', 'A3']])
  })
  it('what comes back to waiting sounds as loud as the load allows', () => {
    for (const isFlood of [false, true]) {
      const paper = new Paper()
      paper.fold([{ event: { type: 'alarm.raised', alarm: sampleAlarm({ priority: 2 }) } }])
      const shelving = { by: 'duty', at: paper.now, untilAt: paper.now + min, code: 'maintenance', words: '' } as const
      paper.fold([{ event: { type: 'alarm.shelved', alarmId: 'A1', state: 'shelved', shelving } as never }])
      if (isFlood) paper.state.alarmLoad.flood = floodOf(paper)
      paper.fold([{ event: { type: 'alarm.unshelved', alarmId: 'A1', state: 'unacknowledged', why: 'by-hand' } }])
      const { sound, announcedAt } = loadOf(paper.state.alarms.get('A1') as Alarm)
      expect(sound).toBe(soundRules[isFlood ? 'flood' : 'calm'][2])
      expect(announcedAt).toBe(paper.now)
    }
    expect(soundRules.flood[2]).not.toBe(soundRules.calm[2])
  })
})
const floodOf = ({ now }: Paper) =>
  ({
    ...{ id: 'F1', version: 1, startedAt: now, endedAt: null, consoles: 1, announced: 11, ofDrill: 0, peak: 11 },
    ...{ byPriority: { 1: 0, 2: 11, 3: 0, 4: 0 }, groups: 0, grouped: 0, escalated: 0, cases: 0, acknowledged: 0 },
    topRules: [],
  }) as never
