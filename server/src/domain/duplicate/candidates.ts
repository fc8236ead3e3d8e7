/**
 * Which open cases a report may be one more of: the likeliest first, each with its reasons. Asks the index, weighs what it answers, leaves out
 * what an officer has told apart. Changes nothing.
 */
import type { DuplicateCandidate } from '../../../../shared/model/duplicate.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { CaseIndex } from './case-index.ts'
import { reachOf } from './class-family.ts'
import type { Compared } from './likeness.ts'
import { farthestM, likeness, longestMs } from './likeness.ts'
import { printOf, type Told } from './print.ts'

/** What is asked about: a case, or one that is only being written. */
export interface Draft extends Told {
  readonly classCode: string
  readonly position: LonLat | null
  readonly reportedAt: Instant
  readonly drill: boolean
  /** Absent of a draft. */
  readonly id?: string
  readonly notSameIds?: readonly string[]
}

/** What words speak of a class; null where they do not say. Handed in: it is another algorithm's, and may be off. */
export type ReadClass = (told: Told) => string | null

/** Shown from here on, and so many. */
export const leastShown = 0.3
export const mostShown = 8

function compared(draft: Draft, print: Compared['print'], read: ReadClass): Compared {
  return {
    classCode: draft.classCode,
    saidClass: draft.source === 'iot' ? null : read(draft),
    position: draft.position,
    at: draft.reportedAt,
    isSensed: draft.source === 'iot',
    print,
  }
}

/** Of one pair; null where they lie too far apart to be looked at. */
export function pairLikeness(index: CaseIndex, a: Incident, b: Incident, read: ReadClass): DuplicateCandidate | null {
  const [ofA, ofB] = [a, b].map((one) => compared(one, index.get(one.id)?.print ?? printOf(one), read)) as [
    Compared,
    Compared,
  ]
  const like = likeness(ofA, ofB, (shingle) => index.worth(shingle))
  const isFar = like.distanceM !== null && like.distanceM > farthestM * reachOf(a.classCode)
  return isFar || Math.abs(ofA.at - ofB.at) > longestMs ? null : { incidentId: b.id, ...like }
}

export function findCandidates(index: CaseIndex, draft: Draft, read: ReadClass): DuplicateCandidate[] {
  const known = draft.id === undefined ? undefined : index.get(draft.id)
  const print = known?.print ?? printOf(draft)
  const asked = compared(draft, print, read)
  const worth = (shingle: number) => index.worth(shingle)
  return index
    .near(draft.position, print.names, draft.reportedAt, reachOf(draft.classCode))
    .filter(
      ({ incident }) =>
        incident.id !== draft.id &&
        incident.drill === draft.drill &&
        !(draft.notSameIds?.includes(incident.id) ?? false),
    )
    .map((held): DuplicateCandidate => ({
      incidentId: held.incident.id,
      ...likeness(asked, compared(held.incident, held.print, read), worth),
    }))
    .filter(({ score }) => score >= leastShown)
    .sort((a, b) => b.score - a.score || a.incidentId.localeCompare(b.incidentId))
    .slice(0, mostShown)
}
