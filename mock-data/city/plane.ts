/** The drawing board: metres east and north of the city's middle, and the way from there to longitude and latitude. */
import type { LonLat } from '../../shared/model/geo.ts'

export type Point = readonly [x: number, y: number]

/** Off every coast: a city nobody lives in. */
const originLon = 122.93
const originLat = 30.98
const metresPerLat = 110_860
const metresPerLon = 111_320 * Math.cos((originLat * Math.PI) / 180)

const sixDecimals = (degrees: number) => Math.round(degrees * 1e6) / 1e6
export const toLonLat = ([x, y]: Point): LonLat => [
  sixDecimals(originLon + x / metresPerLon),
  sixDecimals(originLat + y / metresPerLat),
]
export const toPoint = ([lon, lat]: LonLat): Point => [
  (lon - originLon) * metresPerLon,
  (lat - originLat) * metresPerLat,
]

export const apart = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])
export const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]

export function isInside(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Point
    const [xj, yj] = ring[j] as Point
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** Distance from a point to a segment. */
export function offSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2))
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}

/** Drops vertices that change a line by less than `toleranceM`; ends stay. */
export function thinned(line: readonly Point[], toleranceM: number): Point[] {
  const first = line[0] as Point
  const last = line[line.length - 1] as Point
  let worst = 0
  let at = 0
  for (let i = 1; i < line.length - 1; i++) {
    const off = offSegment(line[i] as Point, first, last)
    if (off > worst) [worst, at] = [off, i]
  }
  if (worst <= toleranceM) return [first, last]
  return [...thinned(line.slice(0, at + 1), toleranceM).slice(0, -1), ...thinned(line.slice(at), toleranceM)]
}

/** A closed ring as GeoJSON wants it: first corner said again, thinned. */
export function toRing(points: readonly Point[], toleranceM = 1): LonLat[] {
  const half = Math.floor(points.length / 2)
  const open = [
    ...thinned(points.slice(0, half + 1), toleranceM).slice(0, -1),
    ...thinned([...points.slice(half), points[0] as Point], toleranceM).slice(0, -1),
  ]
  const ring = open.map(toLonLat)
  return [...ring, ring[0] as LonLat]
}

/** A round shape with a wavy edge; `wobble` is a part of the radius. */
export function blob(centre: Point, rx: number, ry: number, wobble: number, phase: number): Point[] {
  const corners = 48
  return Array.from({ length: corners }, (_, i) => {
    const a = (i / corners) * 2 * Math.PI
    const r = 1 + wobble * (0.6 * Math.sin(3 * a + phase) + 0.4 * Math.sin(5 * a - 2 * phase))
    return [centre[0] + rx * r * Math.cos(a), centre[1] + ry * r * Math.sin(a)]
  })
}

/** A smooth line through the corners (Catmull-Rom), a point about every `stepM`; `closed` goes round. */
export function smoothLine(corners: readonly Point[], stepM: number, closed = false): Point[] {
  const count = corners.length
  const at = (i: number): Point =>
    (closed ? corners[(i + count) % count] : corners[Math.max(0, Math.min(count - 1, i))]) as Point
  const line: Point[] = []
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    const steps = Math.max(1, Math.round(apart(p1, p2) / stepM))
    for (let k = 0; k < steps; k++) {
      const t = k / steps
      const part = (axis: 0 | 1) =>
        0.5 *
        (2 * p1[axis] +
          (p2[axis] - p0[axis]) * t +
          (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t * t +
          (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t * t * t)
      line.push([part(0), part(1)])
    }
  }
  line.push(closed ? (line[0] as Point) : (corners[count - 1] as Point))
  return line
}

/** The line moved sideways: `offM` to the left of its direction, or by a distance for each of its points. */
export function beside(line: readonly Point[], offM: number | ((index: number) => number)): Point[] {
  return line.map((p, i) => {
    const a = line[Math.max(0, i - 1)] as Point
    const b = line[Math.min(line.length - 1, i + 1)] as Point
    const length = apart(a, b) || 1
    const off = typeof offM === 'number' ? offM : offM(i)
    return [p[0] - ((b[1] - a[1]) / length) * off, p[1] + ((b[0] - a[0]) / length) * off]
  })
}

export const lengthOf = (line: readonly Point[]): number =>
  line.reduce((sum, p, i) => (i === 0 ? 0 : sum + apart(line[i - 1] as Point, p)), 0)

/** The point `metres` along a line, and the direction there (radians from east). */
export function along(line: readonly Point[], metres: number): { readonly at: Point; readonly heading: number } {
  let left = metres
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point]
    const length = apart(a, b)
    if (left <= length || i === line.length - 1)
      return {
        at: between(a, b, length === 0 ? 0 : Math.min(1, left / length)),
        heading: Math.atan2(b[1] - a[1], b[0] - a[0]),
      }
    left -= length
  }
  return { at: line[0] as Point, heading: 0 }
}

export const middleOf = (points: readonly Point[]): Point => [
  points.reduce((sum, p) => sum + p[0], 0) / points.length,
  points.reduce((sum, p) => sum + p[1], 0) / points.length,
]

/** Turned about the origin by an angle (radians), then moved. */
export const placed = ([x, y]: Point, angle: number, to: Point): Point => [
  to[0] + Math.cos(angle) * x - Math.sin(angle) * y,
  to[1] + Math.sin(angle) * x + Math.cos(angle) * y,
]
