/**
 * Clocks of a case: when its stage and the whole of it are due, and what has run over. A limit reached is still kept;
 * the first instant past it is late. An overrun once marked is never taken back.
 */
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Incident, IncidentState, Stage } from '../../../../shared/model/incident.ts'
import { isOpenState, stageOfState } from '../../../../shared/model/incident.ts'
import { stageLimitMs } from '../../../../shared/model/case-class.ts'

/** When a stage entered at `since` must be left; handling may take as long as the case itself. */
export function stageDueAt(state: IncidentState, since: Instant, dueAt: Instant | null): Instant | null {
  const stage = stageOfState[state]
  if (stage === undefined) return null
  return stage === 'handle' ? dueAt : since + stageLimitMs[stage]
}

/** The overrun to mark now, or null: none, or marked already. The case's own limit blames the stage it ran out in. */
export function newOverrun(incident: Incident, now: Instant): { stage: Stage; dueAt: Instant } | null {
  const stage = stageOfState[incident.state]
  if (stage === undefined || incident.overdueStages.includes(stage)) return null
  if (incident.stageDueAt !== null && now > incident.stageDueAt) return { stage, dueAt: incident.stageDueAt }
  if (incident.dueAt !== null && now > incident.dueAt && incident.dueAt >= incident.stateSince)
    return { stage, dueAt: incident.dueAt }
  return null
}

/** Open, and past its stage's or its own limit. */
export function isPastLimit(incident: Incident, now: Instant): boolean {
  if (!isOpenState(incident.state)) return false
  const due = Math.min(incident.stageDueAt ?? Infinity, incident.dueAt ?? Infinity)
  return now > due
}
