/** The detector and what it is measured beside, all under one shape: readings in, a score a reading out, nothing known of what comes later. */
import { DeviationDetector, quietAfter, speaksFrom } from '../../../../server/src/domain/anomaly/deviation-detector.ts'
import type { LabelledSeries, ScoredSeries } from './score.ts'
import { probationRows } from './score.ts'

export type Scorer = (at: number, value: number) => number

export interface Contestant {
  readonly name: string
  /** The threshold it would be run with; NaN = it has none. */
  readonly threshold: number
  /** `learns`: rows at the start that are not scored. */
  readonly make: (learns: number) => Scorer
}

/** Mean and deviation of the first rows, and no more. */
function staticSigma(learns: number): Scorer {
  let [count, mean, squares] = [0, 0, 0]
  return (_, value) => {
    if (count < learns) {
      count++
      const off = value - mean
      mean += off / count
      squares += off * (value - mean)
      return 0
    }
    const sigma = Math.sqrt(squares / Math.max(1, count - 1))
    return sigma > 0 ? Math.abs(value - mean) / sigma : Number(value !== mean) * 100
  }
}

/** Distance from a moving mean in moving deviations. */
function ewma(rate: number): () => Scorer {
  return () => {
    let [count, mean, variance] = [0, 0, 0]
    return (_, value) => {
      if (count === 0) mean = value
      const off = value - mean
      const score = count < 30 || variance === 0 ? 0 : Math.abs(off) / Math.sqrt(variance)
      mean += rate * off
      variance += rate * (off * off - variance)
      count++
      return score
    }
  }
}

/** Distance from the mean of all so far, in deviations of all so far. */
function running(): Scorer {
  let [count, mean, squares] = [0, 0, 0]
  return (_, value) => {
    const sigma = count < 30 ? 0 : Math.sqrt(squares / (count - 1))
    const score = sigma > 0 ? Math.abs(value - mean) / sigma : 0
    count++
    const off = value - mean
    mean += off / count
    squares += off * (value - mean)
    return score
  }
}

/** The same quiet after speaking as the detector keeps, so that what is left is the method's. */
const withQuiet =
  (make: (learns: number) => Scorer, threshold: number) =>
  (learns: number): Scorer => {
    const score = make(learns)
    let [seen, quietLeft] = [0, 0]
    return (at, value) => {
      seen++
      const said = score(at, value)
      if (quietLeft-- > 0) return 0
      if (said >= threshold) quietLeft = quietAfter(seen)
      return said
    }
  }

function random(): Scorer {
  let seed = 20_151_104
  return () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff) / 0x7fff_ffff
}

export const detector: Contestant = {
  name: 'deviation detector',
  threshold: speaksFrom,
  make: () => {
    const one = new DeviationDetector()
    return (at, value) => one.observe(at, value)
  },
}

export const baselines: readonly Contestant[] = [
  { name: 'running 3 sigma, with the same quiet', threshold: 3, make: withQuiet(running, 3) },
  { name: 'EWMA 5 sigma, with the same quiet', threshold: 5, make: withQuiet(ewma(0.05), 5) },
  { name: 'running 3 sigma', threshold: 3, make: running },
  { name: 'EWMA 5 sigma', threshold: 5, make: ewma(0.05) },
  { name: 'static 3 sigma', threshold: 3, make: staticSigma },
  { name: 'random', threshold: 0.995, make: random },
  { name: 'null', threshold: 1, make: () => () => 0 },
]

export function runOver(series: LabelledSeries, { make }: Contestant): ScoredSeries {
  const score = make(probationRows(series.at.length))
  const scores = new Float64Array(series.at.length)
  for (let row = 0; row < scores.length; row++)
    scores[row] = score(series.at[row] as number, series.value[row] as number)
  return { series, scores }
}
