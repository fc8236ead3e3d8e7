/** The verbs of a case as keys and commands. Which are offered comes from the model's own table; here is only how they are said. */
import { incidentTransitions, type Incident, type IncidentVerb } from '../../../../shared/model/incident.ts'
import { offeredTransitions } from '../../../../shared/model/transition.ts'
import type { Role } from '../../../../shared/model/role.ts'
import type { Draft } from '../../stores/remote.ts'

/** One key a verb. */
export const verbKeys: Partial<Record<IncidentVerb, string>> = {
  accept: 'a',
  file: 'f',
  reject: 'x',
  void: 'v',
  dispatch: 'd',
  recall: 'r',
  acknowledge: 'k',
  decline: 'w',
  depart: 'g',
  arrive: 'h',
  finish: 'i',
  'feed-back': 'b',
  'pass-check': 'p',
  'fail-check': 'q',
  close: 'c',
  evaluate: 'e',
  locate: 'm',
  comment: 't',
}

export interface Act {
  readonly verb: IncidentVerb
  readonly name: { readonly zh: string; readonly en: string }
  readonly key: string
  /** What the officer must give first. */
  readonly asks: 'nothing' | 'reason' | 'note' | 'crew' | 'place' | 'satisfaction'
}

const asked: Partial<Record<IncidentVerb, Act['asks']>> = {
  dispatch: 'crew',
  locate: 'place',
  finish: 'note',
  'feed-back': 'note',
  comment: 'note',
  evaluate: 'satisfaction',
}

/** Acts of this case for these roles, in the order of the steps. Reclassifying is part of filing and has no button of its own. */
export function actsOf(incident: Incident, roles: readonly Role[]): readonly Act[] {
  return offeredTransitions(incidentTransitions, incident.state, roles)
    .filter((row) => verbKeys[row.verb] !== undefined)
    .map((row) => ({
      verb: row.verb,
      name: row.name,
      key: verbKeys[row.verb] as string,
      asks: row.needsReason ? 'reason' : (asked[row.verb] ?? 'nothing'),
    }))
}

export interface Given {
  readonly text?: string
  readonly unitId?: string
  readonly position?: readonly [number, number]
  readonly satisfaction?: 1 | 2 | 3 | 4 | 5
}

/** The command of an act. `unitId` is the crew meant, or the crew's own. Null where something asked for is missing. */
export function draftOf(incident: Incident, verb: IncidentVerb, given: Given): Draft | null {
  const head = { incidentId: incident.id, expectedVersion: incident.version }
  const text = given.text?.trim() ?? ''
  const { unitId, position, satisfaction } = given
  switch (verb) {
    case 'accept':
    case 'file':
      return { type: `incident.${verb}`, ...head }
    case 'reject':
    case 'void':
    case 'fail-check':
      return text === '' ? null : { type: `incident.${verb}`, ...head, reason: text }
    case 'feed-back':
    case 'pass-check':
    case 'close':
      return { type: `incident.${verb}`, ...head, note: text }
    case 'comment':
      return text === '' ? null : { type: 'incident.comment', ...head, text }
    case 'locate':
      return position === undefined ? null : { type: 'incident.locate', ...head, position }
    case 'evaluate':
      return satisfaction === undefined ? null : { type: 'incident.evaluate', ...head, satisfaction, note: text }
    case 'dispatch':
      return unitId === undefined ? null : { type: 'incident.dispatch', ...head, unitId }
    case 'recall':
    case 'decline':
      return unitId === undefined || text === '' ? null : { type: `incident.${verb}`, ...head, unitId, reason: text }
    case 'finish':
      return unitId === undefined ? null : { type: 'incident.finish', ...head, unitId, note: text }
    case 'acknowledge':
    case 'depart':
    case 'arrive':
      return unitId === undefined ? null : { type: `incident.${verb}`, ...head, unitId }
    case 'reclassify':
      return null
  }
}
