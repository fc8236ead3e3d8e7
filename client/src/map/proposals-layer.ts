/**
 * Crews proposed for the selected case, numbered as the list beside the map numbers them, each joined to the case.
 */
import type { Feature, LineString, Point } from 'geojson'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import { textFont } from './layer-url.ts'
import { withLetters } from '../fonts/page-font.ts'
import { collection, noFeatures, setFeatures, type Overlay } from './overlay.ts'
import { unitPosition, type PlacedUnit } from './units-layer.ts'

export interface ProposalsData {
  readonly proposals: readonly UnitProposal[]
  readonly units: readonly PlacedUnit[]
  /** Where the selected case is; null when it has no place. */
  readonly target: LonLat | null
}

/** Numbers and lines of the proposals whose crew has a known place. */
export function proposalFeatures(data: ProposalsData): { points: Feature<Point>[]; lines: Feature<LineString>[] } {
  const places = new Map(data.units.map((placed) => [placed.unit.id, unitPosition(placed)]))
  const points: Feature<Point>[] = []
  const lines: Feature<LineString>[] = []
  for (const { unitId, rank } of data.proposals) {
    const at = places.get(unitId)
    if (!at) continue
    const properties = { unit: unitId, number: String(rank), first: rank === 1 }
    points.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [...at] } })
    if (data.target === null) continue
    const coordinates = [[...at], [...data.target]]
    lines.push({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates } })
  }
  return { points, lines }
}

export function proposalsLayer(): Overlay<ProposalsData> {
  return {
    install(map, look) {
      const s = look.scale
      map.addSource('proposal-lines', { type: 'geojson', data: noFeatures })
      map.addSource('proposals', { type: 'geojson', data: noFeatures })
      map.addLayer({
        id: 'proposal-lines',
        type: 'line',
        source: 'proposal-lines',
        paint: {
          'line-color': look.accent,
          'line-opacity': ['case', ['get', 'first'], 0.9, 0.4],
          'line-width': ['*', s, ['case', ['get', 'first'], 2, 1.2]],
          'line-dasharray': [2, 2],
        },
      })
      map.addLayer({
        id: 'proposals',
        type: 'circle',
        source: 'proposals',
        paint: {
          'circle-radius': 11 * s,
          'circle-color': ['case', ['get', 'first'], look.accent, look.halo],
          'circle-stroke-color': look.accent,
          'circle-stroke-width': 1.6 * s,
        },
      })
      map.addLayer({
        id: 'proposal-numbers',
        type: 'symbol',
        source: 'proposals',
        layout: {
          ...textFont,
          'text-field': ['get', 'number'],
          'text-size': 13 * look.textScale,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': ['case', ['get', 'first'], look.halo, look.accent] },
      })
    },
    show(map, data) {
      const { points, lines } = proposalFeatures(data)
      setFeatures(map, 'proposal-lines', collection(lines))
      void withLetters(['0123456789']).then(() => setFeatures(map, 'proposals', collection(points)))
    },
  }
}
