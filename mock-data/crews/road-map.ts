/** Ways through the city as lines to drive along, by the pack's roads; straight where there are none. */
import createGraph from 'ngraph.graph'
import { aStar } from 'ngraph.path'
import type { RoadFeature } from '../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import { nearestIndex, roadNetwork } from '../../shared/model/roads.ts'

/** A stretch to be driven at one speed. */
export interface Leg {
  readonly from: LonLat
  readonly to: LonLat
  readonly seconds: number
}
export interface RoadMap {
  /** Never empty; from where one stands to where one goes. */
  route(from: LonLat, to: LonLat): Leg[]
}

const offRoadMps = 25 / 3.6
const straightMps = 30 / 3.6 / 1.3
const reachM = 1500

interface Link {
  readonly seconds: number
  readonly path: readonly LonLat[]
}

export function roadMap(roads: readonly RoadFeature[]): RoadMap {
  const network = roadNetwork(
    roads.map(({ properties, geometry }) => ({ ...properties, coordinates: geometry.coordinates })),
  )
  const graph = createGraph<LonLat, Link>()
  network.nodes.forEach((at, id) => graph.addNode(id, at))
  const link = (from: number, to: number, seconds: number, path: readonly LonLat[]) => {
    const known = graph.getLink(from, to)
    if (!known || known.data.seconds > seconds) graph.addLink(from, to, { seconds, path })
  }
  for (const { from, to, seconds, path, oneway } of network.edges) {
    link(from, to, seconds, path)
    if (!oneway) link(to, from, seconds, path.toReversed())
  }
  const finder = aStar<LonLat, Link>(graph, {
    oriented: true,
    distance: (_from, _to, { data }) => data.seconds,
    heuristic: (from, to) => distanceM(from.data, to.data) / network.maxSpeedMps,
  })
  const index = nearestIndex(network.nodes)
  const leg = (from: LonLat, to: LonLat, mps: number): Leg => ({ from, to, seconds: distanceM(from, to) / mps })
  return {
    route(from, to) {
      const start = index.nearest(from, reachM)
      const end = index.nearest(to, reachM)
      const nodes = start && end && start.index !== end.index ? finder.find(start.index, end.index).toReversed() : []
      if (nodes.length < 2) return [leg(from, to, straightMps)]
      const legs = [leg(from, (nodes[0] as { data: LonLat }).data, offRoadMps)]
      for (let i = 1; i < nodes.length; i++) {
        const way = graph.getLink(nodes[i - 1]?.id ?? -1, nodes[i]?.id ?? -1)?.data
        if (!way) continue
        const metres = way.path.slice(1).map((at, k) => distanceM(way.path[k] as LonLat, at))
        const total = metres.reduce((a, b) => a + b, 0)
        metres.forEach((m, k) =>
          legs.push({
            from: way.path[k] as LonLat,
            to: way.path[k + 1] as LonLat,
            seconds: total > 0 ? (way.seconds * m) / total : 0,
          }),
        )
      }
      legs.push(leg((legs.at(-1) as Leg).to, to, offRoadMps))
      return legs
    },
  }
}

export interface Drive {
  readonly legs: readonly Leg[]
  readonly startAt: number
  /** Times faster than the roads allow: blue lights, and the simulation's own haste. */
  readonly haste: number
}
export interface DrivePlace {
  readonly position: LonLat
  readonly headingDeg: number
  readonly speedKmh: number
  readonly arrived: boolean
}

const bearing = (a: LonLat, b: LonLat): number => {
  const rad = Math.PI / 180
  const east = (b[0] - a[0]) * Math.cos(a[1] * rad)
  return (Math.atan2(east, b[1] - a[1]) / rad + 360) % 360
}

export const arrivesAt = ({ legs, startAt, haste }: Drive): number =>
  startAt + (legs.reduce((sum, { seconds }) => sum + seconds, 0) / haste) * 1000

/** Where a crew is on its way at `now`. */
export function placeOf({ legs, startAt, haste }: Drive, now: number): DrivePlace {
  let left = (Math.max(0, now - startAt) / 1000) * haste
  for (const { from, to, seconds } of legs) {
    if (left < seconds) {
      const t = left / seconds
      return {
        position: [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t],
        headingDeg: Math.round(bearing(from, to)),
        speedKmh: Math.round((distanceM(from, to) / seconds) * 3.6),
        arrived: false,
      }
    }
    left -= seconds
  }
  const last = legs.at(-1) as Leg
  return { position: last.to, headingDeg: Math.round(bearing(last.from, last.to)), speedKmh: 0, arrived: true }
}
