/** What is read beside a selected row: timeline, proposals, the sensor's curve. Answers of an earlier choice are thrown away. */
import { computed, shallowRef, watch, type Ref } from 'vue'
import type { ObservationsAnswer, Page, TimelineEntry } from '../../../../shared/contract/http.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { isOfDrill } from '../../../../shared/model/reading.ts'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import { primaryStatusOf, type UnitProposal } from '../../../../shared/model/unit.ts'
import { useRemoteStore } from '../../stores/remote.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useUnitsStore } from '../../stores/units.ts'
import { actsOf } from './desk-acts.ts'

const aroundMs = 3_600_000
/** The sensor's values around the alarm; null where it has no sensor. */
export type Curve = ObservationsAnswer | 'reading' | 'failed' | null

/** The curve that raised the alarm: what a drill brought and what is real are never one line. */
function onlyOf(curve: ObservationsAnswer, ofDrill: boolean): ObservationsAnswer {
  const { quality = [], times, values } = curve
  const kept = times.flatMap((_, index) => (isOfDrill(quality[index] ?? 0) === ofDrill ? [index] : []))
  const pick = <T>(column: readonly T[]) => kept.map((index) => column[index] as T)
  return { ...curve, times: pick(times), values: pick(values), quality: pick(quality) }
}

export function useEvidence(incident: Ref<Incident | null>, alarm: Ref<Alarm | null>, now: () => number) {
  const [remote, session, units] = [useRemoteStore(), useSessionStore(), useUnitsStore()]
  const timeline = shallowRef<readonly TimelineEntry[]>([])
  /** What happened could not be read; entries read before stay. */
  const hasTimelineFailed = shallowRef(false)
  const proposed = shallowRef<readonly UnitProposal[]>([])
  const isAskingForCrews = shallowRef(false)
  const curve = shallowRef<Curve>(null)
  let turn = 0

  const canSend = computed(
    () => incident.value !== null && actsOf(incident.value, session.roles).some((act) => act.verb === 'dispatch'),
  )
  /** A crew sent elsewhere since it was proposed is no choice any more. */
  const isFree = (unitId: string) => {
    const unit = units.rows.get(unitId)
    return unit === undefined || primaryStatusOf(unit) !== 'NotAvailable'
  }

  watch(
    () => [incident.value?.id, incident.value?.version] as const,
    async ([id], previous) => {
      const mine = (turn += 1)
      if (id !== previous?.[0]) {
        timeline.value = []
        hasTimelineFailed.value = false
        proposed.value = []
      }
      if (id === undefined) return
      const path = `/incidents/${encodeURIComponent(id)}`
      const asksForCrews = canSend.value && incident.value?.position !== null
      isAskingForCrews.value = asksForCrews
      const [events, crews] = await Promise.all([
        remote.get<Page<TimelineEntry>>(`${path}/timeline`),
        asksForCrews ? remote.get<Page<UnitProposal>>(`${path}/recommendations`) : null,
      ])
      if (mine !== turn) return
      isAskingForCrews.value = false
      hasTimelineFailed.value = !events.ok
      if (events.ok) timeline.value = events.data.items
      proposed.value = crews?.ok ? crews.data.items : []
    },
    { immediate: true },
  )
  watch(
    () => alarm.value?.id,
    async (id) => {
      curve.value = null
      const of = alarm.value
      if (id === undefined || of === null || of.sensorId === null) return
      curve.value = 'reading'
      const to = Math.min(now(), of.occurredAt + aroundMs)
      const answer = await remote.get<ObservationsAnswer>(`/sensors/${of.sensorId}/observations`, {
        from: new Date(of.occurredAt - aroundMs).toISOString(),
        to: new Date(to + 60_000).toISOString(),
        bucket: 'raw',
      })
      if (alarm.value?.id === id) curve.value = answer.ok ? onlyOf(answer.data, of.drill) : 'failed'
    },
    { immediate: true },
  )
  return {
    timeline,
    hasTimelineFailed,
    curve,
    canSend,
    isAskingForCrews,
    proposals: computed(() => proposed.value.filter((one) => isFree(one.unitId))),
  }
}
