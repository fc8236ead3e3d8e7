/**
 * The little geometry `$filter` needs, in degrees on the plane. Enough for "sensors inside this polygon"; not a GIS.
 */
import { isObject } from '../json-input.ts'
import type { Shape } from './expression.ts'

type Position = readonly [number, number]

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'

/** GeoJSON Point or Polygon, or a Feature around one, as a shape; null for the rest. */
export function shapeOf(value: unknown): Shape | null {
  if (!isObject(value)) return null
  if (value['type'] === 'Feature') return shapeOf(value['geometry'])
  const coordinates = value['coordinates']
  if (value['type'] === 'Point' && isPosition(coordinates)) return { type: 'Point', at: coordinates }
  if (value['type'] !== 'Polygon' || !Array.isArray(coordinates)) return null
  const rings = coordinates.filter((ring): ring is Position[] => Array.isArray(ring) && ring.every(isPosition))
  return rings.length > 0 ? { type: 'Polygon', rings } : null
}

const cornersOf = (shape: Shape): readonly Position[] =>
  shape.type === 'Point' ? [shape.at] : shape.rings.flatMap((ring) => ring)

/** Do all corners of the inner shape lie in the outer one? Edges count as inside. */
export function isWithinShape(inner: Shape, outer: Shape): boolean {
  if (outer.type === 'Point') return cornersOf(inner).every(([x, y]) => x === outer.at[0] && y === outer.at[1])
  const [shell = [], ...holes] = outer.rings
  return cornersOf(inner).every((at) => isInRing(at, shell) && !holes.some((hole) => isInRing(at, hole)))
}

function isInRing([x, y]: Position, ring: readonly Position[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] ?? [0, 0]
    const [bx, by] = ring[j] ?? [0, 0]
    const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (cross === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by))
      return true
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** Degrees between the nearest corners: exact for points, which is what the standard's filter is used for. */
export function planarDistance(a: Shape, b: Shape): number {
  let nearest = Infinity
  for (const [ax, ay] of cornersOf(a))
    for (const [bx, by] of cornersOf(b)) nearest = Math.min(nearest, Math.hypot(ax - bx, ay - by))
  return nearest
}
