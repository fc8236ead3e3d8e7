/** A place found by what somebody typed: a name of the city's map, a house, a crossing, or one of its 部件. */
import type { Term } from './term.ts'
import type { DistrictId } from './ids.ts'
import type { LonLat } from './geo.ts'

export const foundPlaceKinds = ['address', 'road', 'place', 'division', 'part'] as const
export type FoundPlaceKind = (typeof foundPlaceKinds)[number]
export const foundPlaceKindNames: Record<FoundPlaceKind, Term> = {
  address: { zh: '地址', en: 'Address' },
  road: { zh: '道路', en: 'Road' },
  place: { zh: '地点', en: 'Place' },
  division: { zh: '区划', en: 'Division' },
  part: { zh: '部件', en: 'Street furniture' },
}

export interface FoundPlace {
  readonly kind: FoundPlaceKind
  /** As it is written down as the address of a case. */
  readonly address: string
  readonly position: LonLat
  /** How far off the true place may be, metres: half a road's length where the part of it is not said. */
  readonly withinM: number
  /** Of a 部件: the class a case about it has. */
  readonly classCode: string | null
  /** What covers it; null outside the city, or where the pack has none. */
  readonly districtId: DistrictId | null
  readonly streetId: string | null
  readonly gridId: string | null
}

/** Further off than this, a place is a direction to look in and no position of a case, metres. */
export const roughestPlaceM = 1000
