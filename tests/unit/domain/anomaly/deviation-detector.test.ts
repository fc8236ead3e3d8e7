/** The expected-value detector: what it speaks of, what it keeps quiet about, and that nothing of a sensor makes it fail. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnomalyEvidence } from '../../../../shared/model/anomaly.ts'
import {
  DeviationDetector,
  learnsFrom,
  quietAfter,
  speaksFrom,
} from '../../../../server/src/domain/anomaly/deviation-detector.ts'
import { memoryBytes } from '../../../../server/src/domain/anomaly/detector-memory.ts'

const fiveMin = 300_000
const aDay = 288
const aWeek = 7 * aDay

/** Noise without chance: the same for the same row, between −1 and 1. */
const noise = (row: number): number => {
  const x = Math.sin(row * 12.9898) * 43758.5453
  return 2 * (x - Math.floor(x)) - 1
}
type Signal = (row: number) => number
interface Spoken extends AnomalyEvidence {
  readonly row: number
}

/** What it speaks of in rows `from` to `to`, one each five minutes, having seen all before. */
function spoken(signal: Signal, from: number, to: number, startAt = 0): Spoken[] {
  const detector = new DeviationDetector()
  const all: Spoken[] = []
  for (let row = 0; row < to; row++) {
    const score = detector.observe(startAt + row * fiveMin, signal(row))
    if (score >= speaksFrom && row >= from) all.push({ ...detector.evidence(), row })
  }
  return all
}
const atNoon: Signal = (row) => 50 + 40 * Math.sin((2 * Math.PI * row) / aDay) + 3 * noise(row)
const level: Signal = (row) => 50 + 3 * noise(row)
const during =
  (signal: Signal, from: number, to: number, put: (value: number, row: number) => number): Signal =>
  (row) =>
    row >= from && row < to ? put(signal(row), row) : signal(row)

describe('expected-value detection: the detector', () => {
  it('says nothing while it learns, whatever comes', () => {
    const detector = new DeviationDetector()
    for (let row = 0; row < learnsFrom; row++) expect(detector.observe(row * fiveMin, row % 7 === 0 ? 1e6 : 0)).toBe(0)
    expect(detector.seen).toBe(learnsFrom)
    expect(detector.observe(learnsFrom * fiveMin, 1e9)).toBeGreaterThanOrEqual(speaksFrom)
  })
  it('is quiet over a steady day-and-night rhythm once it knows it', () => {
    expect(spoken(atNoon, 2 * aWeek, 4 * aWeek).length).toBeLessThanOrEqual(2)
  })
  it('speaks of a spike at once, once', () => {
    const at = 2 * aWeek + 40
    const found = spoken(
      during(level, at, at + 2, () => 100),
      at - 200,
      at + 60,
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ row: at, value: 100 })
    expect(found[0]?.expected).toBeGreaterThan(47)
    expect(found[0]?.expected).toBeLessThan(53)
  })
  it('speaks of a value that is usual by day and comes by night', () => {
    const midnight = 3 * aWeek
    const low = midnight + Math.round(0.75 * aDay)
    const found = spoken(
      during(atNoon, low, low + 6, () => 85),
      low,
      low + 6,
    )
    expect(found[0]).toMatchObject({ row: low, value: 85 })
    expect(found[0]?.basis).not.toBe('overall')
    expect(found[0]?.expected).toBeLessThan(20)
  })
  it('speaks of a new level, and then holds its peace', () => {
    const at = 2 * aWeek
    const found = spoken(
      during(level, at, 1e9, (value) => value + 25),
      at,
      at + 2 * aWeek,
    )
    expect(found[0]?.row).toBeLessThan(at + 20)
    expect(found.filter(({ row }) => row > at + aWeek)).toEqual([])
  })
  it('speaks of a slow departure that no single reading shows', () => {
    const at = 2 * aWeek
    const found = spoken(
      during(level, at, at + 100, (value) => 52.2 + (value - 50) / 6),
      at,
      at + 100,
    )
    expect(found.map(({ cause }) => cause)).toContain('short-mean')
  })
  it('speaks of swings that grow, and of a value that no longer moves', () => {
    const at = 2 * aWeek
    const wild = spoken(
      during(level, at, at + 60, (_, row) => 50 + (row % 2 ? 2.9 : -2.9)),
      at,
      at + 60,
    )
    expect(wild.map(({ cause }) => cause)).toContain('swing')
    const held = spoken(
      during(level, at, at + 60, () => 51),
      at,
      at + 60,
    )
    expect(held[0]).toMatchObject({ cause: 'still', value: 51, usual: 24 })
    expect((held[0]?.row ?? 0) - at).toBeGreaterThanOrEqual(25)
  })
  it('does not tell again and again of a value that stands still for ever', () => {
    const at = 2 * aWeek
    const found = spoken(
      during(level, at, 1e9, () => 51),
      at,
      at + aWeek,
    )
    expect(found.filter(({ cause }) => cause === 'still').length).toBeLessThan(8)
  })
  it('speaks where a constant changes for the first time', () => {
    const found = spoken((row) => (row < 500 ? 7 : 8), 0, 600)
    expect(found[0]).toMatchObject({ row: 500, value: 8, expected: 7 })
  })
  it('takes what has become usual for usual', () => {
    // A burst each 97 readings: told at first, not for ever.
    const bursts: Signal = (row) => (row % 97 === 0 ? 90 + 5 * noise(row) : level(row))
    expect(spoken(bursts, aWeek, 3 * aWeek).length).toBeLessThanOrEqual(3)
  })

  it.each([
    [0, 20],
    [666, 20],
    [667, 20],
    [700, 21],
    [3333, 99],
    [3334, 100],
    [1_000_000, 100],
  ])('is quiet after it spoke, having seen %d, for %d readings', (seen, readings) => {
    expect(quietAfter(seen)).toBe(readings)
  })
  it('keeps that quiet to the reading', () => {
    const detector = new DeviationDetector()
    let row = 0
    const next = (value: number) => detector.observe(row++ * fiveMin, value)
    while (row < 300) next(level(row))
    expect(next(500)).toBeGreaterThanOrEqual(speaksFrom)
    for (let i = 0; i < quietAfter(300); i++) expect(next(5000 * (i + 1))).toBe(0)
    expect(next(1e9)).toBeGreaterThanOrEqual(speaksFrom)
  })

  it('takes times that stand still, go back or leap', () => {
    const detector = new DeviationDetector()
    const times = [0, 0, -5, 1e12, 1e12, 86_400_000, -86_400_001]
    for (let row = 0; row < 400; row++)
      expect(detector.observe(times[row % times.length] as number, level(row))).toBeGreaterThanOrEqual(0)
    expect(Number.isFinite(detector.evidence().expected)).toBe(true)
  })
  it('gives the same scores for the same readings, and finite ones for any', () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 7_200_000 }),
      value: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 120, maxLength: 400 }), (steps) => {
        const [one, two] = [new DeviationDetector(), new DeviationDetector()]
        let at = 0
        for (const { ms, value } of steps) {
          at += ms
          const score = one.observe(at, value)
          expect(Number.isFinite(score) && score >= 0).toBe(true)
          expect(two.observe(at, value)).toBe(score)
        }
      }),
      { numRuns: 60 },
    )
  })
  it('holds no more than 2 KB of numbers a sensor', () => {
    expect(memoryBytes).toBeLessThanOrEqual(2048 - 512)
  })
})
