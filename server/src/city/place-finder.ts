/**
 * Which divisions cover a place. Guarantees: of overlapping neighbourhoods the smallest speaks; the district is the one whose
 * own polygon covers the place, and only where none does, the neighbourhood's parent. Edges count as inside.
 */
import { area } from '@turf/area'
import { bbox } from '@turf/bbox'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { centroid } from '@turf/centroid'
import type { DivisionFeature } from '../../../shared/contract/city-pack.ts'
import type { Division } from '../../../shared/model/division.ts'
import { isWithin, type BBox, type LonLat } from '../../../shared/model/geo.ts'

export interface PlaceFinder {
  readonly divisions: readonly Division[]
  /** Of all divisions; null without any. */
  readonly bbox: BBox | null
  locate(at: LonLat): readonly string[]
  districtOf(at: LonLat): string | null
}

interface Shape {
  readonly division: Division
  readonly areaM2: number
  readonly feature: DivisionFeature
}

function shapeOf(feature: DivisionFeature): Shape {
  const [west, south, east, north] = bbox(feature.geometry)
  const [lon, lat] = centroid(feature.geometry).geometry.coordinates as [number, number]
  const { id, name, nameEn, level, parentId } = feature.properties
  return {
    division: {
      id,
      name,
      nameEn: nameEn || name,
      level,
      parentId,
      bbox: [west, south, east, north],
      centre: [lon, lat],
    },
    areaM2: area(feature.geometry),
    feature,
  }
}

/** Indexes divisions; smallest first within each level. */
export function placeFinder(features: readonly DivisionFeature[]): PlaceFinder {
  const shapes = features.map(shapeOf)
  const bySize = (level: 2 | 3) => shapes.filter((s) => s.division.level === level).sort((a, b) => a.areaM2 - b.areaM2)
  const districts = bySize(2)
  const streets = bySize(3)
  const covering = (list: readonly Shape[], at: LonLat) =>
    list.find((s) => isWithin(s.division.bbox, at) && booleanPointInPolygon([at[0], at[1]], s.feature.geometry))
      ?.division
  const districtOf = (at: LonLat) => (covering(districts, at) ?? null)?.id ?? covering(streets, at)?.parentId ?? null
  const boxes = shapes.map((s) => s.division.bbox)
  return {
    divisions: shapes.map((s) => s.division),
    bbox: boxes.length
      ? [
          Math.min(...boxes.map((b) => b[0])),
          Math.min(...boxes.map((b) => b[1])),
          Math.max(...boxes.map((b) => b[2])),
          Math.max(...boxes.map((b) => b[3])),
        ]
      : null,
    districtOf,
    locate(at) {
      const street = covering(streets, at)?.id
      const district = districtOf(at)
      return [street, district].filter((id) => id !== undefined && id !== null)
    },
  }
}
