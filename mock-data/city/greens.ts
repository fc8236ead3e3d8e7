/** Parks, river banks, woods and fields. */
import type { GroundFeature } from '../../shared/contract/city-pack.ts'
import { ground, type Mask } from './mask.ts'
import type { Names } from './names.ts'
import { urbanity } from './plan.ts'
import { beside, blob, placed, toLonLat, toRing, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Superblocks } from './superblocks.ts'
import type { Terrain } from './terrain.ts'

export interface Green {
  readonly kind: 'park' | 'forest' | 'riverside' | 'farmland'
  readonly name: string
  readonly nameEn: string
  readonly rings: readonly (readonly Point[])[]
  readonly middle: Point
}

/** Strips along the water, between the bank and its road. */
function riverside(terrain: Terrain, mask: Mask, random: Random): Green[] {
  const greens: Green[] = []
  for (const water of terrain.waterways) {
    const wide = water.kind === 'river' ? 40 : 20
    for (const side of [1, -1] as const) {
      for (let i = 0; i + 6 < water.middle.length;) {
        const length = Math.min(water.middle.length - 1 - i, random.whole(8, 26))
        const part = water.middle.slice(i, i + length + 1)
        const from = i
        const edge = (awayM: number) => beside(part, (k) => side * (water.halfWidthM(from + k) + awayM))
        const middle = part[Math.floor(part.length / 2)] as Point
        if (urbanity(middle) > 0.12 && !mask.is(middle, ground.outside))
          greens.push({
            ...{ kind: 'riverside', name: '', nameEn: '', middle },
            rings: [[...edge(3), ...edge(wide).reverse()]],
          })
        i += length + random.whole(1, 4)
      }
    }
  }
  return greens
}

/** Parks of hand's choice and one in some superblocks; painted, so that nothing is built there. */
export function makeParks(blocks: Superblocks, terrain: Terrain, mask: Mask, names: Names, random: Random): Green[] {
  const free = ground.outside | ground.water | ground.hill
  const greens: Green[] = []
  const lake = terrain.waters[0]
  if (lake)
    greens.push({
      ...{ kind: 'park', name: '镜澜湖公园', nameEn: 'Jinglan Lake Park', middle: [-5200, 2300] },
      rings: [blob([-5250, 2950], 1260, 830, 0.15, random.between(0, 6))],
    })
  for (const block of blocks.list) {
    if (block.style === 'village' || block.style === 'port' || block.style === 'industry') continue
    if (block.style === 'old' && !random.chance(0.25)) continue
    const isWhole = block.areaM2 < 120_000 && random.chance(0.12)
    if (!isWhole && (block.areaM2 < 250_000 || !random.chance(0.3))) continue
    const reach = Math.min(260, Math.sqrt(block.areaM2) * (isWhole ? 0.62 : 0.24)) * random.between(0.8, 1.15)
    const at: Point = isWhole
      ? block.middle
      : [block.middle[0] + random.between(-160, 160), block.middle[1] + random.between(-160, 160)]
    if (mask.is(at, free) || blocks.labelAt(at) !== block.label) continue
    const wide = random.between(0.75, 1.3)
    const ring = [
      [-reach * wide, -reach],
      [reach * wide, -reach],
      [reach * wide, reach],
      [-reach * wide, reach],
    ].map((p) => placed(p as unknown as Point, block.heading, at))
    if (ring.some((p) => mask.is(p, free))) continue
    const { zh, en } = names.with('公园', 'Park')
    greens.push({ kind: 'park', name: zh, nameEn: en, rings: [ring], middle: at })
  }
  return [...greens, ...riverside(terrain, mask, random)]
}

/** Fields between the villages. */
export function makeFields(blocks: Superblocks, mask: Mask, random: Random): Green[] {
  const bad = ground.outside | ground.water | ground.hill | ground.green | ground.building
  const fields: Green[] = []
  for (const block of blocks.list) {
    if (block.style !== 'village') continue
    const reach = Math.hypot(block.east - block.west, block.north - block.south) / 2
    const [u, v] = [330, 210]
    for (let k = -Math.ceil(reach / u); k * u < reach; k++)
      for (let l = -Math.ceil(reach / v); l * v < reach; l++) {
        if (random.chance(0.22)) continue
        const [w, d] = [u - random.between(14, 40), v - random.between(12, 30)]
        const corner = (x: number, y: number) =>
          placed([k * u + x + 24 * Math.sin(l * 1.7), l * v + y + 18 * Math.sin(k * 2.3)], block.heading, block.middle)
        const ring = [corner(0, 0), corner(w, 0), corner(w, d), corner(0, d)]
        if (ring.some((p) => blocks.labelAt(p) !== block.label) || !mask.isFree(ring, bad)) continue
        fields.push({ kind: 'farmland', name: '', nameEn: '', rings: [ring], middle: ring[0] as Point })
      }
  }
  return fields
}

export const areaFeature = (
  kind: string,
  name: string,
  nameEn: string,
  rings: readonly (readonly Point[])[],
): GroundFeature => ({
  type: 'Feature',
  properties: { kind, name, nameEn },
  geometry: { type: 'Polygon', coordinates: rings.map((ring) => toRing(ring).map(([lon, lat]) => [lon, lat])) },
})

/** An area as drawn: few corners, none to spare. */
export const cornersFeature = (kind: string, name: string, nameEn: string, ring: readonly Point[]): GroundFeature => ({
  type: 'Feature',
  properties: { kind, name, nameEn },
  geometry: {
    type: 'Polygon',
    coordinates: [[...ring, ring[0] as Point].map((p): [number, number] => [...toLonLat(p)] as [number, number])],
  },
})
