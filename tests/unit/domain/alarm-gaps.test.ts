/** Rules about rates, rules that change under a standing alarm, and alarms whose sensor or rule is gone. */
import { everNormal } from '../../../shared/model/city-mode.ts'
import { describe, expect, it } from 'vitest'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { byWorst, crosses, isBack, isWorse } from '../../../server/src/domain/alarm/rule-check.ts'
import { lastEvents, reraiseEvents, returnEvents } from '../../../server/src/domain/alarm/moves.ts'
import { announce } from '../../../server/src/domain/alarm/announce.ts'
import { announceData, announceGateway } from '../../../server/src/domain/alarm/announce-data.ts'
import { openEvents } from '../../../server/src/domain/alarm/case-of-alarm.ts'
import { alarmTimerSteps } from '../../../server/src/domain/alarm/timers.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import { sampleAlarm, sampleSensor } from '../../support/sample-rows.ts'
import { city, Paper } from './support.ts'

const hourMs = 3_600_000
const rule = (over: Partial<AlarmRule> = {}): AlarmRule => ({
  ...{ id: 'r', version: 1, kind: 'k', sense: 'high', limit: 10, deadband: 2, onDelayMs: 0, onReadings: 1 },
  ...{ offDelayMs: 0, priority: 3, classCode: 'E0699' },
  ...{ name: { zh: '高', en: 'high' }, consequence: { zh: '后果', en: '' }, action: { zh: '处置', en: '' } },
  ...over,
})
const reading = (at: number, value: number, sensorId = 7) => ({
  ...{ id: 1, sensorId, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 },
})

describe('one limit', () => {
  it.each([
    ['high', 9, 10, 11, [false, true, true]],
    ['low', 9, 10, 11, [true, true, false]],
    ['state', 9, 10, 11, [false, true, false]],
    ['rise', 9, 10, 11, [false, true, true]],
  ] as const)('%s: below, equal, above', (sense, below, equal, above, wanted) => {
    expect([below, equal, above].map((value) => crosses(rule({ sense }), value))).toEqual(wanted)
  })
  it('is left by the deadband, and never by reaching it with none', () => {
    expect([8.1, 8, 7.9].map((value) => isBack(rule(), value))).toEqual([false, true, true])
    expect([11.9, 12, 12.1].map((value) => isBack(rule({ sense: 'low' }), value))).toEqual([false, true, true])
    expect([9.9, 10].map((value) => isBack(rule({ deadband: 0 }), value))).toEqual([true, false])
    expect([10, 10.1].map((value) => isBack(rule({ sense: 'low', deadband: 0 }), value))).toEqual([false, true])
  })
  it('is worse by a step: below, equal, above; a state never', () => {
    expect([11, 12, 13].map((value) => isWorse('high', value, 10, 2))).toEqual([false, true, true])
    expect([9, 8, 7].map((value) => isWorse('low', value, 10, 2))).toEqual([false, true, true])
    expect(isWorse('state', 99, 1, 0)).toBe(false)
  })
  it('the more urgent first, then the one further out, whichever way that is', () => {
    const of = (sense: AlarmRule['sense'], limits: readonly number[]) =>
      limits
        .map((limit) => rule({ sense, limit }))
        .sort(byWorst)
        .map(({ limit }) => limit)
    expect(of('high', [1, 3, 2])).toEqual([3, 2, 1])
    expect(of('low', [2, 1, 3])).toEqual([1, 2, 3])
    expect(byWorst(rule({ priority: 1 }), rule({ priority: 2, limit: 99 }))).toBeLessThan(0)
  })
})

describe('a watch whose rules change', () => {
  it('keeps what stands, begins anew what is new, and leaves sensors nobody knows alone', () => {
    const watch = new AlarmWatch([rule()])
    for (const id of [7, 8]) expect(watch.observe('k', reading(0, 20, id))?.rule?.id).toBe('r')
    const more = [rule({ version: 2 }), rule({ id: 'fast', sense: 'rise', limit: 5, deadband: 0, priority: 4 })]
    watch.setRules(more, (id) => (id === 7 ? 'k' : undefined))
    expect(watch.observe('k', reading(1, 20))?.rule).toMatchObject({ id: 'r', version: 2 })
    // Only the rate is left of it: nothing said so far stands.
    watch.setRules([more[1] as AlarmRule], () => 'k')
    expect(watch.observe('k', reading(2, 20))).toBeUndefined()
    expect(watch.observe('k', reading(hourMs / 2, 26))?.rule?.id).toBe('fast')
  })
  it('forgets a sensor that no rule of its new kind can concern', () => {
    const watch = new AlarmWatch([rule(), rule({ id: 'q', kind: 'q', limit: 100 })])
    watch.observe('k', reading(0, 20))
    expect(watch.size).toBe(1)
    expect(watch.observe('q', reading(1, 20))).toBeUndefined()
    expect(watch.size).toBe(0)
  })
  it('after a restart the milder limits of the same sense stand as well, and no other', () => {
    const rules = [
      rule({ id: 'worse', limit: 20, priority: 2 }),
      rule({ id: 'mild', limit: 10 }),
      rule({ id: 'low', sense: 'low', limit: 1, deadband: 0 }),
    ]
    const watch = new AlarmWatch(rules)
    expect(watch.restore('k', 7, 'worse', reading(0, 19))?.rule?.id).toBe('worse')
    expect(watch.observe('k', reading(1, 12))?.rule?.id).toBe('mild')
    expect(watch.observe('k', reading(2, 5))?.rule).toBeNull()
    expect(new AlarmWatch(rules).restore('k', 7, null, undefined)).toBeUndefined()
    expect(new AlarmWatch(rules).restore('other', 7, 'worse', undefined)).toBeUndefined()
    const silent = new AlarmWatch(rules)
    silent.restore('k', 7, 'mild', undefined)
    expect(silent.size).toBe(1)
    // Nothing was said since: its end has no value.
    const [ended] = silent.tick(1, { mode: everNormal, isWorking: true, minuteOfDay: 1 })
    expect(ended).toBeUndefined()
  })
  it('a rate without a window is of an hour', () => {
    const watch = new AlarmWatch([rule({ sense: 'rise', limit: 5, deadband: 0 })])
    expect(watch.observe('k', reading(0, 0))).toBeUndefined()
    expect(watch.observe('k', reading(hourMs, 5))?.value).toBe(5)
    expect(watch.observe('k', reading(3 * hourMs, 6))?.rule).toBeNull()
  })
})

describe('moves of an alarm', () => {
  it('are said once', () => {
    expect(returnEvents(sampleAlarm({ active: false }), 1)).toEqual([])
    expect(reraiseEvents(sampleAlarm({ active: true }), 1)).toEqual([])
    expect(returnEvents(sampleAlarm({ state: 'unacknowledged' }), 1)).toMatchObject([{ type: 'alarm.returned' }])
  })
  it('where the table has none there is no event', () => {
    expect(reraiseEvents(sampleAlarm({ state: 'unacknowledged', active: false }), 1)).toEqual([])
  })
  it('the last ones take it out of service’s end, latched or gone', () => {
    const out = { state: 'out-of-service' as const, active: false }
    expect(lastEvents(sampleAlarm({ ...out, latch: false })).map(({ type }) => type)).toContain(
      'alarm.returned-to-service',
    )
    const [latched] = lastEvents(sampleAlarm({ ...out, latch: true }))
    expect(latched).toMatchObject({ type: 'alarm.returned-to-service' })
    expect(lastEvents(sampleAlarm({ active: false }))).toEqual([])
  })
})

describe('what is announced of nothing', () => {
  const paper = new Paper()
  const verdict = { sensorId: 7, rule: null, value: 0, since: 0, at: 0, receivedAt: 0, channel: 'value' } as const
  const gateway = { name: 'GW', heardAt: 0, members: new Set([7]), shortest: [7, 60_000] as const }
  it('a sensor that is gone says nothing of its data', () => {
    expect(announceData(paper.state, { ...verdict, channel: 'data' }, false, paper.context)).toEqual([])
  })
  it('a return nobody raised, of a sensor or a gateway, is no event', () => {
    expect(announce(paper.state, verdict, sampleSensor(7), paper.context)).toEqual([])
    const back = { gateway, isSilent: false, at: paper.now } as never
    expect(announceGateway(paper.state, back, rule(), paper.context)).toEqual([])
  })
  it('a gateway whose sensors are gone is nowhere; when it is back, its alarm is over', () => {
    const desk = new Paper()
    const fold = (isSilent: boolean) => {
      const events = announceGateway(desk.state, { gateway, isSilent, at: desk.now } as never, rule(), desk.context)
      desk.fold(events)
      return events.map(({ event }) => event)
    }
    expect(fold(true)).toMatchObject([{ type: 'alarm.raised', alarm: { position: null, districtId: null } }])
    expect(fold(false)).toMatchObject([{ type: 'alarm.returned' }])
    expect(fold(true)).toMatchObject([{ type: 'alarm.reraised' }])
  })
})

describe('the case of an alarm', () => {
  const caseClass = city.caseClasses[0] as CaseClass
  const opened = (over: object, of: AlarmRule | undefined) => {
    const paper = new Paper()
    const { events } = openEvents(paper.state, sampleAlarm(over), of, caseClass, paper.context)
    const [event] = events
    if (event?.type !== 'incident.reported') throw new Error(`no case: ${event?.type}`)
    return event.incident
  }
  it('is named after what stands where, as far as that is known', () => {
    expect(opened({}, rule()).title).toBe('积水：bridge')
    expect(opened({ sensorName: '' }, rule()).title).toBe('积水')
  })
  it('says what may come of it and what to do, where its rule is still there', () => {
    expect(opened({}, rule()).description).toBe('实测 31 cm，限值 30 cm。后果。处置。')
    expect(opened({}, undefined).description).toBe('实测 31 cm，限值 30 cm。')
  })
})

it('a timer whose alarm is gone is passed over', () => {
  const paper = new Paper()
  paper.state.alarmTimers.set('A9', paper.now)
  expect([...alarmTimerSteps(paper.state, paper.context, 10)]).toEqual([])
  paper.state.alarms.set('A9', sampleAlarm({ id: 'A9', state: 'acknowledged', reAlarmAt: paper.now + 1 }))
  expect([...alarmTimerSteps(paper.state, paper.context, 10)]).toEqual([[]])
})
