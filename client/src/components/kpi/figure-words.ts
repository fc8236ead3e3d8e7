/** Numbers of evaluation in words. Pure. What nobody could tell is null, and never 0. */
import { gradeBands, type Indicator } from '../../../../shared/model/kpi-indicator.ts'

/** `94.7%`; rounded down, so that only what is whole says 100 %. */
export const percentWords = (share: number | null): string | null =>
  share === null ? null : `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`

/** A number of cases, which weights may have made a fraction. */
export const amountWords = (n: number | null, count: (n: number) => string): string | null =>
  n === null ? null : Number.isInteger(n) ? count(n) : n.toFixed(1)

/** What grade A asks for: `≥ 90.0%`, `≤ 10.0%`, or of a score `≥ 90`; null where nothing is good or bad. */
export function targetWords(indicator: Indicator | undefined): string | null {
  if (indicator === undefined || indicator.kind === 'mean') return null
  if (indicator.kind === 'score') return `≥ ${gradeBands.A}`
  if (indicator.better === undefined) return null
  return indicator.better === 'more' ? `≥ ${gradeBands.A}%` : `≤ ${100 - gradeBands.A}%`
}
