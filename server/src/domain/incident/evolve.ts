/**
 * The fold of one case: each event makes a new row, one version up. Knows nothing of what is allowed; that was decided
 * before the event was written.
 */
import type { IncidentEvent } from '../../../../shared/model/event.ts'
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import type { Assignment, Incident } from '../../../../shared/model/incident.ts'
import { isActiveAssignment } from '../../../../shared/model/incident.ts'
import { evolveMerge } from './evolve-merge.ts'

export type IncidentMove = Exclude<IncidentEvent, { type: 'incident.reported' }>

/** The crew's running assignment on this case, if any. */
export const activeAssignment = (incident: Incident, unitId: UnitId): Assignment | undefined =>
  incident.assignments.findLast((row) => row.unitId === unitId && isActiveAssignment(row.state))

function assign(incident: Incident, unitId: UnitId, change: Partial<Assignment>): readonly Assignment[] {
  const active = activeAssignment(incident, unitId)
  return incident.assignments.map((row) => (row === active ? { ...row, ...change } : row))
}

/** The crew whose work is done here is free again. */
const cleared = (incident: Incident, unitId: UnitId, at: Instant): readonly Assignment[] =>
  incident.assignments.map((row) => {
    if (row.unitId !== unitId || row.clearing !== true) return row
    const { clearing: _over, ...rest } = row
    return { ...rest, clearedAt: at }
  })

/** A case that is void binds nobody: crews still on it (only the end of a drill finds any) are off it. */
const released = (incident: Incident, reason: string, at: Instant): readonly Assignment[] =>
  incident.assignments.map((row) =>
    isActiveAssignment(row.state) ? { ...row, state: 'recalled', endedAt: at, reason } : row,
  )

/** Handling ends when the last crew leaves work that is done, whichever way that crew leaves. */
const handedOn = (row: Incident, event: IncidentMove, at: Instant): Partial<Incident> =>
  event.state !== row.state && event.state === 'pending-feedback' ? { finishedAt: at } : {}

/** `loggedAt` orders cases and their clocks; what a crew did counts by when it happened. */
export function evolveIncident(row: Incident, event: IncidentMove, loggedAt: Instant): Incident {
  const at = event.occurredAt ?? loggedAt
  const relayed = event.relayed === true ? { relayed: true as const } : {}
  const next = (fields: Partial<Incident>): Incident => ({
    ...row,
    version: row.version + 1,
    updatedAt: loggedAt,
    state: event.state,
    stateSince: event.state === row.state ? row.stateSince : loggedAt,
    stageDueAt: event.stageDueAt,
    ...fields,
  })
  switch (event.type) {
    case 'incident.accepted':
      return next({ acceptedAt: at })
    case 'incident.filed':
      return next({
        acceptedAt: row.acceptedAt ?? at,
        filedAt: at,
        classCode: event.classCode,
        departmentId: event.departmentId,
        priority: event.priority,
        dueAt: event.dueAt,
      })
    case 'incident.rejected':
      return next({ closedAt: at, resolution: event.reason })
    case 'incident.voided':
      return next({ closedAt: at, resolution: event.reason, assignments: released(row, event.reason, at) })
    case 'incident.dispatched': {
      const assignment: Assignment = {
        unitId: event.unitId,
        state: 'dispatched',
        dispatchedBy: event.by,
        dispatchedAt: at,
        etaS: event.etaS,
        acknowledgedAt: null,
        departedAt: null,
        arrivedAt: null,
        endedAt: null,
        reason: null,
        ...(event.overrideReason === undefined ? {} : { overrideReason: event.overrideReason }),
      }
      return next({ dispatchedAt: row.dispatchedAt ?? at, assignments: [...row.assignments, assignment] })
    }
    case 'incident.recalled':
      return next({
        ...handedOn(row, event, at),
        assignments: assign(row, event.unitId, { state: 'recalled', endedAt: at, reason: event.reason }),
      })
    case 'incident.acknowledged':
      return next({
        assignments: assign(row, event.unitId, { state: 'acknowledged', acknowledgedAt: at, ...relayed }),
      })
    case 'incident.declined':
      return next({
        ...handedOn(row, event, at),
        returnCount: row.returnCount + 1,
        assignments: assign(row, event.unitId, { state: 'declined', endedAt: at, reason: event.reason }),
      })
    case 'incident.departed':
      return next({ assignments: assign(row, event.unitId, { state: 'en-route', departedAt: at, ...relayed }) })
    case 'incident.staged':
      return next({ assignments: assign(row, event.unitId, { state: 'staged', stagedAt: at, ...relayed }) })
    case 'incident.arrived':
      return next({
        arrivedAt: row.arrivedAt ?? at,
        assignments: assign(row, event.unitId, { state: 'on-scene', arrivedAt: at, ...relayed }),
      })
    case 'incident.controlled':
      return next({})
    case 'incident.transporting':
      return next({ assignments: assign(row, event.unitId, { state: 'transporting', transportingAt: at, ...relayed }) })
    case 'incident.reached':
      return next({
        assignments: assign(row, event.unitId, { state: 'at-destination', atDestinationAt: at, ...relayed }),
      })
    case 'incident.cleared':
      return next({ assignments: cleared(row, event.unitId, at) })
    case 'incident.finished':
      return next({
        ...handedOn(row, event, at),
        assignments: assign(row, event.unitId, {
          state: 'done',
          endedAt: at,
          ...relayed,
          ...(event.clearing === true ? { clearing: true as const } : { clearedAt: at }),
        }),
      })
    case 'incident.fed-back':
      return next({ fedBackAt: at, ...(event.note === '' ? {} : { resolution: event.note }) })
    case 'incident.check-passed':
      return next({ checkedAt: at })
    case 'incident.check-failed':
      return next({ reworkCount: row.reworkCount + 1 })
    case 'incident.closed':
      return next({
        closedAt: at,
        ...(event.note === '' ? {} : { resolution: event.note }),
        ...(event.disposition === undefined ? {} : { disposition: event.disposition }),
      })
    case 'incident.evaluated':
      return next({ satisfaction: event.satisfaction })
    case 'incident.located':
      return next({ position: event.position, address: event.address, districtId: event.districtId })
    case 'incident.reclassified':
      return next({
        classCode: event.classCode,
        priority: event.priority,
        ...(event.dueAt === undefined ? {} : { dueAt: event.dueAt }),
      })
    case 'incident.commented':
      return next({})
    case 'incident.alarm-linked':
      return next({ alarmIds: [...row.alarmIds, event.alarmId] })
    case 'incident.overdue':
      return next({ overdueStages: [...row.overdueStages, event.stage] })
    default:
      return evolveMerge(row, event, at, next)
  }
}
