/**
 * May this person make this move on this case now? Answers with the row of the transition table that allows it, or the
 * refusal. Knows the table; knows no single verb's effects.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Incident, IncidentState, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { Refusal } from '../../../../shared/model/refusal.ts'
import type { Transition } from '../../../../shared/model/transition.ts'
import { incidentTransitions, isActiveAssignment } from '../../../../shared/model/incident.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import { refuse } from '../../../../shared/model/refusal.ts'

type Row = Transition<IncidentState, IncidentVerb>
export type Guarded = { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly refusal: Refusal }
const no = (refusal: Refusal): Guarded => ({ ok: false, refusal })

/** Their own act, or one they may tell for a crew whose terminal is off. */
const isAllowed = ({ roles, relayedBy = [] }: Row, { role: own }: Actor): boolean =>
  [...roles, ...relayedBy].some((role) => role === own)

/** Role, then department or crew: what this person may never do, whatever the case's state. */
export function checkRights(
  incident: Incident,
  verb: IncidentVerb,
  actor: Actor,
  unitId: string | undefined,
): Refusal | null {
  const mayEver = incidentTransitions.some((row) => row.verb === verb && isAllowed(row, actor))
  if (!mayEver) return refuse('FORBIDDEN', `role ${actor.role} may not ${verb}`, { verb })
  if (actor.role === 'crew' && unitId !== undefined && unitId !== actor.unitId)
    return refuse('FORBIDDEN', 'a crew acts for itself only', { unitId })
  const { departmentId } = incident
  if (actor.role === 'dept' && actor.departmentId !== undefined && departmentId !== null) {
    if (actor.departmentId !== departmentId)
      return refuse('FORBIDDEN', 'this case belongs to another department', { departmentId })
  }
  return null
}

/** State and reason: what nobody may do now. */
export function checkMove(incident: Incident, verb: IncidentVerb, actor: Actor, reason: string | undefined): Guarded {
  const row = findTransition(incidentTransitions, incident.state, verb)
  if (row === undefined)
    return no(
      refuse('NOT_ALLOWED', `a case that is ${incident.state} does not ${verb}`, { state: incident.state, verb }),
    )
  if (!isAllowed(row, actor)) return no(refuse('FORBIDDEN', `role ${actor.role} may not ${verb}`, { verb }))
  if (incident.state === 'merged' && verb === 'evaluate' && incident.closedAt === null)
    return no(refuse('NOT_ALLOWED', 'its main case has no result to tell yet', { state: incident.state, verb }))
  if (row.needsReason && (reason === undefined || reason.trim() === ''))
    return no(refuse('INVALID', 'a reason is needed', { fields: [{ field: 'reason', problem: 'a reason is needed' }] }))
  return { ok: true, row }
}

/** Where the row leads. `leaving` is the crew this move takes off the case, if it does. */
export function stateAfter(row: Row, incident: Incident, leaving: string | undefined): IncidentState {
  if (row.to === 'same') return incident.state
  if (!row.whenLast) return row.to
  const stays = incident.assignments.some((one) => one.unitId !== leaving && isActiveAssignment(one.state))
  if (stays) return incident.state
  return row.toWhenDone !== undefined && hasWorkDone(incident) ? row.toWhenDone : row.to
}

/** Has a crew done its work since the case was last sent back? What was done before that was found wanting. */
const hasWorkDone = ({ assignments, finishedAt }: Incident): boolean =>
  assignments.some(({ state, endedAt }) => state === 'done' && (finishedAt === null || (endedAt ?? 0) > finishedAt))
