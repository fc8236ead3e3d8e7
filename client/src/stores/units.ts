/** Crews (state lane) and where they are (telemetry lane): two tables, one store each their writer. */
import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { UnitPlace } from '../../../shared/contract/realtime.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import { fixStaleMs } from '../../../shared/model/unit.ts'
import { makeCrewTrails, trailKeptMs, type TrailPoint } from './crew-trails.ts'
import { useLinkStore } from './link.ts'
import { makeTable } from './table.ts'

export interface PlacedUnit {
  readonly unit: Unit
  /** Null until a first fix. */
  readonly place: UnitPlace | null
  /** Age of the fix; Infinity without one. */
  readonly ageMs: number
}

export const useUnitsStore = defineStore('units', () => {
  const link = useLinkStore()
  const table = makeTable<Unit>()
  const places = shallowRef(new Map<string, UnitPlace>())
  /** A page that shows no trails keeps what a course is told from: a quarter of an hour of 300 crews is megabytes. */
  let keptMs = fixStaleMs
  const trails = makeCrewTrails(() => keptMs)

  return {
    ...table,
    places,
    placeOf: (unitId: string): UnitPlace | undefined => places.value.get(unitId),
    /** Every crew with its place, renewed with the clock. */
    placed: computed<readonly PlacedUnit[]>(() =>
      table.list.value.map((unit) => {
        const place = places.value.get(unit.id) ?? null
        return { unit, place, ageMs: place === null ? Infinity : Math.max(0, link.nowAt - place.fixAt) }
      }),
    ),
    movePlaces(moved: readonly UnitPlace[]): void {
      if (moved.length === 0) return
      for (const place of moved) {
        const known = places.value.get(place.unitId)
        // A late fix never takes a crew back.
        if (known !== undefined && known.fixAt > place.fixAt) continue
        trails.hear(place)
        const headingDeg = place.headingDeg ?? trails.courseOf(place)
        places.value.set(place.unitId, headingDeg === place.headingDeg ? place : { ...place, headingDeg })
      }
      triggerRef(places)
    },
    /** From now on whole trails are kept, or no more than courses need. */
    keepTrails(isWhole: boolean): void {
      keptMs = isWhole ? trailKeptMs : fixStaleMs
    },
    /** Which way it came, oldest first, as this page heard it. Read `places` beside it to be told of news. */
    trailOf: (unitId: string): readonly TrailPoint[] => trails.of(unitId, link.nowAt),
    forgetPlaces(): void {
      trails.forget()
      places.value = new Map()
    },
  }
})
