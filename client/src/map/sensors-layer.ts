/**
 * Sensors by the marks the server gathered: from afar dots, grey and small while all is well, their level's colour and shape when not; from
 * near the sign of their kind on a plate; hollow when their data is late. A crowd shows the worst level within and how many are abnormal.
 */
import type { Feature, Point } from 'geojson'
import type { MapLibreMap } from 'maplibre-gl'
import type { SensorMark } from '../../../shared/model/sensor-mark.ts'
import { textFont } from './layer-url.ts'
import type { MapLook } from './map-look.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'
import { sensorGlyph } from './sensor-glyphs.ts'
import { sensorIconId } from './sensor-icons.ts'

const source = 'sensors'
/** From here on a sensor wears the sign of its kind; of a crowd that fell apart each has a cell of 64 pixels to itself. */
const glyphZoom = 13

export function sensorFeatures(marks: readonly SensorMark[]): Feature<Point>[] {
  return marks.map(({ at, count, worst, abnormal, drilled, late, sensorId, kind }) => ({
    type: 'Feature',
    properties: {
      count,
      level: worst,
      abnormal,
      // Where a drill alone raised what is gathered here, its colour says so.
      drill: drilled > 0 && drilled === abnormal,
      stale: late === count,
      ...(sensorId === undefined
        ? {}
        : {
            sensor: sensorId,
            icon: sensorIconId({
              glyph: sensorGlyph(kind ?? ''),
              state: worst === 0 ? (late > 0 ? 'late' : 'normal') : worst,
            }),
          }),
    },
    geometry: { type: 'Point', coordinates: [at[0], at[1]] },
  }))
}

const level = ['get', 'level'] as const
const isStale = ['get', 'stale'] as const
const isDrilled = ['get', 'drill'] as const
const isOne = ['has', 'sensor'] as const
const isAbnormal = ['>', level, 0] as const
const byLevel = (look: MapLook, normal: string) =>
  ['match', level, 1, look.levels[1], 2, look.levels[2], 3, look.levels[3], 4, look.levels[4], normal] as never

function addCrowds(map: MapLibreMap, look: MapLook): void {
  const s = look.scale
  map.addLayer({
    id: 'sensor-groups',
    type: 'circle',
    source,
    filter: ['!', isOne] as never,
    paint: {
      'circle-radius': ['*', s, ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 5, 10, 13, 40, 22]],
      'circle-color': look.normal,
      'circle-opacity': 0.1,
      'circle-stroke-color': ['case', isDrilled, look.drill, byLevel(look, look.normal)] as never,
      'circle-stroke-opacity': ['case', isAbnormal, 0.95, 0.3] as never,
      'circle-stroke-width': ['*', s, ['case', isAbnormal, 2, 1]] as never,
    },
  })
  map.addLayer({
    id: 'sensor-group-level',
    type: 'symbol',
    source,
    filter: ['all', ['!', isOne], isAbnormal] as never,
    layout: {
      ...textFont,
      'icon-image': ['concat', 'sensor-', ['to-string', level]] as never,
      'icon-allow-overlap': true,
      'text-field': ['case', ['>', ['get', 'abnormal'], 1], ['to-string', ['get', 'abnormal']], ''],
      'text-size': 12 * look.textScale,
      'text-anchor': 'left',
      'text-offset': [0.9, 0],
      'text-optional': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': look.labelStrong, 'text-halo-color': look.halo, 'text-halo-width': 1.2 * s },
  })
}

function addDots(map: MapLibreMap, look: MapLook): void {
  const s = look.scale
  // Which image a symbol wears is decided once a tile, and tiles are of whole zooms.
  const near = Math.round(look.zoom(glyphZoom))
  const colour = byLevel(look, look.normal)
  map.addLayer({
    id: 'sensors',
    type: 'circle',
    source,
    filter: isOne as never,
    paint: {
      'circle-radius': [
        'interpolate',
        ['linear'],
        ['zoom'],
        look.zoom(10),
        ['*', s, ['case', isAbnormal, 5, 1.6]],
        near - 0.01,
        ['*', s, ['case', isAbnormal, 7, 3]],
        near,
        7.5 * s,
        look.zoom(15),
        10 * s,
      ] as never,
      'circle-color': ['step', ['zoom'], ['case', isStale, look.halo, colour], near, look.halo] as never,
      'circle-opacity': ['step', ['zoom'], ['case', isStale, 0.6, isAbnormal, 0.28, 0.75], near, 0.85] as never,
      'circle-stroke-color': ['case', isDrilled, look.drill, colour] as never,
      'circle-stroke-opacity': ['step', ['zoom'], 0.9, near, ['case', isAbnormal, 0.95, isStale, 0.35, 0.7]] as never,
      'circle-stroke-width': [
        'step',
        ['zoom'],
        ['*', s, ['case', isDrilled, 3, isAbnormal, 1.6, isStale, 1.2, 0]],
        near,
        ['*', s, ['case', isDrilled, 3, isAbnormal, 1.8, 1]],
      ] as never,
    },
  })
  map.addLayer({
    id: 'sensor-marks',
    type: 'symbol',
    source,
    filter: isOne as never,
    layout: {
      'icon-image': [
        'step',
        ['zoom'],
        ['case', isAbnormal, ['concat', 'sensor-', ['to-string', level]], ''],
        near,
        ['get', 'icon'],
      ] as never,
      'icon-size': ['interpolate', ['linear'], ['zoom'], near - 0.01, 1, near, 0.8, look.zoom(15), 1],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      // The worst lie on top.
      'symbol-sort-key': ['case', isAbnormal, ['-', 5, level], 0] as never,
    },
  })
}

/** Layers a click on a sensor may hit. */
export const sensorHitLayers = ['sensor-marks', 'sensors'] as const
export const sensorGroupLayer = 'sensor-groups'

export function sensorsLayer(): Overlay<readonly SensorMark[]> {
  return {
    install(map, look) {
      // Marks are few and sent anew with each view: few large tiles, at zoom 12 exact to 1.2 m.
      map.addSource(source, { type: 'geojson', data: noFeatures, maxzoom: 12 })
      addCrowds(map, look)
      addDots(map, look)
    },
    show(map, marks) {
      setFeatures(map, source, collection(sensorFeatures(marks)))
    },
  }
}
