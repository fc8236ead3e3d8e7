/** Every indicator for given counts: the rules of `domain/kpi` for whoever answers questions. */
import type { IndicatorFigure } from '../../../shared/contract/indicator.ts'
import { indicators } from '../../../shared/model/kpi-indicator.ts'
import type { KpiCounts } from '../../../shared/model/kpi-measure.ts'
import { valueOf } from '../domain/kpi/formulas.ts'

export const evaluateCases = (counts: KpiCounts, whole: KpiCounts): readonly IndicatorFigure[] =>
  indicators.map((indicator) => ({ code: indicator.code, ...valueOf(indicator, counts, whole) }))
