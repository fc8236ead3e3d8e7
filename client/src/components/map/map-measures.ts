/** Lengths, areas and what lies near a place. Pure; WGS 84, metres. */
import type { ResourceKind } from '../../../../shared/model/resource.ts'
import { distanceM, type LonLat } from '../../../../shared/model/geo.ts'

/** The mean one, as distances have it. */
const radiusOfEarthM = 6_371_008.8
const rad = (deg: number) => (deg * Math.PI) / 180

/** Along the points, m. */
export const lengthM = (points: readonly LonLat[]): number =>
  points.slice(1).reduce((sum, at, i) => sum + distanceM(points[i] as LonLat, at), 0)

/** Within the points on the sphere, m²; 0 of fewer than three. The formula of Chamberlain and Duquette (JPL 07-03), as GeoJSON areas are made elsewhere. */
export function areaM2(points: readonly LonLat[]): number {
  const n = points.length
  if (n < 3) return 0
  let twice = 0
  for (let i = 0; i < n; i++) {
    const [before, at, after] = [points[i], points[(i + 1) % n], points[(i + 2) % n]] as [LonLat, LonLat, LonLat]
    twice += (rad(after[0]) - rad(before[0])) * Math.sin(rad(at[1]))
  }
  return Math.abs((twice * radiusOfEarthM * radiusOfEarthM) / 2)
}

/** Radii of a ring search, m. */
export const ringRadii = [500, 1000, 3000] as const
export type RingRadius = (typeof ringRadii)[number]

export type FoundKind = 'crew' | 'sensor' | ResourceKind
export interface Resource {
  readonly id: string
  readonly kind: FoundKind
  readonly name: string
  readonly at: LonLat
}
export interface Found extends Resource {
  readonly distanceM: number
}

/** Those within the radius, its edge included, nearest first; equally near ones by name. */
export function within(resources: Iterable<Resource>, centre: LonLat, radiusM: number): Found[] {
  const found: Found[] = []
  for (const one of resources) {
    const far = distanceM(centre, one.at)
    if (far <= radiusM) found.push({ ...one, distanceM: far })
  }
  return found.sort((a, b) => a.distanceM - b.distanceM || (a.name < b.name ? -1 : 1))
}

/** How many of each kind, in the order they first come. */
export function countKinds(found: readonly Found[]): [FoundKind, number][] {
  const counts = new Map<FoundKind, number>()
  for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts]
}
