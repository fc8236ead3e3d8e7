/**
 * Two conditions at once (a class within a district, the departments of a source): cells of pairs of members, by the day and the month like
 * those of one. But a class and something else have few cases on one day, so that their days would be as many as cases: they are kept by the
 * month alone, and by the day in their group (大类). What is left of a period beside the whole months of such a pair is looked at case by case.
 */
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import { kpiGroups, type KpiGroup } from '../../../shared/model/kpi.ts'
import type { CellPlace } from './count-cells.ts'

/** By what cells of pairs and of times tell cases apart: what may be asked for, and the group a class belongs to. */
export type CellGroup = KpiGroup | 'group'
export const cellGroups: readonly CellGroup[] = [...kpiGroups, 'group']
/** So much of a class's code is its group's. */
export const groupCodeLength = 3

/** What may be asked together: any two. */
export const kpiPairs = [
  ['district', 'class'],
  ['class', 'department'],
  ['class', 'source'],
  ['class', 'priority'],
  ['district', 'group'],
  ['group', 'department'],
  ['group', 'source'],
  ['group', 'priority'],
  ['district', 'department'],
  ['district', 'source'],
  ['district', 'priority'],
  ['department', 'source'],
  ['department', 'priority'],
  ['source', 'priority'],
] as const satisfies readonly (readonly [CellGroup, CellGroup])[]
export type KpiPair = (typeof kpiPairs)[number]

export const hasDays = (pair: KpiPair): boolean => !(pair as readonly CellGroup[]).includes('class')

/** The number of a pair in the tables of cells, behind those of the dimensions. */
export const pairNumber = (pair: KpiPair): number => 100 + kpiPairs.indexOf(pair)

const pairs = kpiPairs.map((pair) => ({ pair, dimension: pairNumber(pair), hasDays: hasDays(pair) }))

/** Where a case of these members is counted. Codes hold no spaces; '' for the member that is not known. */
export const pairPlaces = (by: Readonly<Record<CellGroup, string | null>>): CellPlace[] =>
  pairs.map(({ pair: [one, other], ...place }) => ({ ...place, key: `${by[one] ?? ''} ${by[other] ?? ''}` }))

export const pairOf = (wanted: ReadonlySet<CellGroup>): KpiPair | undefined =>
  wanted.size === 2 ? kpiPairs.find((pair) => pair.every((group) => wanted.has(group))) : undefined

/** First instants of the months that begin in the period, and its end where that begins one; each two neighbours hold a whole month. */
export function monthEdges(dayOf: DayOf, { from, to }: { readonly from: number; readonly to: number }): number[] {
  const edges: number[] = []
  let day = dayOf(from)
  if (day.startAt < from) day = dayOf(day.endAt)
  for (; day.startAt <= to; day = dayOf(day.endAt)) if (day.ymd.endsWith('01')) edges.push(day.startAt)
  return edges
}
