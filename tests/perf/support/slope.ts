/** How fast something grows: the straight line through samples, and how sure it is. */

export interface Sample {
  /** ms. */
  readonly at: number
  readonly value: number
}
export interface Slope {
  readonly perHour: number
  /** Two standard errors: a line through the same growth and other noise would lie within, nineteen times of twenty. */
  readonly within: number
}

const hourMs = 3_600_000

/** By least squares; NaN of fewer than three samples. */
export function slopeOf(samples: readonly Sample[]): Slope {
  const n = samples.length
  if (n < 3) return { perHour: Number.NaN, within: Number.NaN }
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, one) => sum + of(one), 0) / n
  const [middleAt, middle] = [mean(({ at }) => at), mean(({ value }) => value)]
  const spread = samples.reduce((sum, { at }) => sum + (at - middleAt) ** 2, 0)
  const slope = samples.reduce((sum, { at, value }) => sum + (at - middleAt) * (value - middle), 0) / spread
  const rest = samples.reduce((sum, { at, value }) => sum + (value - middle - slope * (at - middleAt)) ** 2, 0)
  return { perHour: slope * hourMs, within: 2 * Math.sqrt(rest / (n - 2) / spread) * hourMs }
}
