/**
 * Sensors round a place, asked of the server when somebody looks there: the register of a large city is no page's to hold. A part that does
 * not come is asked for again, and what is there already stays.
 */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Page } from '../../../shared/contract/http.ts'
import { boxAround, type LonLat } from '../../../shared/model/geo.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { useRemoteStore, type Answer } from './remote.ts'

const pageRows = 500
const longestWaitMs = 15_000

export const useSensorsNearStore = defineStore('sensors-near', () => {
  const remote = useRemoteStore()
  const list = shallowRef<readonly Sensor[]>([])
  let turn: symbol | null = null

  function clear(): void {
    turn = null
    list.value = []
  }
  return {
    list,
    clear,
    /** All within a box that holds the circle; resolves when they are there, or when somebody looks elsewhere. */
    async look(centre: LonLat, radiusM: number): Promise<void> {
      clear()
      const own = (turn = Symbol('look'))
      const bbox = boxAround(centre, radiusM).join()
      let cursor: string | null = null
      let waitMs = 1_000
      do {
        const page: Answer<Page<Sensor>> = await remote.get<Page<Sensor>>('/sensors', { bbox, limit: pageRows, cursor })
        if (turn !== own) return
        if (page.ok) {
          list.value = [...list.value, ...page.data.items]
          cursor = page.data.next
          if (cursor === null) return
          continue
        }
        await new Promise((resolve) => setTimeout(resolve, waitMs))
        waitMs = Math.min(longestWaitMs, 2 * waitMs)
      } while (turn === own)
    },
  }
})
