/**
 * What free words of a report suggest: class, priority, department, place, marks, each with what it rests on. Advice only: it is applied by an officer or
 * not at all, and either is kept in the log.
 */
import type { CaseFlag } from './case-facts.ts'
import type { LonLat } from './geo.ts'
import type { IncidentId } from './ids.ts'
import type { Priority } from './alarm.ts'
import type { Term } from './term.ts'

/** Letters of a report, from `start` up to `end`, counted from 0 as JavaScript counts them. */
export interface TextSpan {
  readonly field: 'title' | 'description'
  readonly start: number
  readonly end: number
}

export interface SuggestionEvidence {
  /** The words themselves, a name of the map, cases people decided before, or what follows from another suggestion. */
  readonly kind: 'words' | 'name' | 'cases' | 'class'
  readonly words: Term
  readonly incidentIds?: readonly IncidentId[]
  /** Where the words stand. */
  readonly spans?: readonly TextSpan[]
  /** The rule that read them, where one did. */
  readonly ruleId?: string
}

export interface Suggestion<T> {
  readonly value: T
  /** 0 … 1. */
  readonly confidence: number
  readonly evidence: readonly SuggestionEvidence[]
}

export interface SuggestedPlace {
  readonly position: LonLat
  readonly address: string
  /** How far the place may lie from the point, metres. */
  readonly withinM: number
}

export interface Suggestions {
  /** False = the algorithm is switched off, and says nothing. */
  readonly isOn: boolean
  /** Likeliest first, at most three. */
  readonly classes: readonly Suggestion<string>[]
  readonly priority: Suggestion<Priority> | null
  readonly department: Suggestion<string> | null
  readonly place: Suggestion<SuggestedPlace> | null
  /** Marks its words speak for and it does not have. By an algorithm of its own (`flags`): empty where that one is switched off. */
  readonly flags: readonly Suggestion<CaseFlag>[]
}
export const noSuggestions = (isOn: boolean): Suggestions => ({
  isOn,
  classes: [],
  priority: null,
  department: null,
  place: null,
  flags: [],
})
