/** Names of places the city pack marks (halls, stations, parks), once their letters can be drawn. */
import type { FeatureCollection } from 'geojson'
import { divisionName } from './divisions-layer.ts'
import { layerUrl, textFont } from './city-style.ts'
import { withLetters } from '../fonts/page-font.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export function placeNamesLayer(
  onFault: (reason: unknown) => void,
): Overlay<{ readonly present: boolean; readonly locale: 'zh-CN' | 'en' }> {
  let places: Promise<FeatureCollection> | null = null
  return {
    install(map, look) {
      map.addSource('places', { type: 'geojson', data: noFeatures })
      map.addLayer({
        id: 'places',
        type: 'symbol',
        source: 'places',
        minzoom: look.zoom(14),
        layout: { ...textFont, 'text-field': ['get', 'shown'], 'text-size': 12 * look.textScale, 'text-padding': 8 },
        paint: { 'text-color': look.label, 'text-halo-color': look.halo, 'text-halo-width': 1.4 * look.scale },
      })
    },
    show(map, { present, locale }) {
      if (!present) return
      places ??= fetch(layerUrl('places')).then((answer) =>
        answer.ok ? (answer.json() as Promise<FeatureCollection>) : (noFeatures as FeatureCollection),
      )
      places
        .then(async ({ features }) => {
          const named = features.map((feature) => ({
            ...feature,
            properties: { ...feature.properties, shown: divisionName(feature.properties, locale) },
          }))
          await withLetters(named.map((feature) => feature.properties.shown))
          setFeatures(map, 'places', collection(named))
        })
        .catch((reason: unknown) => {
          places = null
          onFault(reason)
        })
    },
  }
}
