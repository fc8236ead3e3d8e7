/** The caller's unmasked name and number: asked for on purpose, kept in the log by the server, forgotten with the selection. */
import { shallowRef, watch, type Ref } from 'vue'
import type { Incident, Reporter } from '../../../../shared/model/incident.ts'
import { useRemoteStore, type Failure } from '../../stores/remote.ts'

export function useReporter(incident: Ref<Incident | null>, onFailure: (failure: Failure) => void) {
  const remote = useRemoteStore()
  const reporter = shallowRef<string | null>(null)
  watch(
    () => incident.value?.id,
    () => (reporter.value = null),
  )
  return {
    reporter,
    async reveal(): Promise<void> {
      const id = incident.value?.id
      if (id === undefined || incident.value?.reporter === null) return
      const answer = await remote.get<Reporter>(`/incidents/${encodeURIComponent(id)}/reporter`)
      if (incident.value?.id !== id) return
      if (!answer.ok) return onFailure(answer.error)
      const { name, phone, email } = answer.data
      reporter.value = [name, phone, email].filter(Boolean).join(' ') || '—'
    },
  }
}
