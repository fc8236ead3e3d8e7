/** Crews for a case, from what is published now: the rule of `domain/dispatch`, with this city's map and clock. */
import type { Incident } from '../../../shared/model/incident.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import { recommend } from '../domain/dispatch/recommend.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateView } from '../ports/engine.ts'

export function recommendUnits(view: StateView, city: City, clock: Clock): (incident: Incident) => UnitProposal[] {
  const classes = new Map(city.caseClasses.map((row) => [row.code, row]))
  return (incident) =>
    recommend(
      incident,
      classes.get(incident.classCode),
      view.units.values(),
      view.fixes,
      (from, to) => city.travel(from, to),
      clock.now(),
    )
}
