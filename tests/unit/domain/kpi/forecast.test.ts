/** The band of a vital sign holds what it says it holds, uses nothing it could not know, and says nothing where it knows too little. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aheadHours,
  bandLevel,
  coverageOf,
  fewestErrors,
  forecast,
  type HourSlot,
} from '../../../../server/src/domain/kpi/forecast.ts'

const slotsOf = (hours: number): HourSlot[] =>
  Array.from({ length: hours }, (_, i) => ({ weekday: Math.floor(i / 24) % 7, hour: i % 24 }))
/** A seeded die: equal on every machine. */
function die(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
/** A city's week with its rush hours and quiet Sundays, and the day's luck on top. */
function lived(weeks: number, seed: number, luck: number): number[] {
  const roll = die(seed)
  return slotsOf(weeks * 168).map(({ weekday, hour }) => {
    const rush = 20 + 15 * Math.sin(((hour - 6) / 24) * 2 * Math.PI)
    const sum = Array.from({ length: 12 }, roll).reduce((a, b) => a + b, -6)
    return rush * (weekday > 4 ? 0.6 : 1) + luck * sum
  })
}
const withFuture = (values: readonly number[]) => [...values, ...Array.from({ length: aheadHours }, () => null)]
const of = (values: readonly (number | null)[], floor: number | null = null) =>
  forecast({ values, slots: slotsOf(values.length), floor })

describe('the band', () => {
  it.each([1, 2, 3, 4, 5])('holds nine of ten hours it was not made from (seed %i)', (seed) => {
    const values = withFuture(lived(9, seed, 4))
    const { season, bands } = of(values)
    expect(season).toBe('week')
    const from = 5 * 168
    const { tried, share } = coverageOf(values.slice(from), bands.slice(from))
    expect(tried).toBe(4 * 168)
    expect(share).toBeGreaterThan(bandLevel - 0.05)
    expect(share).toBeLessThan(bandLevel + 0.05)
  })
  it('of what only repeats has no width, and expects what was a week before', () => {
    const values = withFuture(lived(4, 1, 0))
    const { bands } = of(values)
    const next = bands.at(-1)
    expect(next?.expected).toBeCloseTo(values[values.length - 1 - 168] as number)
    expect((next?.high ?? 1) - (next?.low ?? 0)).toBeCloseTo(0)
  })
  it('misses a level nobody has seen before, and says so', () => {
    const values = lived(8, 7, 2)
    const raised = withFuture(values.map((value, at) => (at < 7 * 168 ? value : value + 200)))
    const { bands } = of(raised)
    // The first day of it: later ones have learned.
    const from = 7 * 168
    expect(coverageOf(raised.slice(from, from + 24), bands.slice(from, from + 24)).share).toBe(0)
  })
  it('never lies below its floor', () => {
    const { bands } = of(withFuture(lived(5, 3, 12).map((value) => Math.max(0, value - 18))), 0)
    for (const band of bands) expect(band?.low ?? 0).toBeGreaterThanOrEqual(0)
  })
  it('of an hour is the same whatever came in the day before it and after', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 700 }), fc.double({ min: -500, max: 500, noNaN: true }), (at, shock) => {
        const values = lived(5, 11, 3)
        const changed = values.map((value, i) => (i > at - aheadHours ? value + shock : value))
        expect(of(changed.slice(0, at + 1)).bands[at]).toEqual(of(values.slice(0, at + 1)).bands[at])
      }),
      { numRuns: 20 },
    )
  })
})

describe('a short past', () => {
  it('of four days is told by the day', () => {
    const { season, bands } = of(withFuture(lived(1, 2, 1).slice(0, 4 * 24)))
    expect(season).toBe('day')
    expect(bands.at(-1)).not.toBeNull()
  })
  it('of fewer errors than needed is not told at all', () => {
    const hours = aheadHours + fewestErrors - 1
    expect(of(withFuture(lived(1, 2, 1).slice(0, hours))).season).toBeNull()
    expect(of([]).season).toBeNull()
  })
  it('with hours missing reads the last known one of the slot', () => {
    const values: (number | null)[] = withFuture(lived(5, 4, 1))
    const last = values.length - 1
    values[last - 168] = null
    expect(of(values).bands[last]?.expected).toBe(values[last - 336])
  })
})

it('coverage of nothing is not known', () => {
  expect(coverageOf([null, 3], [null, null])).toEqual({ tried: 0, share: null })
  expect(
    coverageOf(
      [3, 9],
      [
        { expected: 3, low: 3, high: 4 },
        { expected: 3, low: 3, high: 4 },
      ],
    ),
  ).toEqual({ tried: 2, share: 0.5 })
})
