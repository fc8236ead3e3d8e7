/**
 * What is in a tile: for each layer the pack's file it is made from, from which zoom each feature is there, and what is said of it.
 * Everything that makes a tile of a whole city small is in this table.
 */
import type { Geometry } from 'geojson'
import type { RoadClass } from '../../../../shared/model/roads.ts'
import { zoomForArea } from './web-mercator.ts'

/** Zooms there are tiles of; nearer, the last is enlarged. */
export const tileZooms = { min: 6, max: 16 } as const

type Properties = Readonly<Record<string, unknown>>
export type Fields = Readonly<Record<string, string | number | boolean>>

/** A feature as it goes into tiles. */
export interface Drawn {
  readonly geometry: Geometry
  readonly fields: Fields
  readonly fromZoom: number
}

export interface LayerPlan {
  /** The pack's files, first those under. Tables are rows with a `position`. */
  readonly files: readonly string[]
  /** Areas are cut into their borders, so that a tile's edge is never drawn as one. */
  readonly as: 'it is' | 'borders' | 'joined lines'
  /** The first zoom a feature is there. `areaM2` is 0 for lines and points. */
  fromZoom(properties: Properties, areaM2: number): number
  /** What is said of it; empty texts are left out later. */
  fields(properties: Properties): Fields
  /** First zoom a field is there; the others come with the feature. */
  readonly fieldsFrom?: Readonly<Record<string, number>>
  /** How the fields are described to integrators. */
  readonly fieldKinds: Readonly<Record<string, 'String' | 'Number' | 'Boolean'>>
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const named = (p: Properties) => ({ name: text(p.name), nameEn: text(p.nameEn) })
const nameKinds = { name: 'String', nameEn: 'String' } as const

const roadFrom: Readonly<Record<RoadClass, number>> = {
  motorway: 6,
  trunk: 7,
  primary: 9,
  secondary: 10,
  tertiary: 11,
  local: 12,
}
const boundaryFrom: Readonly<Record<number, number>> = { 2: 6, 3: 11, 4: 13, 5: 15 }

/** What people steer by, from the foremost: where names crowd, the lower rank stays. */
const placeRanks: Readonly<Record<string, readonly [rank: number, fromZoom: number]>> = {
  government: [1, 11],
  airport: [1, 10],
  port: [1, 11],
  station: [1, 11],
  hospital: [2, 12],
  university: [2, 12],
  stadium: [2, 12],
  tourism: [2, 12],
  culture: [3, 13],
  commerce: [3, 13],
  'metro-station': [3, 13],
  school: [4, 14],
}
const otherPlace = [5, 14] as const
const rankOf = (p: Properties) => placeRanks[text(p.kind)] ?? otherPlace

/** Square pixels below which an area is not seen. */
const seenPx = 12
const groundFrom = (_: Properties, areaM2: number) => (areaM2 > 0 ? Math.max(6, zoomForArea(areaM2, seenPx)) : 10)

/** The layers of a tile, in the order they lie. */
export const layerPlans = {
  green: {
    files: ['green.geojson'],
    as: 'it is',
    fromZoom: groundFrom,
    fields: (p) => ({ kind: text(p.kind) }),
    fieldKinds: { kind: 'String' },
  },
  water: {
    files: ['water.geojson'],
    as: 'it is',
    fromZoom: groundFrom,
    fields: (p) => ({ kind: text(p.kind) }),
    fieldKinds: { kind: 'String' },
  },
  boundaries: {
    files: ['grids.geojson', 'divisions.geojson'],
    as: 'borders',
    fromZoom: (p) => boundaryFrom[Number(p.level)] ?? 15,
    fields: (p) => ({ id: text(p.id), level: Number(p.level) }),
    fieldsFrom: { id: 13 },
    fieldKinds: { id: 'String', level: 'Number' },
  },
  rail: {
    files: ['rail.geojson'],
    as: 'joined lines',
    fromZoom: (p) => (p.kind === 'rail' ? 8 : 10),
    fields: (p) => ({ kind: text(p.kind), bridge: p.bridge === true, tunnel: p.tunnel === true, ...named(p) }),
    fieldsFrom: { name: 13, nameEn: 13 },
    fieldKinds: { kind: 'String', bridge: 'Boolean', tunnel: 'Boolean', ...nameKinds },
  },
  roads: {
    files: ['roads.geojson'],
    as: 'joined lines',
    fromZoom: (p) => roadFrom[text(p.class) as RoadClass] ?? 12,
    fields: (p) => ({ class: text(p.class), bridge: p.bridge === true, tunnel: p.tunnel === true, ...named(p) }),
    fieldsFrom: { name: 13, nameEn: 13 },
    fieldKinds: { class: 'String', bridge: 'Boolean', tunnel: 'Boolean', ...nameKinds },
  },
  buildings: {
    files: ['buildings.geojson'],
    as: 'it is',
    fromZoom: (_, areaM2) => Math.min(15, Math.max(13, zoomForArea(areaM2, seenPx))),
    fields: (p) => ({ height: Math.round(Number(p.height) || 0), ...named(p) }),
    fieldsFrom: { name: 15, nameEn: 15 },
    fieldKinds: { height: 'Number', ...nameKinds },
  },
  places: {
    files: ['places.geojson'],
    as: 'it is',
    fromZoom: (p) => rankOf(p)[1],
    fields: (p) => ({ id: text(p.id), kind: text(p.kind), rank: rankOf(p)[0], ...named(p) }),
    fieldKinds: { id: 'String', kind: 'String', rank: 'Number', ...nameKinds },
  },
  cameras: {
    files: ['cameras.json'],
    as: 'it is',
    fromZoom: () => 14,
    fields: (p) => ({
      id: text(p.id),
      ...named(p),
      ...(typeof p.headingDeg === 'number' ? { headingDeg: p.headingDeg } : {}),
    }),
    fieldKinds: { id: 'String', headingDeg: 'Number', ...nameKinds },
  },
  parts: {
    files: ['parts.json'],
    as: 'it is',
    fromZoom: () => 16,
    fields: (p) => ({ code: text(p.code), classCode: text(p.classCode) }),
    fieldKinds: { code: 'String', classCode: 'String' },
  },
} satisfies Record<string, LayerPlan>
export type LayerId = keyof typeof layerPlans

/** Where names of areas stand: points, and lines along rivers. Made from the files of those areas. */
export const namesLayer = {
  id: 'names',
  files: ['water.geojson', 'green.geojson', 'grids.geojson'],
  fieldKinds: { kind: 'String', rank: 'Number', ...nameKinds },
} as const

/** Files whose bytes decide what a tile says. */
export const tileFiles: readonly string[] = [
  'pack.json',
  ...new Set(Object.values<LayerPlan>(layerPlans).flatMap((plan) => plan.files)),
]
