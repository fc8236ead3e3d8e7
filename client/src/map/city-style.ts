/**
 * The ground under everything: districts, streets, water, green and houses, drawn from this server's own layers and fonts.
 * Asks no other host for anything: no glyphs URL, no sprite, no tiles.
 */
import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import { pageFont } from '../fonts/page-font.ts'
import type { MapLook } from './map-look.ts'

/** Where the server keeps a layer of the city pack. */
export const layerUrl = (name: string): string => `/map/layers/${name}.geojson`

/** Layers whose features are labelled come by {@link withLetters}, once their letters are there to be drawn. */
const groundLayers = ['green', 'water', 'roads', 'buildings'] as const

/** Road classes of a city pack, from the widest; the rest are lanes. */
export const roadClasses: readonly (readonly string[])[] = [
  ['motorway', 'trunk'],
  ['primary'],
  ['secondary', 'tertiary'],
]

const roadRank = [
  'match',
  ['get', 'class'],
  ...roadClasses.flatMap((names, rank) => [[...names], rank]),
  roadClasses.length,
] as unknown as ExpressionSpecification

/** Road widths in pixels at a desk's zooms 10, 13 and 16, from motorways to lanes. */
const roadWidths: readonly (readonly [number, number, number])[] = [
  [1.3, 2.6, 9],
  [0.9, 1.8, 6.5],
  [0.5, 1.2, 4.5],
  [0, 0.6, 3],
]

function roadLayers(look: MapLook): LayerSpecification[] {
  // Lanes first: a main road is drawn over them at a crossing.
  return [3, 2, 1, 0].map((rank): LineLayerSpecification => {
    const [far, mid, near] = roadWidths[rank] as readonly [number, number, number]
    return {
      id: `roads-${rank}`,
      type: 'line',
      source: 'roads',
      ...(rank === 3 ? { minzoom: look.zoom(12) } : {}),
      filter: ['==', roadRank, rank],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': look.roads[rank] as string,
        'line-width': [
          'interpolate',
          ['exponential', 1.5],
          ['zoom'],
          look.zoom(10),
          far * look.scale,
          look.zoom(13),
          mid * look.scale,
          look.zoom(16),
          near * look.scale,
          look.zoom(18),
          near * 2.6 * look.scale,
        ],
      },
    }
  })
}

const isArea: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]

function groundLayer(name: (typeof groundLayers)[number], look: MapLook): LayerSpecification[] {
  switch (name) {
    case 'green':
      return [
        {
          id: 'green',
          type: 'fill',
          source: 'green',
          filter: isArea,
          paint: { 'fill-color': look.green },
        },
      ]
    case 'water':
      return [
        {
          id: 'water',
          type: 'fill',
          source: 'water',
          filter: isArea,
          paint: { 'fill-color': look.water, 'fill-outline-color': look.waterLine },
        },
        {
          id: 'water-lines',
          type: 'line',
          source: 'water',
          filter: ['!', isArea],
          layout: { 'line-cap': 'round', 'line-join': 'round' },
          paint: {
            'line-color': look.water,
            'line-width': [
              'interpolate',
              ['linear'],
              ['zoom'],
              look.zoom(10),
              1.5 * look.scale,
              look.zoom(16),
              7 * look.scale,
            ],
          },
        },
      ]
    case 'roads':
      return roadLayers(look)
    case 'buildings':
      return [
        {
          id: 'buildings-flat',
          type: 'fill',
          source: 'buildings',
          minzoom: look.zoom(13.5),
          maxzoom: look.zoom(14.5),
          paint: { 'fill-color': look.building, 'fill-opacity': 0.5 },
        },
        {
          id: 'buildings',
          type: 'fill-extrusion',
          source: 'buildings',
          minzoom: look.zoom(14.5),
          paint: {
            'fill-extrusion-color': look.building,
            'fill-extrusion-height': ['coalesce', ['get', 'height'], 10],
            'fill-extrusion-base': 0,
            'fill-extrusion-opacity': 0.85,
            'fill-extrusion-vertical-gradient': true,
          },
        },
      ]
  }
}

/** The style for a city that has these layers. */
export function cityStyle(layerNames: readonly string[], look: MapLook): StyleSpecification {
  const present = groundLayers.filter((name) => layerNames.includes(name))
  const sources: Record<string, SourceSpecification> = {}
  for (const name of present) sources[name] = { type: 'geojson', data: layerUrl(name), tolerance: 0.5 }
  return {
    version: 8,
    sources,
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': look.background } },
      ...present.flatMap((name) => groundLayer(name, look)),
    ],
    light: { anchor: 'viewport', color: '#ffffff', intensity: look.dark ? 0.25 : 0.35 },
    transition: { duration: 200, delay: 0 },
  }
}

/** Text on the map: the page's own font. */
export const textFont = { 'text-font': [pageFont] }
