/**
 * 锁定全部事件: the map shows all open cases of the queue and moves by itself only when there are others than before, and nobody has
 * touched it for a while.
 */
import { computed, ref, watch, type Ref } from 'vue'
import type { BBox, LonLat } from '../../../../shared/model/geo.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { useLinkStore } from '../../stores/link.ts'

/** Who steers is not steered for so long after. */
export const untouchedMs = 15_000

/** All of them; null where none has a place. */
export function boxOf(places: readonly LonLat[]): BBox | null {
  if (places.length === 0) return null
  const [lons, lats] = [places.map(([lon]) => lon), places.map(([, lat]) => lat)]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

export interface ViewLockOptions {
  readonly incidents: Ref<readonly Incident[]>
  /** Shows this box; null = the whole city. */
  fit(box: BBox | null): void
}

export function useViewLock({ incidents, fit }: ViewLockOptions) {
  const link = useLinkStore()
  const isLocked = ref(false)
  const touchedAt = ref(-Infinity)
  const located = computed(() => incidents.value.filter(({ position }) => position !== null))
  const set = computed(() =>
    located.value
      .map(({ id }) => id)
      .sort()
      .join(' '),
  )
  let shown: string | null = null

  function show(): void {
    shown = set.value
    fit(boxOf(located.value.flatMap(({ position }) => (position === null ? [] : [position]))))
  }
  watch(
    () => [isLocked.value, set.value, link.nowAt - touchedAt.value >= untouchedMs] as const,
    ([is, now, isUntouched]) => {
      if (is && now !== shown && isUntouched) show()
    },
  )
  return {
    isLocked,
    /** Somebody moved the map, or asked it to go elsewhere. */
    touched: () => (touchedAt.value = link.nowAt),
    release: () => (isLocked.value = false),
    toggle(): void {
      isLocked.value = !isLocked.value
      shown = null
      touchedAt.value = -Infinity
    },
  }
}
