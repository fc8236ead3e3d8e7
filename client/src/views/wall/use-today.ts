/** Today's numbers, worded for the wall's last line; what is not known is null. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { EChartsOption } from 'echarts'
import { wallChartLook } from '../../charts/chart-look.ts'
import { flowOption } from '../../charts/options/flow-option.ts'
import type { TodayNumber } from '../../components/wall/TodayStrip.vue'
import { useFormat } from '../../composables/use-format.ts'
import { useCityStore } from '../../stores/city.ts'
import { useKpiTodayStore } from '../../stores/kpi-today.ts'

const minuteMs = 60_000

interface FlowMinutes {
  readonly times: readonly number[]
  readonly reported: readonly number[]
  readonly closed: readonly number[]
}

/** Starts of the last minutes, oldest first, the last one ending at `asOfAt`'s minute. */
export function minuteStarts(count: number, asOfAt: number): number[] {
  const lastAt = Math.floor(asOfAt / minuteMs) * minuteMs
  return Array.from({ length: count }, (_, i) => lastAt - (count - 1 - i) * minuteMs)
}

export function useToday(scale: () => number): {
  numbers: ComputedRef<TodayNumber[]>
  rates: ComputedRef<TodayNumber[]>
  flow: ComputedRef<EChartsOption | null>
  asOf: ComputedRef<string>
} {
  const [kpi, city] = [useKpiTodayStore(), useCityStore()]
  const { t } = useI18n()
  const format = useFormat()
  const today = computed(() => kpi.today)
  /** The same object while the minutes are the same: today's row comes with every case, its picture changes once a minute. */
  const minutes = computed<FlowMinutes | null>((before) => {
    const now = today.value
    if (now === null) return null
    const times = minuteStarts(now.reportedByMinute.length, now.asOfAt)
    const after = { times, reported: now.reportedByMinute, closed: now.closedByMinute }
    return JSON.stringify(before) === JSON.stringify(after) ? (before ?? after) : after
  })
  const spanned = (ms: number) => Object.values(format.measured(ms)).join(' ')

  const number = (key: string, value: number | undefined, note = '', isAbnormal = false): TodayNumber => ({
    key,
    name: t(`wall.today.${key}`),
    value: value === undefined ? null : format.count(value),
    unit: '',
    note,
    isAbnormal,
  })

  return {
    numbers: computed(() => {
      const now = today.value
      const refused = now === null || now.refused === 0 ? '' : t('wall.today.refused', { n: now.refused })
      return [
        number('reported', now?.reported),
        number('filed', now?.filed, refused),
        number('dispatched', now?.dispatched),
        number('closed', now?.closed),
        number(
          'overdue',
          now?.overdueNow,
          now === null ? '' : t('wall.today.openNow', { n: format.count(now.openNow) }),
          (now?.overdueNow ?? 0) > 0,
        ),
      ]
    }),
    rates: computed(() => {
      const now = today.value
      const rate = now?.onTimeRate ?? null
      const [p50, p90] = [now?.responseP50Ms ?? null, now?.responseP90Ms ?? null]
      return [
        {
          key: 'on-time',
          name: t('wall.today.onTime'),
          value: rate === null ? null : (Math.floor(rate * 1000) / 10).toFixed(1),
          unit: '%',
          note: now === null ? '' : t('wall.today.ofClosed', { n: format.count(now.closed) }),
          isAbnormal: false,
        },
        {
          key: 'p90',
          name: t('wall.today.p90'),
          value: p90 === null ? null : format.measured(p90).value,
          unit: p90 === null ? '' : format.measured(p90).unit,
          note: p50 === null ? '' : t('wall.today.p50', { span: spanned(p50) }),
          isAbnormal: false,
        },
      ]
    }),
    flow: computed(() => {
      if (minutes.value === null) return null
      return flowOption({
        ...minutes.value,
        words: { reported: t('wall.today.arrivals'), closed: t('wall.today.closures') },
        timeZone: city.timeZone,
        look: wallChartLook(scale()),
        hover: false,
      })
    }),
    asOf: computed(() =>
      today.value === null ? '' : t('wall.today.asOf', { time: format.time(today.value.asOfAt, city.timeZone) }),
    ),
  }
}
