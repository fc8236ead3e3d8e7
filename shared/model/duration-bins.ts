/** Classes of durations for a histogram: of one round width, few enough to be read, the last one open. Pure. */
const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const widths = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 4, 8, 12].map((n) => n * hour),
  ...[1, 2, 5, 10, 30, 100].map((n) => n * day),
] as const
export const mostBins = 24
/** Every bound that `binStarts` could give, ms, but for the first: 0. */
export const binBounds: readonly number[] = widths.flatMap((width) =>
  Array.from({ length: mostBins - 1 }, (_, i) => (i + 1) * width),
)

/** One class: `fromMs ≤ duration < toMs`; null = without end. */
export interface DurationBin {
  readonly fromMs: number
  readonly toMs: number | null
  readonly count: number
}

/** Lower bounds of the classes, ms, the first 0: so wide that nineteen of twenty cases (`p95Ms`) lie before the last, which has no end. */
export function binStarts(p95Ms: number): number[] {
  const width = widths.find((one) => p95Ms / one < mostBins - 2) ?? (widths.at(-1) as number)
  const bins = Math.min(mostBins, Math.floor(p95Ms / width) + 2)
  return Array.from({ length: bins }, (_, i) => i * width)
}
