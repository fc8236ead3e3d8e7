import type { TrendAnswer } from '../../../shared/contract/kpi-analysis.ts'

/** A vital sign's last week and next day. Null for a sign this city does not know. */
export type Trend = (question: {
  readonly sign: string
  readonly district?: string | undefined
}) => Promise<TrendAnswer | null>
