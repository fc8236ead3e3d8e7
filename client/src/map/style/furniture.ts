/** 部件 and cameras, when one stands in the street: quiet dots, never a level's colour. */
import type { LayerSpecification } from 'maplibre-gl'
import type { MapLook } from '../map-look.ts'
import { groundSource } from './ground-source.ts'
import { ramp, sizeRamp } from './ramp.ts'

export function furnitureLayers(look: MapLook): LayerSpecification[] {
  return [
    {
      id: 'parts',
      type: 'circle',
      source: groundSource,
      'source-layer': 'parts',
      minzoom: look.zoom(16.4),
      paint: {
        'circle-radius': sizeRamp(look, [
          [16.4, 1],
          [19, 3.4],
        ]),
        'circle-color': look.part,
        'circle-opacity': ramp(
          look,
          [
            [16.4, 0],
            [17.2, 0.9],
          ],
          1,
        ),
        'circle-stroke-color': look.halo,
        'circle-stroke-width': 0.6 * look.scale,
        'circle-stroke-opacity': ramp(
          look,
          [
            [16.4, 0],
            [17.2, 0.9],
          ],
          1,
        ),
      },
    },
    {
      id: 'cameras',
      type: 'symbol',
      source: groundSource,
      'source-layer': 'cameras',
      minzoom: look.zoom(15.4),
      layout: {
        // One that turns looks nowhere: it stands upright.
        'icon-image': ['case', ['has', 'headingDeg'], 'camera', 'camera-dome'],
        'icon-rotate': ['coalesce', ['get', 'headingDeg'], 0],
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-size': ramp(
          look,
          [
            [15.4, 0.6],
            [18, 1.1],
          ],
          1,
        ),
      },
      paint: { 'icon-opacity': 0.85 },
    },
  ]
}
