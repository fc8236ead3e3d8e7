/**
 * Crews: an arrow where they head, a rounded square where they stand, hollow when their fix is old, and a line from a crew to the
 * case it is on: dashed until it has set out, whole after. Level colours are never used for people.
 */
import type { Feature, LineString, Point } from 'geojson'
import type { LonLat } from '../../../shared/model/geo.ts'
import { fixLostMs, fixStaleMs, type Unit } from '../../../shared/model/unit.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { textFont } from './layer-url.ts'
import { withLetters } from '../fonts/page-font.ts'
import { collection, movingSource, noFeatures, setFeatures, type Overlay } from './overlay.ts'

export interface PlacedUnit {
  readonly unit: Unit
  readonly place: {
    readonly lon: number
    readonly lat: number
    readonly headingDeg: number | null
    readonly speedMps: number | null
    readonly fixAt: number
  } | null
  readonly ageMs: number | null
}

export interface UnitsData {
  readonly units: readonly PlacedUnit[]
  readonly incidents: readonly Incident[]
}

/** Where a crew is drawn: its last fix, or its station before the first; null when nobody knows. */
export function unitPosition({ unit, place }: PlacedUnit): LonLat | null {
  return place === null ? unit.station : [place.lon, place.lat]
}

/** Slower than a walk begins: it stands, whatever its radio says of a heading. */
const standingMps = 0.5

function markOf({ unit, place, ageMs }: PlacedUnit): { mark: string; heading: number } {
  const busy = unit.incidentId !== null
  if (place === null || ageMs === null || ageMs > fixLostMs) return { mark: 'crew-dot-stale', heading: 0 }
  const tone = busy ? 'busy' : 'idle'
  const stands = place.headingDeg === null || (place.speedMps !== null && place.speedMps < standingMps)
  if (stands || unit.status === 'on-scene') {
    return { mark: ageMs > fixStaleMs ? 'crew-dot-stale' : `crew-dot-${tone}`, heading: 0 }
  }
  return { mark: `crew-${tone}`, heading: place.headingDeg ?? 0 }
}

/** Crews on duty with a known place. */
export function unitFeatures(units: readonly PlacedUnit[]): Feature<Point>[] {
  return units.flatMap((placed) => {
    const at = unitPosition(placed)
    const { unit } = placed
    if (at === null || unit.status === 'off-duty') return []
    const { mark, heading } = markOf(placed)
    const busy = unit.incidentId !== null
    const faded = mark === 'crew-dot-stale' || unit.status === 'out-of-service'
    return [
      {
        type: 'Feature',
        properties: { unit: unit.id, name: unit.name, mark, heading, busy, opacity: faded ? 0.55 : 1 },
        geometry: { type: 'Point', coordinates: [at[0], at[1]] },
      },
    ]
  })
}

/** Layers a click on a crew may hit. */
export const unitHitLayer = 'units'

/** A line for each crew on its way to a located case. On scene there is nothing left to join. */
export function unitLines({ units, incidents }: UnitsData): Feature<LineString>[] {
  const positions = new Map(incidents.map((incident) => [incident.id, incident.position]))
  return units.flatMap((placed) => {
    const from = unitPosition(placed)
    const { incidentId, status } = placed.unit
    const to = incidentId === null ? null : (positions.get(incidentId) ?? null)
    if (from === null || to === null || status === 'on-scene') return []
    const properties = { moving: status === 'en-route' }
    return [{ type: 'Feature', properties, geometry: { type: 'LineString', coordinates: [[...from], [...to]] } }]
  })
}

export function unitsLayer(): Overlay<UnitsData> {
  let shown = 0
  return {
    install(map, look) {
      const s = look.scale
      const letter = look.textScale
      map.addSource('unit-lines', { ...movingSource, data: noFeatures })
      map.addSource('units', { ...movingSource, data: noFeatures })
      for (const moving of [false, true]) {
        map.addLayer({
          id: moving ? 'unit-lines-moving' : 'unit-lines-waiting',
          type: 'line',
          source: 'unit-lines',
          filter: ['==', ['get', 'moving'], moving],
          paint: {
            'line-color': look.crew,
            'line-opacity': moving ? 0.7 : 0.45,
            'line-width': 1.4 * s,
            ...(moving ? {} : { 'line-dasharray': [3, 3] }),
          },
        })
      }
      map.addLayer({
        id: 'units',
        type: 'symbol',
        source: 'units',
        layout: {
          ...textFont,
          'icon-image': ['get', 'mark'],
          'icon-rotate': ['get', 'heading'],
          'icon-rotation-alignment': 'map',
          'icon-pitch-alignment': 'viewport',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'icon-size': ['interpolate', ['linear'], ['zoom'], look.zoom(10), 0.75, look.zoom(14), 1],
          'symbol-sort-key': ['case', ['get', 'busy'], 1, 0],
          'text-field': ['step', ['zoom'], '', look.zoom(14), ['get', 'name']],
          'text-size': 12 * letter,
          'text-offset': [0, 1.3],
          'text-anchor': 'top',
          'text-optional': true,
        },
        paint: {
          'icon-opacity': ['get', 'opacity'],
          'text-color': ['case', ['get', 'busy'], look.crew, look.crewIdle],
          'text-halo-color': look.halo,
          'text-halo-width': 1.4 * s,
        },
      })
    },
    show(map, data) {
      const features = unitFeatures(data.units)
      const turn = ++shown
      setFeatures(map, 'unit-lines', collection(unitLines(data)))
      void withLetters(features.map((feature) => String(feature.properties?.name))).then(() => {
        if (turn === shown) setFeatures(map, 'units', collection(features))
      })
    },
    dispose() {
      shown++
    },
  }
}
