/**
 * Which cells hold what is asked of cases over a period: the dimension, the whole days (months where they may stand for them), and what is
 * left at both ends to be looked at case by case. Knows nothing of what the cells count.
 */
import type { CaseFilter } from '../../../shared/contract/fields.ts'
import { noneOf, type KpiQuery } from '../../../shared/contract/http.ts'
import { cityCalendar, type DayOf } from '../../../shared/model/city-calendar.ts'
import type { KpiGroup, KpiRow } from '../../../shared/model/kpi.ts'
import type { Database, Row } from '../ports/store.ts'
import { daysOf, firstDay } from './calendar-days.ts'
import { Conditions } from './conditions.ts'
import { bucketEdges, isBucket } from './kpi-buckets.ts'
import { addClass } from './list-page.ts'
import { sumMeasures } from './measure-counts.ts'

/** Up to so many are looked at one by one, which is exact. */
export const mostExactly = 20_000

export interface Span {
  readonly from: number
  readonly to: number
}

/** The whole days of a period, and what is before and after them; null where it holds no whole day. */
export function wholeDays(dayOf: DayOf, { from, to }: Span): { readonly whole: Span; readonly ends: Span[] } | null {
  const first = dayOf(from)
  const whole = { from: first.startAt === from ? from : first.endAt, to: dayOf(to).startAt }
  if (whole.from >= whole.to) return null
  const ends = [
    { from, to: whole.from },
    { from: whole.to, to },
  ].filter((end) => end.from < end.to)
  return { whole, ends }
}

export interface Kept {
  /** Null: all cases together. */
  readonly dimension: KpiGroup | null
  /** `yyyymmdd`, a month's ends in 00. */
  readonly days: readonly number[]
  readonly ends: readonly Span[]
  /** Starts of the buckets asked for, and the row a cell's day, or an instant, belongs to; null where members are asked for. */
  readonly buckets: {
    readonly starts: readonly number[]
    ofDay(day: number): number
    ofInstant(at: number): number
  } | null
}

/** Which dimension holds what is asked; undefined = none, where two conditions meet. */
function dimensionOf({ by, district, class: code, department, source }: KpiQuery): KpiGroup | null | undefined {
  const wanted: KpiGroup[] = [
    ...(isBucket(by) ? [] : [by]),
    ...(district === undefined ? [] : ['district' as const]),
    ...(code === undefined ? [] : ['class' as const]),
    ...(department === undefined ? [] : ['department' as const]),
    ...(source === undefined ? [] : ['source' as const]),
  ]
  const [only] = new Set(wanted)
  return new Set(wanted).size > 1 ? undefined : (only ?? null)
}

/** Null where the cells do not hold it: no whole day, hours and minutes, two conditions at once. */
export async function keptOf(db: Database, query: KpiQuery, timeZone: string): Promise<Kept | null> {
  const { by } = query
  const dimension = dimensionOf(query)
  const dayOf = cityCalendar(timeZone)
  const found = wholeDays(dayOf, query)
  if (dimension === undefined || found === null || by === 'minute' || by === 'hour') return null
  // Weeks cut months.
  const days = daysOf(dayOf, found.whole.from, found.whole.to, !isBucket(by) || by === 'month')
  if (!isBucket(by)) return { dimension, days, ends: found.ends, buckets: null }
  const starts = await bucketEdges(db, query, by, timeZone)
  const firstDays = starts.map((at) => Number(dayOf(at).ymd))
  const buckets = {
    starts,
    ofDay: (day: number) => starts[lastUpTo(firstDays, firstDay(day))] as number,
    ofInstant: (at: number) => starts[lastUpTo(starts, at)] as number,
  }
  return { dimension, days, ends: found.ends, buckets }
}

/** Place of the last number (ascending) that is not greater. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length - 1]
  while (low < high) {
    const mid = Math.ceil((low + high) / 2)
    if ((numbers[mid] as number) <= most) low = mid
    else high = mid - 1
  }
  return low
}

/** Are there too many cases to look at each, and do the cells go by these days? */
export async function isWorthwhile(db: Database, { days }: Kept, timeZone: string): Promise<boolean> {
  const [state] = await db.query('select time_zone from kpi_state')
  if (state?.time_zone !== timeZone) return false
  const where = new Conditions()
  where.add('dimension = 0')
  where.add(`day = any(${where.bind(days)}::int[])`)
  const [all] = (await sumMeasures(db, where, null)).values()
  return (all?.of('reported') ?? 0) > mostExactly
}

/** The members asked for, of the dimension's cells. */
export function addMembers(where: Conditions, { dimension }: Kept, { class: code, ...members }: CaseFilter): void {
  if (dimension === 'class') addClass(where, 'key', code)
  if (dimension === null || dimension === 'class' || dimension === 'priority') return
  const member = members[dimension]
  // A cell of those of whom it is not known has an empty key.
  where.addIf(member === noneOf ? '' : member, (at) => `key = ${at}`)
}

/** The row a cell belongs to: a bucket's start, or a member, '' for those of whom it is not known. */
export const rowNameOf = ({ buckets }: Kept, { day, key }: Row): number | string =>
  buckets === null ? String(key) : buckets.ofDay(Number(day))

/** Members by code, the unknown last. */
export const byMember = (a: { readonly key: KpiRow['key'] }, b: { readonly key: KpiRow['key'] }): number =>
  Number(a.key === null) - Number(b.key === null) || (String(a.key) < String(b.key) ? -1 : 1)
