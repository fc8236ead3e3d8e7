/**
 * Which weekly and monthly bulletins (周报, 月报) should be there at a moment, by the city's own calendar. Pure: the same moment always asks for
 * the same ones, so that whoever keeps them can be stopped and started at will.
 */
import type { DayOf } from '../../../../shared/model/city-calendar.ts'
import type { Instant } from '../../../../shared/model/ids.ts'

/** Of two that end together the month goes first. */
export const bulletinKinds = ['monthly', 'weekly'] as const
export type BulletinKind = (typeof bulletinKinds)[number]

export interface BulletinPeriod {
  /** `weekly-20261116`: the kind and the period's first day. */
  readonly id: string
  readonly kind: BulletinKind
  readonly from: Instant
  /** First instant after it. */
  readonly to: Instant
  /** The period before, that it is compared with. */
  readonly before: { readonly from: Instant; readonly to: Instant }
}

/** So long after a period's end: the night's cases are in, and nobody is at the desk yet. */
export const settleMs = 6 * 3_600_000
/** Made up for after a server was down: so many periods back. */
export const lookBack: Readonly<Record<BulletinKind, number>> = { weekly: 4, monthly: 3 }

/** The first day of the week (Monday) or month a day is in; of any instant of it. */
function firstDay(dayOf: DayOf, at: Instant, kind: BulletinKind): Instant {
  let day = dayOf(at)
  const isFirst = () =>
    kind === 'monthly'
      ? day.ymd.endsWith('01')
      : new Date(`${day.ymd.slice(0, 4)}-${day.ymd.slice(4, 6)}-${day.ymd.slice(6)}T00:00:00Z`).getUTCDay() === 1
  while (!isFirst()) day = dayOf(day.startAt - 1)
  return day.startAt
}

/** Periods that are over and settled, the newest first; of two that end together, the month. */
export function bulletinsDue(now: Instant, dayOf: DayOf): BulletinPeriod[] {
  const due = bulletinKinds.flatMap((kind) => {
    const periods: BulletinPeriod[] = []
    let to = firstDay(dayOf, now - settleMs, kind)
    for (let n = 0; n < lookBack[kind]; n++) {
      const from = firstDay(dayOf, to - 1, kind)
      const before = { from: firstDay(dayOf, from - 1, kind), to: from }
      periods.push({ id: `${kind}-${dayOf(from).ymd}`, kind, from, to, before })
      to = from
    }
    return periods
  })
  return due.sort((a, b) => b.to - a.to)
}
