/**
 * The fold of one case: each event makes a new row, one version up. Knows nothing of what is allowed; that was decided
 * before the event was written.
 */
import type { IncidentEvent } from '../../../../shared/model/event.ts'
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import type { Assignment, Incident } from '../../../../shared/model/incident.ts'
import { activeAssignment, newAssignment, released } from './assignments.ts'
import { evolveFacts, judged, unsigned } from './evolve-facts.ts'
import { evolveMerge } from './evolve-merge.ts'
import { visitsAfter } from './visits.ts'

export type IncidentMove = Exclude<IncidentEvent, { type: 'incident.reported' }>

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

/** Handling ends when the last crew leaves work that is done, whichever way that crew leaves. */
const handedOn = (row: Incident, event: IncidentMove, at: Instant): Partial<Incident> =>
  event.state !== row.state && event.state === 'pending-feedback' ? { finishedAt: at } : {}

/** A condition is a number within its class: it does not outlive the class, nor does what the case was filed under. */
function reclassified(
  before: Incident,
  event: Extract<IncidentMove, { type: 'incident.reclassified' }>,
  after: Incident,
): Incident {
  if (event.conditionId === undefined && event.classCode === before.classCode) return after
  const { conditionId: _condition, basis: _basis, ...row } = after
  return {
    ...row,
    ...(event.conditionId == null ? {} : { conditionId: event.conditionId }),
    ...(event.basis === undefined ? {} : { basis: event.basis }),
  }
}

/** `loggedAt` orders cases and their clocks; what a crew did counts by when it happened. `actor`: who did it, by the log. */
export function evolveIncident(row: Incident, event: IncidentMove, loggedAt: Instant, actor: string): Incident {
  const at = event.occurredAt ?? loggedAt
  const relayed = event.relayed === true ? { relayed: true as const } : {}
  const next = (fields: Partial<Incident>): Incident => ({
    ...row,
    version: row.version + 1,
    updatedAt: loggedAt,
    state: event.state,
    stateSince: event.state === row.state ? row.stateSince : loggedAt,
    stageDueAt: event.stageDueAt,
    // Merging stops no clock: split off again, the case is as if it had never left its stage.
    ...(event.state === row.state || event.type === 'incident.merged' || event.type === 'incident.unmerged'
      ? {}
      : { visits: visitsAfter(row, event, loggedAt, actor) }),
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
        filedBy: actor,
        ...(event.clock === undefined ? {} : { clock: event.clock }),
        ...(event.conditionId === undefined ? {} : { conditionId: event.conditionId }),
        ...(event.basis === undefined ? {} : { basis: event.basis }),
      })
    case 'incident.rejected':
      return next({ closedAt: at, resolution: event.reason })
    case 'incident.voided':
      return next({ closedAt: at, resolution: event.reason, assignments: released(row, event.reason, at) })
    case 'incident.dispatched':
      return next({
        dispatchedAt: row.dispatchedAt ?? at,
        assignments: [
          ...row.assignments,
          {
            ...newAssignment(event.unitId, event.by, event.etaS, at),
            ...(event.overrideReason === undefined ? {} : { overrideReason: event.overrideReason }),
          },
        ],
      })
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
      return next({ reworkCount: row.reworkCount + 1, ...unsigned(row, at, actor) })
    case 'incident.closed':
      return next({
        closedAt: at,
        ...(event.note === '' ? {} : { resolution: event.note }),
        ...(event.disposition === undefined ? {} : { disposition: event.disposition }),
      })
    case 'incident.evaluated':
      return next({ satisfaction: event.satisfaction, ...judged(row, event, at, actor) })
    case 'incident.located': {
      const { position, address, districtId, streetId, gridId } = event
      const cover = streetId === undefined || gridId === undefined ? {} : { streetId, gridId }
      return next({ position, address, districtId, ...cover })
    }
    case 'incident.reclassified':
      return reclassified(
        row,
        event,
        next({
          classCode: event.classCode,
          priority: event.priority,
          ...(event.dueAt === undefined ? {} : { dueAt: event.dueAt }),
          ...(event.clock === undefined ? {} : { clock: event.clock }),
        }),
      )
    case 'incident.commented':
      return next({})
    case 'incident.alarm-linked':
      return next({ alarmIds: [...row.alarmIds, event.alarmId] })
    case 'incident.overdue':
      return next({ overdueStages: [...row.overdueStages, event.stage] })
    case 'incident.merged':
    case 'incident.merge-taken':
    case 'incident.unmerged':
    case 'incident.merge-given-back':
    case 'incident.settled':
    case 'incident.linked':
    case 'incident.unlinked':
    case 'incident.told-apart':
      return evolveMerge(row, event, at, next)
    default:
      return evolveFacts(row, event, at, actor, next)
  }
}
