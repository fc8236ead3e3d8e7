/** 按期率 of each district over the last seven days, by the instant of closing; asked for seldom, and only while somebody looks at it. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { KpiAnswer } from '../../../shared/contract/http.ts'
import { useLinkStore } from './link.ts'
import { useRemoteStore } from './remote.ts'

const weekMs = 7 * 86_400_000
const againMs = 5 * 60_000

export const useDistrictOnTimeStore = defineStore('district-on-time', () => {
  const [remote, link] = [useRemoteStore(), useLinkStore()]
  /** Share 0 to 1 by district; one that closed nothing is not among them. */
  const rates = shallowRef<ReadonlyMap<string, number>>(new Map())
  /** When these were true; null before the first answer. */
  const asOfAt = ref<number | null>(null)
  let askedAt = -Infinity
  let isBusy = false
  return {
    rates,
    asOfAt,
    /** Asks again where that is due: to be called as often as one likes. */
    async renew(): Promise<void> {
      const { nowAt } = link
      if (isBusy || !link.isLive || nowAt - askedAt < againMs) return
      isBusy = true
      askedAt = nowAt
      const [from, to] = [new Date(nowAt - weekMs).toISOString(), new Date(nowAt).toISOString()]
      const answer = await remote.get<KpiAnswer>('/kpi/groups', { by: 'district', from, to })
      isBusy = false
      // Cleared meanwhile: it is another account's page now.
      if (!answer.ok || askedAt !== nowAt) return
      rates.value = new Map(
        answer.data.rows.flatMap(({ key, closed, onTime }) =>
          typeof key === 'string' && closed > 0 ? [[key, onTime / closed] as const] : [],
        ),
      )
      asOfAt.value = nowAt
    },
    /** Another account may see others. */
    clear(): void {
      askedAt = -Infinity
      asOfAt.value = null
      rates.value = new Map()
    },
  }
})
