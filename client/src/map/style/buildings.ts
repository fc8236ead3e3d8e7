/** Houses: flat from afar, rising out of the ground as one comes near, the taller the lighter. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapLook } from '../map-look.ts'
import { groundSource } from './ground-source.ts'
import { ramp } from './ramp.ts'

/** Where they have risen: on a desk a block is then some hundred pixels. */
const [flatFrom, riseFrom, risenAt] = [13.2, 14.4, 15.2] as const

export function buildingLayers(look: MapLook): LayerSpecification[] {
  const from = { source: groundSource, 'source-layer': 'buildings' }
  const height: ExpressionSpecification = ['get', 'height']
  const colour: ExpressionSpecification = [
    ...(['interpolate', ['linear'], height] as const),
    ...[6, look.buildings[0], 40, look.buildings[1], 160, look.buildings[2]],
  ] as unknown as ExpressionSpecification
  return [
    {
      id: 'buildings-flat',
      type: 'fill',
      ...from,
      minzoom: look.zoom(flatFrom),
      maxzoom: look.zoom(riseFrom),
      paint: {
        'fill-color': look.buildings[0],
        'fill-opacity': ramp(
          look,
          [
            [flatFrom, 0],
            [riseFrom, 0.9],
          ],
          1,
        ),
      },
    },
    {
      id: 'buildings',
      type: 'fill-extrusion',
      ...from,
      minzoom: look.zoom(riseFrom),
      paint: {
        'fill-extrusion-color': colour,
        'fill-extrusion-height': ramp(
          look,
          [
            [riseFrom, 0],
            [risenAt, height],
          ],
          1,
        ),
        'fill-extrusion-base': 0,
        'fill-extrusion-opacity': 0.92,
        'fill-extrusion-vertical-gradient': true,
      },
    },
  ]
}
