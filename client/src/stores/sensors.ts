/**
 * The sensor register and the latest value of each. Values stay outside Vue's reactivity: 12,000 of them move four times a
 * second, so readers watch `valuesVersion` (once a picture) and look up what they draw.
 */
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, triggerRef } from 'vue'
import type { SensorId } from '../../../shared/model/ids.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import type { Page } from '../../../shared/contract/http.ts'
import { isOfDrill } from '../../../shared/model/reading.ts'
import type { TableChange } from './table.ts'
import { useRemoteStore, type Failure } from './remote.ts'

export interface LatestValue {
  readonly value: number
  readonly phenomenonAt: number
  readonly quality: number
}
/** No value after this many intervals = late. */
const lateAfterIntervals = 3

export const useSensorsStore = defineStore('sensors', () => {
  const remote = useRemoteStore()
  const register = shallowRef(new Map<SensorId, Sensor>())
  // Raw: a reader that looks up every sensor must not pass a proxy for each.
  const latest = markRaw(new Map<SensorId, LatestValue>())
  const valuesVersion = ref(0)
  const isLoaded = ref(false)
  let loading = 0
  /** Was a value of a drill among them? */
  let hasDrill = false

  const intervalOf = (sensor: Sensor) => sensor.intervalMs || sensorKind(sensor.kind).intervalMs

  return {
    register,
    valuesVersion,
    isLoaded,
    list: computed<readonly Sensor[]>(() => [...register.value.values()]),
    count: computed(() => register.value.size),
    get: (id: SensorId): Sensor | undefined => register.value.get(id),
    /** The same map all along. Read `valuesVersion` beside it to be told of news. */
    latest: latest as ReadonlyMap<SensorId, LatestValue>,
    latestOf: (id: SensorId): LatestValue | undefined => latest.get(id),
    eachLatest(visit: (id: SensorId, latest: LatestValue) => void): void {
      for (const [id, value] of latest) visit(id, value)
    },
    /** Sensors that have been silent for too long, by this clock; also those that never spoke. */
    late(nowAt: number): Set<SensorId> {
      const late = new Set<SensorId>()
      for (const sensor of register.value.values()) {
        const value = latest.get(sensor.id)
        if (value === undefined || nowAt - value.phenomenonAt > lateAfterIntervals * intervalOf(sensor))
          late.add(sensor.id)
      }
      return late
    },
    setValues(values: ReadonlyMap<SensorId, LatestValue>): void {
      if (values.size === 0) return
      for (const [id, value] of values) {
        const known = latest.get(id)
        // A drill's value stands before the real one, and gives way to it, whichever is older.
        const isOtherKind = known !== undefined && isOfDrill(known.quality) !== isOfDrill(value.quality)
        if (known === undefined || isOtherKind || known.phenomenonAt <= value.phenomenonAt) latest.set(id, value)
        hasDrill ||= isOfDrill(value.quality)
      }
      valuesVersion.value += 1
    },
    /** No drill runs: what one said is nobody's value any more. */
    forgetDrill(): void {
      if (!hasDrill) return
      hasDrill = false
      for (const [id, value] of latest) if (isOfDrill(value.quality)) latest.delete(id)
      valuesVersion.value += 1
    },
    apply(changes: readonly TableChange<Sensor>[]): void {
      if (changes.length === 0) return
      for (const { id, row } of changes) {
        if (row === null) {
          register.value.delete(Number(id))
          latest.delete(Number(id))
        } else register.value.set(row.id, row)
      }
      triggerRef(register)
    },
    /** Fetches the whole register, page by page, and shows it at once. */
    async load(): Promise<Failure | null> {
      const turn = (loading += 1)
      const rows: Sensor[] = []
      let cursor: string | null = null
      do {
        const page: Awaited<ReturnType<typeof remote.get<Page<Sensor>>>> = await remote.get<Page<Sensor>>('/sensors', {
          limit: 500,
          cursor,
        })
        if (turn !== loading) return null
        if (!page.ok) return page.error
        rows.push(...page.data.items)
        cursor = page.data.next
      } while (cursor !== null)
      for (const row of rows) register.value.set(row.id, row)
      triggerRef(register)
      isLoaded.value = true
      return null
    },
    clear(): void {
      loading += 1
      register.value = new Map()
      latest.clear()
      isLoaded.value = false
      valuesVersion.value += 1
    },
  }
})
