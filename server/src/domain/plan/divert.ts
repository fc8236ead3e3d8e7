/**
 * Taking a crew off a less urgent case for a more urgent one, in one act: recalled there, sent here, and written down on both. The case that
 * is left waits for a crew again, its own limits going on.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { PlanCommand } from '../../../../shared/model/command.ts'
import { crewsLeft } from '../../../../shared/model/divert-option.ts'
import type { Context, Decision } from '../context.ts'
import { notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { decideIncident } from '../incident/decide.ts'

export function decideDivert(
  state: CityState,
  actor: Actor,
  command: Extract<PlanCommand, { type: 'plan.divert' }>,
  to: Incident,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const { unitId, reason } = command
  const unit = state.units.get(unitId)
  if (unit === undefined) return notFound('unit', unitId)
  const from = unit.incidentId === null ? undefined : state.incidents.get(unit.incidentId)
  if (from === undefined) return refused('NOT_ALLOWED', `${unitId} is on no case: it is dispatched, not diverted`)
  if (from.priority <= to.priority || from.drill !== to.drill)
    return refused('NOT_ALLOWED', `case ${from.id} is not less urgent: its crew stays`, {
      unitId,
      incidentId: from.id,
      priority: from.priority,
    })
  const recall = { type: 'incident.recall', incidentId: from.id, unitId, reason } as const
  // Whoever may divert may recall, and the table lets a crew be recalled from wherever it is on its case.
  const recalled = decideIncident(state, actor, recall, undefined, context) as Extract<Decision, { ok: true }>
  // As the recall leaves it: free to be sent.
  const units = new Map(state.units).set(unitId, { ...unit, status: 'available', incidentId: null })
  const dispatch = { type: 'incident.dispatch', incidentId: to.id, unitId } as const
  const sent = decideIncident({ ...state, units }, actor, dispatch, expectedVersion, context)
  if (!sent.ok) return sent
  const left = crewsLeft(from, unitId)
  const mark = (incidentId: string, otherId: string, way: 'away' | 'here'): { readonly event: DomainEvent } => ({
    event: { type: 'plan.diverted', incidentId, unitId, way, otherId, reason, left },
  })
  return {
    ok: true,
    events: [...recalled.events, mark(from.id, to.id, 'away'), ...sent.events, mark(to.id, from.id, 'here')],
    data: { incidentId: to.id, fromIncidentId: from.id, left },
  }
}
