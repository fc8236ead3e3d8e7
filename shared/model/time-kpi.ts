/**
 * How long cases took, as percentiles and as the share that kept its target; never as averages. The plain reckoning that the read models'
 * SQL is held to.
 */
import { caseIntervals, intervalMs, type CaseInterval } from './case-times.ts'
import { targetFor, type TimeTarget } from './dispatch-settings.ts'
import type { Incident } from './incident.ts'
import { percentile } from './kpi.ts'
import { timesOf } from './times-of-case.ts'

export interface IntervalKpi {
  /** Cases in which it was measured. */
  readonly count: number
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  readonly p95Ms: number | null
  /** Of those, how many have a target, and how many kept it (its last second is kept). */
  readonly withTarget: number
  readonly kept: number
  /** `kept` ÷ `withTarget`; null where none has one. */
  readonly compliance: number | null
}

export interface TimesRow {
  /** Bucket start (ms) or the group member's code; null = not known, and the period's total. */
  readonly key: number | string | null
  readonly intervals: Readonly<Record<CaseInterval, IntervalKpi>>
}

type Case = Parameters<typeof timesOf>[0] & Pick<Incident, 'priority' | 'departmentId'>

/** Of all these cases together. */
export function intervalKpis(cases: readonly Case[], targets: readonly TimeTarget[]): TimesRow['intervals'] {
  const of = (interval: CaseInterval): IntervalKpi => {
    const measured = cases.flatMap((one) => {
      const ms = intervalMs(timesOf(one), interval)
      const target = targetFor(targets, interval, one.priority, one.departmentId)
      return ms === null ? [] : [{ ms, targetMs: target === undefined ? null : target.seconds * 1000 }]
    })
    const sorted = measured.map(({ ms }) => ms).sort((a, b) => a - b)
    const held = measured.filter(({ targetMs }) => targetMs !== null)
    const kept = held.filter(({ ms, targetMs }) => ms <= (targetMs ?? 0)).length
    return {
      count: sorted.length,
      p50Ms: percentile(sorted, 0.5),
      p90Ms: percentile(sorted, 0.9),
      p95Ms: percentile(sorted, 0.95),
      withTarget: held.length,
      kept,
      compliance: held.length === 0 ? null : kept / held.length,
    }
  }
  return Object.fromEntries(caseIntervals.map((interval) => [interval, of(interval)])) as TimesRow['intervals']
}
