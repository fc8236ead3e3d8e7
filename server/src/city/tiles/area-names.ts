/** Where the names of areas stand: rivers along their line, lakes and parks in their middle. */
import { area } from '@turf/area'
import { centroid } from '@turf/centroid'
import type { Feature, Geometry, Position } from 'geojson'
import type { Drawn } from './tile-layers.ts'
import { zoomForArea } from './web-mercator.ts'

type Row = Readonly<Record<string, unknown>>

/** An area is named once it is this many square pixels: a name of four letters, and room around it. */
const namedPx = 9_000
const kinds: Readonly<Record<string, string>> = {
  'water.geojson': 'water',
  'green.geojson': 'green',
  'grids.geojson': 'grid',
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The largest part of an area: a name is said once. */
function largest(geometry: Geometry): Position[][] | null {
  if (geometry.type === 'Polygon') return geometry.coordinates
  if (geometry.type !== 'MultiPolygon') return null
  return geometry.coordinates
    .map((coordinates) => ({ coordinates, size: area({ type: 'Polygon', coordinates }) }))
    .reduce((a, b) => (b.size > a.size ? b : a), { coordinates: [] as Position[][], size: -1 }).coordinates
}

export function areaNames(file: string, features: readonly Feature<Geometry, Row>[]): Drawn[] {
  const kind = kinds[file] ?? ''
  return features.flatMap(({ geometry, properties }): Drawn[] => {
    const [name, nameEn] = [text(properties.name), text(properties.nameEn)]
    if (name === '' && nameEn === '') return []
    if (geometry.type === 'LineString') return [{ geometry, fields: { kind, rank: 2, name, nameEn }, fromZoom: 12 }]
    const rings = largest(geometry)
    if (rings === null || (kind === 'grid' && properties.level !== 4)) return []
    const areaM2 = area({ type: 'Polygon', coordinates: rings })
    const fromZoom = Math.min(16, Math.max(kind === 'grid' ? 15 : 9, zoomForArea(areaM2, namedPx)))
    const rank = fromZoom <= 11 ? 1 : fromZoom <= 13 ? 2 : 3
    return [
      {
        geometry: centroid({ type: 'Polygon', coordinates: rings }).geometry,
        fields: { kind, rank, name, nameEn },
        fromZoom,
      },
    ]
  })
}
