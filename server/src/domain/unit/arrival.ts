/**
 * Has it arrived? A crew on its way whose fix lies within 100 m of its case and that moves slower than 5 km/h: said once an assignment, to
 * crew and officer, who say whether it has. Nothing follows by itself: it may be waiting at a red light.
 */
import { distanceM } from '../../../../shared/model/geo.ts'
import type { UnitEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { IncidentId } from '../../../../shared/model/ids.ts'
import {
  arrivalRadiusM,
  arrivalSpeedMps,
  type Unit,
  type UnitFix,
  type UnitStatus,
} from '../../../../shared/model/unit.ts'
import { statusesBefore } from '../../../../shared/model/unit-transitions.ts'

const onTheWay: readonly UnitStatus[] = statusesBefore('arrive')

/** A fix that does not say how fast it moves suggests nothing; nor does one from before its present status. */
export function arrivalSuggested(
  unit: Unit,
  fix: UnitFix,
  incidents: ReadonlyMap<IncidentId, Pick<Incident, 'position'>>,
): UnitEvent[] {
  const { id: unitId, incidentId, status, statusSince, arrivalSuggestedAt } = unit
  if (incidentId === null || arrivalSuggestedAt !== undefined || !onTheWay.includes(status)) return []
  if (fix.speedMps === null || fix.speedMps >= arrivalSpeedMps || fix.fixAt < statusSince) return []
  const position = incidents.get(incidentId)?.position ?? null
  if (position === null) return []
  const metres = distanceM(fix.position, position)
  if (metres > arrivalRadiusM) return []
  return [{ type: 'unit.arrival-suggested', unitId, incidentId, fixAt: fix.fixAt, distanceM: Math.round(metres) }]
}
