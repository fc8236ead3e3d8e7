/** The crews on a case, as its row lists them. */
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import { isActiveAssignment, type Assignment, type Incident } from '../../../../shared/model/incident.ts'

/** The crew's running assignment on this case, if any. */
export const activeAssignment = (incident: Incident, unitId: UnitId): Assignment | undefined =>
  incident.assignments.findLast((row) => row.unitId === unitId && isActiveAssignment(row.state))

/** A case that ends by force or with its drill binds nobody: crews still on it are off it. */
export const released = (incident: Incident, reason: string, at: Instant): readonly Assignment[] =>
  incident.assignments.map((row) =>
    isActiveAssignment(row.state) ? { ...row, state: 'recalled', endedAt: at, reason } : row,
  )

/** A crew just sent. */
export const newAssignment = (unitId: UnitId, by: string, etaS: number | null, at: Instant): Assignment => ({
  unitId,
  state: 'dispatched',
  dispatchedBy: by,
  dispatchedAt: at,
  etaS,
  acknowledgedAt: null,
  departedAt: null,
  arrivedAt: null,
  endedAt: null,
  reason: null,
})
