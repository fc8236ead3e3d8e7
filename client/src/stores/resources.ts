/** What lies ready round a case, as the city's pack has it: read once, when it is first looked for. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Page } from '../../../shared/contract/http.ts'
import type { CityResource } from '../../../shared/model/resource.ts'
import { useRemoteStore } from './remote.ts'

export const useResourcesStore = defineStore('resources', () => {
  const remote = useRemoteStore()
  const list = shallowRef<readonly CityResource[]>([])
  let state: 'none' | 'asked' | 'there' = 'none'
  return {
    list,
    /** A first call that finds no answer is made good by the next. */
    async load(): Promise<void> {
      if (state !== 'none') return
      state = 'asked'
      const answer = await remote.get<Page<CityResource>>('/resources')
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
