/** A line of a list of bars, worded. */
import type { Priority } from '../../../../shared/model/alarm.ts'

export interface BarRowView {
  readonly key: string
  readonly name: string
  /** Null is unknown, a dash. */
  readonly value: string | null
  /** Of the longest bar, 0 to 1. */
  readonly share: number
  /** Beside the value: its base, or what of it is late. */
  readonly note: string
  readonly level?: Priority | null
  readonly isAbnormal?: boolean
}

/** Counts as bars, most first, equal ones by name; those that do not fit are told of as one. */
export function barRows(
  counts: ReadonlyMap<string, number>,
  options: {
    readonly most: number
    nameOf(key: string): string
    restName(count: number): string
    format(n: number): string
    noteOf?(key: string): string
  },
): BarRowView[] {
  const all = [...counts]
    .filter(([, n]) => n > 0)
    .map(([key, n]) => ({ key, n, name: options.nameOf(key) }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1))
  const shown = all.length > options.most ? all.slice(0, options.most - 1) : all
  const rest = all.slice(shown.length)
  const longest = Math.max(1, ...shown.map(({ n }) => n))
  const rows = shown.map(({ key, n, name }) => ({
    key,
    name,
    value: options.format(n),
    share: n / longest,
    note: options.noteOf?.(key) ?? '',
  }))
  if (rest.length === 0) return rows
  const sum = rest.reduce((total, { n }) => total + n, 0)
  // Kinds added up are no bar beside single ones.
  return [...rows, { key: '…', name: options.restName(rest.length), value: options.format(sum), share: 0, note: '' }]
}
