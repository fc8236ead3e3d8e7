import { describe, expect, it } from 'vitest'
import { conversion, convert } from '../../../server/src/domain/reading/unit-of-measure.ts'
import { judgeSteady, judgeTime, judgeValue, lateAfterMs } from '../../../server/src/domain/reading/judge.ts'
import { quality } from '../../../shared/model/reading.ts'
import { sensorKind, sensorKinds } from '../../../shared/model/sensor-kinds.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'

describe('units', () => {
  it.each([
    [1.5, 'm', 'cm', 150],
    [0.1, 'ft', 'cm', 3.048],
    [65, 'mph', 'km/h', 104.60736],
    [10, 'm/s', 'km/h', 36],
    [3.5, 'bar', 'MPa', 0.35],
    [250, 'kPa', 'MPa', 0.25],
    [212, '°F', '°C', 100],
    [273.15, 'K', '℃', 0],
    [12, 'μg/m³', 'µg/m³', 12],
    [0.05, 'mg/m3', 'µg/m³', 50],
    [1, 'in/h', 'mm/h', 25.4],
    [1, '% VOL', '%LEL', 20],
    [7, 'DB(A)', 'dB(A)', 7],
  ])('%f %s is so many %s', (value, sent, kept, expected) => {
    const way = conversion(sent, kept)
    expect(way && convert(way, value)).toBeCloseTo(expected, 9)
  })
  it('do not mix', () => {
    for (const [sent, kept] of [
      ['m', 'm/s'],
      ['kg', 'cm'],
      ['', 'cm'],
      ['constructor', 'cm'],
    ] as const)
      expect(conversion(sent, kept)).toBeNull()
    expect(conversion('lx', 'lx')).toEqual({ factor: 1, offset: 0 })
  })
})

describe('judging', () => {
  const at = 1_800_000_000_000
  it('late: three reports, between five minutes and an hour', () => {
    expect([1000, 100_000, 300_000, 86_400_000].map(lateAfterMs)).toEqual([300_000, 300_000, 900_000, 3_600_000])
    expect(judgeTime(at - 300_000, at, 60_000)).toBe(quality.good)
    expect(judgeTime(at - 300_001, at, 60_000)).toBe(quality.late)
  })
  it('future: more than a minute ahead', () => {
    expect(judgeTime(at + 60_000, at, 1000)).toBe(quality.good)
    expect(judgeTime(at + 60_001, at, 1000)).toBe(quality.future)
  })
  it('out of range: beyond either end', () => {
    const kind = sensorKind('noise')
    expect([-0.1, 0, 150, 150.1].map((value) => judgeValue(value, kind))).toEqual([4, 0, 0, 4])
    expect(judgeValue(NaN, kind)).toBe(quality.missing)
  })
  it('stuck: unmoved for the kind’s time', () => {
    const steady = { value: NaN, since: 0 }
    const say = (value: number, when: number) => judgeSteady(steady, value, when, 1000)
    expect([say(5, 0), say(5, 999), say(5, 1000), say(6, 1001), say(6, 2000), say(6, 2001)]).toEqual([0, 0, 8, 0, 0, 8])
    expect(judgeSteady({ value: 5, since: 0 }, 5, 1e12, undefined)).toBe(0)
  })
})

describe('the built-in tables', () => {
  const codes = new Set(defaultCaseClasses.map(({ code }) => code))
  it('have one row a code, and the catch-all', () => {
    expect(codes.size).toBe(defaultCaseClasses.length)
    expect(codes.has('E0699')).toBe(true)
    expect(defaultCaseClasses.every((row) => /^[EP]\d{4}$/.test(row.code) && row.limit.amount > 0 && row.group)).toBe(
      true,
    )
  })
  it('watch every kind but parking bays and the nameless, with classes that exist and limits an instrument can reach', () => {
    const watched = new Set(defaultAlarmRules.map(({ kind }) => kind))
    expect(sensorKinds.filter(({ code }) => !watched.has(code)).map(({ code }) => code)).toEqual(['parking', 'other'])
    expect(new Set(defaultAlarmRules.map(({ id }) => id)).size).toBe(defaultAlarmRules.length)
    for (const rule of defaultAlarmRules) {
      const isOfValue = rule.sense === 'high' || rule.sense === 'low'
      expect(codes.has(rule.classCode) && codes.has(rule.opensIncident?.classCode ?? 'E0699'), rule.id).toBe(true)
      if (isOfValue || rule.sense === 'state') expect(judgeValue(rule.limit, sensorKind(rule.kind)), rule.id).toBe(0)
      expect(rule.deadband >= 0 && rule.onReadings >= 1, rule.id).toBe(true)
      for (const words of [rule.name, rule.consequence, rule.action]) expect(words.zh, rule.id).not.toBe(rule.id)
      const { normal } = sensorKind(rule.kind)
      if (isOfValue) expect(rule.limit <= normal[0] || rule.limit >= normal[1], rule.id).toBe(true)
    }
  })
})
