/**
 * Official warnings in force: what the issuer drew, else the districts named, outlined in the signal's colour with the faintest
 * tint, so that what lies beneath stays readable. One that is not in earnest has a dashed outline and no tint.
 */
import type { Feature, MultiPolygon } from 'geojson'
import { warningColours, type Warning, type WarningColour } from '../../../shared/model/warning.ts'
import { warningSignal } from './map-look.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export interface WarningsData {
  readonly warnings: readonly Warning[]
  readonly nowAt: number
}

export const isInForce = (warning: Warning, nowAt: number): boolean =>
  warning.liftedAt === null && warning.expiresAt > nowAt

/** The worst colour in force for each district named by a warning that drew nothing; of drills, or of those in earnest. */
export function warnedDistricts({ warnings, nowAt }: WarningsData, exercise = false): Map<string, WarningColour> {
  const worst = new Map<string, WarningColour>()
  for (const warning of warnings) {
    if (!isInForce(warning, nowAt) || warning.polygons.length > 0 || warning.exercise !== exercise) continue
    for (const id of warning.districtIds) {
      const known = worst.get(id)
      if (known === undefined || warningColours.indexOf(warning.colour) < warningColours.indexOf(known)) {
        worst.set(id, warning.colour)
      }
    }
  }
  return worst
}

export function warningFeatures({ warnings, nowAt }: WarningsData): Feature<MultiPolygon>[] {
  return warnings.flatMap((warning) => {
    if (warning.polygons.length === 0 || !isInForce(warning, nowAt)) return []
    const coordinates = warning.polygons.map((rings) => rings.map((ring) => ring.map((position) => [...position])))
    const properties = { colour: warningSignal[warning.colour], exercise: warning.exercise }
    return [{ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } }]
  })
}

const tint = 0.07
const unseen = 'rgba(0,0,0,0)'
const districtColour = (districts: ReadonlyMap<string, WarningColour>) => {
  if (districts.size === 0) return unseen
  const pairs = [...districts].flatMap(([id, colour]) => [id, warningSignal[colour]])
  return ['match', ['get', 'division'], ...pairs, unseen]
}

/** Needs the source `divisions`, so it is installed after it. */
export function warningsLayer(): Overlay<WarningsData> {
  return {
    install(map, look) {
      map.addSource('warnings', { type: 'geojson', data: noFeatures })
      const width = 1.6 * look.scale
      map.addLayer({
        id: 'warned-districts',
        type: 'fill',
        source: 'divisions',
        paint: { 'fill-color': unseen, 'fill-opacity': tint },
      })
      map.addLayer({
        id: 'warned-district-borders',
        type: 'line',
        source: 'divisions',
        paint: { 'line-color': unseen, 'line-width': width, 'line-opacity': 0.55 },
      })
      map.addLayer({
        id: 'exercise-district-borders',
        type: 'line',
        source: 'divisions',
        paint: { 'line-color': unseen, 'line-width': width, 'line-opacity': 0.55, 'line-dasharray': [3, 2] },
      })
      map.addLayer({
        id: 'warnings',
        type: 'fill',
        source: 'warnings',
        filter: ['!', ['get', 'exercise']],
        paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': tint },
      })
      map.addLayer({
        id: 'warning-borders',
        type: 'line',
        source: 'warnings',
        filter: ['!', ['get', 'exercise']],
        paint: { 'line-color': ['get', 'colour'], 'line-width': width, 'line-opacity': 0.7 },
      })
      map.addLayer({
        id: 'exercise-borders',
        type: 'line',
        source: 'warnings',
        filter: ['get', 'exercise'],
        paint: {
          'line-color': ['get', 'colour'],
          'line-width': width,
          'line-opacity': 0.7,
          'line-dasharray': [3, 2],
        },
      })
    },
    show(map, data) {
      setFeatures(map, 'warnings', collection(warningFeatures(data)))
      if (map.getLayer('warned-districts') === undefined) return
      const colour = districtColour(warnedDistricts(data)) as never
      map.setPaintProperty('warned-districts', 'fill-color', colour)
      map.setPaintProperty('warned-district-borders', 'line-color', colour)
      const exercise = districtColour(warnedDistricts(data, true)) as never
      map.setPaintProperty('exercise-district-borders', 'line-color', exercise)
    },
  }
}
