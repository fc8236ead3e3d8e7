/** Evaluation (绩效评价) over HTTP: `GET /api/v1/kpi/indicators`, `GET /api/v1/kpi/formulas`. */
import { z } from 'zod'
import { indicatorOf, type IndicatorGroup, type KpiGrade } from '../model/kpi-indicator.ts'
import { kpiDimensions, kpiPeriods } from '../model/kpi-measure.ts'
import type { Term } from '../model/transition.ts'
import { instantSchema } from './fields.ts'

/** Query of `/kpi/indicators`. What lies behind the end of today is not asked of. */
export const indicatorQuerySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** A dimension, or days, weeks … years; left out: all together. */
  by: z.enum([...kpiDimensions, ...kpiPeriods]).optional(),
  /** Also answer the period before (环比) or the same period a year before (同比). */
  compare: z.enum(['previous', 'year']).optional(),
  /** Only these indicators, by code, with commas between them; left out: all. */
  indicator: z
    .string()
    .max(2000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().refine((code) => indicatorOf(code) !== undefined, 'no such indicator')))
    .optional(),
  /** Put members in order by this indicator, the worst first; left out: by code. */
  order: z
    .string()
    .refine((code) => indicatorOf(code) !== undefined, 'no such indicator')
    .optional(),
  /** Members a page; a series of periods is always whole. */
  limit: z.coerce.number().int().min(1).max(500).default(500),
  /** `next` of the page before. */
  cursor: z.string().max(500).optional(),
})
export type IndicatorRequest = z.output<typeof indicatorQuerySchema>

/** One indicator of one row; `value` null = no base. Rates are 1 for 100 %, mean times ms, scores 0 to 100. */
export interface IndicatorFigure {
  readonly code: string
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly grade: KpiGrade | null
}
export interface IndicatorRow {
  /** The dimension's member, or the period's first day `yyyy-mm-dd`; null = not known, or all together. */
  readonly key: string | null
  readonly indicators: readonly IndicatorFigure[]
}
export interface IndicatorAnswer {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly by: string | null
  readonly rows: readonly IndicatorRow[]
  /** Asks for the members after these; null = there are none. */
  readonly next: string | null
  readonly total: IndicatorRow
  /** Of the same members, as far as they have any case. */
  readonly compare: {
    readonly from: string
    readonly to: string
    readonly rows: readonly IndicatorRow[]
    readonly total: IndicatorRow
  } | null
}

/** 口径 of one indicator, in words and as data. */
export interface FormulaAnswer {
  readonly code: string
  readonly group: IndicatorGroup
  readonly name: Term
  readonly kind: 'count' | 'ratio' | 'mean' | 'score'
  /** Which instant of a case puts it into the period; null for scores. */
  readonly base: Term | null
  readonly formula: Term
  readonly note: Term | null
  readonly parts: readonly { readonly of: string; readonly weight: number; readonly as: string }[]
  /** Measures with weights. */
  readonly numerator: Readonly<Record<string, number>>
  readonly denominator: Readonly<Record<string, number>>
}
