/** Where the names of areas stand: rivers along their line, lakes and parks in their middle. */
import { area } from '@turf/area'
import { centroid } from '@turf/centroid'
import type { Feature, Geometry, Position } from 'geojson'
import { distanceM, type LonLat } from '../../../../shared/model/geo.ts'
import { centreLines } from './centre-line.ts'
import type { Drawn } from './tile-layers.ts'
import { zoomForArea, zoomForLength } from './web-mercator.ts'

type Row = Readonly<Record<string, unknown>>

/** An area is named once it is this many square pixels: a name of four letters, and room around it. */
const namedPx = 9_000
const kinds: Readonly<Record<string, string>> = {
  'water.geojson': 'water',
  'green.geojson': 'green',
  'grids.geojson': 'grid',
}
/** A river is named once this much of it is seen, pixels: room for four letters spread along it. */
const namedLengthPx = 300
const [lineFrom, lineUntil] = [9, 14] as const
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The largest part of an area: a name is said once. */
function largest(geometry: Geometry): Position[][] | null {
  if (geometry.type === 'Polygon') return geometry.coordinates
  if (geometry.type !== 'MultiPolygon') return null
  return geometry.coordinates
    .map((coordinates) => ({ coordinates, size: area({ type: 'Polygon', coordinates }) }))
    .reduce((a, b) => (b.size > a.size ? b : a), { coordinates: [] as Position[][], size: -1 }).coordinates
}

const lengthM = (line: readonly Position[]) =>
  line.slice(1).reduce((sum, at, i) => sum + distanceM(line[i] as unknown as LonLat, at as unknown as LonLat), 0)

export function areaNames(file: string, features: readonly Feature<Geometry, Row>[]): Drawn[] {
  const kind = kinds[file] ?? ''
  return features.flatMap(({ geometry, properties }): Drawn[] => {
    const [name, nameEn] = [text(properties.name), text(properties.nameEn)]
    if (name === '' && nameEn === '') return []
    if (geometry.type === 'LineString') return [{ geometry, fields: { kind, rank: 2, name, nameEn }, fromZoom: 12 }]
    const rings = largest(geometry)
    if (rings === null || (kind === 'grid' && properties.level !== 4)) return []
    const lines = kind === 'water' ? centreLines(rings) : []
    if (lines.length > 0)
      return lines.map((coordinates) => {
        const line = { type: 'LineString' as const, coordinates }
        const fromZoom = Math.min(lineUntil, Math.max(lineFrom, zoomForLength(lengthM(coordinates), namedLengthPx)))
        return { geometry: line, fields: { kind, rank: fromZoom <= 11 ? 1 : 2, name, nameEn }, fromZoom }
      })
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
