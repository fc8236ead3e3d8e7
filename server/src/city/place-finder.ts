/**
 * Which divisions and grids cover a place. Guarantees: of overlapping ones of a level the smallest speaks; the district is the
 * one whose own polygon covers the place, and only where none does, the street's parent. Edges count as inside. Fast with
 * thousands of grids: boxes are indexed, polygons asked last.
 */
import { area } from '@turf/area'
import { bbox } from '@turf/bbox'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { centroid } from '@turf/centroid'
import Flatbush from 'flatbush'
import type { DivisionFeature, GridFeature } from '../../../shared/contract/city-pack.ts'
import type { Division } from '../../../shared/model/division.ts'
import type { BBox, LonLat } from '../../../shared/model/geo.ts'

export interface PlaceFinder {
  readonly divisions: readonly Division[]
  /** Of all divisions; null without any. */
  readonly bbox: BBox | null
  locate(at: LonLat): readonly string[]
  districtOf(at: LonLat): string | null
}

type Geometry = DivisionFeature['geometry']

interface Shape {
  readonly id: string
  readonly level: 2 | 3 | 4 | 5
  readonly parentId: string | null
  readonly areaM2: number
  readonly geometry: Geometry
}

const shapeOf = ({ properties: { id, level, parentId }, geometry }: DivisionFeature | GridFeature): Shape => ({
  id,
  level,
  parentId,
  areaM2: area(geometry),
  geometry,
})

function divisionOf({ properties, geometry }: DivisionFeature): Division {
  const [west, south, east, north] = bbox(geometry)
  const [lon, lat] = centroid(geometry).geometry.coordinates as [number, number]
  const { id, name, nameEn, level, parentId } = properties
  return { id, name, nameEn: nameEn || name, level, parentId, bbox: [west, south, east, north], centre: [lon, lat] }
}

/** Answers the smallest shape of a level that covers a place. */
function coverFinder(shapes: readonly Shape[]): (at: LonLat) => Shape | null {
  if (shapes.length === 0) return () => null
  const smallestFirst = [...shapes].sort((a, b) => a.areaM2 - b.areaM2)
  const boxes = new Flatbush(smallestFirst.length)
  for (const { geometry } of smallestFirst) {
    const [west, south, east, north] = bbox(geometry)
    boxes.add(west, south, east, north)
  }
  boxes.finish()
  return (at) => {
    const point: [number, number] = [at[0], at[1]]
    for (const index of boxes.search(at[0], at[1], at[0], at[1]).sort((a, b) => a - b)) {
      const shape = smallestFirst[index] as Shape
      if (booleanPointInPolygon(point, shape.geometry)) return shape
    }
    return null
  }
}

/** Indexes divisions and the grids below them. */
export function placeFinder(
  divisionFeatures: readonly DivisionFeature[],
  grids: readonly GridFeature[] = [],
): PlaceFinder {
  const shapes = [...divisionFeatures, ...grids].map(shapeOf)
  const ofLevel = (level: Shape['level']) => coverFinder(shapes.filter((shape) => shape.level === level))
  const [district, street, responsibilityGrid, unitGrid] = [ofLevel(2), ofLevel(3), ofLevel(4), ofLevel(5)]
  const divisions = divisionFeatures.map(divisionOf)
  const boxes = divisions.map((d) => d.bbox)
  const districtOf = (at: LonLat) => district(at)?.id ?? street(at)?.parentId ?? null
  return {
    divisions,
    bbox: boxes.length
      ? [
          Math.min(...boxes.map((b) => b[0])),
          Math.min(...boxes.map((b) => b[1])),
          Math.max(...boxes.map((b) => b[2])),
          Math.max(...boxes.map((b) => b[3])),
        ]
      : null,
    districtOf,
    locate: (at) =>
      [unitGrid(at)?.id, responsibilityGrid(at)?.id, street(at)?.id, districtOf(at)].filter(
        (id) => id !== undefined && id !== null,
      ),
  }
}
