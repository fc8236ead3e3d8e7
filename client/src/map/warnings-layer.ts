/**
 * Official warnings in force: the issuer's own polygon where one was drawn, else the districts named, outlined in the signal's
 * colour with the faintest tint, so that what lies beneath stays readable.
 */
import type { Feature, Polygon } from 'geojson'
import { warningColours, type Warning, type WarningColour } from '../../../shared/model/warning.ts'
import { warningSignal } from './map-look.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export interface WarningsData {
  readonly warnings: readonly Warning[]
  readonly nowAt: number
}

export const isInForce = (warning: Warning, nowAt: number): boolean =>
  warning.liftedAt === null && warning.expiresAt > nowAt

/** The worst colour in force for each district named by a warning that drew no polygon. */
export function warnedDistricts({ warnings, nowAt }: WarningsData): Map<string, WarningColour> {
  const worst = new Map<string, WarningColour>()
  for (const warning of warnings) {
    if (!isInForce(warning, nowAt) || warning.polygon !== null) continue
    for (const id of warning.districtIds) {
      const known = worst.get(id)
      if (known === undefined || warningColours.indexOf(warning.colour) < warningColours.indexOf(known)) {
        worst.set(id, warning.colour)
      }
    }
  }
  return worst
}

export function warningFeatures({ warnings, nowAt }: WarningsData): Feature<Polygon>[] {
  return warnings.flatMap((warning) => {
    if (warning.polygon === null || !isInForce(warning, nowAt)) return []
    const coordinates = warning.polygon.map((ring) => ring.map((position) => [...position]))
    const properties = { colour: warningSignal[warning.colour] }
    return [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } }]
  })
}

const tint = 0.07
const districtColour = (districts: ReadonlyMap<string, WarningColour>) => {
  if (districts.size === 0) return 'rgba(0,0,0,0)'
  const pairs = [...districts].flatMap(([id, colour]) => [id, warningSignal[colour]])
  return ['match', ['get', 'division'], ...pairs, 'rgba(0,0,0,0)']
}

/** Needs the source `divisions`, so it is installed after it. */
export function warningsLayer(): Overlay<WarningsData> {
  return {
    install(map, look) {
      map.addSource('warnings', { type: 'geojson', data: noFeatures })
      map.addLayer({
        id: 'warned-districts',
        type: 'fill',
        source: 'divisions',
        paint: { 'fill-color': 'rgba(0,0,0,0)', 'fill-opacity': tint },
      })
      map.addLayer({
        id: 'warned-district-borders',
        type: 'line',
        source: 'divisions',
        paint: { 'line-color': 'rgba(0,0,0,0)', 'line-width': 1.6 * look.scale, 'line-opacity': 0.55 },
      })
      map.addLayer({
        id: 'warnings',
        type: 'fill',
        source: 'warnings',
        paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': tint },
      })
      map.addLayer({
        id: 'warning-borders',
        type: 'line',
        source: 'warnings',
        paint: { 'line-color': ['get', 'colour'], 'line-width': 1.6 * look.scale, 'line-opacity': 0.7 },
      })
    },
    show(map, data) {
      setFeatures(map, 'warnings', collection(warningFeatures(data)))
      const colour = districtColour(warnedDistricts(data)) as never
      if (map.getLayer('warned-districts') === undefined) return
      map.setPaintProperty('warned-districts', 'fill-color', colour)
      map.setPaintProperty('warned-district-borders', 'line-color', colour)
    },
  }
}
