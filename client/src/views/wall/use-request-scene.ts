/** 民生诉求, worded: what citizens brought to 12345 today, by class, district and source; how their calls were answered this month. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { incidentSourceNames, type IncidentSource } from '../../../../shared/model/incident.ts'
import { indicatorOf } from '../../../../shared/model/kpi-indicator.ts'
import { barRows } from '../../components/wall/bar-row.ts'
import type { TodayNumber } from '../../components/wall/TodayStrip.vue'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import { countRequests } from './own-vitals.ts'
import { countsBy, figureOf, useIndicators } from './use-indicators.ts'
import { useRateWords } from './use-rate-words.ts'

/** Its numerator is what the public reported and was filed; of no other indicator are citizens' cases told by class and place. */
const byPublic = 'publicReportRate'
/** The ways citizens come in. */
const citizens: readonly IncidentSource[] = ['hotline', 'open311']
const rates = ['satisfiedRate', 'solvedRate', 'firstContactRate', 'inTimeDoneRate'] as const

export function useRequestScene(room: () => { readonly classes: number }) {
  const [city, incidents, link] = [useCityStore(), useIncidentsStore(), useLinkStore()]
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()
  const { percent, asOf } = useRateWords()

  const byClass = useIndicators('day', 'class', [byPublic])
  const byDistrict = useIndicators('day', 'district', [byPublic])
  const bySource = useIndicators('day', 'source', ['reported'])
  const month = useIndicators('month', null, rates)
  const today = useIndicators('day', null, rates)

  const rest = (n: number) => t('wall.request.rest', { n })
  const plain = { restName: rest, format: format.count }
  const rateNumber = (from: 'today' | 'month', code: (typeof rates)[number]): TodayNumber => {
    const figure = figureOf((from === 'today' ? today : month).data.value?.total, code)
    const value = percent(figure?.value)
    return {
      key: code,
      name: term(indicatorOf(code)?.name),
      value,
      unit: '%',
      note: figure?.denominator ? t('wall.rate.base', { n: format.count(figure.denominator) }) : t('wall.rate.none'),
      isAbnormal: false,
    }
  }

  return {
    numbers: computed<TodayNumber[]>(() => {
      const isKnown = link.rev > 0
      const counts = countRequests(incidents.open, link.nowAt)
      const sources = countsBy(bySource.data.value, 'reported')
      const brought = bySource.data.value === null ? null : citizens.map((code) => sources.get(code) ?? 0)
      const ofSources =
        brought === null
          ? ''
          : citizens.map((code, i) => `${term(incidentSourceNames[code])} ${brought[i]}`).join(' · ')
      const number = (key: string, value: number | null, note = '', isAbnormal = false): TodayNumber => ({
        key,
        name: t(`wall.request.${key}`),
        value: value === null ? null : format.count(value),
        unit: '',
        note,
        isAbnormal,
      })
      return [
        number('today', brought?.reduce((sum, n) => sum + n, 0) ?? null, ofSources),
        number('hour', isKnown ? counts.lastHour : null),
        number('open', isKnown ? counts.open : null),
        number('late', isKnown ? counts.overdue : null, '', isKnown && counts.overdue > 0),
      ]
    }),
    classes: computed(() =>
      barRows(countsBy(byClass.data.value, byPublic), {
        ...plain,
        most: room().classes,
        nameOf: (code) => term(city.classOf(code)?.name) || code || t('wall.request.unclassified'),
      }),
    ),
    districts: computed(() =>
      barRows(countsBy(byDistrict.data.value, byPublic), {
        ...plain,
        most: 10,
        nameOf: (id) => term(city.divisionName(id)) || id || t('wall.wrong.unlocated'),
      }),
    ),
    sources: computed(() =>
      barRows(countsBy(bySource.data.value, 'reported'), {
        ...plain,
        most: 8,
        nameOf: (code) => term(incidentSourceNames[code as IncidentSource]) || code,
      }),
    ),
    ratesToday: computed(() => rates.map((code) => rateNumber('today', code))),
    ratesMonth: computed(() => rates.map((code) => rateNumber('month', code))),
    /** Known, and none of the rates rests on a call: no hotline is connected, or nothing of it is closed yet. */
    isWithoutCalls: (from: 'today' | 'month'): boolean => {
      const answer = (from === 'today' ? today : month).data.value
      return answer !== null && rates.every((code) => !figureOf(answer.total, code)?.denominator)
    },
    asked: { byClass, byDistrict, bySource, month, today },
    asOf,
    emptyOf: (asked: { readonly data: { readonly value: unknown } }) =>
      asked.data.value === null ? '—' : t('wall.request.none'),
  }
}
