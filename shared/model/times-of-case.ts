/** A case's times; of a row from before they were kept, as far as its other fields say. */
import type { CaseTimeCode, CaseTimes } from './case-times.ts'
import type { Instant } from './ids.ts'
import type { Assignment, Incident } from './incident.ts'

type Timed = Pick<
  Incident,
  'times' | 'reportedAt' | 'filedAt' | 'dispatchedAt' | 'arrivedAt' | 'closedAt' | 'assignments'
>

export function timesOf(incident: Timed): CaseTimes {
  if (incident.times !== undefined) return incident.times
  const { reportedAt, filedAt, dispatchedAt, arrivedAt, closedAt, assignments } = incident
  const first = (of: (one: Assignment) => Instant | null): Instant | null =>
    assignments.reduce<Instant | null>((least, one) => {
      const at = of(one)
      return at === null || (least !== null && least <= at) ? least : at
    }, null)
  const known: Partial<Record<CaseTimeCode, Instant | null>> = {
    T0: reportedAt,
    T3: reportedAt,
    T4: filedAt,
    T5: dispatchedAt,
    T6: first(({ acknowledgedAt }) => acknowledgedAt),
    T7: first(({ departedAt }) => departedAt),
    T9: arrivedAt,
    T14: closedAt,
  }
  return Object.fromEntries(Object.entries(known).filter(([, at]) => at !== null))
}
