/** The last 24 hours of the few sensors a scene shows, one question at a time; a sensor no longer shown is forgotten. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { ObservationsAnswer } from '../../../../shared/contract/http.ts'
import type { SensorId } from '../../../../shared/model/ids.ts'
import type { VitalLine } from '../../components/wall/vital-card.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore } from '../../stores/remote.ts'
import { thinned } from './use-vital-lines.ts'

const dayMs = 86_400_000
const renewMs = 5 * 60_000

export function useSensorLines(shown: () => readonly SensorId[]): ShallowRef<ReadonlyMap<SensorId, VitalLine>> {
  const [remote, link] = [useRemoteStore(), useLinkStore()]
  const lines = shallowRef<ReadonlyMap<SensorId, VitalLine>>(new Map())
  const askedAt = new Map<SensorId, number>()
  let isBusy = false
  let isGone = false
  onScopeDispose(() => (isGone = true))

  async function ask(id: SensorId, toAt: number): Promise<void> {
    const fromAt = toAt - dayMs
    const answer = await remote.get<ObservationsAnswer>(`/sensors/${id}/observations`, {
      from: new Date(fromAt).toISOString(),
      to: new Date(toAt).toISOString(),
      bucket: 'minute',
      limit: 1440,
    })
    if (!answer.ok || isGone) return
    const kept = new Set(shown())
    const next = new Map([...lines.value].filter(([known]) => kept.has(known)))
    next.set(id, { ...thinned(answer.data, fromAt, toAt), normal: null, fromAt, toAt })
    lines.value = next
  }

  watch(
    () => link.nowAt,
    async (nowAt) => {
      if (isBusy || !link.isLive) return
      const due = shown().find((id) => nowAt - (askedAt.get(id) ?? -Infinity) >= renewMs)
      if (due === undefined) return
      isBusy = true
      for (const [id, at] of askedAt) if (nowAt - at >= renewMs) askedAt.delete(id)
      askedAt.set(due, nowAt)
      await ask(due, nowAt)
      isBusy = false
    },
    { immediate: true },
  )
  return lines
}
