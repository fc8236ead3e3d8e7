/** The names of a city's map, as the rules read them: roads with their lines, places, divisions with their middles. */
import type { NamedPlace } from '../domain/advice/place-names.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { City } from '../ports/city.ts'

interface Feature {
  readonly properties?: { readonly name?: unknown; readonly class?: unknown } | null
  readonly geometry?: { readonly type?: string; readonly coordinates?: unknown } | null
}

/** Read when first asked for: a large city's roads take a while. */
export function* namedPlaces(city: Pick<City, 'layer' | 'profile'>): Iterable<NamedPlace> {
  for (const { name, nameEn, centre } of city.profile.divisions)
    for (const said of new Set([name, nameEn])) yield { name: said, kind: 'division', points: [centre] }
  yield* ofLayer(city, 'roads', 'road')
  yield* ofLayer(city, 'places', 'place')
}

function* ofLayer(city: Pick<City, 'layer'>, layer: string, kind: NamedPlace['kind']): Iterable<NamedPlace> {
  const bytes = city.layer(layer)
  if (bytes === null) return
  const { features } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly features: readonly Feature[] }
  for (const { properties, geometry } of features) {
    const name = properties?.name
    // Nobody stands on a motorway and says its name.
    if (typeof name !== 'string' || properties?.class === 'motorway' || !geometry) continue
    const points = pointsOf(geometry.coordinates)
    if (points.length > 0) yield { name, kind, points }
  }
}

/** All positions of a geometry, whatever its depth. */
function pointsOf(coordinates: unknown): LonLat[] {
  if (!Array.isArray(coordinates)) return []
  const [lon, lat] = coordinates as readonly unknown[]
  if (typeof lon === 'number' && typeof lat === 'number') return [[lon, lat]]
  return coordinates.flatMap(pointsOf)
}
