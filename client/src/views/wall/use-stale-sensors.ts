/** Sensors that have been silent for too long, looked through every few seconds: being late is slow; and at once when it can first be known. */
import { shallowRef, watch, type ShallowRef } from 'vue'
import type { SensorId } from '../../../../shared/model/ids.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useSensorsStore } from '../../stores/sensors.ts'

const everyMs = 5_000

export function useStaleSensors(): ShallowRef<ReadonlySet<SensorId>> {
  const [sensors, link] = [useSensorsStore(), useLinkStore()]
  const stale = shallowRef<ReadonlySet<SensorId>>(new Set())
  watch(
    // Sources one by one: an array made anew would be another one each second.
    [
      () => Math.floor(link.nowAt / everyMs),
      () => sensors.isLoaded,
      () => link.isLive,
      () => sensors.valuesVersion > 0,
    ],
    () => {
      // Our own silence says nothing about theirs.
      if (!link.isLive) return
      stale.value = sensors.late(link.nowAt)
    },
    { immediate: true },
  )
  return stale
}
