/** What the open cases do not tell: the cases just closed, and where the last day's cases were. Asked for seldom. */
import { onScopeDispose, shallowRef, toRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Page } from '../../../../shared/contract/http.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { useCaseHeatStore } from '../../stores/case-heat.ts'
import { useKpiTodayStore } from '../../stores/kpi-today.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore } from '../../stores/remote.ts'

const dayMs = 86_400_000
const againMs = 4_000

/** Closed cases of this list, the latest first. */
export function latestClosed(incidents: readonly Incident[], nowAt: number, max: number): Incident[] {
  return incidents
    .filter(({ state, closedAt }) => (state === 'closed' || state === 'evaluated') && closedAt !== null)
    .filter(({ closedAt }) => nowAt - (closedAt ?? 0) < dayMs)
    .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0) || (a.id < b.id ? 1 : -1))
    .slice(0, max)
}

/** Null before the first answer: nothing is known then, which is not the same as nothing resolved. */
export function useResolved(max: number): ShallowRef<readonly Incident[] | null> {
  const [remote, link, kpi] = [useRemoteStore(), useLinkStore(), useKpiTodayStore()]
  const resolved = shallowRef<readonly Incident[] | null>(null)
  let askedAt = 0
  let seen: number | null = null
  let isBusy = false
  let isGone = false
  onScopeDispose(() => (isGone = true))

  watch(
    () => [link.nowAt, kpi.today?.closed ?? null] as const,
    async ([nowAt, closed]) => {
      if (isBusy || !link.isLive || nowAt - askedAt < againMs || (askedAt > 0 && closed === seen)) return
      isBusy = true
      askedAt = nowAt
      const answer = await remote.get<Page<Incident>>('/incidents', { state: 'closed,evaluated', limit: 50 })
      isBusy = false
      if (!answer.ok || isGone) return
      seen = closed
      resolved.value = latestClosed(answer.data.items, link.nowAt, max)
    },
    { immediate: true },
  )
  return resolved
}

/** Where the last day's cases were, renewed while the page is open. */
export function useHeat(): Ref<readonly LonLat[]> {
  const [link, heat] = [useLinkStore(), useCaseHeatStore()]
  watch(
    () => link.nowAt,
    () => void heat.renew(),
    { immediate: true },
  )
  return toRef(heat, 'places')
}
