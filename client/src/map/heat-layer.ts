/** Where the last day's cases were: a faint warmth of one hue that gives way to the cases themselves close up. */
import type { LonLat } from '../../../shared/model/geo.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export function heatLayer(): Overlay<readonly LonLat[]> {
  return {
    install(map, look) {
      map.addSource('heat', { type: 'geojson', data: noFeatures })
      map.addLayer({
        id: 'heat',
        type: 'heatmap',
        source: 'heat',
        maxzoom: look.zoom(14.5),
        paint: {
          'heatmap-radius': [
            'interpolate',
            ['linear'],
            ['zoom'],
            look.zoom(9),
            14 * look.scale,
            look.zoom(14),
            46 * look.scale,
          ],
          'heatmap-intensity': 0.5,
          'heatmap-opacity': ['interpolate', ['linear'], ['zoom'], look.zoom(12.5), 0.5, look.zoom(14.5), 0],
          'heatmap-color': [
            'interpolate',
            ['linear'],
            ['heatmap-density'],
            0,
            'rgba(0,0,0,0)',
            0.3,
            look.dark ? 'rgba(120,140,146,0.16)' : 'rgba(90,110,116,0.12)',
            1,
            look.dark ? 'rgba(190,205,208,0.42)' : 'rgba(60,80,86,0.34)',
          ],
        },
      })
    },
    show(map, places) {
      setFeatures(
        map,
        'heat',
        collection(
          places.map((at) => ({
            type: 'Feature',
            properties: {},
            geometry: { type: 'Point', coordinates: [at[0], at[1]] },
          })),
        ),
      )
    },
  }
}
