/**
 * Pages of rows, by member or by one indicator, the worst first: rows that come or go between two pages neither repeat nor hide others. Only
 * what a page shows is reckoned, which is what a wide answer costs.
 */
import type { IndicatorFigure } from '../../../shared/contract/indicator.ts'
import { indicatorOf } from '../../../shared/model/kpi-indicator.ts'
import type { KpiCounts } from '../../../shared/model/kpi-measure.ts'

/** Of one group's counts, and those of all groups together, every indicator, or those of these codes. */
export type Evaluate = (counts: KpiCounts, whole: KpiCounts, only?: readonly string[]) => readonly IndicatorFigure[]

export interface CountedRow {
  readonly key: string | null
  readonly counts: KpiCounts
}
interface Mark {
  readonly key: string | null
  readonly value: number | null
}
interface Wanted {
  /** Code of the indicator rows are put in order by; left out: by member, as they come. */
  readonly order?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

const write = (mark: Mark): string => Buffer.from(JSON.stringify([mark.key, mark.value]), 'utf8').toString('base64url')

/** Null for a mark that was not given out here. */
function readMark(cursor: string): Mark | null {
  try {
    const mark: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(mark) || mark.length !== 2) return null
    const [key, value] = mark as unknown[]
    const isMark = (key === null || typeof key === 'string') && (value === null || typeof value === 'number')
    return isMark ? { key, value } : null
  } catch {
    return null
  }
}

const lastIfNull = (a: unknown, b: unknown): number => Number(a === null) - Number(b === null)

/** What is better the more there is of it begins with the least; everything else with the most; what has no base comes last. */
function orderOf(code: string | undefined): (a: Mark, b: Mark) => number {
  const byKey = (a: Mark, b: Mark) =>
    lastIfNull(a.key, b.key) || (String(a.key) < String(b.key) ? -1 : Number(a.key !== b.key))
  if (code === undefined) return byKey
  const indicator = indicatorOf(code)
  const isMoreBetter =
    indicator?.kind === 'score' || (indicator?.kind === 'ratio' && 'better' in indicator && indicator.better === 'more')
  const sign = isMoreBetter ? 1 : -1
  return (a, b) => lastIfNull(a.value, b.value) || sign * ((a.value ?? 0) - (b.value ?? 0)) || byKey(a, b)
}

/** `next`: what asks for the page after; null = there is none. A cursor nobody gave out ends the list. */
export function pageOf(
  rows: readonly CountedRow[],
  whole: KpiCounts,
  evaluate: Evaluate,
  { order, limit, cursor }: Wanted,
): { readonly rows: readonly CountedRow[]; readonly next: string | null } {
  const mark = cursor === undefined ? undefined : readMark(cursor)
  if (mark === null) return { rows: [], next: null }
  const compare = orderOf(order)
  const valueOf = ({ counts }: CountedRow) =>
    order === undefined ? null : (evaluate(counts, whole, [order])[0]?.value ?? null)
  const placed = rows
    .map((row) => ({ row, key: row.key, value: valueOf(row) }))
    .filter((one) => mark === undefined || compare(one, mark) > 0)
    .sort(compare)
  const shown = placed.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ row }) => row),
    next: placed.length > limit && last !== undefined ? write(last) : null,
  }
}
