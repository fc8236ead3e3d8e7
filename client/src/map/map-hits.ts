/** What lies under the pointer, worst first: a case before a crowd of cases before a crew before a sensor. */
import type { GeoJSONSource, MapLibreMap, PointLike } from 'maplibre-gl'
import type { LonLat } from '../../../shared/model/geo.ts'
import { incidentGroupLayer, incidentHitLayers } from './incidents-layer.ts'
import { sensorGroupLayer, sensorHitLayers } from './sensors-layer.ts'
import { unitHitLayer } from './units-layer.ts'

export type MapHit =
  | { readonly kind: 'incident'; readonly id: string }
  | { readonly kind: 'unit'; readonly id: string }
  | { readonly kind: 'sensor'; readonly id: number }
  /** `cluster` is null where the server gathered them. */
  | { readonly kind: 'group'; readonly source: string; readonly cluster: number | null; readonly at: LonLat }

/** Fingers and pointers are not exact: anything within this many pixels counts. */
const reachPx = 6
/** Zooms nearer, where it is not known when a crowd falls apart. */
const nearerBy = 2

export function hitAt(map: MapLibreMap, point: { x: number; y: number }): MapHit | null {
  const layers = [...incidentHitLayers, incidentGroupLayer, unitHitLayer, ...sensorHitLayers, sensorGroupLayer]
  const box: [PointLike, PointLike] = [
    [point.x - reachPx, point.y - reachPx],
    [point.x + reachPx, point.y + reachPx],
  ]
  const found = map.queryRenderedFeatures(box, { layers: layers.filter((id) => map.getLayer(id) !== undefined) })
  const first = layers.flatMap((id) => found.find((feature) => feature.layer.id === id) ?? [])[0]
  if (first === undefined) return null
  const { incident, unit, sensor, cluster_id: cluster } = first.properties as Record<string, unknown>
  if (incident !== undefined) return { kind: 'incident', id: String(incident) }
  if (unit !== undefined) return { kind: 'unit', id: String(unit) }
  if (sensor !== undefined) return { kind: 'sensor', id: Number(sensor) }
  if (first.geometry.type !== 'Point') return null
  const [lon, lat] = first.geometry.coordinates as [number, number]
  return {
    kind: 'group',
    source: first.source,
    cluster: cluster === undefined ? null : Number(cluster),
    at: [lon, lat],
  }
}

/** Moves in until the crowd falls apart. */
export async function openGroup(map: MapLibreMap, hit: Extract<MapHit, { kind: 'group' }>): Promise<void> {
  const zoom =
    hit.cluster === null
      ? map.getZoom() + nearerBy
      : await map.getSource<GeoJSONSource>(hit.source)?.getClusterExpansionZoom(hit.cluster)
  if (zoom !== undefined) map.easeTo({ center: [hit.at[0], hit.at[1]], zoom: zoom + 0.3 })
}
