/**
 * Reports of one happening (重复件): what is shown before a case is filed, and how cases hang together. Directions follow EIDO: a merged case is
 * replaced by its main case and can be split off again; a link is to a parent, a child or a related case.
 */
import type { IncidentId, Instant } from './ids.ts'
import type { Term } from './term.ts'

/** What a likeness rests on, each in its own words. */
export const likenessKinds = ['distance', 'time', 'class', 'text', 'place', 'caller', 'device'] as const
export type LikenessKind = (typeof likenessKinds)[number]
export interface LikenessReason {
  readonly kind: LikenessKind
  readonly words: Term
  /** What it adds to the log-odds that the two are one happening; below 0 = speaks against it. */
  readonly weight: number
}

export interface DuplicateCandidate {
  readonly incidentId: IncidentId
  /** 0 … 1, as sure as it is that both tell of one happening. */
  readonly score: number
  /** Strongest first. */
  readonly reasons: readonly LikenessReason[]
  /** Metres between the two; null where one has no place. */
  readonly distanceM: number | null
}

/** From this score on merging is what is advised; still, a person does it. */
export const mergeAdvised = 0.65

/** Seen from the case that holds it: `parent` = the other is above this one. */
export const linkDirections = ['parent', 'child', 'related'] as const
export type LinkDirection = (typeof linkDirections)[number]
export const linkDirectionNames: Record<LinkDirection, Term> = {
  parent: { zh: '上级案件', en: 'Parent' },
  child: { zh: '下级案件', en: 'Child' },
  related: { zh: '关联案件', en: 'Related' },
}
export const oppositeDirection: Record<LinkDirection, LinkDirection> = {
  parent: 'child',
  child: 'parent',
  related: 'related',
}
export interface CaseLink {
  readonly incidentId: IncidentId
  readonly direction: LinkDirection
  readonly reason: string
  readonly by: string
  readonly at: Instant
}
/** More links or merged cases than this on one case are refused: it would be a list nobody reads. */
export const mostLinks = 200
