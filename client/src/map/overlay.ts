/**
 * One thing drawn over the city. It is installed again whenever the style is replaced (another theme, another scale), and is
 * then shown its newest data; it may keep nothing that outlives the style but what it was last shown.
 */
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { GeoJSONSource, MapLibreMap } from 'maplibre-gl'
import type { MapLook } from './map-look.ts'
import { planeOf, shownFeatures } from './plane.ts'

export interface Overlay<Data> {
  /** Adds sources and layers. Called once for each style. */
  install(map: MapLibreMap, look: MapLook): void
  /** Draws this data. Called at most once a frame. */
  show(map: MapLibreMap, data: Data): void
  /** Stops what still runs. */
  dispose?(): void
}

export const collection = <G extends Geometry>(features: Feature<G>[]): FeatureCollection<G> => ({
  type: 'FeatureCollection',
  features,
})

export const noFeatures: FeatureCollection = { type: 'FeatureCollection', features: [] }

/**
 * A source whose features move all the time: cut into few large tiles, because each tile is cut anew and travels from the worker with
 * every move. At zoom 11 a step of a tile is 2.4 m, less than a radio knows its own place by.
 */
export const movingSource = { type: 'geojson', maxzoom: 11, buffer: 64 } as const

/** A source that leaves with its style drops what it was still reading: its successor is given the same data again. */
export const droppedWithStyle = (): void => undefined

/** Sources with something in them; every one begins without. */
const filled = new WeakSet<GeoJSONSource>()

/**
 * Hands a source its features where the base map draws their places; a source that is not there (style being replaced) is left alone and filled
 * at its install. Nothing in the place of nothing is not handed on: it would be cut into tiles and drawn like anything else.
 */
export function setFeatures(map: MapLibreMap, source: string, features: FeatureCollection): void {
  const to = map.getSource<GeoJSONSource>(source)
  if (to === undefined) return
  const isEmpty = features.features.length === 0
  if (isEmpty && !filled.has(to)) return
  if (isEmpty) filled.delete(to)
  else filled.add(to)
  to.setData(shownFeatures(planeOf(map), features)).catch(droppedWithStyle)
}
