/**
 * A case that is filed, or becomes another case than it was, gets its plan in the same act. Applied once it stays as it was then, whatever
 * the city's plans become; another plan begins with its own list unticked.
 */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Context, Emitted } from '../context.ts'
import type { CityState } from '../state.ts'
import { isHastened } from '../mode/limits.ts'
import { modeAt } from '../mode/state.ts'
import { matchPlan, type PlanQuestion } from './match.ts'

type Kind = Pick<Incident, 'classCode' | 'priority' | 'districtId'>

export function questionOf(state: CityState, kind: Kind, context: Context): PlanQuestion {
  const hour = (context.now - context.dayOf(context.now).startAt) / 3_600_000
  const { classCode, priority, districtId } = kind
  return { classCode, priority, districtId, hour, mode: modeAt(state, districtId).mode }
}

/** What the act makes of the case, where it decides which plan it gets. */
function kindAfter(state: CityState, emitted: readonly Emitted[], at: number): (Kind & { readonly id: string }) | null {
  const { event } = emitted[at] as Emitted
  if (event.type !== 'incident.filed' && event.type !== 'incident.reclassified' && event.type !== 'incident.located')
    return null
  const id = event.incidentId
  const reported = emitted.find(({ event: one }) => one.type === 'incident.reported' && one.incident.id === id)?.event
  const before = reported?.type === 'incident.reported' ? reported.incident : state.incidents.get(id)
  if (before === undefined) return null
  if (event.type === 'incident.located')
    return before.filedAt === null ? null : { ...before, districtId: event.districtId }
  // A class given before filing is looked at again when it is filed.
  if (event.type === 'incident.reclassified' && before.filedAt === null) return null
  return { ...before, classCode: event.classCode, priority: event.priority }
}

function planEvents(state: CityState, kind: Kind & { readonly id: string }, context: Context): DomainEvent[] {
  const plan = matchPlan(context.plans, questionOf(state, kind, context))
  const present = state.casePlans.get(kind.id)?.plan ?? null
  if ((plan?.id ?? null) === (present?.id ?? null)) return []
  if (plan === null)
    return [{ type: 'plan.applied', incidentId: kind.id, plan: null, needs: [], checklist: [], told: [] }]
  const { id, version, name, needs, checklist, told } = plan
  return [{ type: 'plan.applied', incidentId: kind.id, plan: { id, version, name }, needs, checklist, told }]
}

/** The events as they were, each that decides a case's plan, or its limit under a mode, followed by what that is. */
export function withPlans(state: CityState, emitted: readonly Emitted[], context: Context): readonly Emitted[] {
  return emitted.flatMap((one, at): Emitted[] => {
    const kind = kindAfter(state, emitted, at)
    if (kind === null) return [one]
    const { mode, effects } = modeAt(state, kind.districtId)
    const isNewLimit = 'clock' in one.event && isHastened(effects.deadlines, kind.classCode)
    const hastened: DomainEvent[] = isNewLimit ? [{ type: 'plan.hastened', incidentId: kind.id, mode }] : []
    return [one, ...[...hastened, ...planEvents(state, kind, context)].map((event) => ({ event }))]
  })
}
