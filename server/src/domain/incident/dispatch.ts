/**
 * May this crew be sent, and how long will it take? One crew is on one case at most: whoever asks second is told who
 * has it and since when.
 */
import type { Assignment, Incident } from '../../../../shared/model/incident.ts'
import { primaryStatusOf } from '../../../../shared/model/unit.ts'
import type { Context, Decision } from '../context.ts'
import { notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { activeAssignment } from './assignments.ts'

/** `taken`: is it on a case? `fit`: is there such a crew, and is it on duty? Null = nothing against it. */
export function checkDispatch(state: CityState, unitId: string, question: 'taken' | 'fit'): Decision | null {
  const unit = state.units.get(unitId)
  if (question === 'fit') {
    if (unit === undefined) return notFound('unit', unitId)
    if (primaryStatusOf(unit) !== 'NotAvailable') return null
    const why = unit.blockedBy === undefined ? unit.status : `blocked: its crew is out with ${unit.blockedBy}`
    return refused('NOT_ALLOWED', `${unitId} is ${why}`, { unitId, status: unit.status })
  }
  // Its people may be out with another vehicle of theirs.
  const holder = unit?.blockedBy === undefined ? unit : state.units.get(unit.blockedBy)
  if (holder === undefined || holder.incidentId === null) return null
  // A crew and its case say the same of one another.
  const incident = state.incidents.get(holder.incidentId) as Incident
  const assignment = activeAssignment(incident, holder.id) as Assignment
  const who = holder.id === unitId ? unitId : `${unitId}'s crew, with ${holder.id},`
  return refused('UNIT_TAKEN', `${who} is on case ${holder.incidentId}`, {
    unitId,
    incidentId: holder.incidentId,
    by: assignment.dispatchedBy,
    since: assignment.dispatchedAt,
    ...(holder.id === unitId ? {} : { withUnitId: holder.id }),
  })
}

/** Travel seconds foreseen, from the last fix or the station; null where either end is unknown. */
export function etaOf(state: CityState, incident: Incident, unitId: string, context: Context): number | null {
  const from = context.fixOf(unitId)?.position ?? state.units.get(unitId)?.station ?? null
  if (from === null || incident.position === null) return null
  return Math.round(context.travel(from, incident.position).seconds)
}
