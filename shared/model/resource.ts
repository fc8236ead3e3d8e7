/** What may be asked for or must be looked after round a case: places of the city's map by what they are in an emergency, and its cameras. */
import type { DistrictId } from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Term } from './term.ts'

export const resourceKinds = [
  'camera',
  'hospital',
  'fire',
  'police',
  'depot',
  'utility',
  'vulnerable',
  'hazard',
] as const
export type ResourceKind = (typeof resourceKinds)[number]
export const resourceKindNames: Record<ResourceKind, Term> = {
  camera: { zh: '视频点位', en: 'Camera' },
  hospital: { zh: '医院', en: 'Hospital' },
  fire: { zh: '消防救援站', en: 'Fire station' },
  police: { zh: '公安交警', en: 'Police' },
  depot: { zh: '养护站点', en: 'Depot' },
  utility: { zh: '水电设施', en: 'Utility' },
  vulnerable: { zh: '重点防护', en: 'People to protect' },
  hazard: { zh: '危险源', en: 'Hazard' },
}

/** Kinds of place of a city pack that are resources; the others are names on a map. */
const kindOfPlace: Readonly<Record<string, ResourceKind>> = {
  hospital: 'hospital',
  fire: 'fire',
  police: 'police',
  'traffic-police': 'police',
  'urban-management': 'depot',
  'sanitation-depot': 'depot',
  'road-depot': 'depot',
  'parks-depot': 'depot',
  'lighting-depot': 'depot',
  substation: 'utility',
  waterworks: 'utility',
  sewage: 'utility',
  pumping: 'utility',
  school: 'vulnerable',
  kindergarten: 'vulnerable',
  'care-home': 'vulnerable',
  'key-site': 'hazard',
  petrol: 'hazard',
  'gas-station': 'hazard',
}
/** Null where a place of this kind is none. */
export const resourceKindOf = (placeKind: string): ResourceKind | null =>
  Object.hasOwn(kindOfPlace, placeKind) ? (kindOfPlace[placeKind] as ResourceKind) : null

export interface CityResource {
  readonly id: string
  readonly kind: ResourceKind
  readonly name: string
  /** Empty where the pack has none. */
  readonly nameEn: string
  readonly position: LonLat
  /** District it lies in; null outside all. */
  readonly districtId: DistrictId | null
}
