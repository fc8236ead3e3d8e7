/** 防汛, worded: gauges against their limits, pumps, crews, the response that runs, cases of water. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { EChartsOption } from 'echarts'
import { isInKpi, isOpenState } from '../../../../shared/model/incident.ts'
import { responseLevelNames } from '../../../../shared/model/response.ts'
import { sensorKind } from '../../../../shared/model/sensor-kinds.ts'
import { wallChartLook } from '../../charts/chart-look.ts'
import { gaugeOption } from '../../charts/options/gauge-option.ts'
import { crewsByStatus } from '../../components/wall/city-load.ts'
import { isLateCase } from '../../components/wall/case-track.ts'
import { heldGauges, isFloodCase, type Gauge } from '../../components/wall/flood-picture.ts'
import type { GaugeRowView } from '../../components/wall/gauge-row.ts'
import type { TodayNumber } from '../../components/wall/TodayStrip.vue'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useWarningWords } from '../../composables/use-warning-words.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useCityStore } from '../../stores/city.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useResponsesStore } from '../../stores/responses.ts'
import { useUnitsStore } from '../../stores/units.ts'
import { useVitalsStore } from '../../stores/vitals.ts'
import { useWarningsStore } from '../../stores/warnings.ts'
import { useSensorLines } from './use-sensor-lines.ts'
import { useWallFrame } from './wall-frame.ts'

const warningsShown = 3

export function useFloodScene() {
  const [city, link, vitals, alarms, units] = [
    useCityStore(),
    useLinkStore(),
    useVitalsStore(),
    useAlarmsStore(),
    useUnitsStore(),
  ]
  const [incidents, responses, warnings] = [useIncidentsStore(), useResponsesStore(), useWarningsStore()]
  const { worst, scale } = useWallFrame()
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()
  const wordWarning = useWarningWords()

  const gauges = computed(() =>
    heldGauges(
      vitals.now?.gauges ?? [],
      city.answer?.alarmRules ?? [],
      (id) => alarms.bySensor.get(id)?.priority ?? null,
    ),
  )
  const pumps = computed(() => vitals.now?.pumps ?? null)
  const lines = useSensorLines(() => gauges.value.map(({ id }) => id))

  const gaugeRows = computed<GaugeRowView[]>(() =>
    gauges.value.map((gauge) => {
      const kind = sensorKind(gauge.kind)
      const age = gauge.phenomenonAt === null ? t('wall.vital.noData') : format.age(link.nowAt - gauge.phenomenonAt)
      return {
        id: gauge.id,
        name: gauge.name,
        where: [term(city.divisionName(gauge.districtId)), age].filter((w) => w !== '').join(' · '),
        value: gauge.value === null ? null : format.value(gauge.value, kind.digits),
        unit: kind.unit,
        limit: gauge.limit === null ? '' : t('wall.flood.limit', { value: `${gauge.limit} ${kind.unit}` }),
        share: gauge.value === null || gauge.limit === null || gauge.limit <= 0 ? 0 : gauge.value / gauge.limit,
        level: gauge.level,
        line: lines.value.get(gauge.id) ?? null,
        lineLabel: t('wall.vital.line', { name: gauge.name }),
        isLate: gauge.isLate,
        isDrill: gauge.isDrill,
      }
    }),
  )

  /** The gauge nearest to its limit, whose curve is drawn large. */
  const leading = computed(() =>
    gauges.value.reduce<Gauge | null>((best, one) => {
      const nearness = ({ value, limit }: Gauge) => (value === null || !limit ? -1 : value / limit)
      return best === null || nearness(one) > nearness(best) ? one : best
    }, null),
  )
  const curve = computed<EChartsOption | null>(() => {
    const gauge = leading.value
    const line = gauge === null ? undefined : lines.value.get(gauge.id)
    if (gauge === null || line === undefined || line.times.length === 0) return null
    return gaugeOption({
      times: line.times,
      values: line.values,
      limits: [gauge.limit, gauge.topLimit].filter((limit): limit is number => limit !== null),
      unit: sensorKind(gauge.kind).unit,
      timeZone: city.timeZone,
      look: wallChartLook(scale.value),
    })
  })

  const flooding = computed(() =>
    worst.value.filter((wrong) => wrong.type === 'incident' && isFloodCase(wrong.incident.classCode)),
  )
  const isKnown = computed(() => link.rev > 0)
  const shown = (n: number | undefined): string | null => (isKnown.value && n !== undefined ? format.count(n) : null)
  const number = (key: string, value: string | null, note = '', isAbnormal = false): TodayNumber => ({
    key,
    name: t(`wall.flood.${key}`),
    value,
    unit: '',
    note,
    isAbnormal,
  })

  return {
    gaugeRows,
    curve,
    curveName: computed(() => leading.value?.name ?? ''),
    flooding,
    warnings: computed(() => warnings.inForce.slice(0, warningsShown).map((row) => wordWarning(row, city.timeZone))),
    moreWarnings: computed(() => Math.max(0, warnings.inForce.length - warningsShown)),
    responses: computed(() =>
      responses.gravestFirst
        .filter(({ startedAt, endedAt }) => startedAt !== null && endedAt === null)
        .map((row) => ({
          id: row.id,
          level: term(responseLevelNames[row.level]),
          name: row.name,
          since: t('wall.flood.since', { time: format.moment(row.levelSinceAt, city.timeZone).slice(0, -3) }),
        })),
    ),
    isKnown,
    isLoaded: computed(() => vitals.now !== null),
    numbers: computed<TodayNumber[]>(() => {
      const open = incidents.open.filter((row) => isOpenState(row.state) && isInKpi(row) && isFloodCase(row.classCode))
      const late = open.filter((row) => isLateCase(row, link.nowAt)).length
      const ponding = alarms.active.filter(
        ({ kind, drill, active }) => kind === 'water-depth' && !drill && active,
      ).length
      const rivers = alarms.active.filter(
        ({ kind, drill, active }) => kind === 'river-level' && !drill && active,
      ).length
      return [
        number('ponding', shown(ponding), '', ponding > 0),
        number('rivers', shown(rivers), '', rivers > 0),
        number('cases', shown(open.length), late > 0 ? t('wall.step.late', { n: late }) : '', late > 0),
      ]
    }),
    means: computed<TodayNumber[]>(() => {
      const now = pumps.value
      const crews = units.list.filter(({ kind }) => kind === 'drainage')
      const by = crewsByStatus(crews)
      const out = by.dispatched + by.acknowledged + by['en-route']
      const isRegistered = crews.length > 0
      const pumpNote = now === null ? '' : t('wall.flood.pumpNote', { standing: now.standing, unknown: now.unknown })
      return [
        number('pumping', now === null || now.registered === 0 ? null : format.count(now.running), pumpNote),
        number(
          'pumpFailed',
          now === null || now.registered === 0 ? null : format.count(now.failed),
          now === null ? '' : t('wall.flood.ofPumps', { n: now.registered }),
          (now?.failed ?? 0) > 0,
        ),
        number('crewsFree', isRegistered ? shown(by.available) : null, t('wall.flood.ofCrews', { n: crews.length })),
        number(
          'crewsOut',
          isRegistered ? shown(out + by['on-scene']) : null,
          t('wall.flood.atScene', { n: by['on-scene'] }),
        ),
      ]
    }),
    asOf: computed(() => (isKnown.value ? t('wall.today.asOf', { time: format.time(link.nowAt, city.timeZone) }) : '')),
  }
}
