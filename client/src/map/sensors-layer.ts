/**
 * Sensors by the marks the server gathered: dots, grey and small while all is well, their level's colour and shape when not, hollow when their
 * data is late; a crowd shows the worst level within and how many are abnormal.
 */
import type { Feature, Point } from 'geojson'
import type { MapLibreMap } from 'maplibre-gl'
import type { SensorMark } from '../../../shared/model/sensor-mark.ts'
import { textFont } from './layer-url.ts'
import type { MapLook } from './map-look.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'

const source = 'sensors'

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
      ...(sensorId === undefined ? {} : { sensor: sensorId, kind }),
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
        look.zoom(15),
        ['*', s, ['case', isAbnormal, 8, 4]],
      ] as never,
      'circle-color': ['case', isStale, look.halo, byLevel(look, look.normal)] as never,
      'circle-opacity': ['case', isStale, 0.6, isAbnormal, 0.28, 0.75] as never,
      'circle-stroke-color': ['case', isDrilled, look.drill, byLevel(look, look.normal)] as never,
      'circle-stroke-opacity': 0.9,
      'circle-stroke-width': ['*', s, ['case', isDrilled, 3, isAbnormal, 1.6, isStale, 1.2, 0]] as never,
    },
  })
  map.addLayer({
    id: 'sensor-levels',
    type: 'symbol',
    source,
    filter: ['all', isOne, isAbnormal] as never,
    layout: { 'icon-image': ['concat', 'sensor-', ['to-string', level]] as never, 'icon-allow-overlap': true },
  })
}

/** Layers a click on a sensor may hit. */
export const sensorHitLayers = ['sensor-levels', 'sensors'] as const
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
