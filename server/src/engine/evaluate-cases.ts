/** Indicators for given counts: the rules of `domain/kpi` for whoever answers questions. */
import type { IndicatorFigure } from '../../../shared/contract/indicator.ts'
import { indicators } from '../../../shared/model/kpi-indicator.ts'
import type { KpiCounts } from '../../../shared/model/kpi-measure.ts'
import { valueOf } from '../domain/kpi/formulas.ts'

/** `only`: these codes; left out: every indicator. */
export const evaluateCases = (
  counts: KpiCounts,
  whole: KpiCounts,
  only?: readonly string[],
): readonly IndicatorFigure[] =>
  indicators
    .filter(({ code }) => only?.includes(code) ?? true)
    .map((indicator) => ({ code: indicator.code, ...valueOf(indicator, counts, whole) }))
