import { describe, expect, it } from 'vitest'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'

const hour = 3_600_000

describe('the city’s days', () => {
  it.each([
    ['Asia/Shanghai', '2026-08-01T00:00:00+08:00', '20260801', 24],
    ['America/Los_Angeles', '2026-03-08T00:00:00-08:00', '20260308', 23],
    ['America/Los_Angeles', '2026-11-01T00:00:00-07:00', '20261101', 25],
    // Clocks went forward at midnight: the day began at one o'clock.
    ['America/Sao_Paulo', '2018-11-04T01:00:00-02:00', '20181104', 23],
    // … and back at midnight: the day before had 25 hours.
    ['America/Sao_Paulo', '2018-02-17T00:00:00-02:00', '20180217', 25],
    ['Asia/Kathmandu', '2026-01-01T00:00:00+05:45', '20260101', 24],
    // Samoa left out a whole day.
    ['Pacific/Apia', '2011-12-31T00:00:00+14:00', '20111231', 24],
  ])('%s: %s begins %s, %i hours long', (zone, start, ymd, hours) => {
    const startAt = Date.parse(start)
    const day = { ymd, startAt, endAt: startAt + hours * hour }
    for (const at of [startAt, startAt + 1, startAt + hours * hour - 1]) expect(cityCalendar(zone)(at)).toEqual(day)
    const dayOf = cityCalendar(zone)
    expect(dayOf(startAt - 1).endAt).toBe(startAt)
    expect(dayOf(day.endAt).startAt).toBe(day.endAt)
    expect(dayOf(startAt)).toEqual(day)
  })

  it('refuses a zone that is none', () => {
    expect(() => cityCalendar('Mars/Olympus')).toThrow(RangeError)
  })
})
