/**
 * Where a crew stands with a case, and what each act makes of the crew's own status. The two move together or not at all.
 */
import type { AssignmentState, Incident, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { UnitEvent } from '../../../../shared/model/event.ts'
import type { UnitStatus } from '../../../../shared/model/unit.ts'
import type { Decision } from '../context.ts'
import { refused } from '../context.ts'
import { activeAssignment } from './evolve.ts'

interface AssignmentMove {
  /** The assignment states this act starts from. */
  readonly from: readonly AssignmentState[]
  /** The crew's status after it; `available` takes it off the case. */
  readonly status: UnitStatus
}

const active: readonly AssignmentState[] = ['dispatched', 'acknowledged', 'en-route', 'on-scene']

const assignmentMoves: Partial<Record<IncidentVerb, AssignmentMove>> = {
  dispatch: { from: [], status: 'dispatched' },
  acknowledge: { from: ['dispatched'], status: 'acknowledged' },
  depart: { from: ['acknowledged'], status: 'en-route' },
  // A crew that was round the corner has no departure to tell of.
  arrive: { from: ['acknowledged', 'en-route'], status: 'on-scene' },
  finish: { from: ['on-scene'], status: 'available' },
  decline: { from: active, status: 'available' },
  recall: { from: active, status: 'available' },
}

/** A refusal where the crew is not on the case, or not at the point this act starts from; else null. */
export function checkAssignment(incident: Incident, verb: IncidentVerb, unitId: string): Decision | null {
  const move = assignmentMoves[verb]
  if (move === undefined) return null
  const assignment = activeAssignment(incident, unitId)
  if (assignment === undefined)
    return refused('NOT_ALLOWED', `${unitId} is not on this case`, { unitId, verb, state: incident.state })
  if (!move.from.includes(assignment.state))
    return refused('NOT_ALLOWED', `${unitId} is ${assignment.state}`, { unitId, verb, assignment: assignment.state })
  return null
}

export function unitEventOf(verb: IncidentVerb, unitId: string, incidentId: string): UnitEvent | null {
  const move = assignmentMoves[verb]
  if (move === undefined) return null
  const incident = move.status === 'available' ? null : incidentId
  return { type: 'unit.status-set', unitId, status: move.status, incidentId: incident }
}
