/** Leader and chief on duty as a line says them, and the kind of shift where it is not an ordinary one. */
import { dutyPostNames, rosterKindNames } from '../../../shared/model/duty-roster.ts'
import type { DutyNow } from '../../../shared/model/duty.ts'
import { useTerm } from './use-term.ts'

export interface OnDutyWords {
  readonly people: readonly { readonly post: string; readonly names: string }[]
  readonly note: string
}

export function useOnDutyWords(): (now: DutyNow | null) => OnDutyWords {
  const term = useTerm()
  return (now) => ({
    people: (['leader', 'chief'] as const).flatMap((post) => {
      const names = (now?.onDuty ?? []).filter((one) => one.post === post).map((one) => term(one.name))
      return names.length === 0 ? [] : [{ post: term(dutyPostNames[post]), names: names.join(' ') }]
    }),
    note: now === null || now.kind === 'ordinary' ? '' : term(rosterKindNames[now.kind]),
  })
}
