/**
 * Two conditions at once (a class within a district, the departments of a class): cells of pairs of members, by the month. A pair has few
 * cases on one day, so days are not worth a cell: what is left of a period beside its whole months is looked at case by case.
 */
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { KpiGroup } from '../../../shared/model/kpi.ts'

/** What may be asked together: any two. */
export const kpiPairs = [
  ['district', 'class'],
  ['district', 'department'],
  ['district', 'source'],
  ['district', 'priority'],
  ['class', 'department'],
  ['class', 'source'],
  ['class', 'priority'],
  ['department', 'source'],
  ['department', 'priority'],
  ['source', 'priority'],
] as const satisfies readonly (readonly [KpiGroup, KpiGroup])[]
export type KpiPair = (typeof kpiPairs)[number]

/** The number of a pair in the tables of cells, behind those of the dimensions. */
export const pairNumber = (pair: KpiPair): number => 100 + kpiPairs.indexOf(pair)

/** Codes hold no spaces. '' for the member that is not known. */
export const pairKey = (pair: KpiPair, by: Readonly<Record<KpiGroup, string | null>>): string =>
  pair.map((group) => by[group] ?? '').join(' ')

export const pairOf = (wanted: ReadonlySet<KpiGroup>): KpiPair | undefined =>
  wanted.size === 2 ? kpiPairs.find((pair) => pair.every((group) => wanted.has(group))) : undefined

/** First instants of the months that begin in the period, and its end where that begins one; each two neighbours hold a whole month. */
export function monthEdges(dayOf: DayOf, { from, to }: { readonly from: number; readonly to: number }): number[] {
  const edges: number[] = []
  let day = dayOf(from)
  if (day.startAt < from) day = dayOf(day.endAt)
  for (; day.startAt <= to; day = dayOf(day.endAt)) if (day.ymd.endsWith('01')) edges.push(day.startAt)
  return edges
}
