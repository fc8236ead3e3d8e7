/** What stays as it was must cost nothing: the same minutes are the same chart, the same seconds the same late sensors. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useSensorsStore } from '../../../client/src/stores/sensors.ts'
import { useStaleSensors } from '../../../client/src/views/wall/use-stale-sensors.ts'
import { noon, sampleSensor } from '../../support/sample-rows.ts'

beforeEach(() => setActivePinia(createPinia()))

describe('late sensors', () => {
  it('are looked through once in five seconds of the server’s clock, not with each of its ticks', async () => {
    const [link, sensors] = [useLinkStore(), useSensorsStore()]
    const row = sampleSensor(1, { intervalMs: 1000 })
    sensors.apply([{ id: '1', row }])
    sensors.setValues(new Map([[1, { value: 1, phenomenonAt: noon, quality: 0 }]]))
    link.tick(noon)
    link.setLamp('live', false)
    const scope = effectScope()
    const stale = scope.run(() => useStaleSensors())
    const looked = new Set<unknown>()
    for (let second = 0; second < 10; second++) {
      link.tick(noon + second * 1000)
      await nextTick()
      looked.add(stale?.value)
    }
    expect(looked.size).toBe(2)
    expect([...(stale?.value ?? [])]).toEqual([1])
    scope.stop()
  })
  it('are those silent for three intervals, and those that never spoke', () => {
    const sensors = useSensorsStore()
    for (const id of [1, 2]) sensors.apply([{ id: String(id), row: sampleSensor(id, { intervalMs: 1000 }) }])
    sensors.setValues(new Map([[1, { value: 1, phenomenonAt: noon, quality: 0 }]]))
    expect([...sensors.late(noon + 3000)]).toEqual([2])
    expect([...sensors.late(noon + 3001)]).toEqual([1, 2])
  })
})
