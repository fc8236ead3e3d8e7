import { describe, expect, it } from 'vitest'
import { gradeOf, valueOf, volumeScore, weigh } from '../../../../server/src/domain/kpi/formulas.ts'
import { indicatorOf, indicators, type Indicator } from '../../../../shared/model/kpi-indicator.ts'
import { kpiRowMeasures } from '../../../../shared/model/kpi.ts'
import { kpiBaseNames, kpiMeasureInfo, kpiMeasures, type KpiCounts } from '../../../../shared/model/kpi-measure.ts'

const value = (code: string, counts: KpiCounts, whole: KpiCounts = counts) =>
  valueOf(indicatorOf(code) as Indicator, counts, whole)

describe('the formulas of evaluation (issue line 12)', () => {
  it('give a city’s published month: 972 due, 911 closed, 737 of them in time (天门, December 2016)', () => {
    const month: KpiCounts = { accepted: 1054, filed: 996, due: 972, dueClosed: 911, onTimeClosed: 737 }
    expect(((value('archiveRate', month).value ?? 0) * 100).toFixed(2)).toBe('93.72')
    expect(((value('inTimeArchiveRate', month).value ?? 0) * 100).toFixed(2)).toBe('75.82')
    expect(value('archiveRate', month)).toMatchObject({ numerator: 911, denominator: 972, grade: 'A' })
    expect(value('inTimeArchiveRate', month).grade).toBe('B')
  })
  it.each([
    [90, 'A'],
    [89.99, 'B'],
    [75, 'B'],
    [74.99, 'C'],
    [60, 'C'],
    [59.99, 'D'],
    [40, 'D'],
    [39.99, 'E'],
    [0, 'E'],
    [100, 'A'],
  ])('grade %d as %s', (score, grade) => {
    expect(gradeOf(score)).toBe(grade)
  })
  it.each([
    [0, 0],
    [100, 0],
    [101, 40],
    [300, 40],
    [301, 60],
    [500, 60],
    [501, 75],
    [1200, 75],
    [1201, 90],
    [2000, 90],
    [2001, 100],
  ])('score %d accepted with %d', (cases, score) => {
    expect(volumeScore(cases)).toBe(score)
  })
  it('weigh satisfaction 1, 0.8, 0.6 and 0 over all four', () => {
    const said: KpiCounts = { satisfied: 10, mostlySatisfied: 5, soSo: 5, dissatisfied: 5 }
    expect(value('satisfiedRate', said)).toMatchObject({ value: 17 / 25, numerator: 17, denominator: 25 })
  })
  it('take the contacts not evaluated out, and let solved and explained make a whole', () => {
    expect(value('firstContactRate', { hotlineClosed: 20, contactedFirst: 9, contactedLate: 3 }).value).toBe(0.75)
    const ends: KpiCounts = { solved: 7, explained: 3 }
    expect(value('solvedRate', ends).value).toBe(0.7)
    expect(value('explainedRate', ends).value).toBe(0.3)
    expect(value('inTimeDoneRate', { hotlineClosed: 8, hotlineLate: 2 }).value).toBe(0.75)
  })
  it('are null without a base, never 0', () => {
    for (const indicator of indicators) {
      const { value: none, grade } = valueOf(indicator, {}, {})
      expect(none, indicator.code).toBe(indicator.kind === 'count' ? 0 : null)
      expect(grade, indicator.code).toBeNull()
    }
  })
  it('give each post its composite, and an area its own', () => {
    const collector: KpiCounts = {
      patrolReported: 10,
      patrolValid: 9,
      filed: 10,
      missed: 2,
      toVerify: 4,
      verifiedOnTime: 3,
      toCheck: 5,
      checkedOnTime: 5,
    }
    expect(value('collectorScore', collector).value).toBeCloseTo(36 + 16 + 15 + 20)
    const acceptor: KpiCounts = { accepted: 501, toVerify: 10, verifiedOnTime: 9, toCheck: 10, checkedOnTime: 8 }
    expect(value('acceptorScore', acceptor).value).toBeCloseTo(0.25 * 75 + 36 + 28)
    const chief: KpiCounts = { filed: 10, filedOnTime: 8, filedVoid: 1, closed: 4, closeOnTime: 3 }
    expect(value('chiefScore', chief).value).toBeCloseTo(20 + 36 + 0.35 * 75)
    const dispatcher: KpiCounts = { toDispatch: 301, dispatchedOnTime: 301, dispatchedRight: 0 }
    expect(value('dispatcherScore', dispatcher).value).toBeCloseTo(12 + 40)
    const area: KpiCounts = { filed: 2001, publicFiled: 0, due: 10, dueClosed: 9, onTimeClosed: 5 }
    expect(value('areaScore', area)).toMatchObject({ grade: 'B' })
    expect(value('areaScore', area).value).toBeCloseTo(10 + 20 + 27 + 20)
  })
  it('leave a part without a base out of a composite, and judge nobody by a number alone', () => {
    expect(value('collectorScore', { patrolReported: 4, patrolValid: 2 }).value).toBeCloseTo(50)
    expect(value('dispatcherScore', {}).value).toBeNull()
    expect(value('hotlineScore', { hotlineReported: 5 }).value).toBeNull()
  })
  it('score the hotline with the share of all reports, out of 95', () => {
    const own: KpiCounts = { contactedFirst: 1, solved: 1, satisfied: 1, hotlineReported: 10 }
    expect(value('hotlineScore', own, { ...own, hotlineReported: 40 }).value).toBeCloseTo(30 + 20 + 40 + 1.25)
    expect(value('hotlineScore', own, {}).value).toBeCloseTo(95)
  })
  it('average the time to close over what was closed', () => {
    expect(value('avgHandleTime', { handleMs: 9000, closed: 3 })).toMatchObject({ value: 3000, denominator: 3 })
  })
  it('take suspended ones out where a city counts so', () => {
    expect(value('filedNet', { filed: 10, filedSuspended: 3 }).value).toBe(7)
  })
  it('refuse a part that is no rate or number', () => {
    const wrong = {
      ...(indicatorOf('areaScore') as Indicator),
      parts: [{ of: 'areaScore', as: 'rate', weight: 1 }],
    } as Indicator
    expect(() => valueOf(wrong, {}, {})).toThrow('no part areaScore')
  })
})

describe('the indicators as data', () => {
  it('are told once each, and count over one time base', () => {
    expect(new Set(indicators.map(({ code }) => code)).size).toBe(indicators.length)
    for (const indicator of indicators) {
      if (indicator.kind === 'score') continue
      expect(kpiBaseNames[indicator.base].zh).toMatch(/^按/)
      if (indicator.kind === 'mean') continue
      for (const code of Object.keys({ ...indicator.numerator, ...indicator.denominator }))
        expect(kpiMeasureInfo[code as 'filed'].base, `${indicator.code}: ${code}`).toBe(indicator.base)
    }
  })
  it('use every measure, those of the overview apart', () => {
    const used = new Set<string>(Object.values(kpiRowMeasures))
    for (const indicator of indicators)
      if (indicator.kind === 'ratio' || indicator.kind === 'count')
        for (const code of Object.keys({ ...indicator.numerator, ...indicator.denominator })) used.add(code)
    expect(kpiMeasures.filter((code) => !used.has(code))).toEqual([])
    expect(kpiMeasures.length).toBeLessThanOrEqual(52)
  })
  it('weigh to 100, but the hotline’s to 95', () => {
    for (const indicator of indicators)
      if (indicator.kind === 'score')
        expect(
          indicator.parts.reduce((sum, { weight }) => sum + weight, 0),
          indicator.code,
        ).toBe(indicator.code === 'hotlineScore' ? 95 : 100)
    expect(weigh({ filed: 2 }, { filed: 1, filedVoid: -1 })).toBe(2)
  })
})
