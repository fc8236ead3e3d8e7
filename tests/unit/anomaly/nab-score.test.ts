/** The benchmark's scoring, against values worked by hand from its published definition. */
import { describe, expect, it } from 'vitest'
import type { LabelledSeries } from '../../perf/support/nab/score.ts'
import {
  bestThreshold,
  normalise,
  probationRows,
  profiles,
  rawScore,
  scaledSigmoid,
  scoreAt,
  windowsOf,
} from '../../perf/support/nab/score.ts'

const seriesOf = (windows: LabelledSeries['windows'], rows = 100): LabelledSeries => ({
  name: 'x.csv',
  group: 'x',
  at: Float64Array.from({ length: rows }, (_, i) => i * 300_000),
  value: new Float64Array(rows),
  windows,
})
const series = seriesOf([[50, 59]])
const [standard, lowFalseAlarms, lowMisses] = profiles
/** What these detections come to, 0 to 100. */
const scoreOf = (detections: number[], profile = standard, one = series) =>
  normalise(rawScore(one, detections, profile), windowsOf([one]), profile)

describe('expected-value detection: the NAB score', () => {
  it('is 100 for a detection at the first row of each window and none else, in every profile', () => {
    const two = seriesOf([
      [20, 29],
      [70, 79],
    ])
    for (const profile of profiles) expect(scoreOf([20, 70], profile, two)).toBeCloseTo(100)
  })
  it('is 0 for a detector that never speaks, in every profile', () => {
    for (const profile of profiles) expect(scoreOf([], profile)).toBe(0)
  })
  it.each([
    // By hand: y = −(59 − row + 1) / 10, σ(y) = 2 / (1 + e^5y) − 1, over σ(−1) = 0.986614.
    ['the first row', 50, 1],
    ['the middle', 55, 0.859792],
    ['the last row', 59, 0.248242],
  ])('earns by how early in the window it is: %s', (_, row, worth) => {
    expect(rawScore(series, [row], standard)).toBeCloseTo(worth, 5)
  })
  it.each([
    // By hand: y = (row − 59) / 9, σ(y) × 0.11, and the window is missed.
    ['just after the window', 60, -1 - 0.029793],
    ['a window later', 68, -1 - 0.108527],
    ['long after it', 87, -1 - 0.11],
    ['before any window', 49, -1 - 0.11],
  ])('costs outside of the window, little just behind it: %s', (_, row, worth) => {
    expect(rawScore(series, [row], standard)).toBeCloseTo(worth, 4)
  })
  it('counts the best detection of a window, and a false alarm each time', () => {
    expect(rawScore(series, [58, 50, 55], standard)).toBeCloseTo(1)
    expect(rawScore(series, [30, 31, 50], standard)).toBeCloseTo(1 - 2 * 0.11)
    expect(rawScore(series, [30, 31, 50], lowFalseAlarms)).toBeCloseTo(1 - 2 * 0.22)
  })
  it('takes two for a miss where misses weigh most', () => {
    expect(rawScore(series, [], lowMisses)).toBe(-2)
    expect(normalise(-2 + 1.5, 1, lowMisses)).toBeCloseTo(50)
  })
  it('scores nothing in the first 15 %, of 5,000 rows at most', () => {
    expect([99, 100, 101, 5000, 20_000].map(probationRows)).toEqual([14, 15, 15, 750, 750])
    expect(rawScore(series, [14], standard)).toBe(-1)
    expect(rawScore(series, [15], standard)).toBeCloseTo(-1.11)
    // A window that lies in it wholly can be neither hit nor missed.
    expect(windowsOf([seriesOf([[3, 14]])])).toBe(0)
    expect(windowsOf([seriesOf([[3, 15]])])).toBe(1)
  })
  it('is all or nothing beyond three windows', () => {
    expect(scaledSigmoid(0)).toBe(0)
    expect(scaledSigmoid(3)).toBeGreaterThan(-1)
    expect(scaledSigmoid(3.001)).toBe(-1)
    expect(scaledSigmoid(-1)).toBeCloseTo(0.986614, 6)
  })
  it('takes a window of one row', () => {
    expect(rawScore(seriesOf([[50, 50]]), [50], standard)).toBeCloseTo(1)
    expect(rawScore(seriesOf([[50, 50]]), [51], standard)).toBeCloseTo(-1 - 0.11 * 0.986614, 5)
  })
})

describe('expected-value detection: the one best threshold', () => {
  const scoresOf = (of: Record<number, number>, rows = 100) => Float64Array.from({ length: rows }, (_, i) => of[i] ?? 0)

  it('is the highest that hits without the false alarms below it', () => {
    const scored = [{ series, scores: scoresOf({ 50: 0.9, 30: 0.8, 31: 0.7 }) }]
    expect(bestThreshold(scored, standard)).toEqual({ threshold: 0.9, score: expect.closeTo(100) as number })
  })
  it('is never to speak where speaking only costs', () => {
    expect(bestThreshold([{ series, scores: scoresOf({ 30: 1 }) }], standard)).toEqual({
      threshold: Infinity,
      score: 0,
    })
  })
  it('takes rows of one score together', () => {
    const scores = scoresOf({ 50: 0.5, ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [20 + i, 0.5])) })
    const { threshold } = bestThreshold([{ series, scores }], standard)
    expect(threshold).toBe(Infinity)
  })
  it('is one over all series, and what it says is what scoring at it says', () => {
    const other = seriesOf([[70, 79]])
    const scored = [
      { series, scores: scoresOf({ 52: 0.4, 20: 0.6 }) },
      { series: other, scores: scoresOf({ 71: 0.5 }) },
    ]
    for (const profile of profiles) {
      const { threshold, score } = bestThreshold(scored, profile)
      expect(threshold).toBe(0.4)
      expect(scoreAt(scored, threshold, profile)).toBeCloseTo(score, 9)
    }
    expect(scoreAt(scored, 0.61, standard)).toBe(0)
  })
})
