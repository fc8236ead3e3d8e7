/** The eight cards of the city's vital signs, worded, renewed once a second by the server's clock. */
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { VitalCardView, VitalLine, VitalNumber } from '../../components/wall/vital-card.ts'
import { vitalGroupViews, vitalSigns, type VitalGroupView, type VitalSign } from '../../components/wall/vital-signs.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useCityStore } from '../../stores/city.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useVitalsStore } from '../../stores/vitals.ts'
import { vitalGroupNames } from '../../../../shared/model/sensor-kinds.ts'
import { countRequests, onlineShare } from './own-vitals.ts'

const othersShown = 3

/** A kind whose value is only on or off is told by how many are on. */
const isState = ({ kind }: VitalSign) => kind.unit === '' && kind.range[0] === 0 && kind.range[1] === 1

export function useVitalSigns(): ShallowRef<readonly VitalSign[]> {
  const [vitals, alarms, city] = [useVitalsStore(), useAlarmsStore(), useCityStore()]
  const signs = shallowRef<readonly VitalSign[]>([])
  // With each count of the server and no oftener: without a line the last picture stands and grows old.
  watch(
    () => vitals.now,
    (now) => {
      const shownBefore = new Map(
        signs.value.flatMap((sign) =>
          sign.worstSensorId === null ? [] : [[sign.kind.code, sign.worstSensorId] as const],
        ),
      )
      const rules = city.answer?.alarmRules ?? []
      signs.value = vitalSigns({ kinds: now?.kinds ?? [], alarms: alarms.active, rules, shownBefore })
    },
    { immediate: true },
  )
  return signs
}

export function useVitalCards(
  signs: ShallowRef<readonly VitalSign[]>,
  lines: ShallowRef<ReadonlyMap<string, VitalLine>>,
): ComputedRef<VitalCardView[]> {
  const [city, incidents, link] = [useCityStore(), useIncidentsStore(), useLinkStore()]
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()

  const numberOf = (sign: VitalSign): VitalNumber => {
    const isOnOff = isState(sign)
    return {
      key: sign.kind.code,
      name: isOnOff ? t('wall.vital.alarming', { name: term(sign.kind.name) }) : term(sign.kind.name),
      value: sign.worst === null ? null : isOnOff ? String(sign.alarms) : format.value(sign.worst, sign.kind.digits),
      unit: isOnOff ? t('wall.vital.places') : sign.kind.unit,
      level: sign.level,
      isAbnormal: sign.level !== null || sign.excess > 0,
    }
  }
  const ageOf = (atMs: number | null) => (atMs === null ? '' : format.age(link.nowAt - atMs))

  function sensorCard({ group, signs: own }: VitalGroupView, isRaised: boolean): VitalCardView {
    const lead = own[0]
    const title = term(vitalGroupNames[group])
    if (lead === undefined) {
      const none: VitalNumber = { key: group, name: '', value: null, unit: '', level: null, isAbnormal: false }
      const where = t('wall.vital.noSensor')
      const plain = { normal: '', line: null, lineLabel: '', age: '', isLate: false, others: [], isRaised }
      return { group, title, lead: none, where, ...plain }
    }
    const place = term(city.divisionName(lead.worstDistrictId))
    const which = isState(lead) ? '' : t(`wall.vital.${lead.side}`)
    const online = t('wall.vital.fresh', { fresh: lead.fresh, count: lead.count })
    const [min, max] = lead.kind.normal
    return {
      group,
      title,
      lead: numberOf(lead),
      where:
        lead.fresh === 0 ? t('wall.vital.noData') : [which, place].filter((word) => word !== '').join(' · ') || online,
      normal: isState(lead) || max > 1e6 ? '' : `${min}–${max}`,
      line: lines.value.get(lead.kind.code) ?? null,
      lineLabel: t('wall.vital.line', { name: term(lead.kind.name) }),
      age:
        lead.fresh === 0 && lead.asOfAt !== null
          ? t('wall.vital.late', { age: ageOf(lead.asOfAt) })
          : ageOf(lead.asOfAt),
      isLate: lead.fresh === 0,
      others: own.slice(1, 1 + othersShown).map(numberOf),
      isRaised,
    }
  }

  function requestsCard(view: VitalGroupView): VitalCardView {
    const counts = countRequests(incidents.open, link.nowAt)
    const name = (key: string, word: string, value: number | null, unit: string): VitalNumber => ({
      key,
      name: word,
      value: value === null ? null : format.count(value),
      unit,
      level: null,
      isAbnormal: false,
    })
    const isKnown = link.rev > 0
    return {
      group: view.group,
      title: term(vitalGroupNames[view.group]),
      lead: name('requests', t('wall.vital.requests'), isKnown ? counts.open : null, t('wall.vital.requestsUnit')),
      where: '',
      normal: '',
      line: null,
      lineLabel: '',
      age: isKnown && link.isLive ? format.age(0) : '',
      isLate: false,
      others: [
        name('overdue', t('wall.vital.overdue'), isKnown ? counts.overdue : null, ''),
        name('hour', t('wall.vital.hour'), isKnown ? counts.lastHour : null, ''),
      ],
      isRaised: false,
    }
  }

  function systemCard(view: VitalGroupView): VitalCardView {
    const { share, silent, isAbnormal } = onlineShare(signs.value)
    const plain = { level: null, isAbnormal: false }
    const delayS = link.dataAgeMs === null ? null : String(Math.round(link.dataAgeMs / 1000))
    const lead = share === null ? null : format.value(Math.floor(share * 1000) / 10, 1)
    return {
      group: view.group,
      title: term(vitalGroupNames[view.group]),
      lead: { key: 'online', name: t('wall.vital.online'), value: lead, unit: '%', level: null, isAbnormal },
      where: '',
      normal: '95–100',
      line: null,
      lineLabel: '',
      age: link.isLive ? format.age(0) : '',
      isLate: false,
      others: [
        {
          key: 'silent',
          name: t('wall.vital.lost'),
          value: silent === null ? null : format.count(silent),
          unit: '',
          ...plain,
        },
        { key: 'delay', name: t('wall.vital.dataAge'), value: delayS, unit: t('wall.vital.seconds'), ...plain },
      ],
      isRaised: isAbnormal,
    }
  }

  return computed(() =>
    vitalGroupViews(signs.value).map((view, index, all) => {
      const isRaised = index < 3 && (view.level !== null || view.excess > 0) && all.length > 0
      if (view.group === 'livelihood' && view.signs.length === 0) return requestsCard(view)
      if (view.group === 'system' && view.signs.length === 0) return systemCard(view)
      return sensorCard(view, isRaised)
    }),
  )
}
