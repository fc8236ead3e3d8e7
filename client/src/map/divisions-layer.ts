/**
 * District borders and names, and where asked a quiet fill by a number of each district. Names stand at the middle of the
 * largest part; they are drawn once, whatever the tile they fall in.
 */
import type { Feature, FeatureCollection, Geometry, Point, Position } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import { layerUrl, textFont } from './layer-url.ts'
import { withLetters } from '../fonts/page-font.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'
import { lowestName } from './style/names.ts'

export interface DivisionsData {
  readonly present: boolean
  readonly locale: 'zh-CN' | 'en'
  /** 0 to 1 for each division id; absent ids are not filled. */
  readonly fill: ReadonlyMap<string, number>
}

type Named = Record<string, unknown> | null

export const divisionId = (properties: Named): string => String(properties?.id ?? properties?.code ?? '')
export const divisionLevel = (properties: Named): number => (Number(properties?.level ?? 2) === 3 ? 3 : 2)
export function divisionName(properties: Named, locale: 'zh-CN' | 'en'): string {
  const zh = properties?.name
  const en = properties?.nameEn
  return String((locale === 'en' ? (en ?? zh) : (zh ?? en)) ?? '')
}

function ringArea(ring: readonly Position[]): number {
  let twice = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x0, y0] = ring[i] as [number, number]
    const [x1, y1] = ring[i + 1] as [number, number]
    twice += x0 * y1 - x1 * y0
  }
  return twice / 2
}

/** Centroid of the largest outer ring; null where there is no area. */
export function labelPlace(geometry: Geometry | null): [number, number] | null {
  const polygons =
    geometry?.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry?.type === 'MultiPolygon'
        ? geometry.coordinates
        : []
  let ring: Position[] = []
  for (const polygon of polygons) {
    const outer = polygon[0] ?? []
    if (Math.abs(ringArea(outer)) > Math.abs(ringArea(ring))) ring = outer
  }
  const area = ringArea(ring)
  const [ox, oy] = ring[0] ?? []
  if (area === 0 || ox === undefined || oy === undefined) return null
  // Relative to the first corner: the products of raw degrees would eat the digits that matter.
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = [(ring[i] as Position)[0]! - ox, (ring[i] as Position)[1]! - oy]
    const [bx, by] = [(ring[i + 1] as Position)[0]! - ox, (ring[i + 1] as Position)[1]! - oy]
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [ox + x / (6 * area), oy + y / (6 * area)]
}

/** One labelled point for each division. */
export function divisionLabels(divisions: FeatureCollection, locale: 'zh-CN' | 'en'): Feature<Point>[] {
  return divisions.features.flatMap((feature) => {
    const at = labelPlace(feature.geometry)
    const name = divisionName(feature.properties, locale)
    if (at === null || name === '') return []
    const properties = { name, level: divisionLevel(feature.properties) }
    return [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } }]
  })
}

async function fetchDivisions(): Promise<FeatureCollection> {
  const answer = await fetch(layerUrl('divisions'))
  if (!answer.ok) return noFeatures
  const body = (await answer.json()) as FeatureCollection
  // A string id cannot be a feature id on a map: number them, and keep the city's own id as a property.
  return collection(
    body.features.map((feature, index) => ({
      ...feature,
      id: index,
      properties: { ...feature.properties, division: divisionId(feature.properties) },
    })),
  )
}

export function divisionsLayer(onFault: (reason: unknown) => void): Overlay<DivisionsData> {
  let divisions: Promise<FeatureCollection> | null = null
  return {
    install(map, look) {
      map.addSource('divisions', { type: 'geojson', data: noFeatures })
      map.addSource('division-labels', { type: 'geojson', data: noFeatures })
      // Borders run along rivers: the river's name stands on them.
      const above = map.getLayer(lowestName) === undefined ? undefined : lowestName
      const draw = (layer: LayerSpecification) => map.addLayer(layer, above)
      draw({
        id: 'divisions-fill',
        type: 'fill',
        source: 'divisions',
        paint: {
          'fill-color': look.accent,
          'fill-opacity': ['*', 0.28, ['coalesce', ['feature-state', 'share'], 0]],
        },
      })
      draw({
        id: 'divisions-fine',
        type: 'line',
        source: 'divisions',
        filter: ['==', ['get', 'level'], 3],
        minzoom: look.zoom(11.5),
        paint: { 'line-color': look.borderFine, 'line-width': 0.8 * look.scale },
      })
      draw({
        id: 'divisions',
        type: 'line',
        source: 'divisions',
        filter: ['!=', ['get', 'level'], 3],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': look.border, 'line-width': 1.2 * look.scale, 'line-dasharray': [5, 2.5] },
      })
      // Districts last: what is drawn on top is placed first, so streets make room for districts.
      for (const level of [3, 2]) {
        map.addLayer({
          id: `division-labels-${level}`,
          type: 'symbol',
          source: 'division-labels',
          filter: ['==', ['get', 'level'], level],
          minzoom: level === 3 ? look.zoom(12.5) : 8,
          ...(level === 2 ? { maxzoom: look.zoom(14) } : {}),
          layout: {
            ...textFont,
            'text-field': ['get', 'name'],
            'text-size': (level === 2 ? 18 : 13) * look.textScale,
            'text-letter-spacing': level === 2 ? 0.16 : 0.04,
            'text-max-width': 9,
            'text-padding': 4,
          },
          paint: {
            'text-color': level === 2 ? look.labelStrong : look.label,
            'text-halo-color': look.halo,
            'text-halo-width': 1.6 * look.scale,
            'text-halo-blur': 0.5,
          },
        })
      }
    },
    show(map, data) {
      if (!data.present) return
      divisions ??= fetchDivisions()
      divisions
        .then(async (found) => {
          const labels = divisionLabels(found, data.locale)
          await withLetters(labels.map((label) => String(label.properties?.name)))
          setFeatures(map, 'divisions', found)
          setFeatures(map, 'division-labels', collection(labels))
          if (map.getSource('divisions') === undefined) return
          for (const { id, properties } of found.features) {
            map.setFeatureState(
              { source: 'divisions', id: id as number },
              { share: data.fill.get(String(properties?.division)) ?? 0 },
            )
          }
        })
        .catch((reason: unknown) => {
          divisions = null
          onFault(reason)
        })
    },
  }
}
