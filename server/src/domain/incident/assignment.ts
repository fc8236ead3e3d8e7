/**
 * Where a crew stands with a case, and what each act makes of the crew's own status. The two move together or not at all.
 */
import type { Incident, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { UnitEvent } from '../../../../shared/model/event.ts'
import { statusesBefore, unitTransitions } from '../../../../shared/model/unit-transitions.ts'
import type { Decision } from '../context.ts'
import { refused } from '../context.ts'
import { activeAssignment } from './assignments.ts'
import type { Telling } from './telling.ts'

const ends: readonly IncidentVerb[] = ['finish', 'decline', 'recall']

/** A refusal where the crew is not on the case, or not at the point this act starts from; else null. */
export function checkAssignment(incident: Incident, verb: IncidentVerb, unitId: string): Decision | null {
  const from = statusesBefore(verb)
  if (verb === 'dispatch' || verb === 'send-back' || (from.length === 0 && verb !== 'control')) return null
  const assignment = activeAssignment(incident, unitId)
  if (assignment === undefined)
    return refused('NOT_ALLOWED', `${unitId} is not on this case`, { unitId, verb, state: incident.state })
  if (from.length > 0 && !(from as readonly string[]).includes(assignment.state))
    return refused('NOT_ALLOWED', `${unitId} is ${assignment.state}`, { unitId, verb, assignment: assignment.state })
  return null
}

/**
 * What the act makes of the crew's own status; null where it leaves it alone. `isClearing`: its work is done, but it has to pack up before
 * it is free.
 */
export function unitEventOf(
  verb: IncidentVerb,
  unitId: string,
  incidentId: string,
  telling: Telling = {},
  isClearing = false,
): UnitEvent | null {
  const rows = unitTransitions.filter(({ follows }) => follows?.includes(verb))
  const row = rows.find(({ to }) => (to === 'clearing') === isClearing) ?? rows[0]
  if (row === undefined) return null
  return {
    type: 'unit.status-set',
    unitId,
    status: row.to,
    incidentId: ends.includes(verb) ? null : incidentId,
    ...telling,
    ...(row.to === 'clearing' ? { clearingFrom: incidentId } : {}),
  }
}
