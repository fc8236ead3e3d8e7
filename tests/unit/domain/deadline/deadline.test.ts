import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendar } from '../../../../mock-data/city/calendar.ts'
import {
  clockDueAt,
  clockMarks,
  leftMs,
  lightOf,
  markAt,
  type Clock,
} from '../../../../server/src/domain/deadline/clock.ts'
import { customaryCalendar, officeHours } from '../../../../shared/model/office-hours.ts'
import { TimerQueue } from '../../../../server/src/domain/deadline/timer-queue.ts'
import { countedMs, dueAt, limitMs, type Pause } from '../../../../shared/model/working-time.ts'
import { limitUnits, readLimit, type Limit, type LimitUnit } from '../../../../shared/model/limit.ts'
import { defaultCaseSettings } from '../../../../shared/model/case-settings.ts'
import { slowClock } from './reference.ts'

const zone = 'Asia/Shanghai'
const hours = officeHours(calendar, zone)
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const at = (text: string) => Date.parse(`${text}:00+08:00`)
const due = (start: string, text: string, pauses: readonly Pause[] = []) => {
  const limit = readLimit(text) as Limit
  const found = dueAt(at(start), limitMs(limit, hours), limit.unit, hours, pauses)
  return found === null ? null : new Date(found + 8 * hourMs).toISOString().slice(0, 16)
}

describe('a limit in words', () => {
  it.each([
    ['2紧急工作时', 2, 'urgent-hour'],
    ['2急h', 2, 'urgent-hour'],
    ['1紧急工作日', 1, 'natural-day'],
    ['2急d', 2, 'natural-day'],
    ['4小时', 4, 'work-hour'],
    ['4h', 4, 'work-hour'],
    ['4 工作时', 4, 'work-hour'],
    ['2天', 2, 'work-day'],
    ['2个工作日', 2, 'work-day'],
    ['15d', 15, 'work-day'],
    ['0.5自然日', 0.5, 'natural-day'],
  ] as const)('%s', (text, amount, unit) => {
    expect(readLimit(text)).toEqual({ amount, unit })
  })
  it.each(['', '2', '小时', '0小时', '-1天', '两天', '2周', '2小时内', '1e3h'])('%s is none', (text) => {
    expect(readLimit(text)).toBeNull()
  })
})

describe('a limit in the city’s working hours', () => {
  it.each([
    ['begins at work, ends at work', '2026-11-24T09:00', '2h', '2026-11-24T11:00'],
    ['waits over the midday break', '2026-11-24T11:00', '2h', '2026-11-24T15:00'],
    ['begins in the midday break', '2026-11-24T12:30', '1h', '2026-11-24T15:00'],
    ['begins at night', '2026-11-24T03:00', '1h', '2026-11-24T09:00'],
    ['is reached at the end of a day, not at the start of the next', '2026-11-24T14:00', '4h', '2026-11-24T18:00'],
    ['goes on the next morning', '2026-11-24T17:30', '1h', '2026-11-25T08:30'],
    ['goes over a weekend: Friday 17:59', '2026-11-27T17:59', '1h', '2026-11-30T08:59'],
    ['is a day of eight hours', '2026-11-24T10:00', '1工作日', '2026-11-25T10:00'],
    ['works on a Saturday that is moved (调休)', '2026-02-13T17:00', '2h', '2026-02-14T09:00'],
    ['rests through Labour Day', '2026-04-30T17:00', '2h', '2026-05-06T09:00'],
    ['rests through the Spring Festival', '2026-02-14T17:00', '2h', '2026-02-24T09:00'],
    ['goes over the turn of a year', '2026-12-31T17:00', '2h', '2027-01-01T09:00'],
  ])('%s', (_, start, limit, wanted) => {
    expect(due(start, limit)).toBe(wanted)
  })
  it('does not know weekends where it is urgent, or in days of the clock', () => {
    expect(due('2026-11-27T23:00', '2紧急工作时')).toBe('2026-11-28T01:00')
    expect(due('2026-11-27T23:00', '2自然日')).toBe('2026-11-29T23:00')
  })
  it('stands still while it is paused, over a weekend too', () => {
    const pauses = [{ from: at('2026-11-27T10:00'), to: at('2026-11-30T10:00') }]
    expect(due('2026-11-27T09:00', '2h', pauses)).toBe('2026-11-30T11:00')
    expect(due('2026-11-27T09:00', '1h', pauses)).toBe('2026-11-27T10:00')
    expect(due('2026-11-27T09:00', '2急h', pauses)).toBe('2026-11-30T11:00')
  })
  it('has no end while a pause has none', () => {
    const pauses = [{ from: at('2026-11-27T10:00'), to: null }]
    expect(due('2026-11-27T09:00', '2h', pauses)).toBeNull()
    expect(due('2026-11-27T09:00', '2急h', pauses)).toBeNull()
    expect(due('2026-11-27T09:00', '1h', pauses)).toBe('2026-11-27T10:00')
  })
  it('has no end in a calendar without work, and says so', () => {
    const never = officeHours({ ...customaryCalendar, weekend: [1, 2, 3, 4, 5, 6, 7] }, zone)
    expect(dueAt(at('2026-11-24T09:00'), hourMs, 'work-hour', never)).toBeNull()
  })
  it('holds west of Greenwich too, over a weekend on which clocks change', () => {
    const newYork = 'America/New_York'
    const there = officeHours({ hours: [{ from: '09:00', to: '17:00' }], weekend: [6, 7], days: [] }, newYork)
    const friday = Date.parse('2026-03-06T16:00-05:00')
    expect(dueAt(friday, 2 * hourMs, 'work-hour', there)).toBe(Date.parse('2026-03-09T10:00-04:00'))
  })
  it('keeps the wall clock on the day clocks change', () => {
    const berlin = 'Europe/Berlin'
    const there = officeHours({ ...customaryCalendar, weekend: [] }, berlin)
    // 29 March 2026: 02:00 becomes 03:00; 25 October: 03:00 becomes 02:00.
    for (const [start, end] of [
      ['2026-03-28T17:00+01:00', '2026-03-29T09:00+02:00'],
      ['2026-10-24T17:00+02:00', '2026-10-25T09:00+01:00'],
    ] as const)
      expect(dueAt(Date.parse(start), 2 * hourMs, 'work-hour', there)).toBe(Date.parse(end))
  })
})

describe('beside the slow and obvious rule', () => {
  const slow = slowClock(calendar)
  // From the Lantern days to the worked Saturday after the Spring Festival: every kind of day is in it.
  const first = at('2026-02-06T00:00')
  const minute = fc.integer({ min: 0, max: 28 * 24 * 60 }).map((n) => first + n * minuteMs)
  const unit = fc.constantFrom<LimitUnit>(...limitUnits)
  const pauses = fc.array(
    fc
      .tuple(minute, fc.option(fc.integer({ min: 0, max: 5 * 24 * 60 }), { freq: 8 }))
      .map(([from, minutes]): Pause => ({ from, to: minutes === null ? null : from + minutes * minuteMs })),
    { maxLength: 3 },
  )
  const mostMinutes = 60 * 24 * 60

  it('is due at the same minute', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 4000 }), unit, pauses, (start, minutes, of, stops) => {
        const wanted = slow.dueAt(start, minutes * minuteMs, of, stops, mostMinutes)
        expect(dueAt(start, minutes * minuteMs, of, hours, stops)).toBe(wanted)
      }),
      { numRuns: 60 },
    )
  })
  it('counts the same time between two instants', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: -500, max: 20_000 }), unit, pauses, (from, minutes, of, stops) => {
        const to = from + minutes * minuteMs
        expect(countedMs(from, to, of, hours, stops)).toBe(slow.countedMs(from, to, of, stops))
      }),
      { numRuns: 200 },
    )
  })
  it('has counted, up to the instant it is due, exactly the limit', () => {
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 30_000_000 }), unit, pauses, (start, ms, of, stops) => {
        const found = dueAt(start, ms, of, hours, stops)
        if (found !== null) expect(countedMs(start, found, of, hours, stops)).toBe(ms)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the clock of a case', () => {
  const clock = (over: Partial<Clock> = {}): Clock => ({
    startAt: at('2026-11-24T08:00'),
    limit: { amount: 10, unit: 'urgent-hour' },
    extensions: 0,
    pauses: [],
    ...over,
  })
  it('is green, yellow from the last fifth on, and red past its limit', () => {
    const shows = (text: string, over: Partial<Clock> = {}) => lightOf(clock(over), at(text), hours)
    expect(shows('2026-11-24T15:59')).toBe('green')
    expect(shows('2026-11-24T16:00')).toBe('yellow')
    expect(shows('2026-11-24T18:00')).toBe('yellow')
    expect(lightOf(clock(), at('2026-11-24T18:00') + 1, hours)).toBe('red')
  })
  it('is grey while paused, red again where it was late before', () => {
    const pauses = [{ from: at('2026-11-24T19:00'), to: at('2026-11-25T08:00') }]
    expect(lightOf(clock({ pauses }), at('2026-11-24T18:30'), hours)).toBe('red')
    expect(lightOf(clock({ pauses }), at('2026-11-24T19:00'), hours)).toBe('grey')
    expect(lightOf(clock({ pauses }), at('2026-11-25T08:00'), hours)).toBe('red')
    const open = [{ from: at('2026-11-24T09:00'), to: null }]
    expect(lightOf(clock({ pauses: open }), at('2027-11-24T09:00'), hours)).toBe('grey')
    expect(clockDueAt(clock({ pauses: open }), hours)).toBeNull()
  })
  it('gets the original limit once more with each extension', () => {
    expect(clockDueAt(clock({ extensions: 2 }), hours)).toBe(at('2026-11-25T14:00'))
    expect(leftMs(clock({ extensions: 1 }), at('2026-11-24T18:00'), hours)).toBe(10 * hourMs)
    expect(leftMs(clock(), at('2026-11-24T19:00'), hours)).toBe(-hourMs)
  })
  it('marks half, four fifths, the whole, and a fifth over', () => {
    const marks = clockMarks(defaultCaseSettings)
    expect(marks.map(({ share }) => markAt(clock(), share, hours))).toEqual(
      ['13:00', '16:00', '18:00', '20:00'].map((time) => at(`2026-11-24T${time}`)),
    )
    expect(marks.map(({ kind }) => kind)).toEqual(['remind', 'remind', 'remind', 'supervise'])
  })
})

describe('timers that wait', () => {
  it('come when they are due, in order of time and then of key, so many at once', () => {
    const queue = new TimerQueue()
    for (const [key, when] of [
      ['b', 5],
      ['a', 5],
      ['c', 3],
      ['d', 9],
    ] as const)
      queue.set(key, when)
    expect(queue.nextAt).toBe(3)
    expect(queue.due(5, 2).map(({ key }) => key)).toEqual(['c', 'a'])
    for (const { key } of queue.due(5, 2)) queue.set(key, null)
    expect(queue.due(5)).toEqual([{ key: 'b', at: 5 }])
    queue.set('b', 20)
    expect(queue.due(8)).toEqual([])
    expect([queue.size, queue.nextAt]).toEqual([2, 9])
  })
  it('do as a plain table does, whatever is set, moved, taken away and fired', () => {
    const key = fc.integer({ min: 0, max: 30 }).map((n) => `k${n}`)
    const when = fc.integer({ min: 0, max: 100 })
    const step = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key, at: fc.option(when, { freq: 4 }) }),
      fc.record({ kind: fc.constant('take' as const), at: when, most: fc.integer({ min: 1, max: 5 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new TimerQueue()
        const plain = new Map<string, number>()
        for (const one of steps) {
          if (one.kind === 'set') {
            queue.set(one.key, one.at)
            if (one.at === null) plain.delete(one.key)
            else plain.set(one.key, one.at)
          } else {
            const wanted = [...plain]
              .filter(([, time]) => time <= one.at)
              .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
              .slice(0, one.most)
              .map(([name, time]) => ({ key: name, at: time }))
            expect(queue.due(one.at, one.most)).toEqual(wanted)
            for (const { key: name } of wanted) {
              queue.set(name, null)
              plain.delete(name)
            }
          }
          expect(queue.size).toBe(plain.size)
          expect(queue.nextAt).toBe(plain.size === 0 ? null : Math.min(...plain.values()))
        }
      }),
    )
  })
  it('fire in order however many wait, so many at once', () => {
    const queue = new TimerQueue()
    const n = 50_000
    for (let i = 0; i < n; i++) queue.set(`c${i}`, (i * 7_919) % n)
    let last = -1
    for (let left = n; left > 0; left -= 1000)
      for (const { key, at: time } of queue.due(n, 1000)) {
        if (time <= last) throw new Error(`${time} after ${last}`)
        last = time
        queue.set(key, null)
      }
    expect(queue.size).toBe(0)
  })
})
