/** What may be hidden on a map, in words of the people who look at it, and the style layers each is drawn by. */
import type { MapLibreMap } from 'maplibre-gl'

export const layerGroups = {
  incidents: [
    'incidents',
    'incident-groups',
    'incidents-drill',
    'incidents-apart',
    'incidents-apart-drill',
    'incidents-unattended',
    'incident-selected',
  ],
  crews: ['units', 'unit-lines-moving', 'unit-lines-waiting', 'crew-trail', 'crew-trail-gaps', 'crew-selected'],
  sensors: ['sensors', 'sensor-marks', 'sensor-groups', 'sensor-group-level'],
  warnings: [
    'warnings',
    'warning-borders',
    'exercise-borders',
    'warned-districts',
    'warned-district-borders',
    'exercise-district-borders',
  ],
  divisions: ['divisions-fill', 'divisions-fine', 'divisions', 'division-labels-3', 'division-labels-2'],
  cameras: ['cameras'],
  parts: ['parts'],
} as const satisfies Record<string, readonly string[]>
export type LayerGroup = keyof typeof layerGroups
export const layerGroupNames = Object.keys(layerGroups) as LayerGroup[]

/** Shows what is not hidden. Layers a style does not have are passed over. */
export function hideLayers(map: MapLibreMap, hidden: readonly LayerGroup[]): void {
  for (const name of layerGroupNames)
    for (const layer of layerGroups[name])
      if (map.getLayer(layer) !== undefined)
        map.setLayoutProperty(layer, 'visibility', hidden.includes(name) ? 'none' : 'visible')
  // The pulse is drawn by the page, not by a layer.
  map.getContainer().classList.toggle('no-pulse', hidden.includes('incidents'))
}
