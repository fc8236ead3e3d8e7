/** `GET /api/v1/kpi/funnel`, `/kpi/distribution`, `/kpi/trend`: where cases stop, how long they took, what is to be expected. */
import { z } from 'zod'
import { caseIntervals, type CaseInterval } from '../model/case-times.ts'
import type { StepCount } from '../model/case-steps.ts'
import type { TimeTarget } from '../model/dispatch-settings.ts'
import type { Instant } from '../model/ids.ts'
import type { DurationBin } from '../model/duration-bins.ts'
import { caseFilterShape, instantSchema } from './fields.ts'

export const funnelQuerySchema = z.object({ from: instantSchema, to: instantSchema, ...caseFilterShape })
export type FunnelQuery = z.output<typeof funnelQuerySchema>

/** Of the cases reported in the period; each where it stands now. */
export interface FunnelAnswer {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly steps: readonly StepCount[]
}

export const distributionQuerySchema = funnelQuerySchema.extend({ interval: z.enum(caseIntervals).default('total') })
export type DistributionQuery = z.output<typeof distributionQuerySchema>

export interface Distribution {
  readonly count: number
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  readonly p95Ms: number | null
  /** Empty where nothing was measured. */
  readonly bins: readonly DurationBin[]
}
/** Of the cases reported in the period in which the interval was measured. */
export interface DistributionAnswer extends Distribution {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly interval: CaseInterval
  readonly targets: readonly TimeTarget[]
}

/** Cases an hour, or the mean of a kind of sensors. */
export const caseSigns = ['reported', 'closed'] as const
export const trendQuerySchema = z.object({
  /** `reported`, `closed`, or the code of a kind of sensors. */
  sign: z.string().min(1).max(64).default('reported'),
  district: caseFilterShape.district,
})
export interface TrendPoint {
  /** First instant of the hour. */
  readonly hourAt: Instant
  /** Null: not known, or still to come. */
  readonly value: number | null
  /** What was, or is, to be expected by what was known before that day; null where too little was. */
  readonly expected: number | null
  readonly low: number | null
  readonly high: number | null
}
export interface TrendAnswer {
  readonly asOf: string
  readonly sign: string
  /** All that can be asked for here. */
  readonly signs: readonly string[]
  readonly unit: string
  /** Sensors the mean is of, and how many there are; null of cases. */
  readonly sensors: { readonly read: number; readonly all: number } | null
  /** What the expected value repeats: the same hour a week or a day before; null = too little is known. */
  readonly season: 'week' | 'day' | null
  /** Share of hours the band is meant to hold, and the share it did hold of the hours it was tried on. */
  readonly level: number
  readonly coverage: number | null
  readonly tried: number
  readonly points: readonly TrendPoint[]
}
