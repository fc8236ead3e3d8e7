/** Administrative divisions (市/区/街镇 …) as the pages need them; their polygons travel as map layers. */
import type { DistrictId } from './ids.ts'
import type { BBox, LonLat } from './geo.ts'

export interface Division {
  readonly id: DistrictId
  readonly name: string
  readonly nameEn: string
  /** 2 = district, 3 = street or neighbourhood. */
  readonly level: 2 | 3
  readonly parentId: DistrictId | null
  readonly bbox: BBox
  readonly centre: LonLat
}

export interface Department {
  readonly id: string
  readonly name: string
  readonly nameEn: string
}

/** What every page must know about its city before it draws anything. */
export interface CityProfile {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  /** IANA zone, for example `Asia/Shanghai`: the city's calendar day. */
  readonly timeZone: string
  readonly bbox: BBox
  readonly divisions: readonly Division[]
  readonly departments: readonly Department[]
}
