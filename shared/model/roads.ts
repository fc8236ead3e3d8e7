/**
 * Roads as a network: which lines meet where. Lines that share a vertex meet there; a crossing without one is a bridge.
 * Pure geometry, no route-finding: server and simulated crews each search on it in their own way, over the same network.
 */
import { distanceM, type LonLat } from './geo.ts'

export const roadClasses = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'local'] as const
export type RoadClass = (typeof roadClasses)[number]

export interface RoadLine {
  readonly speedKmh: number
  readonly oneway: boolean
  readonly coordinates: readonly (readonly number[])[]
}

/** A stretch between two nodes with no junction in between. */
export interface RoadEdge {
  readonly from: number
  readonly to: number
  readonly metres: number
  readonly seconds: number
  readonly oneway: boolean
  /** Which of the lines it is part of. */
  readonly line: number
  /** From `from` to `to`, both ends included. */
  readonly path: readonly LonLat[]
}

export interface RoadNetwork {
  readonly nodes: readonly LonLat[]
  readonly edges: readonly RoadEdge[]
  /** Of the fastest edge; 0 without edges. */
  readonly maxSpeedMps: number
}

/** Vertices closer than about 0.1 m are one. */
const vertexKey = (at: readonly number[]) =>
  `${Math.round((at[0] as number) * 1e6)},${Math.round((at[1] as number) * 1e6)}`

/** Cuts lines at every vertex they share and at their ends. */
export function roadNetwork(lines: readonly RoadLine[]): RoadNetwork {
  const uses = new Map<string, number>()
  for (const { coordinates } of lines) {
    coordinates.forEach((at, i) => {
      const isEnd = i === 0 || i === coordinates.length - 1
      const key = vertexKey(at)
      uses.set(key, (uses.get(key) ?? 0) + (isEnd ? 2 : 1))
    })
  }
  const ids = new Map<string, number>()
  const nodes: LonLat[] = []
  const nodeAt = (at: LonLat) => {
    const key = vertexKey(at)
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, nodes.length)
    nodes.push(at)
    return nodes.length - 1
  }
  const edges: RoadEdge[] = []
  let maxSpeedMps = 0
  for (const [index, line] of lines.entries()) {
    const speedMps = line.speedKmh / 3.6
    let path: LonLat[] = []
    for (const raw of line.coordinates) {
      const at: LonLat = [raw[0] as number, raw[1] as number]
      path.push(at)
      if (path.length < 2 || (uses.get(vertexKey(at)) ?? 0) < 2) continue
      let metres = 0
      for (let i = 1; i < path.length; i++) metres += distanceM(path[i - 1] as LonLat, path[i] as LonLat)
      const from = nodeAt(path[0] as LonLat)
      const to = nodeAt(at)
      if (from !== to) {
        edges.push({ from, to, metres, seconds: metres / speedMps, oneway: line.oneway, line: index, path })
        maxSpeedMps = Math.max(maxSpeedMps, speedMps)
      }
      path = [at]
    }
  }
  return { nodes, edges, maxSpeedMps }
}

/** Finds the nearest of many places without looking at all of them. */
export interface NearestIndex {
  /** Index of the nearest place within `maxM`, or null. */
  nearest(at: LonLat, maxM: number): { readonly index: number; readonly metres: number } | null
}

/** A plain grid of cells of about `cellM`. Places must not span the antimeridian. */
export function nearestIndex(places: readonly LonLat[], cellM = 300): NearestIndex {
  const first = places[0]
  if (first === undefined) return { nearest: () => null }
  const latStep = cellM / 111_320
  const lonStep = latStep / Math.max(0.05, Math.cos((first[1] * Math.PI) / 180))
  const column = (lon: number) => Math.floor(lon / lonStep)
  const row = (lat: number) => Math.floor(lat / latStep)
  const cells = new Map<string, number[]>()
  places.forEach((at, index) => {
    const key = `${column(at[0])},${row(at[1])}`
    const cell = cells.get(key)
    if (cell) cell.push(index)
    else cells.set(key, [index])
  })
  return {
    nearest(at, maxM) {
      const c = column(at[0])
      const r = row(at[1])
      const reach = Math.ceil(maxM / cellM) + 1
      let best: { index: number; metres: number } | null = null
      for (let d = 0; d <= reach; d++) {
        // A ring of cells d away can hold nothing nearer than (d - 1) cells.
        if (best !== null && (d - 1) * cellM > best.metres) break
        for (let i = -d; i <= d; i++) {
          for (let j = -d; j <= d; j++) {
            if (Math.max(Math.abs(i), Math.abs(j)) !== d) continue
            for (const index of cells.get(`${c + i},${r + j}`) ?? []) {
              const metres = distanceM(at, places[index] as LonLat)
              if (metres <= maxM && (best === null || metres < best.metres)) best = { index, metres }
            }
          }
        }
      }
      return best
    },
  }
}
