/** Where the cases of the last day were; asked for seldom, and only while somebody looks at them. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Page } from '../../../shared/contract/http.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { useLinkStore } from './link.ts'
import { useRemoteStore } from './remote.ts'

const dayMs = 86_400_000
const againMs = 5 * 60_000
/** Of 500 cases: more are no other picture. */
const mostPages = 4

export const useCaseHeatStore = defineStore('case-heat', () => {
  const [remote, link] = [useRemoteStore(), useLinkStore()]
  const places = shallowRef<readonly LonLat[]>([])
  /** When these were asked for; null before the first answer. */
  const asOfAt = ref<number | null>(null)
  let askedAt = -Infinity
  let isBusy = false

  async function ask(nowAt: number): Promise<void> {
    const from = new Date(nowAt - dayMs).toISOString()
    const found: LonLat[] = []
    let cursor: string | null = null
    for (let page = 0; page < mostPages; page++) {
      const answer: Awaited<ReturnType<typeof remote.get<Page<Incident>>>> = await remote.get<Page<Incident>>(
        '/incidents',
        { from, located: true, inKpi: true, limit: 500, cursor },
      )
      if (!answer.ok) return
      for (const { position } of answer.data.items) if (position !== null) found.push(position)
      cursor = answer.data.next
      if (cursor === null) break
    }
    // Cleared meanwhile: it is another account's page now.
    if (askedAt !== nowAt) return
    places.value = found
    asOfAt.value = nowAt
  }

  return {
    places,
    asOfAt,
    /** Asks again where that is due: to be called as often as one likes. */
    async renew(): Promise<void> {
      const { nowAt } = link
      if (isBusy || !link.isLive || nowAt - askedAt < againMs) return
      isBusy = true
      askedAt = nowAt
      await ask(nowAt)
      isBusy = false
    },
    /** Another account may see others. */
    clear(): void {
      askedAt = -Infinity
      asOfAt.value = null
      places.value = []
    },
  }
})
