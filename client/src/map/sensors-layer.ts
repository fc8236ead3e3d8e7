/**
 * Ten thousand sensors as dots: grey and small while all is well, their level's colour and shape when not, hollow when their
 * data is late. Far out they gather, and a gathering shows the worst level within. One change costs one feature-state and a
 * small diff, never the whole list again.
 */
import type { Feature, Point } from 'geojson'
import type { GeoJSONSource, MapLibreMap } from 'maplibre-gl'
import type { Alarm, Priority } from '../../../shared/model/alarm.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { textFont } from './layer-url.ts'
import type { MapLook } from './map-look.ts'
import { collection, droppedWithStyle, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export interface SensorPlace {
  readonly id: number
  readonly position: LonLat
  readonly kind: string
}

export interface SensorsData {
  readonly sensors: readonly SensorPlace[]
  readonly alarmsBySensor: ReadonlyMap<number, Alarm>
  readonly stale: ReadonlySet<number>
}

const source = 'sensors'
/** Re-gathering is the worker's costliest job here, so level changes travel together. */
const regatherMs = 500

/** The level a sensor shows: its alarm's, while the condition holds; 0 when all is well. */
export function shownLevel(alarm: Alarm | undefined): Priority | 0 {
  if (alarm === undefined || alarm.state === 'returned' || alarm.state === 'normal') return 0
  return alarm.priority
}

/** Is the level it shows a drill's doing? */
const isDrills = (alarm: Alarm | undefined): boolean => alarm?.drill === true && shownLevel(alarm) > 0

export function sensorFeatures(data: Pick<SensorsData, 'sensors' | 'alarmsBySensor'>): Feature<Point>[] {
  return data.sensors.map(({ id, position, kind }) => ({
    type: 'Feature',
    id,
    properties: {
      sensor: id,
      kind,
      level: shownLevel(data.alarmsBySensor.get(id)),
      drill: isDrills(data.alarmsBySensor.get(id)),
    },
    geometry: { type: 'Point', coordinates: [position[0], position[1]] },
  }))
}

/** Sensors whose shown level is a drill's doing. */
export const drilledSensors = (alarmsBySensor: ReadonlyMap<number, Alarm>): Set<number> =>
  new Set([...alarmsBySensor].flatMap(([id, alarm]) => (isDrills(alarm) ? [id] : [])))

/** What must be told to the map so that `before` becomes `after`: sensors whose level is another. */
export function levelChanges(
  before: ReadonlyMap<number, Priority | 0>,
  after: ReadonlyMap<number, Alarm>,
): Map<number, Priority | 0> {
  const changes = new Map<number, Priority | 0>()
  for (const [id, alarm] of after) {
    const level = shownLevel(alarm)
    if ((before.get(id) ?? 0) !== level) changes.set(id, level)
  }
  for (const [id, level] of before) if (level !== 0 && !after.has(id)) changes.set(id, 0)
  return changes
}

const level = ['coalesce', ['feature-state', 'level'], ['get', 'level'], 0] as const
const isStale = ['boolean', ['feature-state', 'stale'], false] as const
/** Its alarm is a drill's. */
const isDrilled = ['boolean', ['feature-state', 'drill'], false] as const
const byLevel = (look: MapLook, normal: string, read: unknown) =>
  ['match', read, 1, look.levels[1], 2, look.levels[2], 3, look.levels[3], 4, look.levels[4], normal] as never

function addLayers(map: MapLibreMap, look: MapLook): void {
  const s = look.scale
  map.addLayer({
    id: 'sensor-groups',
    type: 'circle',
    source,
    filter: ['has', 'point_count'],
    paint: {
      'circle-radius': ['*', s, ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 5, 10, 13, 40, 22]],
      'circle-color': look.normal,
      'circle-opacity': 0.1,
      // Where a drill alone raised what is gathered here, its colour says so.
      'circle-stroke-color': [
        'case',
        ['all', ['>', ['get', 'drilled'], 0], ['==', ['get', 'drilled'], ['get', 'abnormal']]],
        look.drill,
        byLevel(look, look.normal, ['get', 'worst']),
      ] as never,
      'circle-stroke-opacity': ['case', ['<', ['get', 'worst'], 5], 0.95, 0.3],
      'circle-stroke-width': ['*', s, ['case', ['<', ['get', 'worst'], 5], 2, 1]],
    },
  })
  map.addLayer({
    id: 'sensor-group-level',
    type: 'symbol',
    source,
    filter: ['all', ['has', 'point_count'], ['<', ['get', 'worst'], 5]],
    layout: {
      ...textFont,
      'icon-image': ['concat', 'sensor-', ['to-string', ['get', 'worst']]],
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
  map.addLayer({
    id: 'sensors',
    type: 'circle',
    source,
    filter: ['!', ['has', 'point_count']],
    paint: {
      'circle-radius': [
        'interpolate',
        ['linear'],
        ['zoom'],
        look.zoom(10),
        ['*', s, ['case', ['>', level, 0], 5, 1.6]],
        look.zoom(15),
        ['*', s, ['case', ['>', level, 0], 8, 4]],
      ] as never,
      'circle-color': ['case', isStale, look.halo, byLevel(look, look.normal, level)] as never,
      'circle-opacity': ['case', isStale, 0.6, ['>', level, 0], 0.28, 0.75] as never,
      'circle-stroke-color': ['case', isDrilled, look.drill, byLevel(look, look.normal, level)] as never,
      'circle-stroke-opacity': 0.9,
      'circle-stroke-width': ['*', s, ['case', isDrilled, 3, ['>', level, 0], 1.6, isStale, 1.2, 0]] as never,
    },
  })
  map.addLayer({
    id: 'sensor-levels',
    type: 'symbol',
    source,
    filter: ['all', ['!', ['has', 'point_count']], ['>', ['get', 'level'], 0]],
    layout: { 'icon-image': ['concat', 'sensor-', ['to-string', ['get', 'level']]], 'icon-allow-overlap': true },
  })
}

/** Layers a click on a sensor may hit. */
export const sensorHitLayers = ['sensor-levels', 'sensors'] as const
export const sensorGroupLayer = 'sensor-groups'

export function sensorsLayer(): Overlay<SensorsData> {
  let drawn: readonly SensorPlace[] | null = null
  let levels = new Map<number, Priority | 0>()
  let stale: ReadonlySet<number> = new Set()
  let drilled: ReadonlySet<number> = new Set()
  const waiting = new Map<number, Priority | 0>()
  let timer: ReturnType<typeof setTimeout> | null = null

  const regather = (map: MapLibreMap) => {
    timer = null
    const update = [...waiting].map(([id, value]) => ({
      id,
      addOrUpdateProperties: [
        { key: 'level', value },
        { key: 'drill', value: drilled.has(id) },
      ],
    }))
    waiting.clear()
    map.getSource<GeoJSONSource>(source)?.updateData({ update }).catch(droppedWithStyle)
  }
  const mark = (map: MapLibreMap, id: number, state: Record<string, unknown>) =>
    map.setFeatureState({ source, id }, state)

  return {
    install(map, look) {
      drawn = null
      map.addSource(source, {
        type: 'geojson',
        data: noFeatures,
        cluster: true,
        clusterRadius: 44 * look.scale,
        clusterMaxZoom: Math.round(look.zoom(13)),
        clusterProperties: {
          worst: ['min', ['case', ['>', ['get', 'level'], 0], ['get', 'level'], 5]],
          abnormal: ['+', ['case', ['>', ['get', 'level'], 0], 1, 0]],
          drilled: ['+', ['case', ['get', 'drill'], 1, 0]],
        },
      })
      addLayers(map, look)
    },
    show(map, data) {
      if (map.getSource(source) === undefined) return
      const isNewList = drawn !== data.sensors
      const changes = levelChanges(isNewList ? new Map() : levels, data.alarmsBySensor)
      if (isNewList) {
        drawn = data.sensors
        levels = new Map()
        stale = new Set()
        drilled = new Set()
        waiting.clear()
        map.removeFeatureState({ source })
        setFeatures(map, source, collection(sensorFeatures(data)))
      }
      for (const [id, value] of changes) {
        levels.set(id, value)
        if (!isNewList) waiting.set(id, value)
        mark(map, id, { level: value })
      }
      for (const id of data.stale) if (!stale.has(id)) mark(map, id, { stale: true })
      for (const id of stale) if (!data.stale.has(id)) mark(map, id, { stale: false })
      stale = new Set(data.stale)
      const now = drilledSensors(data.alarmsBySensor)
      for (const id of new Set([...now, ...drilled])) {
        if (now.has(id) === drilled.has(id)) continue
        mark(map, id, { drill: now.has(id) })
        if (!isNewList) waiting.set(id, levels.get(id) ?? 0)
      }
      drilled = now
      if (waiting.size > 0 && timer === null) timer = setTimeout(() => regather(map), regatherMs)
    },
    dispose() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
