/** The pictures under the desk's map: where cases were, and districts by what is open, what is late, or how much was in time. */
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
import { usePreferencesStore } from '../../stores/preferences.ts'
import { isInKpi } from '../../../../shared/model/incident.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { caseLimitOf, stageLimitOf, timelinessOf } from './desk-clock.ts'

const nowhere: readonly LonLat[] = []
const unfilled: ReadonlyMap<string, number> = new Map()
/** Lateness moves with the clock: counted so often. */
const countEveryMs = 10_000

export function useMapTopics() {
  const [preferences, city, link] = [usePreferencesStore(), useCityStore(), useLinkStore()]
  const [incidents, heat, onTime] = [useIncidentsStore(), useCaseHeatStore(), useDistrictOnTimeStore()]
  const { t } = useI18n()
  const { time } = useFormat()
  const term = useTerm()

  const shown = computed(() => mapTopics.filter((topic) => preferences.mapTopics.includes(topic)))
  const ofDistricts = computed(() => shown.value.find(isDistrictTopic) ?? null)
  const countedAt = computed(() => Math.floor(link.nowAt / countEveryMs) * countEveryMs)
  watch(
    () => [link.nowAt, shown.value] as const,
    () => {
      if (shown.value.includes('heat')) void heat.renew()
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
  const values = computed(() => (ofDistricts.value === 'onTime' ? onTime.rates : counts.value))
  const fill = computed(() => (ofDistricts.value === null ? unfilled : fillOf(ofDistricts.value, values.value)))
  const said = (at: number | null) => (at === null ? undefined : t('map.topicAt', { time: time(at, city.timeZone) }))

  return {
    shown,
    fill,
    heat: computed(() => (shown.value.includes('heat') ? heat.places : nowhere)),
    asOf: computed<Partial<Record<MapTopic, string>>>(() => {
      const live = said(countedAt.value) ?? ''
      const [ofHeat, ofRates] = [said(heat.asOfAt), said(onTime.asOfAt)]
      return {
        open: live,
        overdue: live,
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
