/**
 * The numbers a city is run by. Every one has its time base said: which instant of a case puts it into a period.
 */
import type { Instant } from './ids.ts'
import type { KpiMeasure } from './kpi-measure.ts'

/** Today by the city's own calendar: the wall's bottom strip. Counts by the instant of the act. */
export interface KpiToday {
  /** First instant of the day. */
  readonly dayStartAt: Instant
  /** When these were true. */
  readonly asOfAt: Instant
  /** 受理: reports that came in (by `reportedAt`). */
  readonly reported: number
  /** 立案 (by `filedAt`). */
  readonly filed: number
  /** 派遣 (by `dispatchedAt`). */
  readonly dispatched: number
  /** 结案 (by `closedAt`, closed cases only). */
  readonly closed: number
  /** 不予立案 or 作废 (by `closedAt`). */
  readonly refused: number
  /** Open now and past their stage or case limit. */
  readonly overdueNow: number
  readonly openNow: number
  /** Closed today within the case limit ÷ closed today; null when none closed. */
  readonly onTimeRate: number | null
  /** Report to first crew on scene, ms, over arrivals of today; null when none. */
  readonly responseP50Ms: number | null
  readonly responseP90Ms: number | null
  readonly alarmsRaised: number
  /** Arrivals of the last 60 minutes, a number a minute, oldest first. */
  readonly reportedByMinute: readonly number[]
  readonly closedByMinute: readonly number[]
}

export const kpiBuckets = ['minute', 'hour', 'day', 'week', 'month'] as const
export type KpiBucket = (typeof kpiBuckets)[number]
/** The longest series anyone may ask for. */
export const kpiBucketLimit = 5_000
export const kpiGroups = ['district', 'class', 'department', 'source', 'priority'] as const
export type KpiGroup = (typeof kpiGroups)[number]

/** What small multiples compare members by. */
export const multipleMeasures = ['reported', 'closed', 'onTime', 'overdue', 'p90'] as const
export type MultipleMeasure = (typeof multipleMeasures)[number]
/** As many members can be compared on a page. */
export const mostMultiples = 16

/** One bucket, or one member of a group, of the KPI page. */
export interface KpiRow {
  /** Bucket start (ms) or the group member's code; null = not known (unlocated, unclassified). */
  readonly key: number | string | null
  readonly reported: number
  readonly filed: number
  readonly closed: number
  readonly refused: number
  readonly onTime: number
  readonly overdue: number
  readonly open: number
  readonly responseCount: number
  readonly responseP50Ms: number | null
  readonly responseP90Ms: number | null
}

/** The measure each number of a row counts, by whose bit its cases are listed; responses go by the arrival and are no measure. */
export const kpiRowMeasures = {
  reported: 'reported',
  filed: 'filed',
  closed: 'closed',
  refused: 'refused',
  onTime: 'closedInLimit',
  overdue: 'overdue',
  open: 'open',
} as const satisfies Partial<Record<keyof KpiRow, KpiMeasure>>

/** Percentile with linear interpolation, as PostgreSQL's `percentile_cont`. `sorted` ascending; null when empty; 0 ≤ q ≤ 1. */
export function percentile(sorted: readonly number[], q: number): number | null {
  if (sorted.length === 0) return null
  const at = q * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (high - low) * (at - below)
}
