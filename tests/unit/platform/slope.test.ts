import { describe, expect, it } from 'vitest'
import { slopeOf } from '../../perf/support/slope.ts'

const minuteMs = 60_000
const line = (mbAnHour: number, noise: (n: number) => number) =>
  Array.from({ length: 60 }, (_, n) => ({ at: n * minuteMs, value: 20 + (mbAnHour * n) / 60 + noise(n) }))

describe('the growth that a soak judges by', () => {
  it('is that of the line, exactly where there is no noise', () => {
    expect(slopeOf(line(1.5, () => 0)).perHour).toBeCloseTo(1.5, 9)
    expect(slopeOf(line(1.5, () => 0)).within).toBeCloseTo(0, 6)
    expect(slopeOf(line(0, () => 0)).perHour).toBeCloseTo(0, 9)
  })
  it('is told through noise to within what it says', () => {
    const { perHour, within } = slopeOf(line(1, (n) => (n % 2 === 0 ? 0.4 : -0.4)))
    expect(Math.abs(perHour - 1)).toBeLessThan(within)
    expect(within).toBeGreaterThan(0.1)
    expect(within).toBeLessThan(0.6)
  })
  it('is not made up of fewer than three samples', () => {
    expect(slopeOf(line(1, () => 0).slice(0, 2)).perHour).toBeNaN()
  })
})
