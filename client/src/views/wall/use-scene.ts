/**
 * Which scene is on: the one the address names (`?scene=flood`, for a display that shows but one), else what programme, desk and city say of
 * this display. The clock is the server's, so that a display whose own is wrong changes with the others.
 */
import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { zoneOffsetMs } from '../../charts/chart-time.ts'
import { criticalOf } from '../../components/wall/wall-tour.ts'
import type { Wrong } from '../../components/wall/worst-list.ts'
import { customaryProgramme, shownOn, type Shown, type Weekday } from '../../../../shared/model/display.ts'
import { placeOf, type Place } from '../../../../shared/model/display-place.ts'
import { isStricter } from '../../../../shared/model/mode.ts'
import { wallScenes, type WallScene } from '../../../../shared/model/wall-scene.ts'
import { useCityStore } from '../../stores/city.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useModesStore } from '../../stores/modes.ts'
import { useWallsStore } from '../../stores/walls.ts'
import { useWarningsStore } from '../../stores/warnings.ts'

/** Day of the week and minute of the day by the city's clock. */
export function cityMinute(nowAt: number, timeZone: string): { readonly weekday: Weekday; readonly minute: number } {
  const local = new Date(nowAt + zoneOffsetMs(nowAt, timeZone))
  return {
    weekday: (local.getUTCDay() || 7) as Weekday,
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  }
}

export function useScene(worst: ComputedRef<readonly Wrong[]>): {
  readonly shown: ComputedRef<Shown>
  /** This machine's name, as its address says it, and what it stands for. */
  readonly machine: ComputedRef<string | null>
  readonly place: ComputedRef<Place>
} {
  const [city, link, modes, walls, warnings] = [
    useCityStore(),
    useLinkStore(),
    useModesStore(),
    useWallsStore(),
    useWarningsStore(),
  ]
  const route = useRoute()
  const machine = computed(() => {
    const name = route.query['display']
    return typeof name === 'string' && name !== '' ? name : null
  })
  const programme = computed(() => walls.control.programme ?? city.answer?.programme ?? customaryProgramme)
  const place = computed(() => placeOf(programme.value.displays, machine.value))
  const fixed = computed<WallScene | undefined>(() => wallScenes.find((scene) => scene === route.query['scene']))

  const shown = computed<Shown>(() => {
    if (fixed.value !== undefined) return { scene: fixed.value, because: 'usual', hold: null }
    const strictest = modes.city.districts.reduce(
      (best, one) => (isStricter(one.mode, best.mode) ? one : best),
      modes.city as Pick<typeof modes.city, 'mode' | 'effects'>,
    )
    // A drill's case looks like any other on the map, and takes no display from the desk.
    const critical = criticalOf(worst.value, link.nowAt).filter((wrong) => wrong.isUnattended && !wrong.isDrill)
    return shownOn(place.value.display, walls.control, programme.value, {
      nowAt: link.nowAt,
      ...cityMinute(link.nowAt, city.timeZone),
      mode: strictest.mode,
      modeScene: strictest.effects.scene,
      warnings: warnings.inForce.filter(({ exercise }) => !exercise).map(({ colour }) => colour),
      criticalSinceAt: critical[0]?.sinceAt ?? null,
    })
  })
  return { shown, machine, place }
}
