import { describe, expect, it } from 'vitest'
import { daysOf, periodStart } from '../../../../server/src/store/calendar-days.ts'
import { cityCalendar } from '../../../../shared/model/city-calendar.ts'
import { casesBehind, indicatorOf, indicators, type Indicator } from '../../../../shared/model/kpi-indicator.ts'
import { formulaInWords } from '../../../../shared/model/kpi-wording.ts'
import { caseSetOf, incidentQuerySchema } from '../../../../shared/contract/http.ts'

const wordsOf = (code: string) => formulaInWords(indicatorOf(code) as Indicator)

describe('口径 in words', () => {
  it('says what is divided by what, in both languages', () => {
    expect(wordsOf('inTimeArchiveRate')).toEqual({ zh: '按期结案数 ÷ 应结案数', en: 'closed in time ÷ due' })
    expect(wordsOf('accurRegisterRate').zh).toBe('(立案数 − 作废数) ÷ 立案数')
    expect(wordsOf('satisfiedRate').zh).toBe('(满意 + 基本满意×0.8 + 一般×0.6) ÷ (满意 + 基本满意 + 一般 + 不满意)')
    expect(wordsOf('filed').zh).toBe('立案数')
    expect(wordsOf('areaScore').zh).toBe('监督举报率（反向）×10% + 立案数（分档）×20% + 结案率×30% + 按期结案率×40%')
    for (const indicator of indicators) expect(formulaInWords(indicator).en).not.toBe('')
  })
  it('names the cases behind a number, and none behind a score', () => {
    expect(casesBehind(indicatorOf('areaScore') as Indicator, 'numerator')).toBeNull()
    expect(casesBehind(indicatorOf('filed') as Indicator, 'denominator')).toBeNull()
    expect(casesBehind(indicatorOf('avgHandleTime') as Indicator, 'numerator')).toEqual({
      base: 'closed',
      any: ['closed'],
      none: [],
    })
    expect(casesBehind(indicatorOf('accurRegisterRate') as Indicator, 'numerator')).toEqual({
      base: 'filed',
      any: ['filed'],
      none: ['filedVoid'],
    })
  })
  it('reads a list’s question for them', () => {
    expect(caseSetOf({})).toBeNull()
    expect(caseSetOf({ indicator: 'nothing' })).toBeNull()
    expect(caseSetOf({ indicator: 'archiveRate', of: 'denominator' })).toEqual({ base: 'due', any: ['due'], none: [] })
    expect(caseSetOf({ indicator: 'filed', of: 'denominator' })).toEqual({ base: 'filed', any: ['filed'], none: [] })
    expect(caseSetOf({ measure: 'checked' })).toEqual({ base: 'fed-back', any: ['checked'], none: [] })
    expect(incidentQuerySchema.safeParse({ indicator: 'areaScore' }).success).toBe(false)
    expect(incidentQuerySchema.safeParse({ indicator: 'nothing' }).success).toBe(false)
    expect(incidentQuerySchema.safeParse({ indicator: 'archiveRate' }).success).toBe(true)
  })
})

describe('days of a period', () => {
  const dayOf = cityCalendar('Asia/Shanghai')
  const at = (text: string) => Date.parse(`${text}T00:00:00+08:00`)
  it('are months where it holds them whole, days at its ends', () => {
    expect(daysOf(dayOf, at('2026-01-30'), at('2026-03-03'), true)).toEqual([
      20260130, 20260131, 20260200, 20260301, 20260302,
    ])
    expect(daysOf(dayOf, at('2026-02-01'), at('2026-03-01'), true)).toEqual([20260200])
    expect(daysOf(dayOf, at('2026-02-27'), at('2026-03-01'), false)).toEqual([20260227, 20260228])
    expect(daysOf(dayOf, at('2026-02-01'), at('2026-02-01'), true)).toEqual([])
    expect(daysOf(dayOf, at('2026-12-01'), at('2027-01-01'), true)).toEqual([20261200])
  })
  it.each([
    ['day', '2026-11-27'],
    ['week', '2026-11-23'],
    ['month', '2026-11-01'],
    ['quarter', '2026-10-01'],
    ['year', '2026-01-01'],
  ] as const)('are put into a %s by its first', (period, first) => {
    expect(periodStart(20261127, period)).toBe(first)
  })
  it('begin a week on Monday, also from a Sunday and across a year', () => {
    expect([periodStart(20261129, 'week'), periodStart(20261130, 'week'), periodStart(20270101, 'week')]).toEqual([
      '2026-11-23',
      '2026-11-30',
      '2026-12-28',
    ])
  })
})
