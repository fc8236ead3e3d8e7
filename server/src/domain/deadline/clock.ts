/**
 * The clock of a case or a stage: a limit, its extensions and its pauses. Answers when it is due, how much is left, and which light it
 * shows. Being late is a fact of the instant: a pause or an extension given afterwards never unmakes it.
 */
import type { CaseSettings } from '../../../../shared/model/case-settings.ts'
import type { Light } from '../../../../shared/model/case-light.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Limit } from '../../../../shared/model/limit.ts'
import { countedMs, dueAt, limitMs, type Pause, type WorkingHours } from '../../../../shared/model/working-time.ts'

export interface Clock {
  readonly startAt: Instant
  readonly limit: Limit
  /** 延期: each adds the original limit once more. */
  readonly extensions: number
  readonly pauses: readonly Pause[]
}

const yellowShare = 0.2

export interface ClockMark {
  /** Of the limit. */
  readonly share: number
  readonly kind: 'remind' | 'supervise'
}

/** Shares of the limit at which somebody is told: reminders (催办), the third when it is used up, then supervision (督办). */
export const clockMarks = ({
  remindAtPercent: [first, soon],
  superviseAtPercent,
}: Pick<CaseSettings, 'remindAtPercent' | 'superviseAtPercent'>): readonly ClockMark[] => [
  { share: first / 100, kind: 'remind' },
  { share: soon / 100, kind: 'remind' },
  { share: 1, kind: 'remind' },
  { share: superviseAtPercent / 100, kind: 'supervise' },
]

const wholeMs = (clock: Clock, hours: WorkingHours) => limitMs(clock.limit, hours) * (1 + clock.extensions)

/** When `share` of the whole limit is used up; null while an open pause comes before it. */
export const markAt = (clock: Clock, share: number, hours: WorkingHours): Instant | null =>
  dueAt(clock.startAt, Math.round(wholeMs(clock, hours) * share), clock.limit.unit, hours, clock.pauses)

export const clockDueAt = (clock: Clock, hours: WorkingHours): Instant | null => markAt(clock, 1, hours)

/** Counting time left, ms; below 0 once it has run over. */
export const leftMs = (clock: Clock, now: Instant, hours: WorkingHours): number =>
  wholeMs(clock, hours) - countedMs(clock.startAt, now, clock.limit.unit, hours, clock.pauses)

const isPaused = ({ pauses }: Clock, now: Instant) =>
  pauses.some(({ from, to }) => from <= now && (to === null || now < to))

export function lightOf(clock: Clock, now: Instant, hours: WorkingHours): Light {
  if (isPaused(clock, now)) return 'grey'
  const due = clockDueAt(clock, hours)
  if (due !== null && now > due) return 'red'
  return leftMs(clock, now, hours) <= wholeMs(clock, hours) * yellowShare ? 'yellow' : 'green'
}
