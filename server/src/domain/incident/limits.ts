/**
 * Clocks of a case: when its stage and the whole of it are due, and what has run over. A limit reached is still kept;
 * the first instant past it is late. An overrun once marked is never taken back.
 */
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Incident, IncidentState, Stage } from '../../../../shared/model/incident.ts'
import { isOpenState, stageOfState } from '../../../../shared/model/incident.ts'
import { dueAt as dueAfter, limitMs } from '../../../../shared/model/working-time.ts'
import type { Context } from '../context.ts'

const minuteMs = 60_000

/** What stage limits are reckoned by. */
export type StageRules = Pick<Context, 'workingHours' | 'caseSettings'>

/** When a stage entered at `since` must be left; handling and its feedback may take as long as the case itself. */
export function stageDueAt(
  state: IncidentState,
  since: Instant,
  dueAt: Instant | null,
  { workingHours, caseSettings }: StageRules,
): Instant | null {
  const stage = stageOfState[state]
  if (stage === undefined) return null
  if (stage === 'handle' || stage === 'feed-back') return dueAt
  if (stage !== 'verify' && stage !== 'sign') return since + caseSettings.stageMinutes[stage] * minuteMs
  const limit = caseSettings[stage]
  return dueAfter(since, limitMs(limit, workingHours), limit.unit, workingHours)
}

/** A stage that was interrupted has what was left of it; one that had run over before stays over. */
export function resumedStageDueAt(
  { visits, suspension }: Incident,
  state: IncidentState,
  now: Instant,
  dueAt: Instant | null,
  rules: StageRules,
): Instant | null {
  const stage = stageOfState[state]
  const before = visits?.findLast((visit) => visit.leftAt !== undefined && visit.leftAt === suspension?.beganAt)
  const fresh = stageDueAt(state, now, dueAt, rules)
  if (stage !== 'dispatch' || before?.stage !== stage || before.dueAt === undefined) return fresh
  const leftMs = before.dueAt - (before.leftAt as Instant)
  return leftMs < 0 ? before.dueAt : now + leftMs
}

/**
 * Limits that can run out in the present state: the stage's own and the whole case's, the sooner first. One that ran out before the state
 * was entered is an earlier stage's.
 */
function limitsAhead({ stageDueAt: own, dueAt: whole, stateSince }: Incident): Instant[] {
  return [own, whole].filter((at): at is Instant => at !== null && at >= stateSince).sort((a, b) => a - b)
}

/** The overrun to mark now, or null: none, or marked already. The case's own limit blames the stage it ran out in. */
export function newOverrun(incident: Incident, now: Instant): { stage: Stage; dueAt: Instant } | null {
  const stage = stageOfState[incident.state]
  if (stage === undefined || incident.overdueStages.includes(stage)) return null
  const past = limitsAhead(incident).find((at) => now > at)
  return past === undefined ? null : { stage, dueAt: past }
}

/** The first instant at which `newOverrun` has something to mark, if nothing else happens to the case; null = none. */
export function nextOverrunAt(incident: Incident): Instant | null {
  const stage = stageOfState[incident.state]
  if (stage === undefined || incident.overdueStages.includes(stage)) return null
  const [first] = limitsAhead(incident)
  return first === undefined ? null : first + 1
}

/** Open, and past its stage's or its own limit. */
export function isPastLimit(incident: Incident, now: Instant): boolean {
  if (!isOpenState(incident.state)) return false
  const due = Math.min(incident.stageDueAt ?? Infinity, incident.dueAt ?? Infinity)
  return now > due
}
