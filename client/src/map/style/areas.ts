/** What lies flat: parks, water, and the lines of the finest divisions. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapLook } from '../map-look.ts'
import { groundSource } from './ground-source.ts'
import { ramp, sizeRamp } from './ramp.ts'

const isArea: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]

export function areaLayers(look: MapLook): LayerSpecification[] {
  const from = (layer: string) => ({ source: groundSource, 'source-layer': layer })
  return [
    {
      id: 'green',
      type: 'fill',
      ...from('green'),
      filter: isArea,
      paint: { 'fill-color': look.green, 'fill-antialias': true },
    },
    {
      id: 'water',
      type: 'fill',
      ...from('water'),
      filter: isArea,
      paint: { 'fill-color': look.water },
    },
    {
      id: 'water-shore',
      type: 'line',
      ...from('water'),
      filter: isArea,
      minzoom: look.zoom(11),
      paint: {
        'line-color': look.waterLine,
        'line-width': sizeRamp(look, [
          [11, 0.5],
          [16, 1.6],
        ]),
      },
    },
    {
      id: 'water-lines',
      type: 'line',
      ...from('water'),
      filter: ['!', isArea],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': look.water,
        'line-width': sizeRamp(look, [
          [10, 0.8],
          [13, 2],
          [16, 9],
          [18, 26],
        ]),
      },
    },
    {
      id: 'grids',
      type: 'line',
      ...from('boundaries'),
      filter: ['==', ['get', 'level'], 4],
      minzoom: look.zoom(14.5),
      paint: {
        'line-color': look.borderFine,
        'line-width': 0.8 * look.scale,
        'line-dasharray': [2, 3],
        'line-opacity': ramp(
          look,
          [
            [14.5, 0],
            [15.5, 1],
          ],
          1,
        ),
      },
    },
  ]
}
