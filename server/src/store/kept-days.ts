/**
 * Which cells hold what is asked of cases over a period: the dimension, the whole days (months where they may stand for them), and what is
 * left at both ends to be looked at case by case. Knows nothing of what the cells count.
 */
import type { CaseFilter } from '../../../shared/contract/fields.ts'
import { noneOf, type KpiQuery } from '../../../shared/contract/http.ts'
import { cityCalendar, type DayOf } from '../../../shared/model/city-calendar.ts'
import type { KpiRow } from '../../../shared/model/kpi.ts'
import type { Database } from '../ports/store.ts'
import { daysOf, firstDay } from './calendar-days.ts'
import { Conditions } from './conditions.ts'
import { bucketEdges, isBucket } from './kpi-buckets.ts'
import { groupCodeLength, hasDays, monthEdges, pairNumber, pairOf, type CellGroup, type KpiPair } from './kpi-pairs.ts'
import { escapeLike } from './list-page.ts'
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

const conditions = ['district', 'class', 'department', 'source'] as const

export interface Kept {
  /** Null: all cases together; a pair, where two conditions meet. */
  readonly dimension: CellGroup | KpiPair | null
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

/**
 * Which dimension holds what is asked; undefined = none, where three conditions meet. Classes of one group, or of several, are told from the
 * group's cells, of which there are fewer.
 */
function dimensionOf({ by, ...query }: KpiQuery): Kept['dimension'] | undefined {
  const isOfGroups = by !== 'class' && query.class !== undefined && query.class.length <= groupCodeLength
  const wanted = new Set<CellGroup>([
    ...(isBucket(by) ? [] : [by]),
    ...conditions
      .filter((condition) => query[condition] !== undefined)
      .map((condition) => (condition === 'class' && isOfGroups ? 'group' : condition)),
  ])
  const [only] = wanted
  return wanted.size > 1 ? pairOf(wanted) : (only ?? null)
}
const isPair = (dimension: Kept['dimension']): dimension is KpiPair => Array.isArray(dimension)

/** The number in a table of cells; `numberOf`: that of a dimension. */
const cellNumber = ({ dimension }: Kept, numberOf: (dimension: CellGroup | null) => number): number =>
  isPair(dimension) ? pairNumber(dimension) : numberOf(dimension)

/** The whole months of a period for a pair without days, as days, and what is left. */
function wholeMonths(dayOf: DayOf, span: Span): Pick<Kept, 'days' | 'ends'> | null {
  const edges = monthEdges(dayOf, span)
  const [first, last] = [edges[0], edges.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  const ends = [
    { from: span.from, to: first },
    { from: last, to: span.to },
  ].filter(({ from, to }) => from < to)
  return { days: edges.slice(0, -1).map((at) => Number(dayOf(at).ymd) - 1), ends }
}

/**
 * Null where the cells do not hold it: no whole day, hours and minutes; one class and something else by days, or over less than a month;
 * three conditions.
 */
export async function keptOf(db: Database, query: KpiQuery, timeZone: string): Promise<Kept | null> {
  const { by } = query
  const dimension = dimensionOf(query)
  const dayOf = cityCalendar(timeZone)
  if (dimension === undefined || by === 'minute' || by === 'hour') return null
  // Weeks cut months.
  const goesByMonths = !isBucket(by) || by === 'month'
  const isByMonths = isPair(dimension) && !hasDays(dimension)
  if (isByMonths && !goesByMonths) return null
  const found = isByMonths ? wholeMonths(dayOf, query) : wholeDaysOf(dayOf, query, goesByMonths)
  if (found === null) return null
  const { days, ends } = found
  if (!isBucket(by)) return { dimension, days, ends, buckets: null }
  const starts = await bucketEdges(db, query, by, timeZone)
  const firstDays = starts.map((at) => Number(dayOf(at).ymd))
  const buckets = {
    starts,
    ofDay: (day: number) => starts[lastUpTo(firstDays, firstDay(day))] as number,
    ofInstant: (at: number) => starts[lastUpTo(starts, at)] as number,
  }
  return { dimension, days, ends, buckets }
}

function wholeDaysOf(dayOf: DayOf, span: Span, withMonths: boolean): Pick<Kept, 'days' | 'ends'> | null {
  const found = wholeDays(dayOf, span)
  return found && { days: daysOf(dayOf, found.whole.from, found.whole.to, withMonths), ends: found.ends }
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
  const [all] = (await sumMeasures(db, where)).values()
  return (all?.of('reported') ?? 0) > mostExactly
}

/** `always`: from cells whether or not there are few enough to be looked at one by one; `never`: not at all. */
export type CellUse = 'always' | 'never' | 'many'

/** Null where single cases are to be looked at. */
export async function keptIfMany(
  db: Database,
  query: KpiQuery,
  timeZone: string,
  use: CellUse = 'many',
): Promise<Kept | null> {
  const kept = use === 'never' ? null : await keptOf(db, query, timeZone)
  return kept !== null && (use === 'always' || (await isWorthwhile(db, kept, timeZone))) ? kept : null
}

/** The members asked for, of the dimension's cells; of a pair, of either of its two. */
function addMembers(where: Conditions, { dimension }: Kept, filter: CaseFilter): void {
  const patterns = patternsOf(filter)
  if (!isPair(dimension)) {
    if (dimension !== null) where.addIf(patterns[dimension], (at) => `key like ${at}`)
    return
  }
  const [first, second] = dimension.map((group) => patterns[group])
  // By how the key begins, which its index holds in order; where no part is open, the key itself.
  if (first !== undefined || second !== undefined)
    where.add(`key like ${where.bind(`${first ?? '%'} ${second ?? '%'}`)}`)
}

/** The cells of what is asked. */
export function whereOfCells(
  kept: Kept,
  filter: CaseFilter,
  numberOf: (dimension: CellGroup | null) => number,
): Conditions {
  const where = new Conditions()
  where.add(`dimension = ${where.bind(cellNumber(kept, numberOf))}`)
  where.add(`day = any(${where.bind(kept.days)}::int[])`)
  addMembers(where, kept, filter)
  return where
}

/** A class is asked for by how it begins, the others as they are; one that is not known has an empty key. */
function patternsOf(filter: CaseFilter): Partial<Record<CellGroup, string>> {
  const patterns: Partial<Record<CellGroup, string>> = {}
  for (const group of conditions) {
    const asked = filter[group]
    if (asked === undefined) continue
    if (group === 'class') patterns.class = patterns.group = `${escapeLike(asked)}%`
    else patterns[group] = asked === noneOf ? '' : escapeLike(asked)
  }
  return patterns
}

/** What cells are told apart by: the bucket's day, or the member that was asked for. */
export const cellName = ({ buckets, dimension }: Kept, { by }: Pick<KpiQuery, 'by'>): string =>
  buckets !== null ? 'day' : isPair(dimension) ? `split_part(key, ' ', ${dimension[0] === by ? 1 : 2})` : 'key'

/** The row a cell of this name belongs to: a bucket's start, or a member, '' for those of whom it is not known. */
export const rowNameOf = ({ buckets }: Kept, name: unknown): number | string =>
  buckets === null ? String(name) : buckets.ofDay(Number(name))

/** Members by code, the unknown last. */
export const byMember = (a: { readonly key: KpiRow['key'] }, b: { readonly key: KpiRow['key'] }): number =>
  Number(a.key === null) - Number(b.key === null) || (String(a.key) < String(b.key) ? -1 : 1)
