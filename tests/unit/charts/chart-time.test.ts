import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisLabel, momentLabel, onAxis, roundTicks, zoneOffsetMs } from '../../../client/src/charts/chart-time.ts'

const hour = 3_600_000

describe('zoneOffsetMs', () => {
  it('is the zone’s lead over UTC, summer time included', () => {
    expect(zoneOffsetMs(Date.parse('2026-01-15T12:00:00Z'), 'Asia/Shanghai')).toBe(8 * hour)
    expect(zoneOffsetMs(Date.parse('2026-01-15T12:00:00Z'), 'America/Los_Angeles')).toBe(-8 * hour)
    expect(zoneOffsetMs(Date.parse('2026-07-15T12:00:00Z'), 'America/Los_Angeles')).toBe(-7 * hour)
    expect(zoneOffsetMs(Date.parse('2026-07-15T12:00:00.987Z'), 'UTC')).toBe(0)
  })

  it('shows the city’s own clock on an axis told to be UTC', () => {
    const at = Date.parse('2026-03-28T23:05:00+08:00')
    expect(momentLabel(onAxis(at, 'Asia/Shanghai'))).toBe('3-28 23:05')
    expect(axisLabel(onAxis(at, 'Asia/Shanghai'))).toBe('23:05')
    expect(axisLabel(onAxis(Date.parse('2026-03-29T00:00:00+08:00'), 'Asia/Shanghai'))).toBe('3-29')
  })
})

describe('roundTicks', () => {
  it('marks whole hours of a day', () => {
    const from = Date.UTC(2026, 2, 28)
    expect(roundTicks(from, from + 10 * hour, 7).map(axisLabel)).toEqual([
      '3-28',
      '02:00',
      '04:00',
      '06:00',
      '08:00',
      '10:00',
    ])
  })

  it('answers something for a period without length', () => {
    expect(roundTicks(5, 5, 7)).toEqual([5])
  })

  it('never gives more than asked, all within the period and in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1, max: 9 * 365 * 24 * hour }),
        fc.integer({ min: 2, max: 12 }),
        (from, span, max) => {
          const ticks = roundTicks(from, from + span, max)
          const sorted = [...ticks].sort((a, b) => a - b)
          expect(ticks).toEqual(sorted)
          if (span <= (max - 1) * 365 * 24 * hour) expect(ticks.length).toBeLessThanOrEqual(max)
          for (const at of ticks) expect(at >= from && at <= from + span).toBe(true)
        },
      ),
    )
  })
})
