/** What officers made of a proposed duplicate, as the register counts it. Nothing is judged that was not proposed. */
import type { AdviceJudged } from '../../../../shared/model/algorithm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident, Merge } from '../../../../shared/model/incident.ts'
import type { IncidentId } from '../../../../shared/model/ids.ts'
import { duplicatesAlgorithm } from '../algorithm/descriptions.ts'
import { isAlgorithmOn } from '../algorithm/state.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import { leastShown, pairLikeness } from './candidates.ts'

const about = {
  algorithmId: 'duplicates',
  algorithmVersion: duplicatesAlgorithm.version,
  field: 'duplicate',
} as const

/** Null where the pair was not proposed: the algorithm is off, or did not think so. */
export function duplicateJudged(
  state: CityState,
  incident: Incident,
  other: Incident,
  chosen: 'merge' | 'not-same',
  context: Context,
): AdviceJudged | null {
  if (!isAlgorithmOn(state.algorithms, 'duplicates')) return null
  const score = pairLikeness(state.cases, incident, other, readingClass(state, context))?.score ?? 0
  if (score < leastShown) return null
  const isTaken = chosen === 'merge'
  const { id: incidentId } = incident
  return { ...about, incidentId, proposed: other.id, confidence: score, chosen: isTaken ? other.id : '', isTaken }
}

/** What the rule merged nobody took: undone, it is one more piece of advice that was wrong. */
export function mergeTakenBack(incidentId: IncidentId, { score, mainId, isByRule }: Merge): DomainEvent[] {
  if (score === null) return []
  const judged = { incidentId, proposed: mainId, confidence: score, chosen: '', isTaken: false } as const
  return [{ type: 'algorithm.advice-judged', ...about, ...judged, ...(isByRule ? {} : { isTakenBack: true }) }]
}

/** The class words speak of, as long as the algorithm that reads them is on. */
export const readingClass = (state: CityState, context: Context) =>
  isAlgorithmOn(state.algorithms, 'suggestions') ? context.readClass : () => null
