/**
 * Time that counts: the whole of it for urgent hours and natural days, the city's working hours for the rest, less what is paused. A limit
 * begins with the next instant that counts and is reached at the end of one, never at the start of the next: work due by 18:00 is not
 * due at 08:00 of the morning after. Rule: field reference §2.6.
 */
import type { Instant } from './ids.ts'
import type { Limit, LimitUnit } from './limit.ts'

const hourMs = 3_600_000
/** A calendar without work must not be searched for ever; the longest pause (挂账) is a year. */
const farthestMs = 4 * 366 * 24 * hourMs

/** From `from` up to but not at `to`. */
export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** 挂账: no time counts meanwhile. `to` null = nobody knows yet until when. */
export interface Pause {
  readonly from: Instant
  readonly to: Instant | null
}

/** When the city's offices work. */
export interface WorkingHours {
  /** Working spans that end after `at`, in order, without end or gap in the search. */
  spansFrom(at: Instant): Iterable<Span>
  /** How long a working day (工作日) is, ms. */
  readonly dayMs: number
}

/** What a limit amounts to, ms of the time it counts in. */
export function limitMs({ amount, unit }: Limit, hours: WorkingHours): number {
  if (unit === 'work-day') return amount * hours.dayMs
  return amount * (unit === 'natural-day' ? 24 * hourMs : hourMs)
}

function* spansOf(unit: LimitUnit, from: Instant, hours: WorkingHours): Iterable<Span> {
  if (unit === 'urgent-hour' || unit === 'natural-day') yield { from, to: Infinity }
  else yield* hours.spansFrom(from)
}

/** What is left of a span outside the pauses, in order. */
function* unpaused(span: Span, pauses: readonly Pause[]): Iterable<Span> {
  let { from } = span
  for (const pause of pauses) {
    const end = pause.to ?? Infinity
    if (end <= from || pause.from >= span.to) continue
    if (pause.from > from) yield { from, to: pause.from }
    from = Math.max(from, end)
  }
  if (from < span.to) yield { from, to: span.to }
}

const inOrder = (pauses: readonly Pause[]): Pause[] => pauses.toSorted((a, b) => a.from - b.from)

/**
 * The instant at which `ms` of counting time have passed since `startAt`; null where an open pause comes first, or the calendar holds no
 * such time.
 */
export function dueAt(
  startAt: Instant,
  ms: number,
  unit: LimitUnit,
  hours: WorkingHours,
  pauses: readonly Pause[] = [],
): Instant | null {
  let left = ms
  const ordered = inOrder(pauses)
  const endlessFrom = ordered.find(({ to }) => to === null)?.from ?? Infinity
  for (const span of spansOf(unit, startAt, hours)) {
    if (span.from >= endlessFrom || span.from > startAt + farthestMs) return null
    for (const { from, to } of unpaused({ from: Math.max(startAt, span.from), to: span.to }, ordered)) {
      if (from + left <= to) return from + left
      left -= to - from
    }
  }
  return null
}

/** How much counting time lies between two instants, ms; 0 where they are the other way round. */
export function countedMs(
  from: Instant,
  to: Instant,
  unit: LimitUnit,
  hours: WorkingHours,
  pauses: readonly Pause[] = [],
): number {
  let sum = 0
  const ordered = inOrder(pauses)
  for (const span of spansOf(unit, from, hours)) {
    if (span.from >= to) break
    const inside = { from: Math.max(from, span.from), to: Math.min(to, span.to) }
    if (inside.from >= inside.to) continue
    for (const piece of unpaused(inside, ordered)) sum += piece.to - piece.from
  }
  return sum
}
