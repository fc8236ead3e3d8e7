/**
 * What the duty page reads and asks for: read again when the row of duty says that something is new, never on a timer. A refusal stands in
 * `failure` until the next act.
 */
import { computed, shallowRef, watch } from 'vue'
import type { DutyNowAnswer, RosterAnswer } from '../../../../shared/contract/duty.ts'
import type { Page } from '../../../../shared/contract/http.ts'
import type { DutyEntry, DutyEntryKind, HandOver } from '../../../../shared/model/duty.ts'
import { useCommandsStore } from '../../stores/commands.ts'
import { useDutyStore } from '../../stores/duty.ts'
import { useRemoteStore, type Draft, type Failure } from '../../stores/remote.ts'
import { useSessionStore } from '../../stores/session.ts'

const subject = 'duty'
export const logFilters = ['all', 'note', 'call', 'system', 'hand-over', 'attendance'] as const
export type LogFilter = (typeof logFilters)[number]

export function useDuty() {
  const [commands, duty, remote, session] = [useCommandsStore(), useDutyStore(), useRemoteStore(), useSessionStore()]
  const now = shallowRef<DutyNowAnswer | null>(null)
  const roster = shallowRef<RosterAnswer | null>(null)
  const entries = shallowRef<readonly DutyEntry[]>([])
  const sheets = shallowRef<readonly HandOver[]>([])
  const failure = shallowRef<Failure | null>(null)
  const shiftId = shallowRef<string | null>(null)
  const filter = shallowRef<LogFilter>('all')
  /** Only the last question's answer counts. */
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const kind: DutyEntryKind | undefined = filter.value === 'all' ? undefined : filter.value
    const query = { shift: shiftId.value ?? duty.shift.id, kind, limit: 500 }
    const [present, lines, older] = await Promise.all([
      remote.get<DutyNowAnswer>('/duty/now'),
      remote.get<Page<DutyEntry>>('/duty/log', query),
      remote.get<Page<HandOver>>('/duty/hand-overs', { limit: 30 }),
    ])
    if (mine !== asked) return
    if (present.ok) now.value = present.data
    if (lines.ok) entries.value = lines.data.items
    if (older.ok) sheets.value = older.data.items
    for (const answer of [present, lines, older]) if (!answer.ok) failure.value = answer.error
  }
  async function loadRoster(): Promise<void> {
    const answer = await remote.get<RosterAnswer>('/duty/roster', { days: 14 })
    if (answer.ok) roster.value = answer.data
    else failure.value = answer.error
  }

  watch([() => duty.now?.version ?? 0, () => duty.shift.id, shiftId, filter], () => void load(), { immediate: true })
  watch([() => duty.now?.shift.id, () => duty.now?.changesAsked], () => void loadRoster(), { immediate: true })

  const name = computed(() => session.session?.username ?? '')
  const handOver = computed(() => now.value?.handOver ?? null)
  const holder = computed(() => duty.now?.console?.by ?? null)
  return {
    ...{ now, roster, entries, sheets, failure, shiftId, filter, handOver, holder, name },
    isChief: computed(() => session.role === 'chief'),
    isManager: computed(() => session.role === 'manager'),
    isOfficer: computed(() => session.role === 'chief' || session.role === 'duty'),
    /** May sign on, sign off and answer a roll call. */
    isOfHall: computed(() => session.role === 'chief' || session.role === 'duty' || session.role === 'manager'),
    isHolder: computed(() => holder.value !== null && holder.value === name.value),
    isBusy: computed(() => commands.isPending(subject)),
    /** Another shift's log (null = this one's), or lines of one kind. */
    show(next: { readonly shiftId?: string | null; readonly filter?: LogFilter }): void {
      if (next.shiftId !== undefined) shiftId.value = next.shiftId
      if (next.filter !== undefined) filter.value = next.filter
    },
    /** Sends it; true where it was done. */
    async act(draft: Draft): Promise<boolean> {
      failure.value = null
      const outcome = await commands.submit(subject, draft)
      if (!outcome.ok) failure.value = outcome.error
      if (outcome.ok) await Promise.all([load(), draft.type === 'duty.approve-change' ? loadRoster() : null])
      return outcome.ok
    },
  }
}
export type Duty = ReturnType<typeof useDuty>
