/** What somebody draws to look for himself: a measured line or area, and a ring round a place. Kept nowhere, sent nowhere. */
import type { Feature, Geometry } from 'geojson'
import { circleRing, type LonLat } from '../../../shared/model/geo.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export interface Sketch {
  readonly points: readonly LonLat[]
  /** The last point is joined to the first. */
  readonly isArea: boolean
  readonly ring: { readonly at: LonLat; readonly radiusM: number } | null
}
export const noSketch: Sketch = { points: [], isArea: false, ring: null }

const feature = (geometry: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry })
const plain = (points: readonly LonLat[]) => points.map(([lon, lat]) => [lon, lat])

export function sketchFeatures({ points, isArea, ring }: Sketch): Feature[] {
  const [first] = points
  const features = points.map((at) => feature({ type: 'Point', coordinates: [at[0], at[1]] }))
  if (isArea && first !== undefined && points.length >= 3)
    features.push(feature({ type: 'Polygon', coordinates: [plain([...points, first])] }))
  else if (points.length >= 2) features.push(feature({ type: 'LineString', coordinates: plain(points) }))
  if (ring !== null)
    features.push(
      feature({ type: 'Point', coordinates: [ring.at[0], ring.at[1]] }),
      feature({ type: 'Polygon', coordinates: [plain(circleRing(ring.at, ring.radiusM))] }),
    )
  return features
}

export function sketchLayer(): Overlay<Sketch> {
  return {
    install(map, look) {
      map.addSource('sketch', { type: 'geojson', data: noFeatures })
      map.addLayer({
        id: 'sketch-area',
        type: 'fill',
        source: 'sketch',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': look.accent, 'fill-opacity': 0.08 },
      })
      map.addLayer({
        id: 'sketch-line',
        type: 'line',
        source: 'sketch',
        filter: ['!=', ['geometry-type'], 'Point'],
        paint: { 'line-color': look.accent, 'line-width': 1.6 * look.scale },
      })
      map.addLayer({
        id: 'sketch-points',
        type: 'circle',
        source: 'sketch',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 4 * look.scale,
          'circle-color': look.halo,
          'circle-stroke-color': look.accent,
          'circle-stroke-width': 1.6 * look.scale,
        },
      })
    },
    show(map, sketch) {
      setFeatures(map, 'sketch', collection(sketchFeatures(sketch)))
    },
  }
}
