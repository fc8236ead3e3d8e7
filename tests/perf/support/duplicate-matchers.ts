/** The rule that is judged, and the one it is judged beside. */
import { distanceM } from '../../../shared/model/geo.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { findCandidates, type ReadClass } from '../../../server/src/domain/duplicate/candidates.ts'
import { CaseIndex } from '../../../server/src/domain/duplicate/case-index.ts'
import type { Matcher } from './judge-duplicates.ts'

export function likenessMatcher(minScore: number, read: ReadClass): Matcher {
  const index = new CaseIndex()
  return {
    add: (incident) => index.set(incident),
    remove: (id) => index.delete(id),
    match(incident) {
      const [first] = findCandidates(index, incident, read)
      return first !== undefined && first.score >= minScore ? first.incidentId : null
    },
  }
}

const sameM = 50
const sameMs = 24 * 3_600_000

/** The field's default: 50 m, 24 h, same 小类. */
export function defaultMatcher(): Matcher {
  const open = new Map<string, Incident>()
  return {
    add: (incident) => void open.set(incident.id, incident),
    remove: (id) => void open.delete(id),
    match({ position, classCode, reportedAt }) {
      if (position === null) return null
      let best: { readonly id: string; readonly metres: number } | null = null
      for (const other of open.values()) {
        if (other.classCode !== classCode || other.position === null || reportedAt - other.reportedAt > sameMs) continue
        const metres = distanceM(position, other.position)
        if (metres <= sameM && (best === null || metres < best.metres)) best = { id: other.id, metres }
      }
      return best?.id ?? null
    },
  }
}
