/**
 * Cuts long curves where they meet and keeps what a city would have built: no stub, and one network on which every place can be
 * reached from every other, one-way streets obeyed.
 */
import type { RoadClass } from '../../shared/model/roads.ts'
import type { StreetCurve } from './arterials.ts'
import { along, apart, lengthOf, type Point } from './plane.ts'
import { NearIndex } from './near-index.ts'

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
/** Where a curve meets another: position along it (piece index + part) and the shared point. */
interface Stop {
  readonly at: number
  readonly point: Point
}

const key = ([x, y]: Point) => `${Math.round(x * 10)},${Math.round(y * 10)}`
const gridM = 150
const rank: Record<RoadClass, number> = { motorway: 5, trunk: 4, primary: 3, secondary: 2, tertiary: 1, local: 0 }

/** Expressways pass over all but their ramps, ramps over all but the two they join; great streets are not opened for every lane. */
function passesOver(p: StreetCurve, q: StreetCurve): boolean {
  if (p.joins || q.joins) return p.joins?.includes(q.name) !== true && q.joins?.includes(p.name) !== true
  const [high, low] = rank[p.class] >= rank[q.class] ? [p, q] : [q, p]
  return high.class === 'motorway' || (high.class === 'trunk' && low.class === 'local')
}

/** Calls for every pair of pieces that cross, once. */
function eachCrossing(
  curves: readonly StreetCurve[],
  found: (p: Piece, q: Piece, t: number, s: number, at: Point) => void,
) {
  const cells = new Map<number, Piece[]>()
  const cellOf = (x: number, y: number) => (x + 4096) * 8192 + y + 4096
  curves.forEach(({ points }, curve) => {
    for (let index = 0; index + 1 < points.length; index++) {
      const [a, b] = [points[index] as Point, points[index + 1] as Point]
      const piece = { curve, index, a, b }
      const [x0, x1] = [Math.floor(Math.min(a[0], b[0]) / gridM), Math.floor(Math.max(a[0], b[0]) / gridM)]
      const [y0, y1] = [Math.floor(Math.min(a[1], b[1]) / gridM), Math.floor(Math.max(a[1], b[1]) / gridM)]
      for (let x = x0; x <= x1; x++)
        for (let y = y0; y <= y1; y++) {
          const cell = cells.get(cellOf(x, y))
          if (cell) cell.push(piece)
          else cells.set(cellOf(x, y), [piece])
        }
    }
  })
  for (const [cell, pieces] of cells) {
    for (let i = 0; i < pieces.length; i++) {
      for (let j = i + 1; j < pieces.length; j++) {
        const [p, q] = [pieces[i] as Piece, pieces[j] as Piece]
        if (p.curve === q.curve) continue
        const [dx, dy] = [p.b[0] - p.a[0], p.b[1] - p.a[1]]
        const [ex, ey] = [q.b[0] - q.a[0], q.b[1] - q.a[1]]
        const cross = dx * ey - dy * ex
        if (Math.abs(cross) < 1e-9) continue
        const t = ((q.a[0] - p.a[0]) * ey - (q.a[1] - p.a[1]) * ex) / cross
        const s = ((q.a[0] - p.a[0]) * dy - (q.a[1] - p.a[1]) * dx) / cross
        if (t < 0 || t >= 1 || s < 0 || s >= 1) continue
        const at: Point = [p.a[0] + t * dx, p.a[1] + t * dy]
        // A pair may share several cells: the one that holds the crossing speaks.
        if (cellOf(Math.floor(at[0] / gridM), Math.floor(at[1] / gridM)) !== cell) continue
        found(p, q, t, s, at)
      }
    }
  }
}

function meetings(curves: readonly StreetCurve[]): Stop[][] {
  const stops: Stop[][] = curves.map(() => [])
  eachCrossing(curves, (p, q, t, s, point) => {
    if (passesOver(curves[p.curve] as StreetCurve, curves[q.curve] as StreetCurve)) return
    stops[p.curve]?.push({ at: p.index + t, point })
    stops[q.curve]?.push({ at: q.index + s, point })
  })
  return stops.map((list) => list.sort((a, b) => a.at - b.at))
}

function stretchesOf(curves: readonly StreetCurve[]): Stretch[] {
  const met = meetings(curves)
  return curves.flatMap((curve, c) => {
    const stops = met[c] ?? []
    const stretches: Stretch[] = []
    const add = (start: Point, inner: readonly Point[], end: Point) => {
      const points = [start, ...inner.filter((p) => apart(p, start) > 1.5 && apart(p, end) > 1.5), end]
      stretches.push({ curve, from: key(start), to: key(end), points, lengthM: lengthOf(points) })
    }
    for (let i = 0; i + 1 < stops.length; i++) {
      const [start, end] = [stops[i], stops[i + 1]] as [Stop, Stop]
      if (key(start.point) === key(end.point)) continue
      add(start.point, curve.points.slice(Math.floor(start.at) + 1, Math.floor(end.at) + 1), end.point)
    }
    const [first, last] = [stops[0], stops[stops.length - 1]]
    if (first === undefined || last === undefined) return stretches
    const isClosed = key(curve.points[0] as Point) === key(curve.points[curve.points.length - 1] as Point)
    const before = curve.points.slice(0, Math.floor(first.at) + 1)
    const after = curve.points.slice(Math.floor(last.at) + 1)
    if (isClosed) {
      if (first !== last) add(last.point, [...after, ...before], first.point)
    } else if (rank[curve.class] >= rank.primary && !curve.oneway) {
      // The great streets lead on out of the city.
      if (before.length > 1) add(before[0] as Point, before.slice(1), first.point)
      if (after.length > 1) add(last.point, after.slice(0, -1), after[after.length - 1] as Point)
    }
    return stretches
  })
}

/** Short ends that lead nowhere go, and what hung on them. */
function withoutStubs(stretches: readonly Stretch[], stubM: number): readonly Stretch[] {
  let kept = stretches
  for (let round = 0; round < 6; round++) {
    const uses = new Map<string, number>()
    for (const s of kept) for (const end of [s.from, s.to]) uses.set(end, (uses.get(end) ?? 0) + 1)
    const next = kept.filter(
      (s) => s.lengthM >= stubM || rank[s.curve.class] > 2 || (uses.get(s.from) !== 1 && uses.get(s.to) !== 1),
    )
    if (next.length === kept.length) break
    kept = next
  }
  return kept
}

/** Junctions that can be reached from the first along the given ends. */
function reach(start: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set([start])
  const queue = [start]
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const other of next.get(at) ?? [])
      if (!reached.has(other)) {
        reached.add(other)
        queue.push(other)
      }
  return reached
}

/** What can be reached from the middle of the network and from where one gets back to it. */
function strongPart(stretches: readonly Stretch[]): Stretch[] {
  const [out, back] = [new Map<string, string[]>(), new Map<string, string[]>()]
  const link = (map: Map<string, string[]>, a: string, b: string) => {
    const list = map.get(a)
    if (list) list.push(b)
    else map.set(a, [b])
  }
  for (const { from, to, curve } of stretches) {
    link(out, from, to)
    link(back, to, from)
    if (curve.oneway) continue
    link(out, to, from)
    link(back, from, to)
  }
  let best: Stretch[] = []
  const seen = new Set<string>()
  for (const { from } of stretches) {
    if (seen.has(from)) continue
    const [there, home] = [reach(from, out), reach(from, back)]
    for (const junction of there) if (home.has(junction)) seen.add(junction)
    const part = stretches.filter((s) => [s.from, s.to].every((end) => there.has(end) && home.has(end)))
    if (part.length > best.length) best = part
    if (best.length > stretches.length / 2) break
  }
  return best
}

/** Answers whether a street that is no motorway runs within so many metres of a point (to about 15 m). */
export function streetReach(stretches: readonly Stretch[]): (p: Point, withinM: number) => boolean {
  const stepM = 30
  const streets = stretches.filter(({ curve }) => curve.class !== 'motorway')
  const spots = streets.flatMap(({ points, lengthM }) =>
    Array.from({ length: Math.ceil(lengthM / stepM) + 1 }, (_, k) => ({ at: along(points, k * stepM).at })),
  )
  const index = new NearIndex(spots)
  return (p, withinM) => index.nearest(p, withinM) !== null
}

export interface CutOptions {
  /** Whether a stretch is built at all. */
  readonly isWanted: (stretch: Stretch) => boolean
  readonly stubM: number
}

/** The network of these curves: from junction to junction. */
export function streetNetwork(curves: readonly StreetCurve[], { isWanted, stubM }: CutOptions): Stretch[] {
  return strongPart(withoutStubs(stretchesOf(curves).filter(isWanted), stubM))
}
