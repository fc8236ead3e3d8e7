/** What is read beside a selected row: timeline, proposals, the sensor's curve. Answers of an earlier choice are thrown away. */
import { shallowRef, watch, type Ref } from 'vue'
import type { ObservationsAnswer, Page, TimelineEntry } from '../../../../shared/contract/http.ts'
import { isOpenState, type Incident } from '../../../../shared/model/incident.ts'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { UnitProposal } from '../../../../shared/model/unit.ts'
import { useRemoteStore } from '../../stores/remote.ts'

const aroundMs = 3_600_000

export function useEvidence(
  incident: Ref<Incident | null>,
  alarm: Ref<Alarm | null>,
  now: () => number,
  mayPropose: () => boolean,
) {
  const remote = useRemoteStore()
  const timeline = shallowRef<readonly (Omit<TimelineEntry, 'at'> & { readonly at: string })[]>([])
  const proposals = shallowRef<readonly UnitProposal[]>([])
  const curve = shallowRef<ObservationsAnswer | null>(null)
  let turn = 0

  watch(
    () => [incident.value?.id, incident.value?.version] as const,
    async ([id], previous) => {
      const mine = (turn += 1)
      if (id !== previous?.[0]) {
        timeline.value = []
        proposals.value = []
      }
      if (id === undefined) return
      const path = `/incidents/${encodeURIComponent(id)}`
      const state = incident.value?.state
      const canDispatch = state !== undefined && isOpenState(state) && incident.value?.position !== null && mayPropose()
      const [events, crews] = await Promise.all([
        remote.get<Page<TimelineEntry>>(`${path}/timeline`),
        canDispatch ? remote.get<Page<UnitProposal>>(`${path}/recommendations`) : null,
      ])
      if (mine !== turn) return
      if (events.ok) timeline.value = events.data.items
      proposals.value = crews?.ok ? crews.data.items : []
    },
    { immediate: true },
  )
  watch(
    () => alarm.value?.id,
    async (id) => {
      curve.value = null
      const of = alarm.value
      if (id === undefined || of === null || of.sensorId === null) return
      const to = Math.min(now(), of.occurredAt + aroundMs)
      const answer = await remote.get<ObservationsAnswer>(`/sensors/${of.sensorId}/observations`, {
        from: new Date(of.occurredAt - aroundMs).toISOString(),
        to: new Date(to + 60_000).toISOString(),
        bucket: 'raw',
      })
      if (alarm.value?.id === id && answer.ok) curve.value = answer.data
    },
    { immediate: true },
  )
  return { timeline, proposals, curve }
}
