/** Rules about a rate of change, and rules in force only in some mode, place, or time. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { AlarmRule, RuleScope } from '../../../shared/model/alarm.ts'
import { priorityMatrix, priorityOf, responseTimeLimits, responseTimeOf } from '../../../shared/model/alarm-priority.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import { alarmRuleSchema } from '../../../shared/contract/city-pack.ts'
import { RateWindow } from '../../../server/src/domain/alarm/rate-window.ts'
import { isInForce, situationOf } from '../../../server/src/domain/alarm/scope.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { alarmRationale } from '../../../server/src/domain/alarm-rationale.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { alarmWords } from '../../../server/src/domain/alarm-words.ts'
import { Paper } from './support.ts'

const min = 60_000
const bare: AlarmRule = {
  ...{ id: 'r', version: 1, kind: 'k', sense: 'rise', limit: 10, deadband: 4, onDelayMs: 0, onReadings: 1 },
  ...{ offDelayMs: 0, priority: 3, classCode: 'E0512', windowMs: 60 * min },
  ...{ name: { zh: '名', en: 'n' }, consequence: { zh: '果', en: 'c' }, action: { zh: '措', en: 'a' } },
}
const read = (watch: AlarmWatch, at: number, value: number, district: string | null = null) =>
  watch.observe('k', { id: 1, sensorId: 7, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 }, district)

describe('rate of change', () => {
  it('rises by the limit within the window: below, equal, above; comes back by the deadband', () => {
    for (const [rise, speaks] of [
      [9.999, false],
      [10, true],
      [10.001, true],
    ] as const) {
      const watch = new AlarmWatch([bare])
      read(watch, 0, 5)
      expect(read(watch, 10 * min, 5 + rise)?.rule?.id).toBe(speaks ? 'r' : undefined)
    }
    const watch = new AlarmWatch([bare])
    read(watch, 0, 0)
    expect(read(watch, 1, 10)).toMatchObject({ rule: { id: 'r' }, value: 10 })
    expect(read(watch, 2, 6.001)?.rule?.id).toBe('r')
    expect(read(watch, 3, 6)).toMatchObject({ rule: null })
  })
  it('sees a reading just as old as the window, and none older', () => {
    const watch = new AlarmWatch([bare])
    read(watch, 0, 0)
    expect(read(watch, 60 * min, 10)?.rule?.id).toBe('r')
    const later = new AlarmWatch([bare])
    read(later, 0, 0)
    expect(read(later, 60 * min + 1, 10)).toBeUndefined()
  })
  it('falls the other way round', () => {
    const watch = new AlarmWatch([{ ...bare, sense: 'fall' }])
    read(watch, 0, 20)
    expect(read(watch, 1, 30)).toBeUndefined()
    expect(read(watch, 2, 20)).toMatchObject({ rule: { id: 'r' }, value: 10 })
  })
  it('has an hour where the rule does not say, keeps on after a restart, and under new rules', () => {
    const { windowMs: _none, ...unsaid } = bare
    const watch = new AlarmWatch([unsaid])
    read(watch, 0, 0)
    expect(read(watch, 60 * min, 10)?.rule?.id).toBe('r')
    watch.setRules([{ ...bare, limit: 100 }], () => 'k')
    expect(read(watch, 61 * min, 10)).toMatchObject({ rule: null })
    expect(new AlarmWatch([bare]).restore('k', 7, 'r', undefined)).toBeUndefined()
  })
  it('never tells a change larger than it was, and is exact while few are kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -50, max: 50 })), { maxLength: 80 }),
        fc.constantFrom<'rise' | 'fall'>('rise', 'fall'),
        (steps, sense) => {
          const window = new RateWindow(sense, 100)
          const seen: [number, number][] = []
          let at = 0
          for (const [later, value] of steps) {
            at += later
            seen.push([at, value])
            const inside = seen.filter(([when]) => when >= at - 100).map(([, said]) => said)
            const exact = sense === 'rise' ? value - Math.min(...inside) : Math.max(...inside) - value
            const told = window.change(value, at)
            expect(told).toBeLessThanOrEqual(exact)
            if (seen.length <= 24) expect(told).toBe(exact)
            expect(window.size).toBeLessThanOrEqual(24)
          }
        },
      ),
    )
  })
  it('keeps no more than so many, even of a value that only rises', () => {
    const window = new RateWindow('rise', 1000)
    for (let n = 0; n < 100; n++) expect(window.change(n, n)).toBe(n)
    expect(window.size).toBe(24)
  })
})

const emergency = { ...everNormal, mode: 'emergency' } as const

describe('in force', () => {
  const now = { mode: everNormal, isWorking: true, minuteOfDay: 8 * 60 } as const
  const force = (scope: RuleScope, over: object = {}, district: string | null = 'd1') =>
    isInForce(scope, district, { ...now, ...over })
  it('by mode, by place, by calendar', () => {
    expect(isInForce(undefined, null, now)).toBe(true)
    expect(force({})).toBe(true)
    expect(force({ modes: ['emergency'] })).toBe(false)
    expect(force({ modes: ['emergency'] }, { mode: emergency })).toBe(true)
    const own = { ...everNormal, districts: [{ ...emergency, districtId: 'd1' }] }
    expect(force({ modes: ['emergency'] }, { mode: own })).toBe(true)
    expect(force({ modes: ['emergency'] }, { mode: own }, 'd2')).toBe(false)
    expect(force({ districtIds: ['d1'] })).toBe(true)
    expect(force({ districtIds: ['d2'] })).toBe(false)
    expect(force({ districtIds: ['d2'] }, {}, null)).toBe(false)
    expect(force({ calendar: 'working-hours' })).toBe(true)
    expect(force({ calendar: 'outside-working-hours' })).toBe(false)
    expect(force({ calendar: 'outside-working-hours' }, { isWorking: false })).toBe(true)
  })
  it('by hours of the day: from, up to, and over midnight', () => {
    const day = { hours: { from: '08:00', to: '20:00' } }
    expect([479, 480, 1199, 1200].map((minuteOfDay) => force(day, { minuteOfDay }))).toEqual([false, true, true, false])
    const night = { hours: { from: '22:00', to: '06:00' } }
    expect([1319, 1320, 0, 359, 360].map((minuteOfDay) => force(night, { minuteOfDay }))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })
  it('what is worked out of the moment follows the city’s calendar', () => {
    const paper = new Paper(false)
    const at = (text: string) => {
      paper.now = Date.parse(text)
      return situationOf(everNormal, paper.context)
    }
    expect(at('2026-11-27T08:00:00+08:00')).toMatchObject({ isWorking: true, minuteOfDay: 480, mode: everNormal })
    expect(at('2026-11-27T07:59:59+08:00').isWorking).toBe(false)
    expect(at('2026-11-27T12:00:00+08:00').isWorking).toBe(false)
    expect(at('2026-11-28T10:00:00+08:00').isWorking, 'a Saturday').toBe(false)
    const { context } = paper
    expect(situationOf(everNormal, { ...context, workingHours: { dayMs: 0, spansFrom: () => [] } }).isWorking).toBe(
      false,
    )
  })
  it('a rule out of force raises nothing, and what stood by it is over at the next tick', () => {
    const scoped: AlarmRule = { ...bare, sense: 'high', scope: { modes: ['emergency'] } }
    const watch = new AlarmWatch([scoped])
    expect(read(watch, 0, 11)).toBeUndefined()
    expect(watch.tick(1, { ...now, mode: emergency })).toEqual([])
    expect(read(watch, 2, 11)?.rule?.id).toBe('r')
    expect(watch.tick(3, { ...now, mode: emergency })).toEqual([])
    expect(watch.tick(4, now)).toMatchObject([{ rule: null, value: 11 }])
  })
})

describe('priority from consequence and time to respond', () => {
  it('each time is up to and including its limit', () => {
    const { minutes, hours } = responseTimeLimits
    expect([minutes, minutes + 1, hours, hours + 1].map(responseTimeOf)).toEqual([
      'minutes',
      'half-hour',
      'hours',
      'shift',
    ])
    expect(responseTimeOf(NaN)).toBe('shift')
    expect(priorityOf('life', minutes)).toBe(1)
  })
  it('never falls as the consequence or the haste grows', () => {
    const rows = Object.values(priorityMatrix).map((row) => Object.values(row))
    for (const [i, row] of rows.entries())
      for (const [j, priority] of row.entries()) {
        expect(priority).toBeLessThanOrEqual(row[j + 1] ?? 4)
        expect(priority).toBeLessThanOrEqual(rows[i + 1]?.[j] ?? 4)
      }
  })
  it('every built-in rule has its record and words, and the matrix’s priority', () => {
    for (const { id, rationale, priority } of defaultAlarmRules) {
      expect(rationale, id).toBeDefined()
      if (rationale) expect(priorityOf(rationale.severity, rationale.respondWithinMs), id).toBe(priority)
    }
    for (const id of ['river-level-rising', 'gateway-silent', 'no-data', 'flatline', 'bad-quality'])
      expect(alarmWords[id], id).toBeDefined()
    expect(alarmRationale('nobody’s')).toBeUndefined()
  })
})

describe('rules of a pack', () => {
  const problems = (over: object) => {
    const result = alarmRuleSchema.safeParse({ ...bare, ...over })
    return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'))
  }
  it('may be from before there was a record, and built-in ones fit', () => {
    const { windowMs: _none, ...old } = { ...bare, sense: 'high' as const }
    expect(alarmRuleSchema.safeParse(old).success).toBe(true)
    for (const rule of defaultAlarmRules) expect(alarmRuleSchema.safeParse(rule).success, rule.id).toBe(true)
  })
  it('are refused by the field at fault', () => {
    expect(problems({ windowMs: undefined })).toContain('windowMs')
    const { windowMs: _none, ...unsaid } = bare
    expect(alarmRuleSchema.safeParse(unsaid).success).toBe(false)
    expect(problems({ limit: 0 })).toEqual(['limit'])
    expect(problems({ sense: 'no-data', limit: 0.9 })).toEqual(['limit'])
    expect(problems({ sense: 'no-data', limit: 1 })).toEqual([])
    expect(problems({ scope: { hours: { from: '08:00', to: '08:00' } } })).toEqual(['scope.hours.to'])
    const rationale = { ...alarmRationale('bin-full'), respondWithinMs: 1 }
    expect(problems({ rationale, priority: 4 })).toEqual(['priority'])
    expect(
      problems({ rationale: { ...rationale, priorityReason: { zh: '夜间无人', en: 'unstaffed' } }, priority: 4 }),
    ).toEqual([])
  })
})
