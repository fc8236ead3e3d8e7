/** Railway, its branch to the port, and the metro: a loop and a line across, with their stations. */
import type { RailFeature } from '../../shared/contract/city-pack.ts'
import { along, apart, lengthOf, smoothLine, toLonLat, type Point } from './plane.ts'
import type { Mask } from './mask.ts'
import { ground } from './mask.ts'

export interface Track {
  readonly kind: 'rail' | 'metro'
  readonly name: string
  readonly nameEn: string
  readonly line: readonly Point[]
  /** Whether a part of it is below ground, by its place. */
  readonly isBelow: (p: Point) => boolean
}

export interface Station {
  readonly at: Point
  readonly kind: 'station' | 'metro-station'
  readonly line: string
}

const main: readonly Point[] = [
  [-56000, 2500], [-44000, 4000], [-34000, 1200], [-25500, 2600], [-18500, 900], [-13800, 4300], [-10200, 3300], [-8300, 3000], [-6800, 4450], [-4700, 4800], [-2500, 4300], [-600, 3900], [1100, 3750],
  [2800, 3500], [4300, 2700], [6000, 2550], [7300, 1300], [7500, -600], [7050, -2500], [6900, -4300], [6000, -6000],
  [5600, -8000], [5000, -11000], [3400, -14500], [4300, -20500], [9500, -27000], [8200, -38000], [11000, -56000],
] // prettier-ignore
const freight: readonly Point[] = [[7050, -2500], [7150, -3600], [7700, -4700], [7850, -5900], [7800, -7400], [7850, -8300]] // prettier-ignore
const radial: readonly Point[] = [
  [-7600, 5600], [-6000, 5000], [-4500, 4500], [-2800, 3000], [-1200, 2300], [-150, 1450], [900, 500], [1700, -700],
  [2600, -1500], [3400, -2900], [3900, -4500], [4300, -6200], [4700, -7600],
] // prettier-ignore
const loop: readonly Point[] = [
  [3650, 400], [3300, 2300], [1450, 3650], [-1000, 3600], [-2900, 2300], [-3250, 300], [-2600, -2000], [-600, -2800], [1600, -2700], [3100, -1700],
] // prettier-ignore

export const mainStation: Point = [700, 3790]

export function tracks(): Track[] {
  const below = (reach: number) => (p: Point) => Math.hypot(p[0] - 300, p[1] - 300) < reach
  return [
    { kind: 'rail', name: '澜汀铁路', nameEn: 'Lanting Railway', line: smoothLine(main, 50), isBelow: () => false },
    { kind: 'rail', name: '疏港铁路', nameEn: 'Port Railway', line: smoothLine(freight, 50), isBelow: () => false },
    { kind: 'metro', name: '地铁1号线', nameEn: 'Metro Line 1', line: smoothLine(radial, 50), isBelow: below(4700) },
    { kind: 'metro', name: '地铁2号线', nameEn: 'Metro Line 2', line: smoothLine(loop, 50, true), isBelow: () => true },
  ]
}

/** Stations about as far apart as people walk; where two lines come close they share one. */
export function stationsOf(lines: readonly Track[], isUseful: (p: Point) => boolean): Station[] {
  const stations: Station[] = [{ at: mainStation, kind: 'station', line: '澜汀铁路' }]
  for (const { kind, line, name } of lines) {
    if (kind !== 'metro') continue
    const length = lengthOf(line)
    const count = Math.round(length / 1250)
    for (let i = 0; i < count; i++) {
      const { at } = along(line, ((i + 0.4) * length) / count)
      if (!isUseful(at)) continue
      if (stations.some((other) => other.kind === 'metro-station' && apart(other.at, at) < 480)) continue
      stations.push({ at, kind: 'metro-station', line: name })
    }
  }
  return stations
}

/** Tracks, cut where they go below ground or over water; inside the city only, unless the railway `leadsOut`. */
export function railFeatures(lines: readonly Track[], mask: Mask, leadsOut: boolean): RailFeature[] {
  return lines.flatMap(({ kind, name, nameEn, line, isBelow }) => {
    const stateAt = (p: Point) => {
      if (mask.is(p, ground.outside)) return leadsOut && kind === 'rail' ? 'plain' : 'out'
      if (isBelow(p)) return 'tunnel'
      return kind === 'metro' || mask.is(p, ground.water) ? 'bridge' : 'plain'
    }
    const features: RailFeature[] = []
    let run: Point[] = []
    let state = 'out'
    const close = () => {
      if (state !== 'out' && run.length > 1)
        features.push({
          type: 'Feature',
          properties: { kind, name, nameEn, tunnel: state === 'tunnel', bridge: state === 'bridge' },
          geometry: { type: 'LineString', coordinates: run.map((p) => [...toLonLat(p)]) },
        })
    }
    for (const p of line) {
      const next = stateAt(p)
      if (next !== state) {
        if (run.length) run.push(p)
        close()
        run = []
        state = next
      }
      run.push(p)
    }
    close()
    return features
  })
}
