/**
 * When somebody must be called about a case: it waits for a crew too long, a crew does not answer, is late, is at the scene for long, or
 * nothing is heard. Guarantees: each once (at the scene again and again, until somebody answers), in the order they are due, whenever the
 * engine was started. Knows the case's row and nothing of who is called.
 */
import type { CaseCall, CasePlan } from '../../../../shared/model/case-plan.ts'
import type { Incident, Assignment } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { callLimits } from '../../../../shared/model/case-plan.ts'
import { isActiveAssignment } from '../../../../shared/model/incident.ts'

type Wait = Pick<CaseCall, 'kind' | 'unitId' | 'fromAt'> & { readonly afterMs: number; readonly repeats?: true }

function waitOfCrew(crew: Assignment, answeredAt: CasePlan['answeredAt']): Wait | null {
  const { unitId, state, dispatchedAt, departedAt, etaS } = crew
  if (state === 'dispatched')
    return { kind: 'unacknowledged', unitId, fromAt: dispatchedAt, afterMs: callLimits.unacknowledgedMs }
  if (state === 'en-route' && departedAt !== null && etaS !== null)
    return { kind: 'late', unitId, fromAt: departedAt, afterMs: Math.round(etaS * 1000 * callLimits.lateShare) }
  if (state !== 'on-scene' || crew.arrivedAt === null) return null
  const fromAt = Math.max(crew.arrivedAt, answeredAt[unitId] ?? 0)
  return { kind: 'welfare', unitId, fromAt, afterMs: callLimits.welfareMs, repeats: true }
}

/** What is waited for on this case now. `heardAt`: when anything but the clock last spoke of it. */
function waitsOf(incident: Incident, plan: CasePlan | undefined, heardAt: Instant): Wait[] {
  const crews = incident.assignments.filter((crew) => isActiveAssignment(crew.state))
  const waits = crews.map((crew) => waitOfCrew(crew, plan?.answeredAt ?? {})).filter((wait) => wait !== null)
  if (incident.state === 'pending-dispatch' && crews.length === 0) {
    const afterMs = callLimits.queuedMs[incident.priority]
    waits.push({ kind: 'queued', unitId: null, fromAt: incident.stateSince, afterMs })
  }
  if (crews.length > 0) waits.push({ kind: 'silent', unitId: null, fromAt: heardAt, afterMs: callLimits.silentMs })
  return waits
}

const isSame = (a: Pick<CaseCall, 'kind' | 'unitId' | 'fromAt'>, b: Pick<CaseCall, 'kind' | 'unitId' | 'fromAt'>) =>
  a.kind === b.kind && a.unitId === b.unitId && a.fromAt === b.fromAt

/** Calls that are due next, the soonest first: one for each thing waited for. */
export function nextCalls(incident: Incident, plan: CasePlan | undefined, heardAt: Instant): CaseCall[] {
  return waitsOf(incident, plan, heardAt)
    .flatMap(({ kind, unitId, fromAt, afterMs, repeats }): CaseCall[] => {
      const standing = plan?.calls.find((call) => isSame(call, { kind, unitId, fromAt }))
      if (standing === undefined) return [{ kind, unitId, fromAt, dueAt: fromAt + afterMs, times: 1 }]
      if (repeats !== true) return []
      return [{ kind, unitId, fromAt, dueAt: standing.dueAt + afterMs, times: standing.times + 1 }]
    })
    .sort((a, b) => a.dueAt - b.dueAt || (`${a.kind} ${a.unitId}` < `${b.kind} ${b.unitId}` ? -1 : 1))
}

/** The first instant at which somebody must be called, if nothing else happens; null = none. */
export function nextCallAt(incident: Incident, plan: CasePlan | undefined, heardAt: Instant): Instant | null {
  const [first] = nextCalls(incident, plan, heardAt)
  return first === undefined ? null : first.dueAt + 1
}

/** The calls that still stand: what they waited for has not come. */
export function standingCalls(incident: Incident, plan: CasePlan, heardAt: Instant): readonly CaseCall[] {
  const waits = waitsOf(incident, plan, heardAt)
  return plan.calls.filter((call) => waits.some((wait) => isSame(wait, call)))
}
