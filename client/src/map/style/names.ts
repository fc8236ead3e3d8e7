/**
 * Names on the ground. What is later in the list is placed first, so where names crowd a lake stays and a lane goes. Drawn in the
 * page's own letters; hidden until those are there (`ground-names-layer.ts`).
 */
import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { pageFont } from '../../fonts/page-font.ts'
import type { MapLook } from '../map-look.ts'
import { groundSource } from './ground-source.ts'
import { ramp } from './ramp.ts'

/** The layer of names that lies lowest. */
export const lowestName = 'lane-names'
export type MapLocale = 'zh-CN' | 'en'

/** The name in the language shown, the other where there is none. */
export const nameIn = (locale: MapLocale): ExpressionSpecification =>
  locale === 'en'
    ? ['coalesce', ['get', 'nameEn'], ['get', 'name'], '']
    : ['coalesce', ['get', 'name'], ['get', 'nameEn'], '']

const isLine: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['LineString', 'MultiLineString']]]
const kindIs = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind]
const classIn = (...classes: string[]): ExpressionSpecification => ['in', ['get', 'class'], ['literal', classes]]
const main = classIn('motorway', 'trunk', 'primary')

export function nameLayers(look: MapLook, locale: MapLocale): SymbolLayerSpecification[] {
  const size = (px: number) => px * look.textScale
  const text = {
    'text-font': [pageFont],
    'text-field': nameIn(locale),
    visibility: 'none' as const,
  }
  const paint = (colour: string, halo = look.halo, width = 1.4) => ({
    'text-color': colour,
    'text-halo-color': halo,
    'text-halo-width': width * look.scale,
    'text-halo-blur': 0.4 * look.scale,
  })
  const along = { ...text, 'symbol-placement': 'line' as const, 'text-max-angle': 35, 'text-padding': 6 }
  const street = (
    id: string,
    minzoom: number,
    filter: ExpressionSpecification,
    px: number,
  ): SymbolLayerSpecification => ({
    id,
    type: 'symbol',
    source: groundSource,
    'source-layer': 'roads',
    minzoom: look.zoom(minzoom),
    filter,
    layout: {
      ...along,
      'symbol-spacing': 320 * look.scale,
      'text-size': size(px),
      'text-letter-spacing': locale === 'en' ? 0.02 : 0.12,
    },
    paint: paint(look.label),
  })
  const areaName = (kind: string, colour: string, px: number): SymbolLayerSpecification => ({
    id: `${kind}-names`,
    type: 'symbol',
    source: groundSource,
    'source-layer': 'names',
    ...(kind === 'grid' ? { minzoom: look.zoom(16) } : {}),
    filter: ['all', kindIs(kind), ['!', isLine]],
    layout: {
      ...text,
      'text-size': ['match', ['get', 'rank'], 1, size(px + 2), 2, size(px + 1), size(px)],
      'text-letter-spacing': locale === 'en' ? 0.05 : 0.2,
      'text-max-width': 7,
      'text-padding': 6,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: paint(colour),
  })
  return [
    street(lowestName, 15.2, ['!', classIn('motorway', 'trunk', 'primary', 'secondary')], 11.5),
    street('street-names', 14.2, classIn('secondary'), 12),
    street('road-names', 13.2, main, 12),
    {
      id: 'rail-names',
      type: 'symbol',
      source: groundSource,
      'source-layer': 'rail',
      minzoom: look.zoom(13.5),
      layout: { ...along, 'symbol-spacing': 500 * look.scale, 'text-size': size(11.5) },
      paint: paint(look.railName),
    },
    areaName('grid', look.label, 11.5),
    areaName('green', look.greenName, 11.5),
    {
      id: 'places',
      type: 'symbol',
      source: groundSource,
      'source-layer': 'places',
      minzoom: look.zoom(12.4),
      filter: [
        '<=',
        ['get', 'rank'],
        ramp(
          look,
          [
            [12.4, 1],
            [13.2, 2],
            [14, 3],
            [14.8, 4],
            [15.5, 5],
          ],
          1,
        ),
      ],
      layout: {
        ...text,
        'icon-image': [
          'case',
          ['in', ['get', 'kind'], ['literal', ['station', 'metro-station']]],
          'place-station',
          'place-dot',
        ],
        'text-size': ['match', ['get', 'rank'], 1, size(13), 2, size(12.5), size(12)],
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.55,
        'text-justify': 'auto',
        'text-max-width': 9,
        'text-padding': 5,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: paint(look.placeName),
    },
    areaName('water', look.waterName, 12),
    {
      id: 'river-names',
      type: 'symbol',
      source: groundSource,
      'source-layer': 'names',
      filter: ['all', kindIs('water'), isLine],
      layout: {
        ...along,
        'symbol-spacing': 420 * look.scale,
        'text-size': ramp(
          look,
          [
            [11, size(13)],
            [15, size(17)],
          ],
          1,
        ),
        'text-letter-spacing': locale === 'en' ? 0.1 : 0.5,
        'text-max-angle': 30,
      },
      paint: paint(look.waterName, look.water),
    },
  ]
}
