/** The last act that can still be taken back, and for how long. One at a time: whatever is done next takes its place. */
import { onScopeDispose, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useTerm } from '../../composables/use-term.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import type { Draft } from '../../stores/remote.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { undoOf, undoWithinMs, type Undo } from './undo.ts'

interface Offered extends Undo {
  readonly subject: string
  /** What was done, in words. */
  readonly done: string
}

export function useUndo() {
  const { t } = useI18n()
  const term = useTerm()
  const [alarms, incidents] = [useAlarmsStore(), useIncidentsStore()]
  const offered = shallowRef<Offered | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  function forget(): void {
    clearTimeout(timer)
    offered.value = null
  }
  onScopeDispose(forget)

  return {
    offered,
    /** Remembers what takes this act back; answers its words for the toast, null where nothing does. */
    offer(subject: string, draft: Draft, done: string, before: Incident | null): string | null {
      forget()
      const undo = undoOf(draft, before)
      if (undo === null) return null
      offered.value = { ...undo, subject, done }
      timer = setTimeout(forget, undoWithinMs)
      return t('desk.undo.offer', { verb: term(undo.name), n: undoWithinMs / 1000 })
    },
    /** Takes it off the table: what is to be sent, or why it is too late. */
    take():
      { readonly subject: string; readonly draft: Draft; readonly words: string } | { readonly late: string } | null {
      const last = offered.value
      if (last === null) return null
      forget()
      const draft = last.draft({
        incident: (id) => incidents.rows.get(id),
        alarm: (id) => alarms.rows.get(id),
        reason: t('desk.undo.reason'),
      })
      if (draft === null) return { late: t('desk.undo.late', { done: last.done }) }
      return { subject: last.subject, draft, words: t('desk.undo.done', { done: last.done, verb: term(last.name) }) }
    },
  }
}
