/**
 * What a drill leaves open when it ends, closed by the system: cases void, their crews free, alarms back to normal, warnings
 * lifted. Works from the mark alone: whatever bears it is the drill's, for there is one drill at a time.
 */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import { drillEndedReason } from '../../../../shared/model/drill.ts'
import { incidentTransitions, isActiveAssignment } from '../../../../shared/model/incident.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import type { Emitted } from '../context.ts'
import type { CityState } from '../state.ts'

export function leftovers(state: CityState): Emitted[] {
  const events: DomainEvent[] = []
  for (const incident of state.incidents.values()) if (incident.drill) events.push(...voidCase(state, incident))
  for (const alarm of state.alarms.values()) {
    const row = alarm.drill ? findTransition(alarmTransitions, alarm.state, 'end-drill') : undefined
    if (row === undefined || row.to === 'same') continue
    events.push({ type: 'alarm.returned', alarmId: alarm.id, state: row.to, value: alarm.value })
  }
  for (const { id: warningId, status } of state.warnings.values())
    if (status === 'Exercise') events.push({ type: 'warning.lifted', warningId, reason: drillEndedReason })
  return events.map((event) => ({ event, actor: 'system' }))
}

function voidCase(state: CityState, incident: Incident): DomainEvent[] {
  const row = findTransition(incidentTransitions, incident.state, 'end-drill')
  if (row === undefined || row.to === 'same') return []
  const { id: incidentId } = incident
  const crews = incident.assignments.filter(
    ({ unitId, state: stage }) => isActiveAssignment(stage) && state.units.get(unitId)?.incidentId === incidentId,
  )
  return [
    { type: 'incident.voided', incidentId, state: row.to, stageDueAt: null, reason: drillEndedReason },
    ...crews.map(({ unitId }) => ({ type: 'unit.status-set', unitId, status: 'available', incidentId: null }) as const),
  ]
}
