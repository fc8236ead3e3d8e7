/**
 * What officers made of a suggestion, as the register counts it: filing says class, department, priority and marks, locating says the place.
 * A mark counts as taken where the case has it when it is filed.
 */
import type { AdviceJudged, AdvisedField } from '../../../../shared/model/algorithm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { distanceM } from '../../../../shared/model/geo.ts'
import { flagsAlgorithm, suggestionsAlgorithm } from '../algorithm/descriptions.ts'
import { isAlgorithmOn, type Algorithms } from '../algorithm/state.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import { readFlags } from './flag-reader.ts'

/** Less sure than this is not shown, and not judged. */
export const leastSuggested = 0.3
/** A place taken from the map is the suggested one when it lies this near, or as near as the suggestion promised. */
const samePlaceM = 100

/** Marks its words spoke for: has it them, now that it is filed? */
function flagsJudged(algorithms: Algorithms, before: Incident): DomainEvent[] {
  if (!isAlgorithmOn(algorithms, 'flags')) return []
  return readFlags(before)
    .filter(({ confidence }) => confidence >= leastSuggested)
    .map(({ value, confidence }) => {
      const isTaken = before.flags?.includes(value) ?? false
      return {
        type: 'algorithm.advice-judged',
        ...{ algorithmId: 'flags', algorithmVersion: flagsAlgorithm.version, incidentId: before.id, field: 'flag' },
        ...{ proposed: value, confidence, chosen: isTaken ? value : '', isTaken },
      } as const
    })
}

/** Nothing where it is off, had nothing to say, or the case is no person's report. */
export function suggestionsJudged(
  state: CityState,
  before: Incident,
  event: DomainEvent,
  context: Context,
): DomainEvent[] {
  const isJudged =
    event.type === 'incident.filed' ||
    event.type === 'incident.located' ||
    (event.type === 'incident.reclassified' && before.filedAt !== null)
  const isOfPerson = before.source !== 'iot' && !before.drill
  if (!isJudged || !isOfPerson) return []
  const marks = event.type === 'incident.filed' ? flagsJudged(state.algorithms, before) : []
  return isAlgorithmOn(state.algorithms, 'suggestions')
    ? [...adviceJudged(state, before, event, context), ...marks]
    : marks
}

type Judged = Extract<DomainEvent, { type: 'incident.filed' | 'incident.located' | 'incident.reclassified' }>

function adviceJudged(state: CityState, before: Incident, event: Judged, context: Context): DomainEvent[] {
  const judge = (field: AdvisedField, proposed: string, confidence: number, chosen: string, isTaken: boolean) => {
    const what: AdviceJudged = {
      algorithmId: 'suggestions',
      algorithmVersion: suggestionsAlgorithm.version,
      incidentId: before.id,
      ...{ field, proposed, confidence, chosen, isTaken },
    }
    return { type: 'algorithm.advice-judged', ...what } as const
  }
  if (event.type === 'incident.located') {
    const place = context.suggestPlace(before, state.filed)
    if (place === null || place.confidence < leastSuggested) return []
    const { position, withinM } = place.value
    const isTaken = distanceM(position, event.position) <= Math.max(samePlaceM, withinM)
    return [judge('place', position.join(','), place.confidence, event.position.join(','), isTaken)]
  }
  const { classes, priority, department } = context.suggest(before, state.filed)
  const [first] = classes
  const judged: DomainEvent[] = []
  if (first !== undefined && first.confidence >= leastSuggested) {
    const { value, confidence } = first
    judged.push(judge('class', value, confidence, event.classCode, value === event.classCode))
  }
  if (event.type !== 'incident.filed') return judged
  if (department !== null && department.confidence >= leastSuggested) {
    const { value, confidence } = department
    judged.push(judge('department', value, confidence, event.departmentId ?? '', value === event.departmentId))
  }
  if (priority !== null && priority.confidence >= leastSuggested) {
    const { value, confidence } = priority
    judged.push(judge('priority', String(value), confidence, String(event.priority), value === event.priority))
  }
  return judged
}
