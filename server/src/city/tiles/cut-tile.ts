/** One tile out of the ground: what lies in its box and is there at its zoom, simplified for it, as MVT. Pure. */
import { geoJSONToTile, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Feature } from 'geojson'
import type { Ground, GroundLayer } from './ground.ts'
import { tileZooms, type Fields } from './tile-layers.ts'
import { tileBox } from './web-mercator.ts'

const extent = 4096
/** Room around a tile, in its units, so that wide lines and their joints are whole at its edge. */
const buffer = 64

function fieldsAt(fields: Fields, z: number, from: Readonly<Record<string, number>>): Fields {
  const late = Object.keys(from).filter((name) => z < (from[name] as number) && name in fields)
  return late.length === 0
    ? fields
    : Object.fromEntries(Object.entries(fields).filter(([name]) => !late.includes(name)))
}

function featuresIn(layer: GroundLayer, z: number, [left, top, right, bottom]: readonly number[]): Feature[] {
  const { boxes, fromZoom, geometries, fields, fieldsFrom } = layer
  const found: Feature[] = []
  for (let i = 0; i < geometries.length; i++) {
    if ((fromZoom[i] as number) > z) continue
    const at = i * 4
    if ((boxes[at] as number) > (right as number) || (boxes[at + 2] as number) < (left as number)) continue
    if ((boxes[at + 1] as number) > (bottom as number) || (boxes[at + 3] as number) < (top as number)) continue
    const geometry = geometries[i] as Feature['geometry']
    found.push({ type: 'Feature', geometry, properties: fieldsAt(fields[i] as Fields, z, fieldsFrom) })
  }
  return found
}

/** The tile's bytes; null where nothing is in it. */
export function cutTile(ground: Ground, z: number, x: number, y: number): Uint8Array | null {
  const box = tileBox(z, x, y, buffer / extent)
  const layers: Record<string, GeoJSONVTTile> = {}
  for (const layer of ground.layers) {
    const features = featuresIn(layer, z, box)
    if (features.length === 0) continue
    const options = { maxZoom: tileZooms.max, tolerance: 3, extent, buffer, clip: true }
    const tile = geoJSONToTile({ type: 'FeatureCollection', features }, z, x, y, options)
    if (tile.features.length > 0) layers[layer.id] = tile
  }
  return Object.keys(layers).length === 0 ? null : fromGeojsonVt(layers, { version: 2, extent })
}
