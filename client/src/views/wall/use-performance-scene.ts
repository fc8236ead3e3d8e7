/** 绩效, worded: rates of today and of the month by district and by department, each with the number of cases it rests on. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { IndicatorAnswer } from '../../../../shared/contract/indicator.ts'
import { indicatorOf } from '../../../../shared/model/kpi-indicator.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { TodayNumber } from '../../components/wall/TodayStrip.vue'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'
import { figureOf, useIndicators } from './use-indicators.ts'
import { useRateWords } from './use-rate-words.ts'

const handled = 'inTimeDisposeRate'
const ofMonth = [handled, 'inTimeArchiveRate', 'reworkRate'] as const
const headline = ['inTimeRegisterRate', 'inTimeDispatchRate', handled, 'archiveRate', 'inTimeArchiveRate', 'reworkRate']
const rowsShown = { districts: 11, departments: 11 } as const

export function usePerformanceScene() {
  const city = useCityStore()
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()
  const { percent, rateCell, countCell, asOf } = useRateWords()

  const today = useIndicators('day', null, ['filed', 'due', ...headline])
  const month = useIndicators('month', null, ['filed', 'due', ...headline])
  const districtsToday = useIndicators('day', 'district', [handled])
  const districtsMonth = useIndicators('month', 'district', ['filed', ...ofMonth])
  const departmentsToday = useIndicators('day', 'department', [handled])
  const departmentsMonth = useIndicators('month', 'department', [handled])
  const nameOf = (code: string) => term(indicatorOf(code)?.name)

  const numbers = (answer: IndicatorAnswer | null): TodayNumber[] =>
    headline.map((code) => {
      const figure = figureOf(answer?.total, code)
      return {
        key: code,
        name: nameOf(code),
        value: percent(figure?.value),
        unit: '%',
        note: figure?.denominator ? t('wall.rate.base', { n: format.count(figure.denominator) }) : t('wall.rate.none'),
        isAbnormal: false,
      }
    })

  /** Members of the month with today's beside them, those with most to handle first; who is unknown last. */
  function rows(
    monthAnswer: IndicatorAnswer | null,
    todayAnswer: IndicatorAnswer | null,
    of: { readonly most: number; readonly nameOf: (id: string) => Term | null; readonly isFull: boolean },
  ) {
    const due = (key: string | null) =>
      figureOf(
        monthAnswer?.rows.find((row) => row.key === key),
        handled,
      )?.denominator ?? 0
    return [...(monthAnswer?.rows ?? [])]
      .sort((a, b) => Number(a.key === null) - Number(b.key === null) || due(b.key) - due(a.key))
      .slice(0, of.most)
      .map((row) => ({
        key: row.key ?? '',
        name: row.key === null ? t('wall.rate.unknown') : term(of.nameOf(row.key)) || row.key,
        cells: [
          rateCell(
            figureOf(
              todayAnswer?.rows.find(({ key }) => key === row.key),
              handled,
            ),
          ),
          rateCell(figureOf(row, handled)),
          ...(of.isFull
            ? [
                rateCell(figureOf(row, 'inTimeArchiveRate')),
                rateCell(figureOf(row, 'reworkRate')),
                countCell(figureOf(row, 'filed')),
              ]
            : []),
        ],
      }))
  }

  return {
    numbersToday: computed(() => numbers(today.data.value)),
    numbersMonth: computed(() => numbers(month.data.value)),
    heads: computed(() => [
      t('wall.rate.today', { name: nameOf(handled) }),
      ...ofMonth.map((code) => t('wall.rate.month', { name: nameOf(code) })),
      t('wall.rate.month', { name: nameOf('filed') }),
    ]),
    shortHeads: computed(() => [t('wall.rate.day'), t('wall.rate.thisMonth')]),
    shortName: computed(() => nameOf(handled)),
    districts: computed(() =>
      rows(districtsMonth.data.value, districtsToday.data.value, {
        most: rowsShown.districts,
        nameOf: city.divisionName,
        isFull: true,
      }),
    ),
    departments: computed(() =>
      rows(departmentsMonth.data.value, departmentsToday.data.value, {
        most: rowsShown.departments,
        nameOf: city.departmentName,
        isFull: false,
      }),
    ),
    asked: { today, month, districtsMonth, departmentsMonth },
    asOf,
    emptyOf: (asked: { readonly data: { readonly value: unknown } }) =>
      asked.data.value === null ? '—' : t('wall.rate.noCase'),
  }
}
