/**
 * The one row the desk is about. What is open comes from the stores and moves with them; what has ended is asked for once, so that a
 * case just closed can still be read and evaluated.
 */
import { computed, shallowRef, watch } from 'vue'
import { useAlarmGroupsStore } from '../../stores/alarm-groups.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useCommandsStore } from '../../stores/commands.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useRemoteStore } from '../../stores/remote.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { alarmKey, incidentKey } from './desk-queue.ts'

export function useDeskSelection() {
  const [alarms, groups, incidents] = [useAlarmsStore(), useAlarmGroupsStore(), useIncidentsStore()]
  const [commands, remote] = [useCommandsStore(), useRemoteStore()]
  /** Key of its row in the queue. */
  const selected = shallowRef<string | null>(null)
  const ended = shallowRef<Incident | null>(null)
  const idAfter = (kind: string) =>
    selected.value?.startsWith(`${kind} `) === true ? selected.value.slice(kind.length + 1) : null
  const incidentId = computed(() => idAfter('incident'))
  const open = computed(() => (incidentId.value === null ? null : (incidents.rows.get(incidentId.value) ?? null)))
  const incident = computed(() => open.value ?? (ended.value?.id === incidentId.value ? ended.value : null))
  const alarm = computed(() => {
    const id = idAfter('alarm')
    if (id !== null) return alarms.rows.get(id) ?? null
    return incident.value?.alarmIds.map((one) => alarms.rows.get(one)).find((one) => one !== undefined) ?? null
  })

  const cluster = computed(() => groups.rows.get(idAfter('cluster') ?? '') ?? null)

  // Asked for when it leaves the stores, and again after each act of our own: an ended case moves by nothing else.
  const isActing = computed(() => incidentId.value !== null && commands.isPending(incidentId.value))
  watch(
    () => [incidentId.value, open.value, isActing.value] as const,
    async ([id, row], [lastId, lastRow]) => {
      if (id === null || row !== null || isActing.value) return
      if (id === lastId && lastRow !== null) ended.value = lastRow
      const answer = await remote.get<Incident>(`/incidents/${encodeURIComponent(id)}`)
      if (answer.ok && incidentId.value === id) ended.value = answer.data
    },
  )

  const selectIncident = (id: string) => (selected.value = incidentKey(id))
  return {
    selected,
    incident,
    alarm,
    /** The group of alarms that is selected as one. */
    cluster,
    /** Something is selected that this account cannot see, or that is no more. */
    isGone: computed(
      () => selected.value !== null && incident.value === null && alarm.value === null && cluster.value === null,
    ),
    selectIncident,
    selectSensor(id: number): void {
      const found = alarms.bySensor.get(id)
      if (found === undefined) return
      if (found.incidentId === null) selected.value = alarmKey(found.id)
      else selectIncident(found.incidentId)
    },
  }
}
