/**
 * Roads from motorways to lanes and rails between them, in three storeys: tunnels below the ground, streets on it, bridges with their
 * rims above. Widths come from one table.
 */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { MapLook } from '../map-look.ts'
import { groundSource } from './ground-source.ts'
import { ramp } from './ramp.ts'

/** Road classes of a city pack from the widest, with pixels at a desk's zooms 9, 12, 14, 16 and 18. */
const widths: readonly (readonly [roadClass: string, px: readonly [number, number, number, number, number]])[] = [
  ['motorway', [0.9, 2.1, 4.6, 10, 28]],
  ['trunk', [0.8, 1.8, 4, 9.5, 27]],
  ['primary', [0.6, 1.3, 3.2, 8.4, 25]],
  ['secondary', [0.35, 0.95, 2.4, 7, 21]],
  ['tertiary', [0, 0.6, 1.6, 5.4, 17]],
  ['local', [0, 0.25, 0.9, 3.6, 12]],
]
const zooms = [9, 12, 14, 16, 18] as const
/** A street wears its rim from here. */
const rimFrom = 13

const byClass = (values: readonly unknown[]): ExpressionSpecification =>
  [
    'match',
    ['get', 'class'],
    ...widths.slice(0, -1).flatMap(([roadClass], rank) => [roadClass, values[rank]]),
    values.at(-1),
  ] as unknown as ExpressionSpecification

/** Width of a road and of `rim` pixels on either side of it. */
const width = (look: MapLook, rim: number) =>
  ramp(
    look,
    zooms.map((zoom, i) => [
      zoom,
      byClass(widths.map(([, px]) => (px[i] === 0 ? 0 : ((px[i] ?? 0) + 2 * rim) * look.scale))),
    ]),
  )

type Storey = 'tunnel' | 'street' | 'bridge'
const has = (field: string): ExpressionSpecification => ['==', ['get', field], true]
const isOf: Readonly<Record<Storey, ExpressionSpecification>> = {
  tunnel: has('tunnel'),
  street: ['all', ['!', has('tunnel')], ['!', has('bridge')]],
  bridge: has('bridge'),
}
/** Wider roads over narrower where they cross. */
const order = byClass(widths.map((_, rank) => widths.length - rank))

function roads(look: MapLook, storey: Storey): LayerSpecification[] {
  const common = {
    type: 'line',
    source: groundSource,
    'source-layer': 'roads',
    filter: isOf[storey] as FilterSpecification,
  } as const
  const layout = {
    'line-join': 'round',
    'line-sort-key': order,
    'line-cap': storey === 'street' ? 'round' : 'butt',
  } as const
  const colours = byClass(look.roads)
  if (storey === 'tunnel')
    return [
      {
        ...common,
        id: 'road-tunnels',
        layout,
        paint: { 'line-color': colours, 'line-width': width(look, 0), 'line-opacity': 0.4, 'line-dasharray': [2, 1.2] },
      },
    ]
  const rim = storey === 'bridge' ? 1.1 : 0.7
  return [
    {
      ...common,
      id: `road-${storey}-rims`,
      minzoom: look.zoom(storey === 'bridge' ? 11.5 : rimFrom),
      layout: { ...layout, 'line-cap': 'butt' },
      paint: { 'line-color': storey === 'bridge' ? look.bridgeRim : look.roadRim, 'line-width': width(look, rim) },
    },
    { ...common, id: `road-${storey}s`, layout, paint: { 'line-color': colours, 'line-width': width(look, 0) } },
  ]
}

/** Rails: a line, and sleepers across it when close. What runs below the ground is faint. */
function rails(look: MapLook): LayerSpecification[] {
  const from = { source: groundSource, 'source-layer': 'rail', type: 'line' } as const
  const line = (px: number) =>
    ramp(look, [
      [9, 0.5 * look.scale],
      [14, px * look.scale],
      [18, 2.6 * px * look.scale],
    ])
  const above: ExpressionSpecification = ['!', has('tunnel')]
  return [
    {
      ...from,
      id: 'rail-tunnels',
      filter: has('tunnel'),
      minzoom: look.zoom(11),
      paint: { 'line-color': look.rail, 'line-width': line(1.1), 'line-opacity': 0.55, 'line-dasharray': [5, 3] },
    },
    {
      ...from,
      id: 'rail-rims',
      filter: above,
      minzoom: look.zoom(13),
      paint: { 'line-color': look.roadRim, 'line-width': line(3) },
    },
    { ...from, id: 'rails', filter: above, paint: { 'line-color': look.rail, 'line-width': line(1.1) } },
    {
      ...from,
      id: 'rail-sleepers',
      filter: above,
      minzoom: look.zoom(13.5),
      paint: { 'line-color': look.rail, 'line-width': line(2.6), 'line-dasharray': [0.25, 1.6] },
    },
  ]
}

export const wayLayers = (look: MapLook): LayerSpecification[] => [
  ...roads(look, 'tunnel'),
  ...roads(look, 'street'),
  ...rails(look),
  ...roads(look, 'bridge'),
]
