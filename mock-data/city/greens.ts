/** Parks, river banks, woods and fields. */
import type { GroundFeature } from '../../shared/contract/city-pack.ts'
import { ground, type Mask } from './mask.ts'
import { urbanity } from './plan.ts'
import { lumpShapes } from './natural-shapes.ts'
import { roughness } from './noise.ts'
import { beside, placed, toLonLat, toRing, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Superblocks } from './superblocks.ts'
import type { Terrain } from './terrain.ts'

export interface Green {
  readonly kind: 'park' | 'forest' | 'riverside' | 'verge' | 'farmland'
  readonly name: string
  readonly nameEn: string
  readonly rings: readonly (readonly Point[])[]
  readonly middle: Point
}

/** Strips along the water, between the bank and its road. */
function riverside(terrain: Terrain, mask: Mask, seed: number, random: Random): Green[] {
  const greens: Green[] = []
  const width = roughness(seed, 260, 3)
  for (const water of terrain.waterways) {
    const wide = water.kind === 'river' ? 40 : 20
    for (const side of [1, -1] as const) {
      for (let i = 0; i + 6 < water.middle.length;) {
        const length = Math.min(water.middle.length - 1 - i, random.whole(8, 26))
        const part = water.middle.slice(i, i + length + 1)
        const from = i
        const last = part.length - 1
        // Pointed at both ends, and nowhere as wide as next to it.
        const edge = (awayM: number) =>
          beside(part, (k) => {
            const [x, y] = part[k] as Point
            const end = Math.min(1, 0.15 + (Math.min(k, last - k) * 40) / 160)
            return side * (water.halfWidthM(from + k) + (awayM > 3 ? 3 + awayM * end * (1 + 0.5 * width(x, y)) : awayM))
          })
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

/** What is planted where no quarter is: around the lake, in the leaves of interchanges, along the water; painted. */
export function makeVerges(
  terrain: Terrain,
  leaves: readonly Point[],
  mask: Mask,
  seed: number,
  random: Random,
): Green[] {
  const greens: Green[] = []
  const lake = terrain.waters[0]
  if (lake) {
    const [ring = []] = lumpShapes({ at: [-5250, 2950], rx: 1330, ry: 860, turn: 0.12, rough: 0.16 }, seed)
    greens.push({
      ...{ kind: 'park', name: '镜澜湖公园', nameEn: 'Jinglan Lake Park', middle: [-5200, 2300] },
      rings: [ring[0] as Point[]],
    })
  }
  leaves.forEach((at, i) => {
    const [ring = []] = lumpShapes({ at, rx: 250, ry: 250, rough: 0.1 }, seed + i)
    greens.push({ kind: 'verge', name: '', nameEn: '', rings: [ring[0] as Point[]], middle: at })
  })
  const all = [...greens, ...riverside(terrain, mask, seed, random)]
  for (const { rings } of all) mask.paintArea(rings, ground.green)
  return all
}

/** Fields between the villages. */
export function makeFields(blocks: Superblocks, mask: Mask, seed: number, random: Random): Green[] {
  const bend = roughness(seed, 140, 2)
  const bad = ground.outside | ground.water | ground.hill | ground.green | ground.building
  const fields: Green[] = []
  for (const block of blocks.list) {
    if (block.style !== 'village') continue
    const reach = Math.hypot(block.east - block.west, block.north - block.south) / 2
    const [u, v] = [300, 190]
    // Banks and ditches bend with the land: neighbours share theirs.
    const corner = (k: number, l: number, inU: number, inV: number) => {
      const [x, y] = [k * u + bend(k * 97 + block.label, l * 57) * 90, l * v + bend(l * 83, k * 71 - block.label) * 70]
      return placed([x + inU, y + inV], block.heading, block.middle)
    }
    for (let k = -Math.ceil(reach / u); k * u < reach; k++)
      for (let l = -Math.ceil(reach / v); l * v < reach; l++) {
        const wide = random.chance(0.3) ? 2 : 1
        const gap = random.between(4, 12)
        if (random.chance(0.16)) continue
        const ring = [
          corner(k, l, gap, gap),
          corner(k + wide, l, -gap, gap),
          corner(k + wide, l + 1, -gap, -gap),
          corner(k, l + 1, gap, -gap),
        ]
        if (ring.some((p) => blocks.labelAt(p) !== block.label) || !mask.isFree(ring, bad)) continue
        fields.push({ kind: 'farmland', name: '', nameEn: '', rings: [ring], middle: ring[0] as Point })
        mask.paintArea([ring], ground.green)
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
