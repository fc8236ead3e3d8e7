/**
 * The latest value of each sensor the page watches: of the kinds its route names. Values stay outside Vue's reactivity, since they move four
 * times a second: readers watch `valuesVersion` (once a picture) or the clock, and look up what they draw.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { SensorId } from '../../../shared/model/ids.ts'
import { isOfDrill } from '../../../shared/model/reading.ts'

export interface LatestValue {
  readonly value: number
  readonly phenomenonAt: number
  readonly quality: number
}

export const useSensorsStore = defineStore('sensors', () => {
  const latest = new Map<SensorId, LatestValue>()
  const valuesVersion = ref(0)
  /** Was a value of a drill among them? */
  let hasDrill = false

  return {
    valuesVersion,
    latestOf: (id: SensorId): LatestValue | undefined => latest.get(id),
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
    /** Another page may watch others, another account see others. */
    clear(): void {
      latest.clear()
      hasDrill = false
      valuesVersion.value += 1
    },
  }
})
