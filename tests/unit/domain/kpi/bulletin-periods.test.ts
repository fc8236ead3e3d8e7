import { DateTime } from 'luxon'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bulletinsDue, lookBack, settleMs } from '../../../../server/src/domain/kpi/bulletin-periods.ts'
import { cityCalendar } from '../../../../shared/model/city-calendar.ts'

const zone = 'Asia/Shanghai'
const due = (at: string, of = zone) => bulletinsDue(Date.parse(at), cityCalendar(of))
const ids = (at: string) => due(at).map(({ id }) => id)

describe('bulletins due', () => {
  it('are the last weeks and months, the newest first', () => {
    expect(ids('2026-11-28T12:00:00+08:00')).toEqual([
      ...['weekly-20261116', 'weekly-20261109', 'weekly-20261102', 'weekly-20261026', 'monthly-20261001'],
      ...['monthly-20260901', 'monthly-20260801'],
    ])
  })
  it('that end together come the month first', () => {
    // The 1st of June 2026 is a Monday.
    expect(ids('2026-06-01T06:00:00+08:00').slice(0, 3)).toEqual([
      ...['monthly-20260501', 'weekly-20260525', 'weekly-20260518'],
    ])
  })
  it('are there from six in the morning after the period, not a moment before', () => {
    const isThere = (at: string, id: string) => ids(at).includes(id)
    // The 30th of November is a Monday.
    expect(isThere('2026-11-30T05:59:59.999+08:00', 'weekly-20261123')).toBe(false)
    expect(isThere('2026-11-30T06:00:00+08:00', 'weekly-20261123')).toBe(true)
    expect(isThere('2026-12-01T05:59:59.999+08:00', 'monthly-20261101')).toBe(false)
    expect(isThere('2026-12-01T06:00:00+08:00', 'monthly-20261101')).toBe(true)
  })
  it.each(['Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin'])('lie on the calendar of %s', (of) => {
    const dayOf = cityCalendar(of)
    const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) })
    fc.assert(
      fc.property(instant, (now) => {
        const periods = bulletinsDue(now, dayOf)
        expect(periods).toHaveLength(lookBack.weekly + lookBack.monthly)
        for (const { kind, from, to, before } of periods) {
          const start = DateTime.fromMillis(from, { zone: of })
          expect(start.startOf(kind === 'weekly' ? 'week' : 'month').toMillis()).toBe(from)
          expect(start.plus(kind === 'weekly' ? { weeks: 1 } : { months: 1 }).toMillis()).toBe(to)
          expect(before.to).toBe(from)
          expect(to + settleMs).toBeLessThanOrEqual(now)
        }
      }),
      { numRuns: 20 },
    )
  })
})
