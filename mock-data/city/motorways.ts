/**
 * Motorways as they are driven: two carriageways, and where they meet what is great enough, ramps. A motorway meets nothing but its
 * ramps; a ramp meets nothing but the two it was made for.
 */
import type { StreetCurve } from './arterials.ts'
import { along, apart, beside, lengthOf, smoothLine, type Point } from './plane.ts'

/** Half the way between the middles of a dual carriageway. */
export const carriagewayM = 13
/** How far from a crossing ramps leave the carriageway, m. */
const reachM = 310
const leafReachM = 400
/** Interchanges of one motorway are at least this far apart, m. */
const apartM = 950

const isClosed = (points: readonly Point[]) => apart(points[0] as Point, points[points.length - 1] as Point) < 0.2

/** A ring has one carriageway each way; others turn round where they end, so that nobody is lost there. */
export function carriageways(motorway: StreetCurve): StreetCurve[] {
  const { points } = motorway
  const [right, left] = [beside(points, -carriagewayM), beside(points, carriagewayM).reverse()]
  const made = (line: readonly Point[]): StreetCurve => ({
    ...motorway,
    oneway: true,
    points: [...line, line[0] as Point],
  })
  if (isClosed(points)) return [made(right.slice(0, -1)), made(left.slice(0, -1))]
  const around = (from: Point, to: Point): Point[] =>
    [1, 2, 3, 4, 5].map((k) => {
      const [mx, my] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
      const a = Math.atan2(from[1] - my, from[0] - mx) + (k * Math.PI) / 6
      const r = apart(from, to) / 2
      return [mx + r * Math.cos(a), my + r * Math.sin(a)]
    })
  const [end, back] = [right.at(-1) as Point, left[0] as Point]
  const [start, home] = [right[0] as Point, left.at(-1) as Point]
  return [made([...right, ...around(end, back), ...left, ...around(home, start)])]
}

interface Crossing {
  readonly at: Point
  /** Metres along each of the two. */
  readonly onP: number
  readonly onQ: number
}

interface Measured {
  readonly points: readonly Point[]
  /** Metres from the beginning, by point. */
  readonly metres: readonly number[]
  readonly box: readonly [west: number, south: number, east: number, north: number]
}

function measured(points: readonly Point[]): Measured {
  const metres = [0]
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  points.forEach((p, i) => {
    if (i > 0) metres.push((metres[i - 1] as number) + apart(points[i - 1] as Point, p))
    west = Math.min(west, p[0])
    east = Math.max(east, p[0])
    south = Math.min(south, p[1])
    north = Math.max(north, p[1])
  })
  return { points, metres, box: [west, south, east, north] }
}

function crossings(one: Measured, other: Measured): Crossing[] {
  const found: Crossing[] = []
  const [p, q] = [one.points, other.points]
  const [west, south, east, north] = other.box
  for (let i = 1; i < p.length; i++) {
    const [a, b] = [p[i - 1] as Point, p[i] as Point]
    const [x0, x1] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]]
    const [y0, y1] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]]
    if (x1 < west || x0 > east || y1 < south || y0 > north) continue
    for (let j = 1; j < q.length; j++) {
      const [c, d] = [q[j - 1] as Point, q[j] as Point]
      if ((c[0] < x0 && d[0] < x0) || (c[0] > x1 && d[0] > x1)) continue
      if ((c[1] < y0 && d[1] < y0) || (c[1] > y1 && d[1] > y1)) continue
      const cross = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
      const t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / cross
      const s = ((c[0] - a[0]) * (b[1] - a[1]) - (c[1] - a[1]) * (b[0] - a[0])) / cross
      if (!(t >= 0 && t < 1 && s >= 0 && s < 1)) continue
      found.push({
        at: [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])],
        onP: (one.metres[i - 1] as number) + t * apart(a, b),
        onQ: (other.metres[j - 1] as number) + s * apart(c, d),
      })
    }
  }
  return found
}

/** A line as it is travelled in one direction: a point so many metres on from a mark, moved to the right. */
function travelled(line: readonly Point[], mark: number, direction: 1 | -1) {
  const total = lengthOf(line)
  const wraps = isClosed(line)
  const at = (metres: number): { readonly at: Point; readonly heading: number } => {
    const s = mark + direction * metres
    return along(line, wraps ? ((s % total) + total) % total : s)
  }
  return {
    fits: (metres: number) => wraps || (mark - metres > 0 && mark + metres < total),
    heading: at(0).heading + (direction === 1 ? 0 : Math.PI),
    point(metres: number, rightM: number): Point {
      const { at: p, heading } = at(metres)
      const a = heading + (direction === 1 ? 0 : Math.PI) - Math.PI / 2
      return [p[0] + Math.cos(a) * rightM, p[1] + Math.sin(a) * rightM]
    },
  }
}
type Travelled = ReturnType<typeof travelled>

/** Off the motorway, over the street beside it, and on again: half a diamond. */
const halfDiamond = (way: Travelled): Point[] =>
  smoothLine(
    [
      [-1, 8],
      [-0.86, 17],
      [-0.6, 38],
      [-0.25, 66],
      [0.25, 66],
      [0.6, 38],
      [0.86, 17],
      [1, 8],
    ].map(([part, off]) => way.point((part as number) * reachM, off as number)),
    18,
  )

/** To the right-hand way: straight across the quarter between them. */
const rightTurn = (from: Travelled, to: Travelled): Point[] =>
  smoothLine(
    [
      from.point(-leafReachM, 8),
      from.point(-leafReachM * 0.85, 18),
      from.point(-leafReachM * 0.6, 52),
      to.point(leafReachM * 0.6, 52),
      to.point(leafReachM * 0.85, 18),
      to.point(leafReachM, 8),
    ],
    18,
  )

/** To the left-hand way: under it and round to the right, three quarters of a circle. */
function leaf(from: Travelled, to: Travelled, [x, y]: Point): Point[] {
  const [u, v] = [from.heading, to.heading + Math.PI]
  const round = Array.from({ length: 7 }, (_, k): Point => {
    const a = (k * Math.PI) / 4
    const [on, right] = [92 + 70 * Math.sin(a), 92 - 70 * Math.cos(a)]
    return [x + on * Math.cos(u) + right * Math.cos(v), y + on * Math.sin(u) + right * Math.sin(v)]
  })
  return smoothLine([from.point(8, 8), from.point(42, 17), ...round, to.point(-42, 17), to.point(-8, 8)], 14)
}

export interface Interchanges {
  readonly ramps: readonly StreetCurve[]
  /** Where the leaves lie: kept green. */
  readonly leaves: readonly Point[]
}

/** Ramps at the crossings of motorways (their middle lines) with each other and with great streets. */
export function interchanges(
  motorways: readonly StreetCurve[],
  streets: readonly StreetCurve[],
  isFree: (p: Point) => boolean,
): Interchanges {
  const ramps: StreetCurve[] = []
  const taken: Point[] = []
  const leaves: Point[] = []
  const ramp = (points: readonly Point[], a: StreetCurve, b: StreetCurve) =>
    ramps.push({
      ...{ name: '', nameEn: '', class: 'motorway', speedKmh: 40, oneway: true, bridges: true },
      ...{ points, joins: [a.name, b.name] },
    })
  const ways = [1, -1] as const
  const lines = new Map([...motorways, ...streets].map((curve) => [curve, measured(curve.points)]))
  const crossingsOf = (p: StreetCurve, q: StreetCurve) => crossings(lines.get(p) as Measured, lines.get(q) as Measured)
  motorways.forEach((p, i) => {
    for (const q of motorways.slice(i + 1))
      for (const { at, onP, onQ } of crossingsOf(p, q)) {
        if (!isFree(at) || taken.some((other) => apart(other, at) < apartM)) continue
        const all = [p, q].flatMap((curve) =>
          ways.map((way) => ({ curve, way: travelled(curve.points, curve === p ? onP : onQ, way) })),
        )
        if (!all.every(({ way }) => way.fits(leafReachM))) continue
        taken.push(at)
        leaves.push(at)
        for (const from of all)
          for (const to of all) {
            if (from.curve === to.curve) continue
            const isLeft = Math.sin(to.way.heading - from.way.heading) > 0
            ramp(isLeft ? leaf(from.way, to.way, at) : rightTurn(from.way, to.way), p, q)
          }
      }
  })
  for (const p of motorways)
    for (const q of streets)
      for (const { at, onP } of crossingsOf(p, q)) {
        if (!isFree(at) || taken.some((other) => apart(other, at) < apartM)) continue
        const both = ways.map((way) => travelled(p.points, onP, way))
        if (!both.every((way) => way.fits(reachM))) continue
        taken.push(at)
        for (const way of both) ramp(halfDiamond(way), p, q)
      }
  return { ramps, leaves }
}
