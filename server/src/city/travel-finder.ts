/**
 * How long from one place to another: shortest time on the pack's roads, else a straight line, and always said which.
 * Guarantees bounded memory: the searches for the latest destinations are remembered, up to a number.
 */
import type { RoadFeature } from '../../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { nearestIndex, roadNetwork, type RoadNetwork } from '../../../shared/model/roads.ts'
import type { Travel } from '../ports/city.ts'
import { arrivalGraph, compact, travelTree, turnedRound, type TravelTree } from './travel-tree.ts'

/** A crew further than this from any junction is not on the network. */
const offRoadMaxM = 1500
const detour = 1.3
const straightMps = 30 / 3.6
/** Below this, walking straight can beat the way round by the junctions. */
const nearbyM = 500
const rememberedJunctions = 2_000_000
/** Of searches from stations: 8 bytes each. */
const stationJunctions = 6_000_000

/** Straight line × 1.3 at 30 km/h. */
export function straightTravel(from: LonLat, to: LonLat): Travel {
  const metres = distanceM(from, to) * detour
  return { seconds: metres / straightMps, metres, basis: 'straight' }
}

export type TravelFinder = (from: LonLat, to: LonLat) => Travel

/**
 * Finds travel on these roads; without any, always straight. The way to and from the nearest junction counts as straight. `stations`:
 * where crews mostly wait. From each of them one search answers for every case there will be.
 */
export function travelFinder(roads: readonly RoadFeature[], stations: readonly LonLat[] = []): TravelFinder {
  const network = roadNetwork(
    roads.map(({ properties: { speedKmh, oneway }, geometry }) => ({
      speedKmh,
      oneway,
      coordinates: geometry.coordinates,
    })),
  )
  if (network.edges.length === 0) return straightTravel
  const graph = arrivalGraph(network)
  const index = nearestIndex(network.nodes)
  const rememberedTrees = Math.max(4, Math.min(500, Math.floor(rememberedJunctions / graph.nodeCount)))
  const trees = new Map<number, TravelTree>()
  const treeTo = (destination: number): TravelTree => {
    const known = trees.get(destination)
    if (known) {
      // Back to the young end, so that the case being worked on stays.
      trees.delete(destination)
      trees.set(destination, known)
      return known
    }
    if (trees.size >= rememberedTrees) trees.delete(trees.keys().next().value as number)
    const tree = travelTree(graph, destination)
    trees.set(destination, tree)
    return tree
  }
  const fromStation = stationTrees(
    network,
    stations.map((at) => index.nearest(at, offRoadMaxM)?.index ?? null),
  )
  /** By the place itself: a crew's is one and the same until it is seen elsewhere, and is asked about for every case. */
  const junctions = new WeakMap<LonLat, ReturnType<typeof index.nearest>>()
  const junctionOf = (at: LonLat) => {
    const known = junctions.get(at)
    if (known !== undefined) return known
    const found = index.nearest(at, offRoadMaxM)
    junctions.set(at, found)
    return found
  }
  return (from, to) => {
    const straight = straightTravel(from, to)
    const start = junctionOf(from)
    const end = junctionOf(to)
    if (start === null || end === null) return straight
    const known = fromStation(start.index)
    const tree = known ?? treeTo(end.index)
    const other = known ? end.index : start.index
    const onRoad = tree.seconds[other] as number
    if (!Number.isFinite(onRoad)) return straight
    const accessM = (start.metres + end.metres) * detour
    const seconds = onRoad + accessM / straightMps
    if (straight.metres <= nearbyM && straight.seconds < seconds) return straight
    return { seconds, metres: (tree.metres[other] as number) + accessM, basis: 'road' }
  }
}

/** Searches from the stations' junctions, each made when it is first asked for; none where they would take too much memory. */
function stationTrees(
  network: RoadNetwork,
  stations: readonly (number | null)[],
): (junction: number) => TravelTree | null {
  const junctions = new Set(stations.filter((junction) => junction !== null))
  if (junctions.size === 0 || junctions.size * network.nodes.length > stationJunctions) return () => null
  const graph = arrivalGraph(turnedRound(network))
  const trees = new Map<number, TravelTree>()
  return (junction) => {
    if (!junctions.has(junction)) return null
    const known = trees.get(junction)
    if (known) return known
    const tree = compact(travelTree(graph, junction))
    trees.set(junction, tree)
    return tree
  }
}
