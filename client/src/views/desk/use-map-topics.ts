/** The pictures under the desk's map: where cases were, how traffic runs, and districts by what is open, what is late, or how much was in time. */
import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { fillOf, isDistrictTopic, mapTopics, worstFirst, type MapTopic } from '../../components/map/map-topics.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCaseHeatStore } from '../../stores/case-heat.ts'
import { useCityStore } from '../../stores/city.ts'
import { useDistrictOnTimeStore } from '../../stores/district-on-time.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import type { FlowingRoad } from '../../map/road-flow-layer.ts'
import { useRoadStretchesStore } from '../../stores/road-stretches.ts'
import { useSensorsStore } from '../../stores/sensors.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { lateAfterIntervals } from '../../../../shared/model/city-vitals.ts'
import { roadFlowOf, roadFlows } from '../../../../shared/model/road-flow.ts'
import { isInKpi } from '../../../../shared/model/incident.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { caseLimitOf, stageLimitOf, timelinessOf } from './desk-clock.ts'

const nowhere: readonly LonLat[] = []
const unfilled: ReadonlyMap<string, number> = new Map()
const noRoads: readonly FlowingRoad[] = []
/** Lateness moves with the clock: counted so often. */
const countEveryMs = 10_000

export function useMapTopics() {
  const [preferences, city, link] = [usePreferencesStore(), useCityStore(), useLinkStore()]
  const [incidents, heat, onTime] = [useIncidentsStore(), useCaseHeatStore(), useDistrictOnTimeStore()]
  const [stretches, sensors] = [useRoadStretchesStore(), useSensorsStore()]
  const { t } = useI18n()
  const { time, span } = useFormat()
  const term = useTerm()

  const shown = computed(() => mapTopics.filter((topic) => preferences.mapTopics.includes(topic)))
  const ofDistricts = computed(() => shown.value.find(isDistrictTopic) ?? null)
  const countedAt = computed(() => Math.floor(link.nowAt / countEveryMs) * countEveryMs)
  watch(
    () => [link.nowAt, shown.value] as const,
    () => {
      if (shown.value.includes('heat')) void heat.renew()
      if (shown.value.includes('roads')) void stretches.load()
      if (ofDistricts.value === 'onTime') void onTime.renew()
    },
    { immediate: true },
  )
  /** What the queue counts as open and as late, by district. */
  const counts = computed(() => {
    const found = new Map<string, number>()
    const topic = ofDistricts.value
    if (topic !== 'open' && topic !== 'overdue') return found
    for (const { id, level } of city.profile?.divisions ?? []) if (level === 2) found.set(id, 0)
    for (const incident of incidents.open) {
      const { districtId } = incident
      if (districtId === null || !found.has(districtId) || !isInKpi(incident)) continue
      const isLate = [stageLimitOf(incident), caseLimitOf(incident)].some(
        (limit) => timelinessOf(limit, countedAt.value) === 'over',
      )
      if (topic === 'open' || isLate) found.set(districtId, (found.get(districtId) ?? 0) + 1)
    }
    return found
  })
  /** Each stretch by its sensor's last value, and how old that is. */
  const measured = computed(() => {
    if (!shown.value.includes('roads')) return []
    return stretches.list.map(({ sensorId, intervalMs, freeKmh, path }) => {
      const latest = sensors.latestOf(sensorId)
      const ageMs = latest === undefined ? Infinity : countedAt.value - latest.phenomenonAt
      // A speed is known for as long as its sensor is not late.
      const isKnown = latest !== undefined && ageMs <= lateAfterIntervals * intervalMs
      return { path, ageMs, flow: isKnown ? roadFlowOf(latest.value, freeKmh) : null }
    })
  })
  const roadWords = computed(() => {
    if (measured.value.length === 0) return ''
    const count = (flow: FlowingRoad['flow']) => measured.value.filter((road) => road.flow === flow).length
    const known = roadFlows.map((flow) => t(`map.flow.${flow}`, { n: count(flow) }))
    const silent = measured.value.filter(({ flow }) => flow === null).map(({ ageMs }) => ageMs)
    const oldest = Math.max(0, ...silent.filter(Number.isFinite))
    const unknown = t('map.flow.unknown', { n: silent.length })
    const said = oldest > 0 ? [unknown, t('map.flow.oldest', { span: span(oldest) })] : [unknown]
    return [...known, ...(silent.length > 0 ? said : [])].join(t('map.flow.and'))
  })
  const values = computed(() => (ofDistricts.value === 'onTime' ? onTime.rates : counts.value))
  const fill = computed(() => (ofDistricts.value === null ? unfilled : fillOf(ofDistricts.value, values.value)))
  const said = (at: number | null) => (at === null ? undefined : t('map.topicAt', { time: time(at, city.timeZone) }))

  return {
    shown,
    fill,
    roads: computed<readonly FlowingRoad[]>(() => (measured.value.length === 0 ? noRoads : measured.value)),
    roadWords,
    heat: computed(() => (shown.value.includes('heat') ? heat.places : nowhere)),
    asOf: computed<Partial<Record<MapTopic, string>>>(() => {
      const live = said(countedAt.value) ?? ''
      const [ofHeat, ofRates] = [said(heat.asOfAt), said(onTime.asOfAt)]
      return {
        open: live,
        overdue: live,
        ...(stretches.list.length === 0 ? {} : { roads: live }),
        ...(ofHeat === undefined ? {} : { heat: ofHeat }),
        ...(ofRates === undefined ? {} : { onTime: ofRates }),
      }
    }),
    districts: computed(() => {
      const topic = ofDistricts.value
      if (topic === null) return []
      return worstFirst(topic, values.value).map(([id, value]) => ({
        id,
        name: term(city.divisionName(id)) || id,
        value: topic === 'onTime' ? t('map.percent', { n: (value * 100).toFixed(1) }) : t('map.cases', { n: value }),
        share: fill.value.get(id) ?? 0,
      }))
    }),
    toggle(topic: MapTopic): void {
      const others = shown.value.filter((one) => one !== topic && !(isDistrictTopic(topic) && isDistrictTopic(one)))
      preferences.showTopics(
        shown.value.includes(topic) ? shown.value.filter((one) => one !== topic) : [...others, topic],
      )
    },
  }
}
