/**
 * The clock of the whole case, from the facts kept with it: when its marks come and when it is due, with what was extended and what was
 * suspended counted in. A mark somebody was told of stays told.
 */
import type { CaseClock, Suspension } from '../../../../shared/model/case-facts.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Limit } from '../../../../shared/model/limit.ts'
import type { Context } from '../context.ts'
import { clockMarks, markAt, type Clock } from '../deadline/clock.ts'

export interface Clocked {
  readonly clock: CaseClock
  readonly dueAt: Instant | null
}

type Parts = Pick<CaseClock, 'startAt' | 'limit' | 'extensions' | 'marksTold'>

/** 挂账 as the pause of a clock: known to its end from its beginning, shorter where it was resumed sooner. */
export const pausesOf = (suspension: Suspension | undefined): Clock['pauses'] =>
  suspension === undefined ? [] : [{ from: suspension.beganAt, to: suspension.endedAt ?? suspension.untilAt }]

/** What clocks are reckoned by. One that runs is reckoned anew where it is extended, suspended or of another limit, by the settings of then. */
export type ClockRules = Pick<Context, 'workingHours' | 'caseSettings'>

export function setClock(parts: Parts, suspension: Suspension | undefined, rules: ClockRules): Clocked {
  const { startAt, limit, extensions, marksTold } = parts
  const clock: Clock = { startAt, limit, extensions, pauses: pausesOf(suspension) }
  const [halfAt = null, soonAt = null, dueAt = null, graveAt = null] = clockMarks(rules.caseSettings).map(({ share }) =>
    markAt(clock, share, rules.workingHours),
  )
  return { clock: { startAt, limit, extensions, marksTold, halfAt, soonAt, graveAt }, dueAt }
}

/** Of a case filed, or opened again, now. */
export const startClock = (startAt: Instant, limit: Limit, rules: ClockRules): Clocked =>
  setClock({ startAt, limit, extensions: 0, marksTold: 0 }, undefined, rules)

/** When each of the four marks comes, in the order of `clockMarks`. */
export const marksOf = ({ halfAt, soonAt, graveAt }: CaseClock, dueAt: Instant | null): readonly (Instant | null)[] => [
  halfAt,
  soonAt,
  dueAt,
  graveAt,
]

/** When the next mark comes that nobody was told of, or null: all were, or it never comes, or the case has no clock or stands. */
export function nextMarkAt({ clock, dueAt, state }: Incident): Instant | null {
  if (clock === undefined || state === 'suspended') return null
  return marksOf(clock, dueAt)[clock.marksTold] ?? null
}
