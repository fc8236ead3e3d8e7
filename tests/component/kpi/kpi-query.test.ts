import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import {
  actorSpans,
  bucketOf,
  comparedRange,
  comparisons,
  dayStart,
  dimensions,
  groupings,
  kpiTabs,
  periods,
  rangeOf,
  readView,
  unmoved,
  writeView,
  type KpiView,
} from '../../../client/src/components/kpi/kpi-query.ts'
import { multipleMeasures } from '../../../shared/model/kpi.ts'

const zone = 'Asia/Shanghai'
const now = Date.parse('2026-03-28T10:30:00+08:00')
const hour = 3_600_000
const day = 24 * hour
const view = (over: Partial<KpiView> = {}): KpiView => ({ ...readView({}), ...over })
const said = (at: number, offset = '+08:00') =>
  new Date(at + (offset === '+08:00' ? 8 * hour : 0)).toISOString().slice(0, 16)

describe('the address', () => {
  it('of today by district is bare', () => {
    expect(writeView(readView({}))).toEqual({})
    expect(readView({})).toEqual({
      tab: 'overview',
      period: 'today',
      fromAt: null,
      toAt: null,
      compare: 'previous',
      group: 'district',
      district: null,
      classCode: null,
      dimension: 'district',
      pick: null,
      actors: 'period',
      department: null,
      source: null,
      interval: 'total',
      multiple: 'reported',
      sign: 'reported',
    })
  })

  it('holds the whole view', () => {
    const instant = fc.integer({ min: 0, max: 4e12 })
    const some = fc.record({
      tab: fc.constantFrom(...kpiTabs),
      dimension: fc.constantFrom(...dimensions),
      pick: fc.option(fc.string({ minLength: 1, maxLength: 64 })),
      actors: fc.constantFrom(...actorSpans),
      period: fc.constantFrom(...periods),
      from: instant,
      span: fc.integer({ min: 1, max: 9 * 365 * day }),
      compare: fc.constantFrom(...comparisons),
      group: fc.constantFrom(...groupings),
      district: fc.option(fc.string({ minLength: 1, maxLength: 64 })),
      classCode: fc.option(fc.string({ minLength: 1, maxLength: 64 })),
      department: fc.option(fc.string({ minLength: 1, maxLength: 64 })),
      source: fc.option(fc.string({ minLength: 1, maxLength: 64 })),
      interval: fc.constantFrom(...caseIntervals),
      multiple: fc.constantFrom(...multipleMeasures),
      sign: fc.string({ minLength: 1, maxLength: 64 }),
    })
    fc.assert(
      fc.property(some, ({ from, span, ...rest }) => {
        const isCustom = rest.period === 'custom'
        const any: KpiView = { ...rest, fromAt: isCustom ? from : null, toAt: isCustom ? from + span : null }
        expect(readView(writeView(any))).toEqual(any)
      }),
    )
  })

  it('that makes no sense falls back, field by field', () => {
    const odd = {
      period: 'aeon',
      compare: ['year'],
      by: 'mood',
      tab: 'sky',
      dim: 'mood',
      pick: '',
      actors: ['month'],
      district: '',
      stretch: 'long',
      measure: 'mood',
      dept: '',
      src: ['iot'],
      sign: '',
      class: 'x'.repeat(65),
      from: 'soon',
      to: '2026-01-01',
    }
    expect(readView(odd)).toEqual(readView({}))
    expect(readView({ period: 'custom' }).period).toBe('today')
    expect(readView({ period: 'custom', from: '2026-02-01', to: '2026-01-01' }).period).toBe('today')
    expect(readView({ period: 'custom', from: '2026-01-01', to: '2026-01-01' }).period).toBe('today')
    expect(readView({ from: '2026-01-01', to: '2026-01-02' }).period).toBe('custom')
  })
})

describe('the city’s days', () => {
  it('begin at its own midnight', () => {
    expect(said(dayStart(now, zone))).toBe('2026-03-28T00:00')
    expect(dayStart(now, 'America/Los_Angeles')).toBe(Date.parse('2026-03-27T00:00:00-07:00'))
  })

  it('have 23 and 25 hours when the clocks change', () => {
    const la = 'America/Los_Angeles'
    const spring = Date.parse('2026-03-08T12:00:00-07:00')
    expect(dayStart(spring, la, 1) - dayStart(spring, la)).toBe(23 * hour)
    const autumn = Date.parse('2026-11-01T12:00:00-08:00')
    expect(dayStart(autumn, la, 1) - dayStart(autumn, la)).toBe(25 * hour)
  })

  it('are found again from what the clock shows', () => {
    expect(unmoved(Date.UTC(2026, 2, 28, 10, 30), zone)).toBe(now)
  })
})

describe('periods', () => {
  it('run to now', () => {
    const from = (period: KpiView['period']) => said(rangeOf(view({ period }), now, zone).fromAt)
    expect(from('1h')).toBe('2026-03-28T09:30')
    expect(from('today')).toBe('2026-03-28T00:00')
    expect(from('24h')).toBe('2026-03-27T10:30')
    expect(from('7d')).toBe('2026-03-22T00:00')
    expect(from('30d')).toBe('2026-02-27T00:00')
    expect(rangeOf(view({ period: 'custom', fromAt: 1, toAt: 2 }), now, zone)).toEqual({ fromAt: 1, toAt: 2 })
  })

  it('are compared with as much of the period before', () => {
    const before = (period: KpiView['period']) => {
      const { fromAt, toAt } = comparedRange(view({ period }), rangeOf(view({ period }), now, zone), zone)
      return [said(fromAt), said(toAt)]
    }
    expect(before('1h')).toEqual(['2026-03-28T08:30', '2026-03-28T09:30'])
    expect(before('today')).toEqual(['2026-03-27T00:00', '2026-03-27T10:30'])
    expect(before('7d')).toEqual(['2026-03-15T00:00', '2026-03-21T10:30'])
    const custom = { fromAt: now, toAt: now + 5 }
    expect(comparedRange(view({ period: 'custom', ...custom }), custom, zone)).toEqual({ fromAt: now - 5, toAt: now })
  })

  it('are compared with the same a year before by the calendar', () => {
    const range = { fromAt: Date.parse('2024-02-29T00:00:00+08:00'), toAt: Date.parse('2024-03-01T00:00:00+08:00') }
    const before = comparedRange(view({ compare: 'year' }), range, zone)
    expect([said(before.fromAt), said(before.toAt)]).toEqual(['2023-02-28T00:00', '2023-03-01T00:00'])
  })

  it.each([
    [3 * hour, 'minute'],
    [3 * hour + 1, 'hour'],
    [3 * day, 'hour'],
    [3 * day + 1, 'day'],
    [100 * day, 'day'],
    [100 * day + 1, 'week'],
    [730 * day, 'week'],
    [730 * day + 1, 'month'],
  ])('of %d ms are cut by the %s', (span, bucket) => {
    expect(bucketOf({ fromAt: now, toAt: now + span })).toBe(bucket)
  })
})
