/**
 * May this person make this move on this case now? Answers with the row of the transition table that allows it, or the
 * refusal. Knows the table; knows no single verb's effects.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Incident, IncidentState, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { Refusal } from '../../../../shared/model/refusal.ts'
import type { Transition } from '../../../../shared/model/transition.ts'
import { incidentTransitions, isActiveAssignment } from '../../../../shared/model/incident.ts'
import { hindranceOf, hindrances } from '../../../../shared/model/case-gates.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import type { Context } from '../context.ts'

type Row = Transition<IncidentState, IncidentVerb>
export type Guarded = { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly refusal: Refusal }
const no = (refusal: Refusal): Guarded => ({ ok: false, refusal })

/** Their own act, or one they may tell for a crew whose terminal is off. */
const isAllowed = ({ roles, relayedBy = [] }: Row, { role: own }: Actor): boolean =>
  [...roles, ...relayedBy].some((role) => role === own)

/** A crew says these of cases it is, or was, on; what it does with its own assignment is checked there. */
const crewVerbs: ReadonlySet<IncidentVerb> = new Set([
  'answer-verify',
  'request-extension',
  'request-suspension',
  'reply',
  'contact',
])
/** What a department that helps (协办) may do beside the one that leads. */
const helperVerbs: ReadonlySet<IncidentVerb> = new Set([
  'receive-assist',
  'answer-assist',
  'comment',
  'contact',
  'reply',
])

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
  if (actor.role === 'crew' && actor.unitId !== undefined && crewVerbs.has(verb)) {
    const isOn = incident.assignments.some((one) => one.unitId === actor.unitId)
    if (!isOn && incident.verification?.unitId !== actor.unitId)
      return refuse('FORBIDDEN', 'this crew was never on this case', { unitId: actor.unitId })
  }
  const { departmentId, assists = [] } = incident
  if (actor.role === 'dept' && actor.departmentId !== undefined && departmentId !== null) {
    const helps = helperVerbs.has(verb) && assists.some((one) => one.departmentId === actor.departmentId)
    if (actor.departmentId !== departmentId && !helps)
      return refuse('FORBIDDEN', 'this case belongs to another department', { departmentId })
  }
  return null
}

/** State, reason, and what else stands against it: what nobody may do now. Who may do it at all does not depend on the state. */
export function checkMove(
  incident: Incident,
  verb: IncidentVerb,
  reason: string | undefined,
  { now, caseSettings }: Pick<Context, 'now' | 'caseSettings'>,
): Guarded {
  const row = findTransition(incidentTransitions, incident.state, verb)
  if (row === undefined)
    return no(
      refuse('NOT_ALLOWED', `a case that is ${incident.state} does not ${verb}`, { state: incident.state, verb }),
    )
  if (incident.state === 'merged' && (verb === 'evaluate' || verb === 'call-back') && incident.closedAt === null)
    return no(refuse('NOT_ALLOWED', 'its main case has no result to tell yet', { state: incident.state, verb }))
  if (row.needsReason && (reason === undefined || reason.trim() === ''))
    return no(refuse('INVALID', 'a reason is needed', { fields: [{ field: 'reason', problem: 'a reason is needed' }] }))
  const hindrance = hindranceOf(incident, verb, now, caseSettings)
  if (hindrance !== null)
    return no(refuse('NOT_ALLOWED', hindrances[hindrance], { verb, hindrance, state: incident.state }))
  return { ok: true, row }
}

/** Where the row leads. `leaving` is the crew this move takes off the case, if it does. */
export function stateAfter(row: Row, incident: Incident, leaving: string | undefined): IncidentState {
  if (row.to === 'same') return incident.state
  const stays =
    row.whenLast === true && incident.assignments.some((one) => one.unitId !== leaving && isActiveAssignment(one.state))
  if (stays) return incident.state
  if (row.toWhenDone !== undefined && hasWorkDone(incident)) return row.toWhenDone
  return row.toWhenLed !== undefined && incident.lead !== undefined ? row.toWhenLed : row.to
}

/** Has a crew done its work since the case was last sent back? What was done before that was found wanting. */
const hasWorkDone = ({ assignments, finishedAt }: Incident): boolean =>
  assignments.some(
    ({ state, endedAt }) => state === 'done' && (finishedAt === null || (endedAt as number) > finishedAt),
  )
