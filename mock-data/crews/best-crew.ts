/** Which of the server's proposals an officer takes. */
import type { Incident } from '../../shared/model/incident.ts'
import { primaryStatusOf, type Unit } from '../../shared/model/unit.ts'
import { defaultPeopleRates, type PeopleRates } from '../life/people-rates.ts'

const minMs = 60_000

/**
 * The first proposal of a crew that is made for this and has not just given it back; else the first of any, once the case has waited
 * for a better one. Undefined = wait.
 */
export function bestCrew<P extends { readonly unitId: string }>(
  proposals: readonly P[],
  incident: Incident,
  units: ReadonlyMap<string, Pick<Unit, 'capabilities'>>,
  now: number,
  speed: number,
  rates: PeopleRates = defaultPeopleRates,
): P | undefined {
  const gaveBack = new Set(
    incident.assignments.flatMap(({ unitId, state }) => (state === 'declined' || state === 'recalled' ? unitId : [])),
  )
  const isMadeFor = ({ unitId }: P) => {
    const can = units.get(unitId)?.capabilities ?? []
    return can.length === 0 || can.some((prefix) => incident.classCode.startsWith(prefix))
  }
  const fit = proposals.filter(isMadeFor)
  const best = fit.find(({ unitId }) => !gaveBack.has(unitId)) ?? fit[0]
  const hasWaited = now - incident.stateSince >= (rates.fitCrewMin[incident.priority] * minMs) / speed
  return best ?? (hasWaited ? proposals[0] : undefined)
}

/** On duty, and on no case. */
export const canBeSent = (unit: Unit | undefined): boolean =>
  unit !== undefined && unit.incidentId === null && primaryStatusOf(unit) === 'Available'

/**
 * Why this crew, for the case that the server recommends another when it is sent: it was not the first proposed, or it was and crews have
 * moved since the officer looked. The server keeps the reason only where it is an override.
 */
export const whyThisCrew = (isFirst: boolean): string =>
  isFirst ? '派遣时为首选，位置更新后排序变化' : '首选力量已另派或刚退单，改派次优'
