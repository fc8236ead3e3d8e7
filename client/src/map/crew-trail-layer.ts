/** Which way the crew looked at has come: a line that fades with its age, dotted where it was not heard, and a ring round where it is. */
import type { Feature, LineString, Point } from 'geojson'
import type { LonLat } from '../../../shared/model/geo.ts'
import { collection, movingSource, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export interface CrewTrail {
  /** Where it is now; null where nobody knows. */
  readonly at: LonLat | null
  /** Oldest first; `afterSilence`: nothing was heard between the point before and this. */
  readonly points: readonly { readonly at: LonLat; readonly untilAt: number; readonly afterSilence: boolean }[]
  readonly nowAt: number
  /** Of this age nothing is left of the line, ms. */
  readonly keptMs: number
}
export const noTrail: CrewTrail = { at: null, points: [], nowAt: 0, keptMs: 1 }

/** Of the newest and of the oldest piece. */
const [strongest, faintest] = [0.9, 0.08]

export function trailFeatures({ at, points, nowAt, keptMs }: CrewTrail): Feature<LineString | Point>[] {
  const features: Feature<LineString | Point>[] = points.slice(1).map((point, i) => {
    const from = points[i] as CrewTrail['points'][number]
    const left = Math.max(0, 1 - (nowAt - point.untilAt) / keptMs)
    return {
      type: 'Feature',
      properties: { gap: point.afterSilence, opacity: Math.max(faintest, strongest * Math.min(1, left)) },
      geometry: { type: 'LineString', coordinates: [[...from.at], [...point.at]] },
    }
  })
  const last = points.at(-1)
  if (at === null) return features
  if (last !== undefined && (last.at[0] !== at[0] || last.at[1] !== at[1]))
    features.push({
      type: 'Feature',
      properties: { gap: false, opacity: strongest },
      geometry: { type: 'LineString', coordinates: [[...last.at], [...at]] },
    })
  features.push({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...at] } })
  return features
}

export function crewTrailLayer(): Overlay<CrewTrail> {
  return {
    install(map, look) {
      map.addSource('crew-trail', { ...movingSource, data: noFeatures })
      for (const isGap of [false, true])
        map.addLayer({
          id: isGap ? 'crew-trail-gaps' : 'crew-trail',
          type: 'line',
          source: 'crew-trail',
          filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'gap'], isGap]],
          layout: { 'line-cap': isGap ? 'butt' : 'round', 'line-join': 'round' },
          paint: {
            'line-color': look.accent,
            'line-opacity': ['get', 'opacity'],
            'line-width': (isGap ? 2 : 3.5) * look.scale,
            ...(isGap ? { 'line-dasharray': [1, 2.5] } : {}),
          },
        })
      map.addLayer({
        id: 'crew-selected',
        type: 'circle',
        source: 'crew-trail',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 15 * look.scale,
          'circle-color': 'rgba(0,0,0,0)',
          'circle-stroke-color': look.accent,
          'circle-stroke-width': 2 * look.scale,
        },
      })
    },
    show(map, trail) {
      setFeatures(map, 'crew-trail', collection(trailFeatures(trail)))
    },
  }
}
