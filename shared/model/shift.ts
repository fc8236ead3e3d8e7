/** When a crew works, in the city's own hours. */
import type { Instant } from './ids.ts'
import type { Term } from './term.ts'

export const shifts = ['round-the-clock', 'day', 'night'] as const
export type Shift = (typeof shifts)[number]
export const shiftNames: Record<Shift, Term> = {
  'round-the-clock': { zh: '全天轮班', en: 'Round the clock' },
  day: { zh: '白班', en: 'Day shift' },
  night: { zh: '夜班', en: 'Night shift' },
}

const hourMs = 3_600_000
/** The day shift begins at 08:00 and the night shift at 20:00; who works round the clock takes turns at the same hours. */
export const shiftHours = { day: 8, night: 20 } as const

/** The shift the city is in, and when it began. `dayStartAt` = midnight of `now`'s day in the city. */
export function shiftAt(
  dayStartAt: Instant,
  now: Instant,
): { readonly shift: 'day' | 'night'; readonly startAt: Instant } {
  const [day, night] = [dayStartAt + shiftHours.day * hourMs, dayStartAt + shiftHours.night * hourMs]
  if (now < day) return { shift: 'night', startAt: night - 24 * hourMs }
  return now < night ? { shift: 'day', startAt: day } : { shift: 'night', startAt: night }
}

/** Is a crew of this shift on duty by its hours? What it says of itself is its status. */
export const isOnShift = (shift: Shift, dayStartAt: Instant, now: Instant): boolean =>
  shift === 'round-the-clock' || shift === shiftAt(dayStartAt, now).shift
