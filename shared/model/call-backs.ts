/**
 * 回访: who is owed an answer. Every caller is, also one whose report was merged into another's case: the duty stays with the report it
 * came with, so that merging and its undoing cannot lose it.
 */
import type { CallBack, SatisfactionGrade } from './case-facts.ts'
import type { IncidentId } from './ids.ts'
import type { Incident } from './incident.ts'

type Owing = Pick<Incident, 'id' | 'reporter' | 'callBacks'>

const owed = (from: IncidentId): CallBack => ({
  from,
  misses: 0,
  endedAt: null,
  by: null,
  solved: null,
  satisfaction: null,
  attitude: null,
  note: '',
})

/** All of a case's callers, its own first; empty where nobody called. */
export const callBacksOf = ({ id, reporter, callBacks }: Owing): readonly CallBack[] =>
  callBacks ?? (reporter === null ? [] : [owed(id)])

/** The four grades on the scale of 1 to 5 that cases were judged by before, and back. */
const scores: Readonly<Record<SatisfactionGrade, number>> = { satisfied: 5, mostly: 4, 'so-so': 3, dissatisfied: 1 }
export const scoreOf = (grade: SatisfactionGrade): number => scores[grade]
export const gradeOfScore = (score: number): SatisfactionGrade =>
  score >= 5 ? 'satisfied' : score >= 4 ? 'mostly' : score >= 3 ? 'so-so' : 'dissatisfied'
