/** The ground the city stands on: river, streams, canals, moat, lakes, sea with its docks and isles, hills. Drawn by hand, weathered by the seed. */
import { lumpField, lumpShapes, type Lump } from './natural-shapes.ts'
import { roughness, weathered } from './noise.ts'
import { beside, blob, smoothLine, type Point } from './plane.ts'
import { oldTown } from './plan.ts'
import { seedFrom, type Random } from './random.ts'
import * as drawn from './terrain-drawn.ts'

export interface Waterway {
  readonly kind: 'river' | 'canal' | 'moat' | 'stream'
  readonly name: string
  readonly nameEn: string
  readonly middle: readonly Point[]
  readonly halfWidthM: (index: number) => number
  /** Islands in it. */
  readonly eyots: readonly (readonly Point[])[]
}

export interface Ring {
  readonly kind: string
  readonly name: string
  readonly nameEn: string
  /** The outer ring first, then holes. */
  readonly rings: readonly (readonly Point[])[]
}

export interface Terrain {
  readonly river: Waterway
  readonly waterways: readonly Waterway[]
  /** Lake, ponds, sea and docks. */
  readonly waters: readonly Ring[]
  readonly hills: readonly Ring[]
  /** 0 in the plain, 1 on the greatest tops. */
  readonly height: (p: Point) => number
}

const ringOf = (kind: string, name: string, nameEn: string, rings: readonly (readonly Point[])[]): Ring => ({
  kind,
  name,
  nameEn,
  rings,
})
const box = (west: number, south: number, east: number, north: number): Point[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
/** 0 up to `from`, 1 beyond `to`. */
const rising = (value: number, from: number, to: number) => Math.max(0, Math.min(1, (value - from) / (to - from)))

/** A long island in the stream from one point of a river's middle to another. */
function eyot(middle: readonly Point[], halfWidthM: (index: number) => number, x: number, lengthM: number): Point[] {
  const from = middle.findIndex((p) => p[0] > x)
  const count = Math.round(lengthM / 40)
  const part = middle.slice(from, from + count + 1)
  const edge = (side: 1 | -1) =>
    beside(part, (i) => {
      const t = i / count
      const half = halfWidthM(from + i)
      return half * (0.12 + side * 0.3 * Math.sin(Math.PI * t) ** 0.7 * (0.8 + 0.25 * Math.sin(9 * t + side)))
    })
  return [...edge(1), ...edge(-1).reverse().slice(1, -1)]
}

function makeRiver(moved: (points: readonly Point[], by: number) => Point[], seed: number): Waterway {
  const middle = weathered(smoothLine(moved(drawn.riverCorners, 70), 40), seedFrom(seed, 'river'), 2600, 700, ([x]) =>
    rising(-x, 10_500, 15_500),
  )
  const bank = roughness(seedFrom(seed, 'bank'), 900, 3)
  const halfWidthM = (i: number) => {
    const [x, y] = middle[i] as Point
    const grown = 72 + 44 / (1 + Math.exp(-(x + 2000) / 2500)) + 55 / (1 + Math.exp(-(x - 5200) / 500))
    return (grown + Math.max(0, x - 7600) * 0.2) * (1 + 0.17 * bank(x, y))
  }
  const eyots = drawn.eyots.map(([x, lengthM]) => eyot(middle, halfWidthM, x, lengthM))
  return { kind: 'river', name: '澜江', nameEn: 'Lan River', middle, halfWidthM, eyots }
}

/** The coast from north to south: torn far off, tame where the city has walled it in. */
function makeSea(seed: number): {
  readonly sea: Point[]
  readonly isles: { name: string; nameEn: string; shapes: Point[][][] }[]
} {
  const tame = ([x, y]: Point) => rising(Math.abs(y), 8500, 15_000) + rising(x, 12_000, 17_000)
  const natural = (corners: readonly Point[], key: string) =>
    weathered(
      weathered(smoothLine(corners, 60), seedFrom(seed, `${key} far`), 4200, 1900, (p) => Math.min(1, tame(p))),
      seedFrom(seed, `${key} near`),
      850,
      230,
    )
  const sea = [
    ...natural(drawn.coastNorth, 'coast north').slice(0, -1),
    ...drawn.coastQuay,
    ...natural(drawn.coastSouth, 'coast south').slice(1),
    [90_000, -60_000] as Point,
    [90_000, 60_000] as Point,
  ]
  const isles = drawn.isles.map(({ name, nameEn, ...lump }) => ({
    ...{ name, nameEn },
    shapes: lumpShapes(lump, seedFrom(seed, `isle ${lump.at.join()}`)),
  }))
  return { sea, isles }
}

export function makeTerrain(random: Random, seed: number): Terrain {
  const moved = (points: readonly Point[], by: number) =>
    points.map(([x, y]): Point => [x + random.between(-by, by), y + random.between(-by, by)])
  const river = makeRiver(moved, seed)
  const canals = drawn.canals.map(({ kind, name, nameEn, corners, halfM }): Waterway => {
    const line = smoothLine(moved(corners.slice(0, -1), 60).concat(corners.slice(-1)), 40)
    const middle = kind === 'stream' ? weathered(line, seedFrom(seed, nameEn), 700, 190) : line
    return { kind, name, nameEn, middle, halfWidthM: () => halfM, eyots: [] }
  })
  const moatLine = smoothLine(
    blob(oldTown.middle, oldTown.rx + 45, oldTown.ry + 45, 0.06, random.between(0, 2 * Math.PI)).filter(
      (_, i) => i % 3 === 0,
    ),
    40,
    true,
  )
  const moat: Waterway = {
    ...{ kind: 'moat', name: '护城河', nameEn: 'City Moat', middle: moatLine, halfWidthM: () => 17, eyots: [] },
  }
  const { sea, isles } = makeSea(seed)
  const lakes = drawn.lakes.map(({ name, nameEn, isle, ...lump }) => {
    const [shore = []] = lumpShapes(lump, seedFrom(seed, nameEn))
    const holes = isle ? [(lumpShapes(isle, seedFrom(seed, `${nameEn} isle`))[0] as Point[][])[0] as Point[]] : []
    return ringOf('lake', name, nameEn, [shore[0] as Point[], ...holes])
  })
  const docks = drawn.dockYs.map((y) => ringOf('dock', '', '', [box(8620, y - 130, 9800, y + 130)]))
  const ranges = drawn.hills.map(({ name, nameEn, ...lump }) => ({
    ...{ name, nameEn, lump },
    seed: seedFrom(seed, nameEn),
  }))
  const fields = ranges.map(({ lump, seed: own }) => ({ field: lumpField(lump, own), size: heightOf(lump) }))
  const named = (kind: string, name: string, nameEn: string, shapes: readonly (readonly (readonly Point[])[])[]) =>
    shapes.map((rings, k) => (k === 0 ? ringOf(kind, name, nameEn, rings) : ringOf(kind, '', '', rings)))
  return {
    river,
    waterways: [river, ...canals, moat],
    waters: [
      ...lakes,
      ringOf('sea', '澜汀湾', 'Lanting Bay', [
        sea,
        ...isles.flatMap(({ shapes }) => shapes.map(([outer]) => outer as Point[])),
      ]),
      ...docks,
    ],
    hills: [
      ...ranges.flatMap(({ name, nameEn, lump, seed: own }) => named('forest', name, nameEn, lumpShapes(lump, own))),
      ...isles.flatMap(({ name, nameEn, shapes }) =>
        named(
          'forest',
          name,
          nameEn,
          shapes.map(([outer]) => [outer as Point[]]),
        ),
      ),
      ...river.eyots.map((ring) => ringOf('forest', '', '', [ring])),
    ],
    height: (p) => fields.reduce((most, { field, size }) => Math.max(most, Math.min(1, field(p)) * size), 0),
  }
}

/** Broad hills are high. */
const heightOf = ({ rx, ry }: Lump) => Math.min(1, Math.sqrt(rx * ry) / 1800)

/** A waterway as an area. */
export function bedOf({ middle, halfWidthM, kind, eyots }: Waterway): readonly (readonly Point[])[] {
  const left = beside(middle, halfWidthM)
  const right = beside(middle, (i) => -halfWidthM(i))
  // A moat goes round against the clock: on its right lies what is outside.
  return kind === 'moat' ? [right, left] : [[...left, ...right.reverse()], ...eyots]
}
