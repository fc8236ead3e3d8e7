/**
 * 一车组多车: vehicles that share one crew. Only one of them can be out; the others are blocked meanwhile, and free again in the same
 * instant as it is. Follows from the rows alone, so that no way off a case can leave a vehicle blocked.
 */
import type { Unit } from '../../../../shared/model/unit.ts'

/** Does this vehicle have the people? On a case, and while they pack up after it. */
export const holdsCrew = ({ incidentId, status }: Pick<Unit, 'incidentId' | 'status'>): boolean =>
  incidentId !== null || status === 'clearing'

/** The other vehicles of its crew, in the order of their enrolment. */
export const sharingCrew = (units: Iterable<Unit>, { id, staffedBy }: Unit): Unit[] =>
  staffedBy === undefined ? [] : [...units].filter((other) => other.id !== id && other.staffedBy === staffedBy)

/** Rows to replace, now that this one is so: itself and the vehicles of its crew, where who has the people has changed. */
export function reblocked(units: Iterable<Unit>, changed: Unit): Unit[] {
  const group = [changed, ...sharingCrew(units, changed)]
  const out = group.find(holdsCrew)
  return group.flatMap((unit) => {
    const blockedBy = out === undefined || out.id === unit.id ? undefined : out.id
    if (unit.blockedBy === blockedBy) return unit === changed ? unit : []
    const { blockedBy: _freed, ...rest } = unit
    const version = unit === changed ? unit.version : unit.version + 1
    return blockedBy === undefined ? { ...rest, version } : { ...rest, version, blockedBy }
  })
}
