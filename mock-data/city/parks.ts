/** Parks fill whole blocks between streets, as in a city that planned them; the larger have a pond. */
import { contours } from './contour.ts'
import type { Green } from './greens.ts'
import { ground, type Mask } from './mask.ts'
import type { Names } from './names.ts'
import { lumpShapes } from './natural-shapes.ts'
import { middleOf, thinned, type Point } from './plane.ts'
import type { Lattice } from './quarter-streets.ts'
import type { Random } from './random.ts'
import type { Superblock, Superblocks } from './superblocks.ts'
import type { Ring } from './terrain.ts'

/** Between a park and the middle of the lane around it, m. */
const setbackM = 16
const blocked = ground.outside | ground.water | ground.hill | ground.green
/** A park this large has a pond, m². */
const pondM2 = 55_000

const areaOf = (ring: readonly Point[]) =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nx, ny] = ring[(i + 1) % ring.length] as Point
      return sum + (x * ny - nx * y) / 2
    }, 0),
  )

/** Corners rounded twice over. */
function rounded(ring: readonly Point[], rounds = 2): Point[] {
  let line = [...ring]
  for (let round = 0; round < rounds; round++)
    line = line.flatMap((p, i): Point[] => {
      const q = line[(i + 1) % line.length] as Point
      return [
        [p[0] * 0.75 + q[0] * 0.25, p[1] * 0.75 + q[1] * 0.25],
        [p[0] * 0.25 + q[0] * 0.75, p[1] * 0.25 + q[1] * 0.75],
      ]
    })
  return thinned([...line, line[0] as Point], 0.8).slice(0, -1)
}

/** Along the lattice's own bent lines, `wide` by `deep` blocks; with `notch`, one block at a corner stays the town's. */
function ofBlocks(
  { point, weave }: Lattice,
  k: number,
  l: number,
  wide: number,
  deep: number,
  notch: boolean,
): Point[] {
  const [du, dv] = [setbackM / weave.u, setbackM / weave.v]
  const corners: [number, number][] = notch
    ? [[k + du, l + dv], [k + wide - du, l + dv], [k + wide - du, l + deep - 1 - dv], [k + wide - 1 - du, l + deep - 1 - dv], [k + wide - 1 - du, l + deep - dv], [k + du, l + deep - dv]] // prettier-ignore
    : [[k + du, l + dv], [k + wide - du, l + dv], [k + wide - du, l + deep - dv], [k + du, l + deep - dv]] // prettier-ignore
  const ring = corners.flatMap(([a, b], i) => {
    const [c, d] = corners[(i + 1) % corners.length] as [number, number]
    const steps = Math.max(2, Math.round((Math.abs(c - a) * weave.u + Math.abs(d - b) * weave.v) / 45))
    return Array.from({ length: steps }, (_, s) => point(a + ((c - a) * s) / steps, b + ((d - b) * s) / steps))
  })
  return rounded(ring)
}

/** The whole ground between great streets. */
function ofSuperblock({ labelAt }: Superblocks, block: Superblock): Point[] | null {
  const frame = { west: block.west - 45, south: block.south - 45, east: block.east + 45, north: block.north + 45 }
  const [shape] = contours((p) => (labelAt(p) === block.label ? 1 : -1), frame, 15, 3000)
  const ring = shape?.[0]
  if (ring === undefined) return null
  let line = ring
  for (let round = 0; round < 3; round++)
    line = line.map((p, i): Point => {
      const [a, b] = [line[(i + line.length - 1) % line.length] as Point, line[(i + 1) % line.length] as Point]
      return [(a[0] + 2 * p[0] + b[0]) / 4, (a[1] + 2 * p[1] + b[1]) / 4]
    })
  return thinned([...line, line[0] as Point], 2).slice(0, -1)
}

export interface Parks {
  readonly parks: readonly Green[]
  readonly ponds: readonly Ring[]
}

/** One in every few quarters; painted at once, so that none lies on another and nothing is built there. */
export function makeParks(
  lattices: readonly Lattice[],
  blocks: Superblocks,
  mask: Mask,
  names: Names,
  random: Random,
  pondSeed: number,
): Parks {
  const parks: Green[] = []
  const ponds: Ring[] = []
  const isFree = (block: Superblock, ring: readonly Point[]) =>
    ring.every((p) => blocks.labelAt(p) === block.label) && mask.isFree(ring, blocked)
  const add = (ring: readonly Point[]) => {
    const { zh, en } = names.with('公园', 'Park')
    const middle = middleOf(ring)
    parks.push({ kind: 'park', name: zh, nameEn: en, rings: [ring], middle })
    mask.paintArea([ring], ground.green)
    const areaM2 = areaOf(ring)
    if (areaM2 < pondM2 || !random.chance(0.7)) return
    const size = Math.sqrt(areaM2) * random.between(0.16, 0.23)
    const lump = { at: middle, rx: size * 1.3, ry: size * 0.8, turn: random.between(0, 3), rough: 0.24 }
    const shore = lumpShapes(lump, pondSeed + ponds.length)[0]?.[0]
    if (shore === undefined || !mask.isFree(shore, ground.road | ground.outside)) return
    ponds.push({ kind: 'pond', name: '', nameEn: '', rings: [shore] })
    mask.paintArea([shore], ground.water)
  }
  for (const lattice of lattices) {
    const { block } = lattice
    if (block.style === 'port' || block.style === 'industry') continue
    if (block.style === 'old' && !random.chance(0.25)) continue
    if (block.areaM2 < 120_000 && random.chance(0.17)) {
      const ring = ofSuperblock(blocks, block)
      if (ring !== null && mask.isFree(ring, blocked)) add(ring)
      continue
    }
    if (block.areaM2 < 180_000 || !random.chance(0.6)) continue
    const isLarge = block.areaM2 > 420_000 && random.chance(0.42)
    // Far from the middle of the quarter is as good as near: the first that has room.
    for (let tries = 0; tries < 30; tries++) {
      const [wide, deep] = [isLarge ? 2 : random.whole(1, 2), isLarge ? random.whole(2, 3) : 1]
      const k = random.whole(lattice.fromK, lattice.toK - wide)
      const l = random.whole(lattice.fromL, lattice.toL - deep)
      const ring = ofBlocks(lattice, k, l, wide, deep, isLarge && random.chance(0.6))
      if (!isFree(block, ring)) continue
      add(ring)
      break
    }
  }
  return { parks, ponds }
}
