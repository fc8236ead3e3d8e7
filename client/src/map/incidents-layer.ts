/**
 * Cases on the map: the level's own shape, its age beside it, a ring round the selected one, and a slow pulse round those of the
 * two upper levels that nobody has accepted. A drill's wear a ring of its colour and say so. P3 and P4 gather far out; P1, P2 and the selected one never hide in a crowd.
 */
import type { Feature, Point } from 'geojson'
import type { MapLibreMap } from 'maplibre-gl'
import type { Incident } from '../../../shared/model/incident.ts'
import { exerciseMarks } from '../../../shared/model/warning.ts'
import { withLetters } from '../fonts/page-font.ts'
import { textFont } from './layer-url.ts'
import type { MapLook } from './map-look.ts'
import { ageLabel, shortened } from './map-text.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'
import { pulseMarks, type Pulse } from './pulse-marks.ts'

export interface IncidentsData {
  readonly incidents: readonly Incident[]
  readonly selectedIncidentId: string | null
  readonly nowAt: number
  readonly locale: 'zh-CN' | 'en'
}

const titleLetters = 14
const drillMark = exerciseMarks.Exercise
/** Of the ring round what nobody has taken, on a desk. */
const ringPx = 15

/** Nobody has taken it yet, and it is of the two upper levels. */
export const isUnattended = (incident: Incident): boolean => incident.state === 'reported' && incident.priority <= 2

export const pulsesOf = (incidents: readonly Incident[]): Pulse[] =>
  incidents.flatMap((incident) => {
    const { id, position, priority, reportedAt } = incident
    if (position === null || (priority !== 1 && priority !== 2) || !isUnattended(incident)) return []
    return [{ id, at: position, level: priority, sinceAt: reportedAt }]
  })

/** Located cases as points, worst drawn last (on top): `[many, apart]`. */
export function incidentFeatures(data: IncidentsData): [Feature<Point>[], Feature<Point>[]] {
  const many: Feature<Point>[] = []
  const apart: Feature<Point>[] = []
  for (const incident of data.incidents) {
    if (incident.position === null) continue
    const selected = incident.id === data.selectedIncidentId
    const age = ageLabel(data.nowAt - incident.reportedAt, data.locale)
    const isApart = selected || incident.priority <= 2
    const named = selected || incident.priority === 1
    const mark = incident.drill ? `${data.locale === 'en' ? drillMark.en : drillMark.zh} ` : ''
    const feature: Feature<Point> = {
      type: 'Feature',
      properties: {
        incident: incident.id,
        level: incident.priority,
        label: `${mark}${named ? `${shortened(incident.title, titleLetters)} ${age}` : age}`,
        drill: incident.drill,
        selected,
        unattended: isUnattended(incident),
        order: selected ? 0 : -incident.priority,
      },
      geometry: { type: 'Point', coordinates: [incident.position[0], incident.position[1]] },
    }
    ;(isApart ? apart : many).push(feature)
  }
  return [many, apart]
}

const markLayout = {
  ...textFont,
  'icon-image': ['concat', 'level-', ['to-string', ['get', 'level']]],
  'icon-allow-overlap': true,
  'icon-ignore-placement': true,
  'symbol-sort-key': ['get', 'order'],
  'text-field': ['get', 'label'],
  'text-variable-anchor': ['left', 'right'],
  'text-justify': 'auto',
  'text-max-width': 20,
  'text-optional': true,
} as const

function addLayers(map: MapLibreMap, look: MapLook): void {
  const s = look.scale
  const worst = ['get', 'worst']
  map.addLayer({
    id: 'incident-groups',
    type: 'symbol',
    source: 'incidents',
    filter: ['has', 'point_count'],
    layout: {
      ...textFont,
      'icon-image': ['concat', 'cluster-', ['to-string', worst]] as never,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['to-string', ['get', 'point_count']],
      'text-size': 12 * look.textScale,
      'text-allow-overlap': true,
      // A count lies within its mark: it takes no room from the names of the ground.
      'text-ignore-placement': true,
      'text-offset': ['match', worst, 3, ['literal', [0, 0.25]], ['literal', [0, 0]]] as never,
    },
    paint: { 'text-color': look.labelStrong },
  })
  map.addLayer({
    id: 'incidents',
    type: 'symbol',
    source: 'incidents',
    filter: ['!', ['has', 'point_count']],
    layout: {
      ...markLayout,
      'icon-size': ['interpolate', ['linear'], ['zoom'], look.zoom(10), 0.7, look.zoom(14), 1],
      'text-field': ['step', ['zoom'], '', look.zoom(14), ['get', 'label']],
      'text-size': 12 * look.textScale,
      'text-radial-offset': 1,
    } as never,
    paint: { 'text-color': look.label, 'text-halo-color': look.halo, 'text-halo-width': 1.4 * s },
  })
  for (const source of ['incidents', 'incidents-apart']) {
    map.addLayer({
      id: `${source}-drill`,
      type: 'circle',
      source,
      filter: ['all', ['!', ['has', 'point_count']], ['get', 'drill']],
      paint: {
        'circle-radius': 13 * s,
        'circle-color': 'rgba(0,0,0,0)',
        'circle-stroke-width': 2 * s,
        'circle-stroke-color': look.drill,
      },
    })
  }
  map.addLayer({
    id: 'incidents-unattended',
    type: 'circle',
    source: 'incidents-apart',
    filter: ['get', 'unattended'],
    paint: {
      'circle-radius': ringPx * s,
      'circle-color': 'rgba(0,0,0,0)',
      'circle-stroke-width': 3 * s,
      'circle-stroke-color': ['match', ['get', 'level'], 1, look.levels[1], look.levels[2]],
      'circle-stroke-opacity': 0.75,
    },
  })
  map.addLayer({
    id: 'incident-selected',
    type: 'circle',
    source: 'incidents-apart',
    filter: ['get', 'selected'],
    paint: {
      'circle-radius': 19 * s,
      'circle-color': 'rgba(0,0,0,0)',
      'circle-stroke-width': 2 * s,
      'circle-stroke-color': look.accent,
    },
  })
  map.addLayer({
    id: 'incidents-apart',
    type: 'symbol',
    source: 'incidents-apart',
    layout: { ...markLayout, 'text-size': 13 * look.textScale, 'text-radial-offset': 1.1 } as never,
    paint: { 'text-color': look.crew, 'text-halo-color': look.halo, 'text-halo-width': 1.8 * s },
  })
}

export const incidentHitLayers = ['incidents-apart', 'incidents'] as const
export const incidentGroupLayer = 'incident-groups'

export function incidentsLayer(): Overlay<IncidentsData> {
  let shown = 0
  let scale = 1
  const pulses = pulseMarks()

  return {
    install(map, look) {
      scale = look.scale
      map.addSource('incidents', {
        type: 'geojson',
        data: noFeatures,
        cluster: true,
        clusterRadius: 46 * look.scale,
        clusterMaxZoom: Math.round(look.zoom(13)),
        clusterProperties: { worst: ['min', ['get', 'level']] },
      })
      map.addSource('incidents-apart', { type: 'geojson', data: noFeatures })
      addLayers(map, look)
    },
    show(map, data) {
      const [many, apart] = incidentFeatures(data)
      const turn = ++shown
      void withLetters([...many, ...apart].map((feature) => String(feature.properties?.label))).then(() => {
        // A newer picture may have overtaken this one while its letters were on their way.
        if (turn !== shown) return
        setFeatures(map, 'incidents', collection(many))
        setFeatures(map, 'incidents-apart', collection(apart))
      })
      pulses.show(map, pulsesOf(data.incidents), ringPx * scale)
    },
    dispose() {
      shown++
      pulses.clear()
    },
  }
}
