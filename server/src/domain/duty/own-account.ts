/** Who may speak for an officer: where the book names an account, that one alone. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DutyOfficer } from '../../../../shared/model/duty-roster.ts'
import type { Refused } from '../context.ts'
import { refused } from '../context.ts'

/** Null = may. */
export function notTheirs(actor: Actor, officer: DutyOfficer | undefined): Refused | null {
  const account = officer?.account
  if (account === undefined || account === actor.name) return null
  return refused('FORBIDDEN', `${account} signs for ${officer?.id}`, { account })
}
