/** What tags say of water, green, rail and buildings. Each reader answers what is there, why it is left out, or null = nothing. */
import type { RailFeature } from '../../shared/contract/city-pack.ts'
import type { Tags } from './element.ts'

export interface Ground {
  readonly kind: string
  readonly as: 'line' | 'area'
}

const isUnder = (tags: Tags) =>
  (tags['tunnel'] !== undefined && tags['tunnel'] !== 'no') || tags['location'] === 'underground'

const waterLines = new Set(['river', 'canal', 'stream'])
const waterAreas = new Set([
  'river',
  'lake',
  'pond',
  'canal',
  'reservoir',
  'basin',
  'lagoon',
  'oxbow',
  'moat',
  'harbour',
  'stream',
])

export function readWater(tags: Tags): Ground | string | null {
  const { natural, waterway, landuse } = tags
  if (natural === 'coastline') return 'coastline: the sea is not made into an area'
  let ground: Ground | null = null
  if (natural === 'water') {
    const { water } = tags
    ground = { kind: water !== undefined && waterAreas.has(water) ? water : 'lake', as: 'area' }
  } else if (landuse === 'reservoir' || landuse === 'basin') ground = { kind: 'reservoir', as: 'area' }
  else if (waterway === 'riverbank') ground = { kind: 'river', as: 'area' }
  else if (waterway === 'dock') ground = { kind: 'harbour', as: 'area' }
  else if (waterway !== undefined && waterLines.has(waterway)) ground = { kind: waterway, as: 'line' }
  else if (waterway === 'drain' || waterway === 'ditch') return `a ${waterway}, too small for a map`
  return ground && isUnder(tags) ? 'under ground' : ground
}

const greens: readonly (readonly [key: string, ReadonlyMap<string, string>])[] = [
  [
    'leisure',
    new Map([
      ['park', 'park'],
      ['garden', 'garden'],
      ['nature_reserve', 'nature-reserve'],
      ['golf_course', 'golf-course'],
      ['common', 'park'],
      ['dog_park', 'park'],
      ['recreation_ground', 'park'],
    ]),
  ],
  [
    'landuse',
    new Map([
      ['forest', 'forest'],
      ['grass', 'grass'],
      ['meadow', 'grass'],
      ['village_green', 'park'],
      ['recreation_ground', 'park'],
      ['cemetery', 'cemetery'],
      ['orchard', 'orchard'],
      ['vineyard', 'orchard'],
      ['allotments', 'allotments'],
      ['greenfield', 'grass'],
    ]),
  ],
  [
    'natural',
    new Map([
      ['wood', 'forest'],
      ['scrub', 'scrub'],
      ['grassland', 'grass'],
      ['heath', 'scrub'],
      ['wetland', 'wetland'],
    ]),
  ],
  ['amenity', new Map([['grave_yard', 'cemetery']])],
]

export function readGreen(tags: Tags): Ground | null {
  for (const [key, kinds] of greens) {
    const value = tags[key]
    const kind = value === undefined ? undefined : kinds.get(value)
    if (kind !== undefined) return { kind, as: 'area' }
  }
  return null
}

const rails: ReadonlyMap<string, RailFeature['properties']['kind']> = new Map([
  ['rail', 'rail'],
  ['narrow_gauge', 'rail'],
  ['funicular', 'rail'],
  ['subway', 'metro'],
  ['light_rail', 'metro'],
  ['monorail', 'metro'],
  ['tram', 'tram'],
] as const)
const deadRails = new Set(['abandoned', 'disused', 'razed', 'dismantled', 'construction', 'proposed', 'preserved'])

export function readRail(tags: Tags): { readonly kind: RailFeature['properties']['kind'] } | string | null {
  const { railway, service } = tags
  if (railway === undefined) return null
  if (deadRails.has(railway)) return `not in use: ${railway}`
  const kind = rails.get(railway)
  if (kind === undefined) return null
  return service === undefined ? { kind } : 'a siding or yard'
}

/** Metres a storey. */
export const storeyM = 3
const metresPerFoot = 0.3048

/** `height=*` in metres; null where it gives no number above nothing. Feet and inches are written 30'6". */
export function readHeight(value: string | undefined): number | null {
  if (value === undefined) return null
  const imperial = /^(\d+(?:\.\d+)?)\s*(?:'|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|in))?$/.exec(value.trim())
  const metric = /^(\d+(?:[.,]\d+)?)\s*(?:m|meters?|metres?)?$/i.exec(value.trim())
  const metres = imperial
    ? (Number(imperial[1]) + Number(imperial[2] ?? 0) / 12) * metresPerFoot
    : metric
      ? Number((metric[1] as string).replace(',', '.'))
      : 0
  return metres > 0 ? Math.min(1000, Math.round(metres * 10) / 10) : null
}

export interface BuildingWish {
  readonly height: number
  readonly heightFrom: 'height' | 'levels' | 'default'
}

export function readBuilding(tags: Tags, defaultHeightM: number): BuildingWish | string | null {
  const { building } = tags
  if (building === undefined || building === 'no')
    return tags['building:part'] === undefined || tags['building:part'] === 'no' ? null : 'part of a building'
  if (building === 'construction' || building === 'proposed') return `not there yet: ${building}`
  if (isUnder(tags)) return 'under ground'
  const height = readHeight(tags['height']) ?? readHeight(tags['building:height'])
  if (height !== null) return { height, heightFrom: 'height' }
  const levels = Number(tags['building:levels'])
  if (levels > 0) return { height: Math.min(1000, Math.round(levels * storeyM * 10) / 10), heightFrom: 'levels' }
  return { height: defaultHeightM, heightFrom: 'default' }
}
