/**
 * The line a river's name is written along: where the water is an area, the way through its middle from end to end, and the arms that
 * leave it. Pure. Guarantees bounded work; what is not long and narrow, or too finely shaped, has no such line.
 */
import type { Position } from 'geojson'
import { cellsIn, waysFrom, type Cells, type Point } from './water-cells.ts'

/** Squares across water of its mean width: enough to find the middle also where it is narrower. */
const across = 16
/** Of one area; with fewer than `leastAcross` across, arms may come apart. */
const mostCells = 30_000
const leastAcross = 4
/** So many times as long as wide is a river; anything rounder is a lake. */
const leastLength = 6
/** Perimeter² ÷ area of a shape eight times as long as wide: below it nothing is tried. */
const leastSlender = 40
/** Arms that are named by themselves: how many, and how long, in shares of the stem. */
const [mostArms, leastArm] = [6, 0.12]

const metresPerDegree = 111_320

const lengthOf = (line: readonly Point[]) =>
  line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - (line[i] as Point)[0], y - (line[i] as Point)[1]), 0)
function areaOf(ring: readonly Point[]): number {
  let twice = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i] as Point, ring[i + 1] as Point]
    twice += ax * by - bx * ay
  }
  return Math.abs(twice) / 2
}

const furthest = (cost: Float64Array): number => {
  let cell = 0
  let most = -1
  cost.forEach((so, i) => {
    if (so <= most || so === Infinity) return
    most = so
    cell = i
  })
  return cell
}

/** Each point in the middle of those within half the water's width of it: letters stand on curves, not on stairs. Ends stay. */
function smooth(line: readonly Point[], reach: readonly number[]): Point[] {
  return line.map((_, i) => {
    const near = Math.min(Math.round(reach[i] as number), i, line.length - 1 - i)
    const some = line.slice(i - near, i + near + 1)
    const sum = some.reduce(([x, y], at) => [x + at[0], y + at[1]] as const, [0, 0] as Point)
    return [sum[0] / some.length, sum[1] / some.length]
  })
}

/** Chains of squares, the stem and the arms, and how many squares each square is from the bank. */
function chains(cells: Cells): { readonly all: readonly number[][]; readonly depth: Float64Array } {
  const edges = Array.from({ length: cells.count }, (_, cell) => cell).filter((cell) => cells.isEdge(cell))
  const depth = waysFrom(cells, edges).cost
  const first = furthest(waysFrom(cells, [furthest(depth)]).cost)
  const last = furthest(waysFrom(cells, [first]).cost)
  // Near the bank is far from the middle, and dear.
  const inMiddle = depth.map((squares) => (1 / (1 + squares)) ** 2)
  const stem = waysFrom(cells, [first], inMiddle).pathTo(last)
  const all = [stem]
  for (let arm = 0; arm < mostArms; arm++) {
    const taken = all.flat()
    const end = furthest(waysFrom(cells, taken).cost)
    const path = waysFrom(cells, taken, inMiddle).pathTo(end)
    if (path.length < leastArm * stem.length) break
    all.push(path)
  }
  return { all, depth }
}

/** Lines through the middle of a polygon of longitudes and latitudes, the longest first; none where it is no river. */
export function centreLines(polygon: readonly (readonly Position[])[]): Position[][] {
  const [lon0, lat0] = polygon[0]?.[0] ?? [0, 0]
  const [perLon, perLat] = [metresPerDegree * Math.cos(((lat0 as number) * Math.PI) / 180), metresPerDegree]
  const rings = polygon.map((ring) =>
    ring.map(([lon = 0, lat = 0]): Point => [(lon - (lon0 as number)) * perLon, (lat - (lat0 as number)) * perLat]),
  )
  const [outer = [], ...holes] = rings
  const areaM2 = areaOf(outer) - holes.reduce((sum, hole) => sum + areaOf(hole), 0)
  const perimeterM = rings.reduce((sum, ring) => sum + lengthOf(ring), 0)
  if (!(areaM2 > 0) || perimeterM ** 2 / areaM2 < leastSlender) return []
  const widthM = (2 * areaM2) / perimeterM
  const sideM = Math.max(widthM / across, Math.sqrt(areaM2 / mostCells))
  const cells = widthM / sideM < leastAcross ? null : cellsIn(rings, sideM, 2 * mostCells)
  if (cells === null || cells.count === 0) return []
  const { all, depth } = chains(cells)
  const found = all.flatMap((chain) => {
    const halfWidth = Math.ceil(depth[chain[chain.length >> 1] as number] as number)
    // The ends run into corners of the bank: as far as the water there is wide, the line is not its middle.
    const widest = (cells: readonly number[]) => Math.ceil(Math.max(...cells.map((cell) => depth[cell] as number)))
    const [first, last] = [widest(chain.slice(0, 3 * halfWidth)), widest(chain.slice(-3 * halfWidth))]
    const inner = chain.slice(first, -last)
    if (inner.length < leastLength * halfWidth) return []
    const reach = inner.map((cell) => depth[cell] as number)
    const line = inner.map((cell) => cells.at(cell))
    const curve = smooth(smooth(line, reach), reach)
    const step = Math.max(1, halfWidth)
    return [curve.filter((_, i) => i % step === 0 || i === curve.length - 1)]
  })
  if (lengthOf(found[0] ?? []) < leastLength * widthM) return []
  return found.map((line) =>
    line.map(([x, y]) => [
      Math.round(((lon0 as number) + x / perLon) * 1e6) / 1e6,
      Math.round(((lat0 as number) + y / perLat) * 1e6) / 1e6,
    ]),
  )
}
