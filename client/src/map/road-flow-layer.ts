/** How traffic runs where a sensor says so: quiet where it runs, wider and in a level's colour where it does not, dashed where nobody knows. */
import type { Feature, LineString } from 'geojson'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { RoadFlow } from '../../../shared/model/road-flow.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'
import { lowestName } from './style/names.ts'

export interface FlowingRoad {
  readonly path: readonly LonLat[]
  /** Null = not known now. */
  readonly flow: RoadFlow | null
}

export const roadFeatures = (roads: readonly FlowingRoad[]): Feature<LineString>[] =>
  roads.map(({ path, flow }) => ({
    type: 'Feature',
    properties: { flow: flow ?? 'unknown' },
    geometry: { type: 'LineString', coordinates: path.map(([lon, lat]) => [lon, lat]) },
  }))

const flow = ['get', 'flow']
const isKnown = ['!=', flow, 'unknown']

export function roadFlowLayer(): Overlay<readonly FlowingRoad[]> {
  return {
    install(map, look) {
      map.addSource('road-flow', { type: 'geojson', data: noFeatures })
      // Streets keep their names.
      const above = map.getLayer(lowestName) === undefined ? undefined : lowestName
      for (const known of [false, true])
        map.addLayer(
          {
            id: known ? 'road-flow' : 'road-flow-unknown',
            type: 'line',
            source: 'road-flow',
            filter: (known ? isKnown : ['!', isKnown]) as never,
            layout: { 'line-cap': known ? 'round' : 'butt', 'line-join': 'round' },
            paint: {
              'line-color': [
                ...['match', flow, 'fair', look.labelStrong, 'congested', look.levels[3], 'jammed', look.levels[2]],
                look.label,
              ] as never,
              'line-opacity': known ? 0.85 : 0.6,
              'line-width': ['*', look.scale, ['match', flow, 'fair', 3, 'congested', 4, 'jammed', 5, 2]] as never,
              ...(known ? {} : { 'line-dasharray': [2, 2] }),
            },
          },
          above,
        )
    },
    show(map, roads) {
      setFeatures(map, 'road-flow', collection(roadFeatures(roads)))
    },
  }
}
