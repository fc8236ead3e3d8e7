/** What is compared between a simulated week and real cities. */
export interface WeekFigures {
  /** Citizens' requests of working days by the hour they came in, 24 counts. */
  readonly arrivals: readonly number[]
  /** Requests of each class, in no order. */
  readonly classes: readonly number[]
  /** From request to its end, h. */
  readonly hoursToClose: readonly number[]
  /** From dispatch to the first crew on the scene of an emergency, min. */
  readonly minutesToArrive: readonly number[]
  /** From dispatch to departure of a crew in an emergency, min. */
  readonly minutesToDepart: readonly number[]
  /** Mean speed over free speed by hour of a working day, 0 … 1. */
  readonly speedByHour: readonly number[]
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** Shares that add up to 1. */
export const shares = (counts: readonly number[]): number[] => counts.map((count) => count / sum(counts))

/** What two distributions have in common, 0 … 1. */
export const overlap = (a: readonly number[], b: readonly number[]): number =>
  sum(shares(a).map((share, i) => Math.min(share, shares(b)[i] ?? 0)))

/** Share of all in the `n` largest classes. */
export const topShare = (counts: readonly number[], n: number): number =>
  sum(counts.toSorted((a, b) => b - a).slice(0, n)) / sum(counts)

/** Pearson's r. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [sum(a) / a.length, sum(b) / b.length]
  const cross = sum(a.map((value, i) => (value - meanA) * ((b[i] ?? 0) - meanB)))
  return cross / Math.sqrt(sum(a.map((value) => (value - meanA) ** 2)) * sum(b.map((value) => (value - meanB) ** 2)))
}
