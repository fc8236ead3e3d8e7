/** The page's charts as options; null where the period has nothing for them. */
import { computed, type ComputedRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { EChartsOption } from 'echarts'
import { chartLook } from '../../charts/chart-look.ts'
import { flowOption } from '../../charts/options/flow-option.ts'
import { linesOption } from '../../charts/options/lines-option.ts'
import { rankingOption } from '../../charts/options/ranking-option.ts'
import { onTimeRate } from '../../components/kpi/kpi-measures.ts'
import type { KpiRow } from '../../../../shared/model/kpi.ts'
import { usePageScale } from '../../composables/page-scale.ts'
import { spanUnitOf } from '../../composables/use-format.ts'
import { useCityStore } from '../../stores/city.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import type { KpiNumbers } from './use-kpi.ts'

export const barsShown = 12

export function useKpiCharts(
  numbers: ShallowRef<KpiNumbers | null>,
  groups: ComputedRef<readonly KpiRow[]>,
  nameOf: (row: KpiRow) => string,
) {
  const [city, preferences] = [useCityStore(), usePreferencesStore()]
  const { t } = useI18n()
  const scale = usePageScale()
  const look = computed(() => chartLook(preferences.theme === 'dark', scale.value))
  const words = computed(() => ({ reported: t('kpi.measure.reported'), closed: t('kpi.measure.closed') }))
  const rows = computed(() => numbers.value?.rows ?? [])
  const times = computed(() => rows.value.map((row) => Number(row.key)))
  const shared = computed(() => ({ times: times.value, timeZone: city.timeZone, look: look.value, hover: true }))

  const flow = computed<EChartsOption | null>(() => {
    if (!rows.value.some((row) => row.reported > 0 || row.closed > 0)) return null
    const [reported, closed] = [rows.value.map((row) => row.reported), rows.value.map((row) => row.closed)]
    return flowOption({ ...shared.value, reported, closed, words: words.value })
  })
  const onTime = computed<EChartsOption | null>(() => {
    if (!rows.value.some((row) => row.closed > 0)) return null
    const values = rows.value.map(onTimeRate)
    return linesOption({
      ...shared.value,
      series: [{ id: 'on-time', name: t('kpi.measure.onTime'), values, strength: 'strong' }],
      format: (value) => `${Math.floor(value * 1000) / 10}%`,
      max: 1,
    })
  })
  const response = computed<EChartsOption | null>(() => {
    const [p90, p50] = [rows.value.map((row) => row.responseP90Ms), rows.value.map((row) => row.responseP50Ms)]
    const longest = p90.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
    if (!rows.value.some((row) => row.responseCount > 0)) return null
    // In the unit itself, so that the axis is marked at whole ones.
    const unit = spanUnitOf(longest)
    const inUnit = (values: readonly (number | null)[]) =>
      values.map((value) => (value === null ? null : value / unit.ms))
    return linesOption({
      ...shared.value,
      series: [
        { id: 'p90', name: 'P90', values: inUnit(p90), strength: 'strong' },
        { id: 'p50', name: 'P50', values: inUnit(p50), strength: 'quiet' },
      ],
      format: (value) => `${Math.round(value * 10) / 10} ${t(`unit.${unit.name}`)}`,
      max: null,
    })
  })
  const bars = computed<EChartsOption | null>(() => {
    const shown = groups.value.slice(0, barsShown)
    if (shown.length === 0) return null
    return rankingOption({
      rows: shown.map((row) => ({ name: nameOf(row), reported: row.reported, closed: row.closed })),
      words: words.value,
      look: look.value,
    })
  })
  return { flow, onTime, response, bars }
}
