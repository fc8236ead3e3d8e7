/** Who moves the desk's map: a person by hand, the row selected, the crew followed, or all open cases of the queue; never two of them at once. */
import { computed, type Ref } from 'vue'
import { useCityStore } from '../../stores/city.ts'
import type { BBox, LonLat } from '../../../../shared/model/geo.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { useCrewWatch } from './use-crew-watch.ts'
import { useViewLock } from './use-view-lock.ts'

/** Zoom at which a street and its crews are seen. */
const closeZoom = 15

/** What a map is asked to do. */
export interface MapInUse {
  focus(at: LonLat, zoom?: number): void
  fit(bbox: BBox): void
  follow(at: LonLat | null): void
  centre(): LonLat
}

export function useMapMoves(options: {
  /** Null while there is no map. */
  readonly map: Readonly<Ref<MapInUse | null>>
  readonly queued: Ref<readonly Incident[]>
  readonly incident: Ref<Incident | null>
}) {
  const { map, queued, incident } = options
  const city = useCityStore()
  const lock = useViewLock({ incidents: queued, fit: (box) => map.value?.fit(box ?? city.bbox) })
  const watched = useCrewWatch({
    incidentId: computed(() => incident.value?.id ?? null),
    goTo: (at) => map.value?.focus(at, closeZoom),
    follow: (at) => map.value?.follow(at),
  })
  return {
    isLocked: lock.isLocked,
    watched,
    /** Goes where somebody wants to look. */
    go(at: LonLat): void {
      lock.touched()
      watched.steered()
      map.value?.focus(at, closeZoom)
    },
    /** Somebody moves the map by hand. */
    steered(): void {
      lock.touched()
      watched.steered()
    },
    toggleFollow(): void {
      lock.release()
      watched.toggle()
    },
    toggleLock(): void {
      watched.steered()
      lock.toggle()
    },
  }
}
