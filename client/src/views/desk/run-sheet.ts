/** What a run sheet leaves room for, and what it warns of. Pure. */
import { caseFlagNames, type CaseFlag } from '../../../../shared/model/case-facts.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Term } from '../../../../shared/model/term.ts'

/** Columns of a crew's times, in the order they happen; what is not known yet is written in by hand. */
export const crewSteps = ['dispatchedAt', 'acknowledgedAt', 'departedAt', 'arrivedAt', 'endedAt', 'clearedAt'] as const

/** Marks of the case that a crew must know before it goes. */
export const flagsOn = ({ flags = [] }: Pick<Incident, 'flags'>): readonly Term[] =>
  flags.map((flag: CaseFlag) => caseFlagNames[flag])
