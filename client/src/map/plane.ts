/**
 * How the base map's ground lies against WGS 84, and what is drawn over it turned accordingly. Guarantees that data stay as they are:
 * copies are turned, on their way to the map.
 */
import type { FeatureCollection, Geometry, Position } from 'geojson'
import type { MapLibreMap } from 'maplibre-gl'
import type { LonLat } from '../../../shared/model/geo.ts'

export interface Plane {
  /** Where a place is drawn. */
  shown(at: LonLat): LonLat
  /** Which place is drawn there. */
  real(at: LonLat): LonLat
}
const same = (at: LonLat): LonLat => at
/** The ground of WGS 84: nothing is turned. */
export const flat: Plane = { shown: same, real: same }

const planes = new WeakMap<MapLibreMap, Plane>()
export const setPlane = (map: MapLibreMap, plane: Plane): void => void planes.set(map, plane)
export const planeOf = (map: MapLibreMap): Plane => planes.get(map) ?? flat

type Nested = Position | readonly Nested[]
const turnNested = (plane: Plane, at: Nested): Nested => {
  if (typeof at[0] !== 'number') return (at as readonly Nested[]).map((inner) => turnNested(plane, inner))
  const [lon, lat] = plane.shown([at[0], Number(at[1])])
  return [lon, lat]
}
const turnGeometry = (plane: Plane, geometry: Geometry): Geometry =>
  geometry.type === 'GeometryCollection'
    ? { ...geometry, geometries: geometry.geometries.map((one) => turnGeometry(plane, one)) }
    : ({ ...geometry, coordinates: turnNested(plane, geometry.coordinates as Nested) } as Geometry)

/** What is large is drawn again and again as the same collection: turned once. */
const turned = new WeakMap<FeatureCollection, { readonly plane: Plane; readonly features: FeatureCollection }>()

/** The features where they are drawn; the same collection where nothing is turned. */
export function shownFeatures(plane: Plane, given: FeatureCollection): FeatureCollection {
  if (plane === flat) return given
  const known = turned.get(given)
  if (known?.plane === plane) return known.features
  const features: FeatureCollection = {
    ...given,
    features: given.features.map((one) => ({ ...one, geometry: turnGeometry(plane, one.geometry) })),
  }
  turned.set(given, { plane, features })
  return features
}
