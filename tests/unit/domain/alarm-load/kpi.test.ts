/** Alarm KPIs on worked series, each limit below, equal and above. */
import { describe, expect, it } from 'vitest'
import {
  acknowledgeTimes,
  loadLevel,
  floodShare,
  ratesOf,
  shareOf,
  splitOf,
  staleMs,
  staleOnADay,
  type Rates,
} from '../../../../shared/model/alarm-kpi.ts'
import type { Priority } from '../../../../shared/model/alarm.ts'

const [min, hour, day] = [60_000, 3_600_000, 86_400_000]
const from = Date.parse('2026-08-01T00:00:00+08:00')
const aDay = { from, to: from + day }

describe('rates', () => {
  it('of a day of 144 alarms: 1 in ten minutes, 6 an hour', () => {
    const rates = ratesOf(
      Array.from({ length: 144 }, (_, slot) => [slot, 1] as const),
      aDay,
      1,
    )
    expect(rates).toMatchObject({ announced: 144, perDay: 144, perHour: 6, per10Min: 1 })
    expect(rates.peak10Min).toEqual({ beginsAt: from, count: 1 })
    expect(rates.peakHour).toEqual({ beginsAt: from, count: 6 })
    expect([rates.busyHours, rates.floodSlots]).toEqual([
      { count: 0, share: 0 },
      { count: 0, share: 0 },
    ])
  })

  it('are a console’s: two consoles hear half each', () => {
    const rates = ratesOf(
      [
        [0, 20],
        [6, 22],
      ],
      aDay,
      2,
    )
    expect(rates).toMatchObject({ announced: 42, perDay: 21, peak10Min: { beginsAt: from + hour, count: 11 } })
    expect(rates.floodSlots.count).toBe(1)
  })

  it('count ten-minute periods above ten and hours above thirty, not at them', () => {
    for (const [count, slots] of [
      [9, 0],
      [10, 0],
      [11, 1],
    ] as const)
      expect(ratesOf([[3, count]], aDay, 1).floodSlots).toEqual({ count: slots, share: slots / 144 })
    for (const [sixth, hours] of [
      [4, 0],
      [5, 0],
      [6, 1],
    ] as const)
      expect(
        ratesOf(
          [
            [0, 5],
            [1, 5],
            [2, 5],
            [3, 5],
            [4, 5],
            [5, sixth],
          ],
          aDay,
          1,
        ).busyHours,
      ).toEqual({
        count: hours,
        share: hours / 24,
      })
  })

  it('name the first of the fullest, whatever the order they are given in', () => {
    expect(
      ratesOf(
        [
          [7, 3],
          [2, 3],
          [1, 1],
        ],
        aDay,
        1,
      ).peak10Min,
    ).toEqual({ beginsAt: from + 20 * min, count: 3 })
  })

  it('of nothing are nothing, of no time too', () => {
    expect(ratesOf([], aDay, 1)).toMatchObject({ perDay: 0, peak10Min: { beginsAt: null, count: 0 } })
    expect(ratesOf([], { from, to: from }, 1)).toMatchObject({ perDay: 0, perHour: 0, floodSlots: { share: 0 } })
    expect(ratesOf([[0, 3]], { from, to: from + 5 * min }, 1)).toMatchObject({ per10Min: 6, floodSlots: { share: 0 } })
  })
})

it('time in flood is what of it lies in the period', () => {
  const flood = (a: number, b: number | null) => ({ startedAt: from + a, endedAt: b === null ? null : from + b })
  expect(floodShare([flood(hour, 2 * hour), flood(-hour, hour), flood(23 * hour, 25 * hour)], aDay)).toBeCloseTo(3 / 24)
  expect(floodShare([flood(18 * hour, null)], aDay)).toBe(0.25)
  expect(floodShare([flood(-hour, 0), flood(24 * hour, 30 * hour)], aDay)).toBe(0)
  expect(floodShare([flood(0, hour)], { from, to: from })).toBe(0)
})

it('priorities are held against 80/15/5, the two low ones together', () => {
  expect(
    splitOf({ 1: 5, 2: 15, 3: 50, 4: 30 }).map(({ id, count, share, target }) => [id, count, share, target]),
  ).toEqual([
    ['high', 5, 0.05, 0.05],
    ['medium', 15, 0.15, 0.15],
    ['low', 80, 0.8, 0.8],
  ])
  expect(splitOf({ 1: 0, 2: 0, 3: 0, 4: 0 })[0]?.share).toBeNull()
})

describe('times to acknowledge', () => {
  const one = (priority: Priority, tookMs: number | null, isOpen = true) => ({
    priority,
    announcedAt: from,
    acknowledgedAt: tookMs === null ? null : from + tookMs,
    isOpen,
  })
  it('are a median and a ninth decile, and the share within the allowed time: at the limit is in time', () => {
    for (const [priority, allowedMs] of [
      [1, min],
      [2, 5 * min],
      [3, 15 * min],
      [4, hour],
    ] as const)
      for (const [tookMs, share] of [
        [allowedMs - 1, 1],
        [allowedMs, 1],
        [allowedMs + 1, 0],
      ] as const)
        expect(acknowledgeTimes([one(priority, tookMs)], from + day).inTimeShare).toBe(share)
    const times = acknowledgeTimes(
      [10, 20, 30, 40, 50].map((s) => one(1, s * 1000)),
      from + day,
    )
    expect(times).toEqual({ count: 5, p50Ms: 30_000, p90Ms: 46_000, inTimeShare: 1, waiting: 0 })
  })
  it('hold what waits too long against the officers, and not what ended by itself', () => {
    const facts = [one(1, null), one(1, 1000), one(1, null, false)]
    expect(acknowledgeTimes(facts, from + min)).toMatchObject({ inTimeShare: 1, waiting: 1 })
    expect(acknowledgeTimes(facts, from + min + 1)).toMatchObject({ inTimeShare: 0.5, waiting: 1 })
    expect(acknowledgeTimes([], from)).toEqual({ count: 0, p50Ms: null, p90Ms: null, inTimeShare: null, waiting: 0 })
  })
})

it('stale is longer than a day, on each day it was so', () => {
  const days = [0, 1, 2, 3].map((n) => from + n * day)
  const stood = (raised: number, returned: number | null) => ({
    raisedAt: from + raised,
    returnedAt: returned === null ? null : from + returned,
  })
  const to = from + 4 * day
  for (const [ms, count] of [
    [staleMs - 1, 0],
    [staleMs, 0],
    [staleMs + 1, 1],
  ] as const)
    expect(staleOnADay([stood(hour, hour + ms)], days, to)).toBe(count)
  expect(staleOnADay([stood(0, null), stood(0, 30 * hour), stood(2 * day, null)], days, to)).toBe(2)
  // The last day ends before it has stood a day.
  expect(staleOnADay([stood(3 * day, null)], days, to)).toBe(0)
  expect(staleOnADay([], [], to)).toBe(0)
})

it('the load is acceptable where mean, peak and time in flood are, and manageable by the mean alone', () => {
  const level = (per10Min: number, peak: number, share: number) =>
    loadLevel({ per10Min, peak10Min: { beginsAt: from, count: peak }, floodSlots: { count: 0, share } } as Rates)
  expect(level(0.5, 9, 0.005)).toBe('acceptable')
  expect(level(1, 10, 0.0099)).toBe('acceptable')
  expect(level(1.01, 10, 0)).toBe('manageable')
  expect(level(1, 11, 0)).toBe('manageable')
  expect(level(1, 10, 0.01)).toBe('manageable')
  expect(level(2, 400, 0.5)).toBe('manageable')
  expect(level(2.01, 0, 0)).toBe('excessive')
})

it('a share of nothing is none', () => {
  expect([shareOf(1, 4), shareOf(0, 0)]).toEqual([0.25, null])
})
