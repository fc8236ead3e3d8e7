/** The crew an officer looks at on the map: which way it came, and the map going with it until somebody steers. */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { noTrail, type CrewTrail } from '../../map/crew-trail-layer.ts'
import { trailKeptMs } from '../../stores/crew-trails.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useUnitsStore } from '../../stores/units.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'

export interface CrewWatchOptions {
  /** The case selected: the crew on it is the one meant by the key. */
  readonly incidentId: Ref<string | null>
  /** Goes to a place from near. */
  goTo(at: LonLat): void
  /** Keeps a place in the middle; null = no longer. */
  follow(at: LonLat | null): void
}

export function useCrewWatch({ incidentId, goTo, follow }: CrewWatchOptions) {
  const [units, link] = [useUnitsStore(), useLinkStore()]
  units.keepTrails(true)
  onScopeDispose(() => units.keepTrails(false))
  const unitId = ref<string | null>(null)
  const isFollowing = ref(false)
  /** The key was pressed and there is no crew it could mean. */
  const isNobody = ref(false)

  const unit = computed(() => (unitId.value === null ? null : (units.rows.get(unitId.value) ?? null)))
  const place = computed(() => (unitId.value === null ? null : (units.places.get(unitId.value) ?? null)))
  const at = computed<LonLat | null>(() => (place.value === null ? null : [place.value.lon, place.value.lat]))
  const points = computed(() => (place.value === null ? [] : units.trailOf(place.value.unitId)))
  const trail = computed<CrewTrail>(() =>
    unitId.value === null ? noTrail : { at: at.value, points: points.value, nowAt: link.nowAt, keptMs: trailKeptMs },
  )
  /** Of several crews on the case the one that was heard last. */
  const ofCase = () =>
    units.placed
      .filter(({ unit: one, place: its }) => one.incidentId === incidentId.value && its !== null)
      .sort((a, b) => a.ageMs - b.ageMs)[0]?.unit.id ?? null

  function look(id: string | null): void {
    isNobody.value = false
    if (id !== unitId.value) isFollowing.value = false
    unitId.value = id
  }
  watch(isFollowing, (is) => {
    if (!is) follow(null)
    else if (at.value !== null) goTo(at.value)
  })
  watch([at, isFollowing], () => isFollowing.value && at.value !== null && follow(at.value))
  // The map goes to what is selected next.
  watch(incidentId, () => {
    isFollowing.value = false
    isNobody.value = false
  })
  return {
    unit,
    place,
    trail,
    isFollowing,
    isNobody,
    /** From when on the line tells where it was; null while it has none. */
    sinceAt: computed(() => points.value[0]?.fromAt ?? null),
    hasSilence: computed(() => points.value.some(({ afterSilence }) => afterSilence)),
    look,
    steered: () => (isFollowing.value = false),
    /** Goes with the crew looked at, else with the one on the selected case; a second time ends it. */
    toggle(): void {
      const id = unit.value?.id ?? (incidentId.value === null ? null : ofCase())
      if (id === null) isNobody.value = true
      else {
        const wasFollowing = isFollowing.value
        look(id)
        isFollowing.value = !wasFollowing
      }
    },
  }
}
