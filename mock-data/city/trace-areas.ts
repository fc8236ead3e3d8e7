/**
 * From labelled squares to polygons that meet without gap or overlap: every border is drawn once and shared by both sides, at
 * every level. Refuses nothing; a label that is nowhere has no polygon.
 */
import type { Point } from './plane.ts'
import { smoothBorders } from './smooth-borders.ts'

export interface LabelGrid {
  readonly columns: number
  readonly rows: number
  /** Finest label by square; 0 = outside. */
  readonly labels: Int32Array
  readonly corner: (column: number, row: number) => Point
}

interface Arc {
  readonly from: number
  readonly to: number
  readonly left: number
  readonly right: number
  readonly points: readonly Point[]
}

export type Polygons = readonly (readonly (readonly Point[])[])[]

/**
 * Answers the polygons (outer ring first, holes after) of every region at a level, given what region a label belongs to; borders
 * follow the lines they lie beside.
 */
export function areaTracer(
  grid: LabelGrid,
  along: readonly (readonly Point[])[],
): (regionOf: (label: number) => number) => Map<number, Polygons> {
  const stairs = arcsOf(grid)
  const drawn = smoothBorders(stairs, along)
  const arcs = stairs.map((arc, i) => ({ ...arc, points: drawn[i] as Point[] }))
  return (regionOf) => {
    const starts = new Map<string, { readonly to: number; readonly points: readonly Point[] }[]>()
    const regions = new Set<number>()
    for (const { from, to, left, right, points } of arcs) {
      const [l, r] = [left === 0 ? 0 : regionOf(left), right === 0 ? 0 : regionOf(right)]
      if (l === r) continue
      const put = (region: number, start: number, end: number, line: readonly Point[]) => {
        if (region === 0) return
        regions.add(region)
        const key = `${region}/${start}`
        const list = starts.get(key)
        if (list) list.push({ to: end, points: line })
        else starts.set(key, [{ to: end, points: line }])
      }
      put(l, from, to, points)
      put(r, to, from, points.toReversed())
    }
    const rings = new Map<number, Point[][]>()
    for (const [key, list] of starts) {
      const region = Number(key.slice(0, key.indexOf('/')))
      const start = Number(key.slice(key.indexOf('/') + 1))
      while (list.length > 0) {
        const ring: Point[] = []
        let at = start
        do {
          const arc = starts.get(`${region}/${at}`)?.pop()
          if (arc === undefined) break
          ring.push(...arc.points.slice(0, -1))
          at = arc.to
        } while (at !== start)
        if (ring.length >= 3) rings.set(region, [...(rings.get(region) ?? []), ring])
      }
    }
    return new Map([...rings].map(([region, list]) => [region, withHoles(list)]))
  }
}

const signedArea = (ring: readonly Point[]) =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] as Point
    return sum + (x * ny - nx * y) / 2
  }, 0)

function withHoles(rings: readonly (readonly Point[])[]): Polygons {
  const outers = rings.filter((ring) => signedArea(ring) > 0).sort((a, b) => signedArea(b) - signedArea(a))
  const holes = rings.filter((ring) => signedArea(ring) < 0)
  // A region is in one piece: its holes are in its one outer ring.
  return outers.map((outer, index) => (index === 0 ? [outer, ...holes] : [outer]))
}

function arcsOf({ columns, rows, labels, corner }: LabelGrid): Arc[] {
  const wide = columns + 1
  const labelAt = (column: number, row: number) =>
    column < 0 || row < 0 || column >= columns || row >= rows ? 0 : (labels[row * columns + column] as number)
  // Bit a direction: 1 east, 2 north, 4 west, 8 south; set where a border runs that way from a corner.
  const ways = new Uint8Array(wide * (rows + 1))
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column <= columns; column++) {
      const at = row * wide + column
      if (column < columns && labelAt(column, row) !== labelAt(column, row - 1)) {
        ways[at] = (ways[at] as number) | 1
        ways[at + 1] = (ways[at + 1] as number) | 4
      }
      if (row < rows && labelAt(column, row) !== labelAt(column - 1, row)) {
        ways[at] = (ways[at] as number) | 2
        ways[at + wide] = (ways[at + wide] as number) | 8
      }
    }
  const bits = (value: number) => (value & 1) + ((value >> 1) & 1) + ((value >> 2) & 1) + ((value >> 3) & 1)
  const steps = [1, wide, -1, -wide]
  /** Squares to the left and right of an edge that leaves a corner this way. */
  const sides = (at: number, way: number): [number, number] => {
    const [column, row] = [at % wide, Math.floor(at / wide)]
    if (way === 0) return [labelAt(column, row), labelAt(column, row - 1)]
    if (way === 1) return [labelAt(column - 1, row), labelAt(column, row)]
    if (way === 2) return [labelAt(column - 1, row - 1), labelAt(column - 1, row)]
    return [labelAt(column, row - 1), labelAt(column - 1, row - 1)]
  }
  const used = new Uint8Array(ways.length)
  const arcs: Arc[] = []
  const pointAt = (at: number) => corner(at % wide, Math.floor(at / wide))
  const walk = (start: number, first: number, isNode: (at: number) => boolean) => {
    if (((used[start] as number) >> first) & 1) return
    const [left, right] = sides(start, first)
    const points = [pointAt(start)]
    let [at, way] = [start, first]
    for (;;) {
      used[at] = (used[at] as number) | (1 << way)
      at += steps[way] as number
      used[at] = (used[at] as number) | (1 << ((way + 2) % 4))
      points.push(pointAt(at))
      if (isNode(at) || at === start) break
      const back = (way + 2) % 4
      way = [0, 1, 2, 3].find((next) => next !== back && ((ways[at] as number) >> next) & 1) as number
    }
    arcs.push({ from: start, to: at, left, right, points })
  }
  const isNode = (at: number) => bits(ways[at] as number) > 2
  for (let at = 0; at < ways.length; at++)
    if (isNode(at)) for (let way = 0; way < 4; way++) if (((ways[at] as number) >> way) & 1) walk(at, way, isNode)
  for (let at = 0; at < ways.length; at++)
    for (let way = 0; way < 4; way++) if (((ways[at] as number) >> way) & 1) walk(at, way, isNode)
  return arcs
}
