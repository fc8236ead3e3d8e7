/**
 * The light of a case (field reference §2.6): 绿 more than a fifth of its time left · 黄 a fifth or less · 红 past it · 灰 suspended. Read
 * from the row alone, so that server and pages show the same at every instant.
 */
import type { CaseClock, Suspension } from './case-facts.ts'
import type { Instant } from './ids.ts'
import type { Term } from './term.ts'

export const lights = ['green', 'yellow', 'red', 'grey'] as const
export type Light = (typeof lights)[number]
export const lightNames: Record<Light, Term> = {
  green: { zh: '正常', en: 'In time' },
  yellow: { zh: '即将超时', en: 'Soon due' },
  red: { zh: '已超时', en: 'Overdue' },
  grey: { zh: '挂账', en: 'Suspended' },
}

/** The time is used up to this share when the light turns yellow. */
export const yellowFrom = 0.8

interface Timed {
  readonly dueAt: Instant | null
  readonly filedAt: Instant | null
  readonly clock?: CaseClock
  readonly suspension?: Suspension
}

/** Null where the case has no limit: not filed, or in a city whose offices never work. */
export function caseLight({ dueAt, filedAt, clock, suspension }: Timed, now: Instant): Light | null {
  if (suspension !== undefined && suspension.endedAt === null && now < suspension.untilAt) return 'grey'
  if (dueAt === null) return null
  if (now > dueAt) return 'red'
  // Cases of logs from before there were clocks: by the plain share of the way.
  const soonAt = clock === undefined ? (filedAt ?? dueAt) + yellowFrom * (dueAt - (filedAt ?? dueAt)) : clock.soonAt
  return soonAt !== null && now >= soonAt ? 'yellow' : 'green'
}
