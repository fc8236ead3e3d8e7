/** Rates in words: per cent with one decimal, rounded down so that nothing short of all reads 100 %, and the base beside it. */
import { useI18n } from 'vue-i18n'
import type { IndicatorFigure } from '../../../../shared/contract/indicator.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useCityStore } from '../../stores/city.ts'

export function useRateWords() {
  const city = useCityStore()
  const { t } = useI18n()
  const format = useFormat()
  const percent = (value: number | null | undefined): string | null =>
    value == null ? null : (Math.floor(value * 1000) / 10).toFixed(1)
  return {
    percent,
    /** `96.4%` and `412 件`; a rate without a base is null. */
    rateCell(figure: IndicatorFigure | undefined) {
      const value = percent(figure?.value)
      return {
        value: value === null ? null : `${value}%`,
        base: figure?.denominator == null ? '' : t('wall.rate.base', { n: format.count(figure.denominator) }),
        share: figure?.value == null ? null : Math.max(0, Math.min(1, figure.value)),
      }
    },
    countCell: (figure: IndicatorFigure | undefined) => ({
      value: figure?.value == null ? null : format.count(figure.value),
      base: '',
      share: null,
    }),
    asOf: (at: number | null): string =>
      at === null ? '' : t('wall.today.asOf', { time: format.time(at, city.timeZone) }),
  }
}
