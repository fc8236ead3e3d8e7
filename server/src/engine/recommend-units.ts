/** Crews for a case, from what is published now: the rules of `domain/dispatch`, with this city's map and clock. */
import type { Incident } from '../../../shared/model/incident.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { isAlgorithmOn } from '../domain/algorithm/state.ts'
import { crewSet, type CrewSet, type Need } from '../domain/dispatch/crew-set.ts'
import { recommend } from '../domain/dispatch/recommend.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateView } from '../ports/engine.ts'
import { cityContext } from './city-context.ts'

export interface RecommendUnits {
  /** Empty while the algorithm is switched off. */
  (incident: Incident): UnitProposal[]
  /** The best set for these needs, and what is missing; null while the algorithm is switched off. */
  set(incident: Incident, needs: readonly Need[]): CrewSet | null
}

export function recommendUnits(view: StateView, city: City, clock: Clock): RecommendUnits {
  const contextAt = cityContext(city, cityCalendar(city.profile.timeZone), view.fixes)
  const classes = new Map(city.caseClasses.map((row) => [row.code, row]))
  const isOn = () => isAlgorithmOn(view.algorithms, 'recommendation')
  const classOf = ({ classCode }: Incident) => classes.get(classCode)
  return Object.assign(
    (incident: Incident) => (isOn() ? recommend(incident, classOf(incident), view.units, contextAt(clock.now())) : []),
    {
      set: (incident: Incident, needs: readonly Need[]) =>
        isOn() ? crewSet(incident, classOf(incident), view.units, contextAt(clock.now()), needs) : null,
    },
  )
}
