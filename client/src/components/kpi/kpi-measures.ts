/**
 * The measures of the KPI page: what each is made of, by which instant it counts, and whether more of it is better. Pure. A measure
 * nobody could take is null and never 0.
 */
import type { KpiRow } from '../../../../shared/model/kpi.ts'

export const measures = ['reported', 'filed', 'closed', 'onTime', 'overdue', 'p50', 'p90'] as const
export type Measure = (typeof measures)[number]

export interface MeasureInfo {
  readonly form: 'count' | 'share' | 'span'
  /** 1: more is better, -1: less is better, 0: neither. */
  readonly better: 1 | -1 | 0
}

export const measureInfo: Readonly<Record<Measure, MeasureInfo>> = {
  reported: { form: 'count', better: 0 },
  filed: { form: 'count', better: 0 },
  closed: { form: 'count', better: 0 },
  onTime: { form: 'share', better: 1 },
  overdue: { form: 'count', better: -1 },
  p50: { form: 'span', better: -1 },
  p90: { form: 'span', better: -1 },
}

/** Closed within the limit ÷ closed; null when none closed. */
export const onTimeRate = ({ onTime, closed }: Pick<KpiRow, 'onTime' | 'closed'>): number | null =>
  closed === 0 ? null : onTime / closed

export function valueOf(row: KpiRow, measure: Measure): number | null {
  switch (measure) {
    case 'onTime':
      return onTimeRate(row)
    case 'p50':
      return row.responseP50Ms
    case 'p90':
      return row.responseP90Ms
    default:
      return row[measure]
  }
}

export interface Change {
  /** Counts and spans: relative change, 0.1 = a tenth more. Shares: difference in points, 0.01 = one point. */
  readonly by: number
  readonly verdict: 'better' | 'worse' | 'same' | 'neutral'
}

const mostTimes = 10

/** How a measure moved from the period before to this one; null where either is unknown or there is no base worth dividing by. */
export function changeOf(now: number | null, before: number | null, measure: Measure): Change | null {
  if (now === null || before === null) return null
  const { form, better } = measureInfo[measure]
  if (form !== 'share' && before === 0) return null
  const by = form === 'share' ? now - before : (now - before) / before
  // Ten times as much and more: the period before was hardly recorded, and a percentage would say something it does not know.
  if (form !== 'share' && by >= mostTimes) return null
  // Under half a thousandth the page would show a zero, so it says the same.
  if (Math.abs(by) < 0.0005) return { by: 0, verdict: better === 0 ? 'neutral' : 'same' }
  if (better === 0) return { by, verdict: 'neutral' }
  return { by, verdict: Math.sign(by) === better ? 'better' : 'worse' }
}

/** Query of the case list that this measure counts. The response percentiles count the cases somebody arrived at. */
export function casesQuery(measure: Measure | 'open' | 'refused'): Readonly<Record<string, string>> {
  switch (measure) {
    case 'reported':
      return { base: 'reported' }
    case 'filed':
      return { base: 'filed' }
    case 'closed':
      return { base: 'closed', state: 'closed,evaluated' }
    case 'onTime':
      return { base: 'closed', state: 'closed,evaluated', onTime: 'true' }
    case 'overdue':
      return { base: 'reported', overdue: 'true' }
    case 'open':
      return { base: 'reported', open: 'true' }
    case 'refused':
      return { base: 'closed', state: 'rejected,void' }
    case 'p50':
    case 'p90':
      return { base: 'arrived' }
  }
}

export type RankKey = 'reported' | 'closed' | 'onTime' | 'overdue' | 'open' | 'p50' | 'p90'

/** Most (or for shares least) first; unknown values last whatever the direction; ties by name of the key. */
export function ranked(rows: readonly KpiRow[], by: RankKey, isDescending: boolean): KpiRow[] {
  const read = (row: KpiRow): number | null => (by === 'open' ? row.open : valueOf(row, by))
  return [...rows].sort((a, b) => {
    const [x, y] = [read(a), read(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null) || tie(a, b)
    return (isDescending ? y - x : x - y) || tie(a, b)
  })
}
const tie = (a: KpiRow, b: KpiRow) => (String(a.key) < String(b.key) ? -1 : String(a.key) > String(b.key) ? 1 : 0)

/** Median and P90 of a few cases are luck: below this they are shown with a mark. */
export const fewCases = 5
