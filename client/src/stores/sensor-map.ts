/** Sensors as the map draws them: what the map shows, and the marks the server sent for it. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { MapSensors } from '../../../shared/contract/map-sensors.ts'
import type { MapView, SensorMark } from '../../../shared/model/sensor-mark.ts'

export const useSensorMapStore = defineStore('sensor-map', () => {
  const tiles = shallowRef<ReadonlyMap<string, readonly SensorMark[]>>(new Map())
  const view = shallowRef<MapView | null>(null)
  const say = shallowRef<(view: MapView | null) => void>(() => undefined)
  return {
    marks: computed<readonly SensorMark[]>(() => [...tiles.value.values()].flat()),
    attach(own: (view: MapView | null) => void) {
      say.value = own
    },
    /** What the map shows now; null when there is no map any more. */
    look(next: MapView | null): void {
      if (JSON.stringify(next) === JSON.stringify(view.value)) return
      view.value = next
      say.value(next)
    },
    /** To a connection that is new. */
    sayAgain: () => say.value(view.value),
    set({ whole, tiles: sent }: MapSensors): void {
      const next = new Map(whole ? [] : tiles.value)
      for (const { tile, marks } of sent) next.set(tile, marks)
      tiles.value = next
    },
    clear(): void {
      tiles.value = new Map()
    },
  }
})
