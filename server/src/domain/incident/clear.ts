/** A crew whose work was done and that is free now: its last case hears of it, if it is still in memory. */
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { UnitId } from '../../../../shared/model/ids.ts'
import type { CityState } from '../state.ts'
import type { Telling } from './telling.ts'

export function clearedEvents(
  state: Pick<CityState, 'units' | 'incidents'>,
  unitId: UnitId,
  telling: Telling = {},
): DomainEvent[] {
  const incidentId = state.units.get(unitId)?.clearingFrom
  const incident = incidentId === undefined ? undefined : state.incidents.get(incidentId)
  if (incident === undefined) return []
  const { id, state: present, stageDueAt } = incident
  return [{ type: 'incident.cleared', incidentId: id, state: present, stageDueAt, unitId, ...telling }]
}
