/** 物联感知, worded: which kinds speak and which are silent, what stands in alarm, and how heavy the load of alarms is. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { AlarmKpiAnswer } from '../../../../shared/contract/http.ts'
import { priorities, priorityNames } from '../../../../shared/model/alarm.ts'
import { barRows, type BarRowView } from '../../components/wall/bar-row.ts'
import type { KindRowView } from '../../components/wall/kind-row.ts'
import type { TodayNumber } from '../../components/wall/TodayStrip.vue'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useCityStore } from '../../stores/city.ts'
import { useFloodStore } from '../../stores/flood.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore } from '../../stores/remote.ts'
import { useVitalsStore } from '../../stores/vitals.ts'
import { onlineShare } from './own-vitals.ts'
import { useAsked } from './use-asked.ts'
import { useVitalSigns } from './use-vital-cards.ts'
import { useWallFrame } from './wall-frame.ts'

const dayMs = 86_400_000
const loadEveryMs = 60_000

export function useSensorScene() {
  const [vitals, alarms, city, link, flood, remote] = [
    useVitalsStore(),
    useAlarmsStore(),
    useCityStore(),
    useLinkStore(),
    useFloodStore(),
    useRemoteStore(),
  ]
  const { isWide } = useWallFrame()
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()
  const signs = useVitalSigns()
  const load = useAsked(loadEveryMs, (nowAt) =>
    remote.get<AlarmKpiAnswer>('/kpi/alarms', {
      from: new Date(nowAt - dayMs).toISOString(),
      to: new Date(nowAt).toISOString(),
    }),
  )
  const number = (
    key: string,
    value: string | null,
    more: { unit?: string; note?: string; isAbnormal?: boolean } = {},
  ): TodayNumber => ({
    key,
    name: t(`wall.sensor.${key}`),
    value,
    unit: more.unit ?? '',
    note: more.note ?? '',
    isAbnormal: more.isAbnormal ?? false,
  })
  const counted = (n: number | undefined): string | null => (n === undefined ? null : format.count(n))

  return {
    totals: computed<TodayNumber[]>(() => {
      const { share, silent, isAbnormal } = onlineShare(signs.value)
      const percent = share === null ? null : (Math.floor(share * 1000) / 10).toFixed(1)
      return [
        number('online', percent, { unit: '%', isAbnormal }),
        number('registered', counted(vitals.now?.registered)),
        number('silent', silent === null ? null : format.count(silent), { isAbnormal }),
        number('out', counted(vitals.now?.outOfService)),
      ]
    }),
    kinds: computed<KindRowView[]>(() =>
      [...signs.value]
        .sort(
          (a, b) => (a.level ?? 9) - (b.level ?? 9) || b.alarms - a.alarms || b.count - b.fresh - (a.count - a.fresh),
        )
        .map((sign) => ({
          code: sign.kind.code,
          name: term(sign.kind.name),
          online: `${format.count(sign.fresh)}/${format.count(sign.count)}`,
          share: sign.count === 0 ? 0 : sign.fresh / sign.count,
          silent:
            sign.count > sign.fresh ? t('wall.sensor.silentOf', { n: format.count(sign.count - sign.fresh) }) : '',
          level: sign.level,
          alarms: sign.alarms > 0 ? t('wall.sensor.alarmsOf', { n: format.count(sign.alarms) }) : '',
          age: sign.asOfAt === null ? '—' : format.age(link.nowAt - sign.asOfAt),
          isLate: sign.fresh === 0,
        })),
    ),
    levels: computed<BarRowView[]>(() => {
      const by = priorities.map((level) => ({
        level,
        n: alarms.active.filter((alarm) => alarm.priority === level && !alarm.drill).length,
      }))
      const longest = Math.max(1, ...by.map(({ n }) => n))
      return by.map(({ level, n }) => ({
        key: String(level),
        level,
        name: term(priorityNames[level]),
        value: link.rev > 0 ? format.count(n) : null,
        share: n / longest,
        note: '',
      }))
    }),
    flood: computed<TodayNumber[]>(() => {
      const now = flood.running
      if (now === null) return []
      return [
        number('floodFor', format.span(link.nowAt - now.startedAt), { isAbnormal: true }),
        number('floodAnnounced', format.count(now.announced), { note: t('wall.sensor.peak', { n: now.peak }) }),
        number('floodAcknowledged', format.count(now.acknowledged)),
        number('floodCases', format.count(now.cases)),
      ]
    }),
    calm: computed(() => (link.rev > 0 ? t('wall.sensor.noFlood') : '—')),
    load: computed<TodayNumber[]>(() => {
      const answer = load.data.value
      const rates = answer?.rates
      const shown = (n: number | undefined, digits: number) => (n === undefined ? null : format.value(n, digits))
      return [
        number('per10Min', shown(rates?.per10Min, 1), { note: t('wall.sensor.perConsole') }),
        number('peak10Min', shown(rates?.peak10Min.count, 0), { note: t('wall.sensor.perConsole') }),
        number('standing', answer === null ? null : format.count(answer.standing), {
          note: answer === null ? '' : t('wall.sensor.stale', { n: format.count(answer.stale) }),
        }),
        number('floodShare', answer === null ? null : (Math.ceil(answer.floodShare * 1000) / 10).toFixed(1), {
          unit: '%',
        }),
      ]
    }),
    top: computed<BarRowView[]>(() => {
      const top = load.data.value?.top ?? []
      const most = Math.max(1, ...top.map(({ announced }) => announced))
      return top.slice(0, flood.running !== null && !isWide.value ? 4 : 8).map((row) => ({
        key: `${row.sensorId} ${row.ruleId}`,
        name: [row.sensorName, term(row.name)].filter((word) => word !== '').join(' · '),
        value: format.count(row.announced),
        share: row.announced / most,
        note: '',
      }))
    }),
    topEmpty: computed(() => (load.data.value === null ? '—' : t('wall.sensor.noTop'))),
    silentByDistrict: computed(() => {
      const counts = new Map((vitals.now?.silent ?? []).map(({ districtId, count }) => [districtId ?? '', count]))
      return barRows(counts, {
        most: 8,
        nameOf: (id) => term(city.divisionName(id)) || id || t('wall.wrong.unlocated'),
        restName: (n) => t('wall.request.rest', { n }),
        format: format.count,
      })
    }),
    silentEmpty: computed(() => (vitals.now !== null && link.isLive ? t('wall.sensor.noSilent') : '—')),
    asOf: computed(() => (link.rev > 0 ? t('wall.today.asOf', { time: format.time(link.nowAt, city.timeZone) }) : '')),
    loadAsked: load,
  }
}
