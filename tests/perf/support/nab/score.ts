/**
 * Scores streaming detections the way the Numenta Anomaly Benchmark defines it: a detection inside a true window earns by how early it is, one outside costs, a
 * missed window costs; the first 15 % of a series count for nothing. Written from the published definition (Lavin and Ahmad, 2015). Knows no file and no detector.
 */

/** A series with its true windows, as index ranges, both ends included. */
export interface LabelledSeries {
  readonly name: string
  readonly group: string
  /** Epoch ms. */
  readonly at: Float64Array
  readonly value: Float64Array
  readonly windows: readonly (readonly [first: number, last: number])[]
}

/** What a hit, a false alarm and a miss are worth. */
export interface Profile {
  readonly name: string
  readonly hit: number
  readonly falseAlarm: number
  readonly miss: number
}
export const profiles: readonly [standard: Profile, lowFalseAlarms: Profile, lowMisses: Profile] = [
  { name: 'standard', hit: 1, falseAlarm: 0.11, miss: 1 },
  { name: 'reward low FP', hit: 1, falseAlarm: 0.22, miss: 1 },
  { name: 'reward low FN', hit: 1, falseAlarm: 0.11, miss: 2 },
]

const probationPart = 0.15
/** Rows beyond this do not make the probation longer. */
const probationFrom = 5000

/** Rows at the start of a series that are not scored. */
export const probationRows = (rows: number): number => Math.floor(probationPart * Math.min(rows, probationFrom))

/** 1 far before 0, 0 at it, −1 from 3 on. */
export const scaledSigmoid = (y: number): number => (y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1)

/** What a detection at this row is worth by itself. `window`: the window it lies in, of which only the best detection counts. */
interface RowWorth {
  readonly window: number | null
  readonly worth: number
}

/** Windows that can be hit at all: those not wholly inside the probation. */
const scoredWindows = (series: LabelledSeries): (readonly [number, number])[] =>
  series.windows.filter(([, last]) => last >= probationRows(series.at.length))

function worthOf(windows: readonly (readonly [number, number])[], row: number, profile: Profile): RowWorth {
  let before: readonly [number, number] | undefined
  for (const [index, window] of windows.entries()) {
    const [first, last] = window
    if (row >= first && row <= last) {
      const position = -(last - row + 1) / (last - first + 1)
      return { window: index, worth: (scaledSigmoid(position) / scaledSigmoid(-1)) * profile.hit }
    }
    if (last < row) before = window
  }
  if (before === undefined) return { window: null, worth: -profile.falseAlarm }
  const position = (row - before[1]) / Math.max(1, before[1] - before[0])
  return { window: null, worth: scaledSigmoid(position) * profile.falseAlarm }
}

/** The sum of a series' worths, before it is put between null and perfect. */
export function rawScore(series: LabelledSeries, detections: Iterable<number>, profile: Profile): number {
  const windows = scoredWindows(series)
  const best = windows.map(() => -profile.miss)
  let sum = 0
  for (const row of detections) {
    if (row < probationRows(series.at.length)) continue
    const { window, worth } = worthOf(windows, row, profile)
    if (window === null) sum += worth
    else best[window] = Math.max(best[window] as number, worth)
  }
  return best.reduce((total, each) => total + each, sum)
}

/** 0 = a detector that never speaks, 100 = one that speaks at the first row of each window and never else. NaN where nothing has a window. */
export function normalise(raw: number, windows: number, profile: Profile): number {
  const nothing = -windows * profile.miss
  return (100 * (raw - nothing)) / (windows * profile.hit - nothing)
}

/** A detector's scores of a series' rows; a row is a detection where it reaches the threshold. */
export interface ScoredSeries {
  readonly series: LabelledSeries
  readonly scores: Float64Array
}

export const windowsOf = (all: readonly LabelledSeries[]): number =>
  all.reduce((sum, series) => sum + scoredWindows(series).length, 0)

function* detectionsOf({ scores }: ScoredSeries, threshold: number): Iterable<number> {
  for (let row = 0; row < scores.length; row++) if ((scores[row] as number) >= threshold) yield row
}

/** The normalised score of all these series together at one threshold. */
export function scoreAt(all: readonly ScoredSeries[], threshold: number, profile: Profile): number {
  const raw = all.reduce((sum, one) => sum + rawScore(one.series, detectionsOf(one, threshold), profile), 0)
  return normalise(raw, windowsOf(all.map(({ series }) => series)), profile)
}

/** The one threshold over all series that serves this profile best, and what it brings. Infinity = better never to speak. */
export function bestThreshold(
  all: readonly ScoredSeries[],
  profile: Profile,
): { readonly threshold: number; readonly score: number } {
  const rows: { readonly score: number; readonly key: number | null; readonly worth: number }[] = []
  let windowCount = 0
  for (const { series, scores } of all) {
    const windows = scoredWindows(series)
    for (let row = probationRows(scores.length); row < scores.length; row++) {
      const { window, worth } = worthOf(windows, row, profile)
      rows.push({ score: scores[row] as number, key: window === null ? null : windowCount + window, worth })
    }
    windowCount += windows.length
  }
  rows.sort((a, b) => b.score - a.score)
  const best = new Array<number>(windowCount).fill(-profile.miss)
  let raw = -windowCount * profile.miss
  let top = { threshold: Infinity, raw }
  for (const [index, { score, key, worth }] of rows.entries()) {
    const gain = key === null ? worth : Math.max(0, worth - (best[key] as number))
    if (key !== null) best[key] = Math.max(best[key] as number, worth)
    raw += gain
    // Rows of one score are detections together.
    if (raw > top.raw && rows[index + 1]?.score !== score) top = { threshold: score, raw }
  }
  return { threshold: top.threshold, score: normalise(top.raw, windowCount, profile) }
}
