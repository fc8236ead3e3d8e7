/** The city laid flat: metres east and north of its middle, for physics that needs distances and no projection. */
import type { LonLat } from '../../shared/model/geo.ts'

const metresPerDegree = 111_200

export interface Ground {
  readonly xOf: (at: LonLat) => number
  readonly yOf: (at: LonLat) => number
  readonly lonLatOf: (x: number, y: number) => LonLat
  /** From the middle to the edge that is furthest, metres. */
  readonly reachM: number
}

/** Twelve corners around a place, for a message that draws its area; the first is not said again. */
export const ringAround = (ground: Ground, [x, y]: readonly [number, number], radiusM: number): LonLat[] =>
  Array.from({ length: 12 }, (_, corner) => {
    const turn = (corner / 12) * 2 * Math.PI
    return ground.lonLatOf(x + radiusM * Math.cos(turn), y + radiusM * Math.sin(turn))
  })

/** Laid out around the places given; around a city of ten kilometres at 0, 0 where there are none. */
export function layFlat(places: readonly LonLat[]): Ground {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of places) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  if (!Number.isFinite(west)) [west, south, east, north] = [-0.045, -0.045, 0.045, 0.045]
  const lon0 = (west + east) / 2
  const lat0 = (south + north) / 2
  const perLon = metresPerDegree * Math.max(0.05, Math.cos((lat0 * Math.PI) / 180))
  return {
    xOf: ([lon]) => (lon - lon0) * perLon,
    yOf: ([, lat]) => (lat - lat0) * metresPerDegree,
    lonLatOf: (x, y) => [
      Math.round((lon0 + x / perLon) * 1e6) / 1e6,
      Math.round((lat0 + y / metresPerDegree) * 1e6) / 1e6,
    ],
    reachM: Math.max(500, (east - lon0) * perLon, (north - lat0) * metresPerDegree),
  }
}
