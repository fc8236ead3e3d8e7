/**
 * What the formulas of evaluation give for given counts (field reference §2.7-2.8). Guarantees: null, never 0, where a base is empty; a
 * score and a grade only where something is good or bad. Knows nothing of where counts come from.
 */
import {
  gradeBands,
  indicatorOf,
  kpiGrades,
  volumeBands,
  type Indicator,
  type KpiGrade,
  type RatioIndicator,
  type ScorePart,
  type Weighted,
} from '../../../../shared/model/kpi-indicator.ts'
import type { KpiCounts, KpiMeasure } from '../../../../shared/model/kpi-measure.ts'

export interface IndicatorValue {
  /** A number of cases, a rate (1 = 100 %), ms, or a score of 0 to 100; null = no base. */
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly grade: KpiGrade | null
}

export const weigh = (counts: KpiCounts, weighted: Weighted): number =>
  Object.entries(weighted).reduce((sum, [code, weight]) => sum + (counts[code as KpiMeasure] ?? 0) * weight, 0)

/** A ≥ 90, B ≥ 75, C ≥ 60, D ≥ 40, else E. */
export const gradeOf = (score: number): KpiGrade =>
  kpiGrades.find((grade) => grade !== 'E' && score >= gradeBands[grade]) ?? 'E'

/** 受理数分: what so many cases score. */
export const volumeScore = (cases: number): number => volumeBands.find(({ least }) => cases >= least)?.score ?? 0

function ratioValue({ kind, numerator, denominator, better }: RatioIndicator, counts: KpiCounts): IndicatorValue {
  const above = weigh(counts, numerator)
  if (kind === 'count' || denominator === undefined)
    return { value: above, numerator: above, denominator: null, grade: null }
  const below = weigh(counts, denominator)
  if (below === 0) return { value: null, numerator: above, denominator: below, grade: null }
  const value = above / below
  const grade = better === undefined ? null : gradeOf((better === 'more' ? value : 1 - value) * 100)
  return { value, numerator: above, denominator: below, grade }
}

/** What one part scores, 0 to 1; null where it has no base. */
function partScore({ of, as }: ScorePart, counts: KpiCounts, whole: KpiCounts): number | null {
  const indicator = indicatorOf(of)
  if (indicator === undefined || indicator.kind === 'score') throw new RangeError(`no part ${of}`)
  const { value } = valueOf(indicator, counts, whole)
  if (value === null) return null
  if (as === 'band') return volumeScore(value) / 100
  if (as === 'rate') return value
  if (as === 'inverse') return 1 - value
  const all = valueOf(indicator, whole, whole).value
  return all === null || all === 0 ? null : value / all
}

/**
 * The indicator for one group of cases. `whole`: the counts of all groups together, which shares are taken of.
 * A part of a score that has no base is left out, the others weigh accordingly more; a score without any is null.
 */
export function valueOf(indicator: Indicator, counts: KpiCounts, whole: KpiCounts): IndicatorValue {
  if (indicator.kind === 'mean') {
    const [numerator, denominator] = [counts.handleMs ?? 0, counts.closed ?? 0]
    return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator, grade: null }
  }
  if (indicator.kind !== 'score') return ratioValue(indicator, counts)
  let [sum, judged, full] = [0, 0, 0]
  let isRated = false
  for (const part of indicator.parts) {
    const scored = partScore(part, counts, whole)
    full += part.weight
    if (scored === null) continue
    if (part.as !== 'band' && part.as !== 'share') isRated = true
    sum += scored * part.weight
    judged += part.weight
  }
  // A number of cases alone judges nobody.
  if (!isRated) return { value: null, numerator: null, denominator: null, grade: null }
  const value = (sum / judged) * full
  return { value, numerator: null, denominator: null, grade: gradeOf(value) }
}
