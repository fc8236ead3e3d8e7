/** The stretch of road a place lies at: between two junctions, the nearest within reach. Roads are read when first asked for. */
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { nearestIndex, roadNetwork } from '../../../shared/model/roads.ts'
import type { RoadStretch } from '../../../shared/model/road-flow.ts'
import type { City } from '../ports/city.ts'

export type StretchAt = (at: LonLat) => Omit<RoadStretch, 'sensorId' | 'intervalMs'> | null

/** A sensor stands at its road's edge; one further off is of none. */
const reachM = 60
/** A long line is looked for at places no further apart than this. */
const sampleM = 40

interface Feature {
  readonly properties?: { readonly speedKmh?: unknown } | null
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null
}

/** Places along a path, its ends and corners included. */
function* samples(path: readonly LonLat[]): Generator<LonLat> {
  for (const [i, to] of path.entries()) {
    const from = path[i - 1]
    if (from !== undefined) {
      const parts = Math.ceil(distanceM(from, to) / sampleM)
      for (let n = 1; n < parts; n++)
        yield [from[0] + ((to[0] - from[0]) * n) / parts, from[1] + ((to[1] - from[1]) * n) / parts]
    }
    yield to
  }
}

export function stretchFinder(city: Pick<City, 'layer'>): StretchAt {
  let find: StretchAt | null = null
  const read = (): StretchAt => {
    const bytes = city.layer('roads')
    if (bytes === null) return () => null
    const { features } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly features: readonly Feature[] }
    const lines = features.flatMap(({ properties, geometry }) => {
      const [speedKmh, coordinates] = [properties?.speedKmh, geometry?.coordinates]
      if (typeof speedKmh !== 'number' || geometry?.type !== 'LineString' || !Array.isArray(coordinates)) return []
      return [{ speedKmh, oneway: false, coordinates: coordinates as number[][] }]
    })
    const { edges } = roadNetwork(lines)
    const owners: number[] = []
    const places: LonLat[] = []
    for (const [owner, { path }] of edges.entries())
      for (const place of samples(path)) {
        owners.push(owner)
        places.push(place)
      }
    const index = nearestIndex(places)
    return (at) => {
      const found = index.nearest(at, reachM)
      const edge = found === null ? undefined : edges[owners[found.index] as number]
      if (edge === undefined) return null
      return { freeKmh: lines[edge.line]?.speedKmh ?? 0, path: edge.path }
    }
  }
  return (at) => (find ??= read())(at)
}
