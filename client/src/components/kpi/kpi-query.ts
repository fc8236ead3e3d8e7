/**
 * What the KPI page shows, as its address says it: the whole view is in the query, so a link or a bookmark opens the same numbers.
 * Pure; the clock and the city's zone are arguments.
 */
import { zoneOffsetMs } from '../../charts/chart-time.ts'
import { multipleMeasures, type KpiBucket, type KpiGroup, type MultipleMeasure } from '../../../../shared/model/kpi.ts'
import { caseIntervals, type CaseInterval } from '../../../../shared/model/case-times.ts'
import type { KpiDimension } from '../../../../shared/model/kpi-measure.ts'

export const periods = ['1h', 'today', '24h', '7d', '30d', 'custom'] as const
export type Period = (typeof periods)[number]
export const comparisons = ['previous', 'year'] as const
export type Comparison = (typeof comparisons)[number]
export const groupings = ['district', 'class', 'department', 'source'] as const satisfies readonly KpiGroup[]
export type Grouping = (typeof groupings)[number]
/** Which part of the page is shown: the period at a glance, what is behind it, evaluation, load of alarms, times of dispatch. */
export const kpiTabs = ['overview', 'analysis', 'indicators', 'alarms', 'times'] as const
export type KpiTab = (typeof kpiTabs)[number]
/** By what evaluation tells cases apart. */
export const dimensions = [
  'district',
  'street',
  'department',
  'class',
  'source',
] as const satisfies readonly KpiDimension[]
export type Dimension = (typeof dimensions)[number]
/** Whose bad actors: of the period, or of the calendar month it ends in. */
export const actorSpans = ['period', 'month'] as const
export type ActorSpan = (typeof actorSpans)[number]

export interface KpiView {
  readonly tab: KpiTab
  readonly period: Period
  /** Only of a custom period; null elsewhere, where the clock says it. */
  readonly fromAt: number | null
  readonly toAt: number | null
  readonly compare: Comparison
  readonly group: Grouping
  readonly district: string | null
  readonly classCode: string | null
  readonly department: string | null
  readonly source: string | null
  readonly dimension: Dimension
  /** The indicator or interval whose members are shown; null = the tab's first. */
  readonly pick: string | null
  readonly actors: ActorSpan
  /** Of the analysis: whose durations are shown, by what members are compared, which vital sign is told. */
  readonly interval: CaseInterval
  readonly multiple: MultipleMeasure
  readonly sign: string
}

/** Which cases a view is of, as the API asks. */
export const filterOf = ({ district, classCode, department, source }: KpiView) => ({
  district,
  class: classCode,
  department,
  source,
})

export interface Range {
  readonly fromAt: number
  readonly toAt: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const longestMs = 10 * 366 * dayMs

type Query = Readonly<Record<string, unknown>>
const oneOf = <T extends string>(value: unknown, allowed: readonly T[], fallback: T): T =>
  allowed.find((word) => word === value) ?? fallback
const code = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 64 ? value : null
function instant(value: unknown): number | null {
  if (typeof value !== 'string') return null
  const at = Date.parse(value)
  return Number.isFinite(at) && at >= 0 ? at : null
}

/** The view an address asks for; what makes no sense in it falls back to today's. */
export function readView(query: Query): KpiView {
  const fromAt = instant(query['from'])
  const toAt = instant(query['to'])
  const isRange = fromAt !== null && toAt !== null && fromAt < toAt && toAt - fromAt <= longestMs
  const asked = oneOf(query['period'], periods, isRange ? 'custom' : 'today')
  const period = asked === 'custom' && !isRange ? 'today' : asked
  return {
    tab: oneOf(query['tab'], kpiTabs, 'overview'),
    period,
    fromAt: period === 'custom' ? fromAt : null,
    toAt: period === 'custom' ? toAt : null,
    compare: oneOf(query['compare'], comparisons, 'previous'),
    group: oneOf(query['by'], groupings, 'district'),
    district: code(query['district']),
    classCode: code(query['class']),
    department: code(query['dept']),
    source: code(query['src']),
    dimension: oneOf(query['dim'], dimensions, 'district'),
    pick: code(query['pick']),
    actors: oneOf(query['actors'], actorSpans, 'period'),
    interval: oneOf(query['stretch'], caseIntervals, 'total'),
    multiple: oneOf(query['measure'], multipleMeasures, 'reported'),
    sign: code(query['sign']) ?? 'reported',
  }
}

/** The address of a view; what is as usual is left out. */
export function writeView(view: KpiView): Record<string, string> {
  const query: Record<string, string> = {}
  if (view.tab !== 'overview') query['tab'] = view.tab
  if (view.period !== 'today') query['period'] = view.period
  if (view.fromAt !== null) query['from'] = new Date(view.fromAt).toISOString()
  if (view.toAt !== null) query['to'] = new Date(view.toAt).toISOString()
  if (view.compare !== 'previous') query['compare'] = view.compare
  if (view.group !== 'district') query['by'] = view.group
  if (view.district !== null) query['district'] = view.district
  if (view.classCode !== null) query['class'] = view.classCode
  if (view.department !== null) query['dept'] = view.department
  if (view.source !== null) query['src'] = view.source
  if (view.dimension !== 'district') query['dim'] = view.dimension
  if (view.pick !== null) query['pick'] = view.pick
  if (view.actors !== 'period') query['actors'] = view.actors
  if (view.interval !== 'total') query['stretch'] = view.interval
  if (view.multiple !== 'reported') query['measure'] = view.multiple
  if (view.sign !== 'reported') query['sign'] = view.sign
  return query
}

/** First instant of the city's day that `at` lies in, moved by whole days of its calendar. */
export function dayStart(at: number, timeZone: string, days = 0): number {
  const moved = at + zoneOffsetMs(at, timeZone)
  const startMoved = Math.floor(moved / dayMs) * dayMs + days * dayMs
  return unmoved(startMoved, timeZone)
}

/** The instant at which the zone's clock shows this moved time; in the hour a clock skips, the instant after it. */
export function unmoved(moved: number, timeZone: string): number {
  const guess = moved - zoneOffsetMs(moved, timeZone)
  return moved - zoneOffsetMs(guess, timeZone)
}

/** First instant of a day of the city, `yyyy-mm-dd`. */
export const cityMidnight = (day: string, timeZone: string): number =>
  dayStart(unmoved(Date.parse(`${day}T12:00:00Z`), timeZone), timeZone)

/** From when to when, by the clock. */
export function rangeOf(view: KpiView, nowAt: number, timeZone: string): Range {
  switch (view.period) {
    case '1h':
      return { fromAt: nowAt - hourMs, toAt: nowAt }
    case 'today':
      return { fromAt: dayStart(nowAt, timeZone), toAt: nowAt }
    case '24h':
      return { fromAt: nowAt - dayMs, toAt: nowAt }
    case '7d':
      return { fromAt: dayStart(nowAt, timeZone, -6), toAt: nowAt }
    case '30d':
      return { fromAt: dayStart(nowAt, timeZone, -29), toAt: nowAt }
    case 'custom':
      return { fromAt: view.fromAt ?? dayStart(nowAt, timeZone), toAt: view.toAt ?? nowAt }
  }
}

const calendarDays: Partial<Record<Period, number>> = { today: 1, '7d': 7, '30d': 30 }

/**
 * The range to compare with. 环比: as much of the period before; for today, yesterday up to the same time of day. 同比: the same a year
 * earlier by the calendar.
 */
export function comparedRange(view: KpiView, range: Range, timeZone: string): Range {
  const shift = (at: number, change: (moved: Date) => void): number => {
    const moved = new Date(at + zoneOffsetMs(at, timeZone))
    change(moved)
    return unmoved(moved.getTime(), timeZone)
  }
  if (view.compare === 'year') {
    const yearBefore = (moved: Date) => {
      const month = moved.getUTCMonth()
      moved.setUTCFullYear(moved.getUTCFullYear() - 1)
      // 29 February has no elder brother: the last day of that month stands for it.
      if (moved.getUTCMonth() !== month) moved.setUTCDate(0)
    }
    return { fromAt: shift(range.fromAt, yearBefore), toAt: shift(range.toAt, yearBefore) }
  }
  const days = calendarDays[view.period]
  if (days === undefined) return { fromAt: range.fromAt - (range.toAt - range.fromAt), toAt: range.fromAt }
  const back = (moved: Date) => void moved.setUTCDate(moved.getUTCDate() - days)
  return { fromAt: shift(range.fromAt, back), toAt: shift(range.toAt, back) }
}

/** Buckets fine enough to show a course and few enough to be read. */
export function bucketOf({ fromAt, toAt }: Range): KpiBucket {
  const spanMs = toAt - fromAt
  if (spanMs <= 3 * hourMs) return 'minute'
  if (spanMs <= 3 * dayMs) return 'hour'
  if (spanMs <= 100 * dayMs) return 'day'
  if (spanMs <= 730 * dayMs) return 'week'
  return 'month'
}

/** Is now part of it, so that it moves on by itself? */
export const isRunning = (view: KpiView): boolean => view.period !== 'custom'
