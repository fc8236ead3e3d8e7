/** Where a case that was merged went. */
import type { Incident } from '../../../../shared/model/incident.ts'
import type { IncidentId } from '../../../../shared/model/ids.ts'

/** The case this one is part of now, or itself; undefined where one on the way is not held. */
export function mainCaseOf(
  incidents: ReadonlyMap<IncidentId, Incident>,
  incident: Incident | undefined,
): Incident | undefined {
  let main = incident
  while (main?.merge !== undefined) main = incidents.get(main.merge.mainId)
  return main
}
