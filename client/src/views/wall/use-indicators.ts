/** Evaluation as a scene asks for it: today or this month, by a dimension, a few indicators; with the figures found by their code. */
import type { IndicatorAnswer, IndicatorFigure, IndicatorRow } from '../../../../shared/contract/indicator.ts'
import type { KpiDimension } from '../../../../shared/model/kpi-measure.ts'
import { useRemoteStore } from '../../stores/remote.ts'
import { useAsked, type Asked } from './use-asked.ts'
import { useCityDay } from './use-city-day.ts'

const everyMs = 60_000

export function useIndicators(
  period: 'day' | 'month',
  by: KpiDimension | null,
  indicators: readonly string[],
): Asked<IndicatorAnswer> {
  const remote = useRemoteStore()
  const starts = useCityDay()
  return useAsked(everyMs, (nowAt) =>
    remote.get<IndicatorAnswer>('/kpi/indicators', {
      from: new Date(period === 'day' ? starts.value.dayAt : starts.value.monthAt).toISOString(),
      to: new Date(nowAt).toISOString(),
      by,
      indicator: indicators.join(','),
    }),
  )
}

export const figureOf = (row: IndicatorRow | undefined, code: string): IndicatorFigure | undefined =>
  row?.indicators.find((figure) => figure.code === code)

/** Counts by member, of a ratio what is counted above the line; a member nobody knows (null) under the empty name. */
export function countsBy(answer: IndicatorAnswer | null, code: string): Map<string, number> {
  return new Map((answer?.rows ?? []).map((row) => [row.key ?? '', figureOf(row, code)?.numerator ?? 0]))
}
