/** The desk's map tools: what is hidden, what is measured, and which crews, sensors and resources lie round a place. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { MapTool } from '../../components/map/MapTools.vue'
import {
  areaM2,
  countKinds,
  lengthM,
  within,
  type FoundKind,
  type Resource,
  type RingRadius,
} from '../../components/map/map-measures.ts'
import { layerGroupNames } from '../../map/layer-groups.ts'
import type { Sketch } from '../../map/sketch-layer.ts'
import { useTerm } from '../../composables/use-term.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useResourcesStore } from '../../stores/resources.ts'
import { useSensorsNearStore } from '../../stores/sensors-near.ts'
import { useUnitsStore } from '../../stores/units.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'

/** More than an officer reads. */
const foundShown = 50

export function useMapTools(selectedPlace: Ref<LonLat | null>) {
  const [preferences, units, sensors] = [usePreferencesStore(), useUnitsStore(), useSensorsNearStore()]
  const resourceStore = useResourcesStore()
  const term = useTerm()
  const { t } = useI18n()
  const isOpen = ref(false)
  const tool = ref<MapTool | null>(null)
  const points = shallowRef<readonly LonLat[]>([])
  /** Where somebody clicked; before that the ring lies round what is selected. */
  const clicked = shallowRef<LonLat | null>(null)
  const radius = ref<RingRadius>(1000)
  /** Of what was found, only these; null = all. */
  const kind = ref<FoundKind | null>(null)
  const centre = computed(() => (tool.value === 'ring' ? (clicked.value ?? selectedPlace.value) : null))

  watch([() => centre.value?.join(), radius], () => {
    if (centre.value === null) sensors.clear()
    else void sensors.look(centre.value, radius.value)
  })

  function* resources(): Generator<Resource> {
    for (const { unit, place } of units.placed) {
      const at = place === null ? unit.station : ([place.lon, place.lat] as const)
      if (at !== null && unit.status !== 'off-duty') yield { id: unit.id, kind: 'crew', name: unit.name, at }
    }
    for (const { id, name, position } of sensors.list)
      if (position !== null) yield { id: String(id), kind: 'sensor', name, at: position }
    for (const { id, kind: its, name, nameEn, position } of resourceStore.list)
      yield { id, kind: its, name: term({ zh: name, en: nameEn || name }), at: position }
  }
  const near = computed(() => (centre.value === null ? [] : within(resources(), centre.value, radius.value)))
  const kinds = computed(() => countKinds(near.value))
  // What is wanted may not lie in another ring: then all of it is shown.
  const wanted = computed(() => {
    const some = near.value.filter((one) => one.kind === kind.value)
    return some.length > 0 ? some : near.value
  })
  const measured = computed(() => {
    if (tool.value === 'area') {
      const m2 = areaM2(points.value)
      if (m2 === 0) return ''
      return m2 < 1e6
        ? t('map.squareMetres', { n: Math.round(m2) })
        : t('map.squareKilometres', { n: (m2 / 1e6).toFixed(2) })
    }
    if (points.value.length < 2) return ''
    const m = lengthM(points.value)
    return m < 1000 ? t('map.metres', { n: Math.round(m) }) : t('map.kilometres', { n: (m / 1000).toFixed(2) })
  })
  function choose(next: MapTool | null): void {
    tool.value = next
    points.value = []
    clicked.value = null
    kind.value = null
    if (next === 'ring') void resourceStore.load()
  }
  return {
    isOpen,
    tool,
    radius,
    kind,
    kinds,
    measured,
    /** A click on the map is the tool's. */
    isPlacing: computed(() => isOpen.value && tool.value !== null),
    found: computed(() => wanted.value.slice(0, foundShown)),
    more: computed(() => Math.max(0, wanted.value.length - foundShown)),
    sketch: computed<Sketch>(() => ({
      points: points.value,
      isArea: tool.value === 'area',
      ring: centre.value === null ? null : { at: centre.value, radiusM: radius.value },
    })),
    hidden: computed(() => layerGroupNames.filter((name) => preferences.hiddenLayers.includes(name))),
    toggleLayer: preferences.toggleLayer,
    choose,
    place(at: LonLat): void {
      if (tool.value === 'ring') clicked.value = at
      else points.value = [...points.value, at]
    },
    undo: () => void (points.value = points.value.slice(0, -1)),
    toggle(): void {
      isOpen.value = !isOpen.value
      if (!isOpen.value) choose(null)
    },
  }
}
