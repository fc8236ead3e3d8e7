/**
 * The ground under everything, drawn from this server's own tiles in the colours of a look. Asks no other host for anything: no glyphs
 * URL, no sprite. Names come by `ground-names-layer.ts`, what is alive by the overlays.
 */
import type { StyleSpecification } from 'maplibre-gl'
import type { MapLook } from '../map-look.ts'
import { areaLayers } from './areas.ts'
import { buildingLayers } from './buildings.ts'
import { furnitureLayers } from './furniture.ts'
import { ground, groundSource } from './ground-source.ts'
import { wayLayers } from './ways.ts'

export const cityStyle = (look: MapLook): StyleSpecification => ({
  version: 8,
  sources: { [groundSource]: ground },
  layers: [
    { id: 'background', type: 'background', paint: { 'background-color': look.background } },
    ...areaLayers(look),
    ...wayLayers(look),
    ...buildingLayers(look),
    ...furnitureLayers(look),
  ],
  // From the south-west and low: walls that face away are a shade darker.
  light: { anchor: 'map', position: [1.2, 220, 35], color: '#ffffff', intensity: look.dark ? 0.28 : 0.16 },
  transition: { duration: 200, delay: 0 },
})
