/** From positions as the file has them to geometries of a pack: rounded, without repeats, simplified, cut. */
import { simplify } from '@turf/simplify'
import type { AreaGeometry } from '../../shared/contract/city-pack.ts'
import type { BBox } from '../../shared/model/geo.ts'
import { cutPolygon, type Position, type Rings } from './ground.ts'

/** About 0.1 m; the same as two roads need to share to meet. */
const perDegree = 1e6
const round = (value: number) => Math.round(value * perDegree) / perDegree
const metresPerDegree = 111_320

/** Rounded, and no position twice in a row. */
export function rounded(positions: readonly Position[]): [number, number][] {
  const out: [number, number][] = []
  for (const [lon, lat] of positions) {
    const at: [number, number] = [round(lon), round(lat)]
    const last = out.at(-1)
    if (last?.[0] !== at[0] || last[1] !== at[1]) out.push(at)
  }
  return out
}

function simplified(rings: [number, number][][], toleranceM: number): [number, number][][] {
  // Four corners and the first again: nothing to take away.
  if (toleranceM <= 0 || rings.every((ring) => ring.length <= 5)) return rings
  const { coordinates } = simplify(
    { type: 'Polygon', coordinates: rings },
    { tolerance: toleranceM / metresPerDegree, highQuality: true },
  )
  return coordinates as [number, number][][]
}

/** Whether a ring is more than a line there and back. An edge that crosses itself may turn as much one way as the other. */
function covers(ring: readonly Position[]): boolean {
  const [first, ...others] = ring
  if (first === undefined || ring.length < 4) return false
  const [x, y] = first
  return others.some(([x1, y1], i) => {
    const [x2, y2] = others[i + 1] ?? first
    return (x1 - x) * (y2 - y) !== (x2 - x) * (y1 - y)
  })
}

/** A polygon that covers ground, or null. */
function soundPolygon(rings: Rings, box: BBox | null, toleranceM: number): [number, number][][] | null {
  const cut = box ? cutPolygon(rings, box) : rings
  const clean = cut.map(rounded)
  // A hole that vanished is no loss; without its outer ring nothing is left.
  if (clean[0] === undefined || !covers(clean[0])) return null
  const kept = clean.filter(covers)
  const slim = simplified(kept, toleranceM).map(rounded)
  // What was sound before must not cross itself for a corner less.
  const isWorse = slim.some((ring, i) => crossesItself(ring) && !crossesItself(kept[i] ?? []))
  return slim.every(covers) && !isWorse ? slim : kept
}

/** The area of these polygons inside the box, or null where they cover no ground. */
export function areaOf(polygons: readonly Rings[], box: BBox | null, toleranceM: number): AreaGeometry | null {
  const kept = polygons.map((rings) => soundPolygon(rings, box, toleranceM)).filter((rings) => rings !== null)
  if (kept.length === 0) return null
  return kept.length === 1
    ? { type: 'Polygon', coordinates: kept[0] as [number, number][][] }
    : { type: 'MultiPolygon', coordinates: kept }
}

/** Whether two edges of the ring cross between their ends. */
export function crossesItself(ring: readonly Position[]): boolean {
  interface Edge {
    readonly a: Position
    readonly b: Position
    readonly west: number
    readonly east: number
  }
  const edges: Edge[] = []
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Position, ring[i] as Position]
    edges.push({ a, b, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) })
  }
  edges.sort((p, q) => p.west - q.west)
  const side = ([px, py]: Position, [qx, qy]: Position, [rx, ry]: Position) =>
    Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px))
  // From west to east: an edge only meets those that begin before it ends.
  for (let i = 0; i < edges.length; i++) {
    const one = edges[i] as Edge
    for (let j = i + 1; j < edges.length && (edges[j] as Edge).west <= one.east; j++) {
      const other = edges[j] as Edge
      if (
        side(one.a, one.b, other.a) * side(one.a, one.b, other.b) < 0 &&
        side(other.a, other.b, one.a) * side(other.a, other.b, one.b) < 0
      )
        return true
    }
  }
  return false
}
