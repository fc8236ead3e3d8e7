/** Which districts an area drawn by others touches. Boxes first: most of a city is nowhere near. */
import { bbox } from '@turf/bbox'
import { booleanIntersects } from '@turf/boolean-intersects'
import type { Polygon } from 'geojson'
import type { DivisionFeature } from '../../../shared/contract/city-pack.ts'
import type { BBox } from '../../../shared/model/geo.ts'
import type { WarningPolygon } from '../../../shared/model/warning.ts'

const boxOf = (geometry: Polygon | DivisionFeature['geometry']): BBox => {
  const [west, south, east, north] = bbox(geometry)
  return [west, south, east, north]
}
const overlap = (a: BBox, b: BBox): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

/** Answers the ids of districts touched, in the pack's order; of streets where the pack has no districts. */
export function areaFinder(
  divisions: readonly DivisionFeature[],
): (areas: readonly WarningPolygon[]) => readonly string[] {
  const districts = divisions.filter(({ properties }) => properties.level === 2)
  const shapes = (districts.length > 0 ? districts : divisions).map(({ properties, geometry }) => ({
    id: properties.id,
    geometry,
    box: boxOf(geometry),
  }))
  return (areas) => {
    const drawn = areas.map((rings) => {
      const geometry: Polygon = {
        type: 'Polygon',
        coordinates: rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
      }
      return { geometry, box: boxOf(geometry) }
    })
    return shapes
      .filter((shape) =>
        drawn.some((one) => overlap(one.box, shape.box) && booleanIntersects(one.geometry, shape.geometry)),
      )
      .map(({ id }) => id)
  }
}
