/**
 * The clock of the whole case, from the facts kept with it: when its marks come and when it is due, with what was extended and what was
 * suspended counted in. A mark somebody was told of stays told.
 */
import type { CaseClock, Suspension } from '../../../../shared/model/case-facts.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Limit } from '../../../../shared/model/limit.ts'
import type { WorkingHours } from '../../../../shared/model/working-time.ts'
import { clockMarks, markAt, type Clock } from '../deadline/clock.ts'

export interface Clocked {
  readonly clock: CaseClock
  readonly dueAt: Instant | null
}

type Parts = Pick<CaseClock, 'startAt' | 'limit' | 'extensions' | 'marksTold'>

/** 挂账 as the pause of a clock: known to its end from its beginning, shorter where it was resumed sooner. */
export const pausesOf = (suspension: Suspension | undefined): Clock['pauses'] =>
  suspension === undefined ? [] : [{ from: suspension.beganAt, to: suspension.endedAt ?? suspension.untilAt }]

export function setClock(parts: Parts, suspension: Suspension | undefined, hours: WorkingHours): Clocked {
  const { startAt, limit, extensions, marksTold } = parts
  const clock: Clock = { startAt, limit, extensions, pauses: pausesOf(suspension) }
  const at = (share: number) => markAt(clock, share, hours)
  return {
    clock: { startAt, limit, extensions, marksTold, halfAt: at(0.5), soonAt: at(0.8), graveAt: at(1.2) },
    dueAt: at(1),
  }
}

/** Of a case filed, or opened again, now. */
export const startClock = (startAt: Instant, limit: Limit, hours: WorkingHours): Clocked =>
  setClock({ startAt, limit, extensions: 0, marksTold: 0 }, undefined, hours)

/** When each of the four marks comes, in the order of `clockMarks`. */
export const marksOf = ({ halfAt, soonAt, graveAt }: CaseClock, dueAt: Instant | null): readonly (Instant | null)[] => [
  halfAt,
  soonAt,
  dueAt,
  graveAt,
]

/** The next mark nobody was told of, or null: all were, or it never comes, or the case has no clock or stands. */
export function nextMark(
  incident: Incident,
): { readonly at: Instant; readonly share: number; readonly kind: 'remind' | 'supervise' } | null {
  const { clock, dueAt } = incident
  if (clock === undefined || incident.state === 'suspended') return null
  const mark = clockMarks[clock.marksTold]
  const at = marksOf(clock, dueAt)[clock.marksTold] ?? null
  return mark === undefined || at === null ? null : { at, ...mark }
}
