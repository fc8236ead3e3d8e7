/** Stretches of road with a speed sensor: read once, when traffic is first looked at. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Page } from '../../../shared/contract/http.ts'
import type { RoadStretch } from '../../../shared/model/road-flow.ts'
import { useRemoteStore } from './remote.ts'

export const useRoadStretchesStore = defineStore('road-stretches', () => {
  const remote = useRemoteStore()
  const list = shallowRef<readonly RoadStretch[]>([])
  let state: 'none' | 'asked' | 'there' = 'none'
  return {
    list,
    /** A first call that finds no answer is made good by the next. */
    async load(): Promise<void> {
      if (state !== 'none') return
      state = 'asked'
      const answer = await remote.get<Page<RoadStretch>>('/road-stretches')
      state = answer.ok ? 'there' : 'none'
      if (answer.ok) list.value = answer.data.items
    },
    /** Another account may see others. */
    clear(): void {
      state = 'none'
      list.value = []
    },
  }
})
