/** Every stay of a case in a stage: since when, until when, who took it on, and whether it was left too late. */
import type { Instant } from '../../../../shared/model/ids.ts'
import {
  mostVisitsKept,
  stageOfState,
  type Incident,
  type IncidentState,
  type StageVisit,
} from '../../../../shared/model/incident.ts'

export function newVisit(state: IncidentState, at: Instant, dueAt: Instant | null): StageVisit[] {
  const stage = stageOfState[state]
  return stage === undefined ? [] : [{ stage, enteredAt: at, ...(dueAt === null ? {} : { dueAt }) }]
}

/** A limit that ran out before the stage was entered is an earlier stage's. */
const isLate = ({ enteredAt }: StageVisit, dueAt: Instant | null, leftAt: Instant) =>
  dueAt !== null && dueAt >= enteredAt && leftAt > dueAt

/** The list after the case has left its state for `event.state`. */
export function visitsAfter(
  { visits = [], departmentId, stageDueAt }: Incident,
  event: { readonly state: IncidentState; readonly stageDueAt: Instant | null },
  at: Instant,
  by: string,
): readonly StageVisit[] {
  const left = visits.map((visit): StageVisit => {
    if (visit.leftAt !== undefined) return visit
    const { stage, enteredAt } = visit
    return {
      stage,
      enteredAt,
      ...(stageDueAt === null ? {} : { dueAt: stageDueAt }),
      leftAt: at,
      by,
      ...(departmentId === null ? {} : { departmentId }),
      ...(isLate(visit, stageDueAt, at) ? { late: true } : {}),
    }
  })
  return [...left, ...newVisit(event.state, at, event.stageDueAt)].slice(-mostVisitsKept)
}
