import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import { hourOfDay } from '../../../../shared/model/city-hour.ts'

it.each(['Asia/Shanghai', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
  'is the hour the clock of %s shows, also where clocks change',
  (zone) => {
    const hourOf = hourOfDay(zone)
    const startAt = Date.UTC(2026, 2, 28, 12)
    for (let minute = 0; minute < 10 * 24 * 60; minute += 7) {
      const at = startAt + minute * 60_000
      expect(hourOf(at)).toBe(DateTime.fromMillis(at, { zone }).hour)
    }
  },
)

it('refuses a zone nobody knows', () => {
  expect(() => hourOfDay('Moon/Tycho')).toThrow(RangeError)
})
