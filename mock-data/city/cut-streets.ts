/**
 * Cuts long curves where they meet and keeps what a city would have built: nothing in the water but bridges, no side street
 * through a park, no stub, and one network that holds together.
 */
import type { RoadFeature } from '../../shared/contract/city-pack.ts'
import { apart, isInside, thinned, toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { speedKmh, type StreetCurve } from './street-curves.ts'
import type { Terrain } from './terrain.ts'

/** A stretch of street from one junction to the next. */
export interface Stretch {
  readonly curve: StreetCurve
  readonly from: string
  readonly to: string
  readonly points: readonly Point[]
  readonly lengthM: number
}

interface Piece {
  readonly curve: number
  readonly index: number
  readonly a: Point
  readonly b: Point
}

const key = ([x, y]: Point) => `${Math.round(x * 10)},${Math.round(y * 10)}`
const gridM = 120

/** Where a curve meets another: position along it (piece index + part) and the shared point. */
interface Stop {
  readonly at: number
  readonly point: Point
}

function meetings(curves: readonly StreetCurve[]): Stop[][] {
  const found: Stop[][] = curves.map(() => [])
  const cells = new Map<string, Piece[]>()
  curves.forEach(({ points }, curve) => {
    for (let index = 0; index + 1 < points.length; index++) {
      const [a, b] = [points[index] as Point, points[index + 1] as Point]
      const piece = { curve, index, a, b }
      const [x0, x1] = [Math.floor(Math.min(a[0], b[0]) / gridM), Math.floor(Math.max(a[0], b[0]) / gridM)]
      const [y0, y1] = [Math.floor(Math.min(a[1], b[1]) / gridM), Math.floor(Math.max(a[1], b[1]) / gridM)]
      for (let x = x0; x <= x1; x++)
        for (let y = y0; y <= y1; y++) {
          const cell = cells.get(`${x},${y}`)
          if (cell) cell.push(piece)
          else cells.set(`${x},${y}`, [piece])
        }
    }
  })
  const seen = new Set<string>()
  const flyover = (p: StreetCurve, q: StreetCurve) =>
    (p.class === 'motorway' && q.class !== 'primary' && q.class !== 'trunk') ||
    (p.class === 'trunk' && q.class === 'local')
  for (const cell of cells.values()) {
    for (let i = 0; i < cell.length; i++) {
      for (let j = i + 1; j < cell.length; j++) {
        const [p, q] = [cell[i] as Piece, cell[j] as Piece]
        if (p.curve === q.curve) continue
        const [cp, cq] = [curves[p.curve] as StreetCurve, curves[q.curve] as StreetCurve]
        if (flyover(cp, cq) || flyover(cq, cp)) continue
        const pair = `${p.curve}.${p.index}/${q.curve}.${q.index}`
        if (seen.has(pair)) continue
        seen.add(pair)
        const [dx, dy] = [p.b[0] - p.a[0], p.b[1] - p.a[1]]
        const [ex, ey] = [q.b[0] - q.a[0], q.b[1] - q.a[1]]
        const cross = dx * ey - dy * ex
        if (Math.abs(cross) < 1e-9) continue
        const t = ((q.a[0] - p.a[0]) * ey - (q.a[1] - p.a[1]) * ex) / cross
        const s = ((q.a[0] - p.a[0]) * dy - (q.a[1] - p.a[1]) * dx) / cross
        if (t < 0 || t >= 1 || s < 0 || s >= 1) continue
        const point: Point = [p.a[0] + t * dx, p.a[1] + t * dy]
        found[p.curve]?.push({ at: p.index + t, point })
        found[q.curve]?.push({ at: q.index + s, point })
      }
    }
  }
  return found.map((list) => list.sort((a, b) => a.at - b.at))
}

function stretchesOf(curves: readonly StreetCurve[]): Stretch[] {
  const met = meetings(curves)
  return curves.flatMap((curve, c) => {
    const stops = met[c] ?? []
    const stretches: Stretch[] = []
    const add = (start: Point, inner: readonly Point[], end: Point) => {
      const points = [start, ...inner.filter((p) => apart(p, start) > 1 && apart(p, end) > 1), end]
      let lengthM = 0
      for (let k = 1; k < points.length; k++) lengthM += apart(points[k - 1] as Point, points[k] as Point)
      stretches.push({ curve, from: key(start), to: key(end), points, lengthM })
    }
    for (let i = 0; i + 1 < stops.length; i++) {
      const [start, end] = [stops[i], stops[i + 1]] as [Stop, Stop]
      add(start.point, curve.points.slice(Math.floor(start.at) + 1, Math.floor(end.at) + 1), end.point)
    }
    const [first, last] = [stops[0], stops[stops.length - 1]]
    if (curve.role === 'ring' && first && last && first !== last) {
      const tail = curve.points.slice(Math.floor(last.at) + 1)
      add(last.point, [...tail, ...curve.points.slice(0, Math.floor(first.at) + 1)], first.point)
    }
    return stretches
  })
}

const crossesRiver = (terrain: Terrain, points: readonly Point[]) => {
  const sides = points.map(([x, y]) => Math.sign(y - terrain.riverY(x)))
  return sides.some((side) => side !== sides[0])
}
const crossesCanal = (terrain: Terrain, points: readonly Point[]) =>
  points.some((p, i) => {
    const before = points[i - 1]
    if (before === undefined || p[1] < terrain.riverY(p[0])) return false
    return Math.sign(p[0] - terrain.canalX(p[1])) !== Math.sign(before[0] - terrain.canalX(before[1]))
  })

export interface Streets {
  readonly stretches: readonly Stretch[]
  readonly features: RoadFeature[]
}

export function cutStreets(
  curves: readonly StreetCurve[],
  terrain: Terrain,
  outline: readonly Point[],
  parks: readonly (readonly Point[])[],
  random: Random,
): Streets {
  const isSide = (s: Stretch) => s.curve.class === 'local' || s.curve.class === 'tertiary'
  const isWanted = (s: Stretch): boolean => {
    const { role, bridges, class: kind } = s.curve
    const middle = s.points[Math.floor(s.points.length / 2)] as Point
    const checked =
      s.points.length > 2 ? s.points : [...s.points, [(s.points[0] as Point)[0], (s.points[0] as Point)[1]] as Point]
    if (!checked.every((p) => isInside(outline, p))) return false
    if (s.points.some((p) => isInside(terrain.lake, p))) return false
    if (kind !== 'primary' && kind !== 'motorway' && kind !== 'trunk' && parks.some((park) => isInside(park, middle)))
      return false
    const offRiver = Math.min(...s.points.map((p) => terrain.offRiver(p)))
    if (role === 'grid-ew' && offRiver < 110) return false
    if (role === 'grid-ns' && !bridges && (offRiver < 40 || crossesRiver(terrain, s.points))) return false
    if (isSide(s) && crossesCanal(terrain, s.points)) return kind === 'tertiary'
    // Side streets thin out towards the edge, as cities do.
    const far = Math.hypot(middle[0] / 3500, middle[1] / 2500)
    if (kind === 'local') return !random.chance(0.12 + 0.5 * far * far)
    if (kind === 'tertiary') return !random.chance(0.04 + 0.22 * far * far)
    return true
  }
  let kept = stretchesOf(curves).filter(isWanted)
  for (let round = 0; round < 4; round++) {
    const uses = new Map<string, number>()
    for (const s of kept) for (const end of [s.from, s.to]) uses.set(end, (uses.get(end) ?? 0) + 1)
    const isStub = (s: Stretch) => s.lengthM < 140 && (uses.get(s.from) === 1 || uses.get(s.to) === 1)
    const next = kept.filter((s) => !isStub(s))
    if (next.length === kept.length) break
    kept = next
  }
  kept = largestPart(kept)
  const features = kept.map((s): RoadFeature => {
    const wet = crossesRiver(terrain, s.points) || crossesCanal(terrain, s.points)
    return {
      type: 'Feature',
      properties: {
        class: s.curve.class,
        speedKmh: speedKmh[s.curve.class],
        oneway: false,
        tunnel: false,
        name: s.curve.name,
        nameEn: '',
        bridge: wet || s.curve.class === 'motorway',
      },
      geometry: { type: 'LineString', coordinates: thinned(s.points, 0.8).map((p) => [...toLonLat(p)]) },
    }
  })
  return { stretches: kept, features }
}

function largestPart(stretches: readonly Stretch[]): Stretch[] {
  const root = new Map<string, string>()
  const find = (id: string): string => {
    let at = id
    while (root.get(at) !== undefined && root.get(at) !== at) at = root.get(at) as string
    root.set(id, at)
    return at
  }
  for (const s of stretches) root.set(find(s.from), find(s.to))
  const size = new Map<string, number>()
  for (const s of stretches) size.set(find(s.from), (size.get(find(s.from)) ?? 0) + 1)
  const [largest] = [...size].sort((a, b) => b[1] - a[1])[0] ?? ['']
  return stretches.filter((s) => find(s.from) === largest)
}
