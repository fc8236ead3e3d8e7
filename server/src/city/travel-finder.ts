/**
 * How long from one place to another: shortest time on the pack's roads, else a straight line, and always said which.
 * Guarantees bounded memory: the searches for the latest destinations are remembered, up to a number.
 */
import type { RoadFeature } from '../../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { nearestIndex, roadNetwork } from '../../../shared/model/roads.ts'
import type { Travel } from '../ports/city.ts'
import { arrivalGraph, travelTree, type TravelTree } from './travel-tree.ts'

/** A crew further than this from any junction is not on the network. */
const offRoadMaxM = 1500
const detour = 1.3
const straightMps = 30 / 3.6
/** Below this, walking straight can beat the way round by the junctions. */
const nearbyM = 500
const rememberedJunctions = 2_000_000

/** Straight line × 1.3 at 30 km/h. */
export function straightTravel(from: LonLat, to: LonLat): Travel {
  const metres = distanceM(from, to) * detour
  return { seconds: metres / straightMps, metres, basis: 'straight' }
}

export type TravelFinder = (from: LonLat, to: LonLat) => Travel

/** Finds travel on these roads; without any, always straight. The way to and from the nearest junction counts as straight. */
export function travelFinder(roads: readonly RoadFeature[]): TravelFinder {
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
  return (from, to) => {
    const straight = straightTravel(from, to)
    const start = index.nearest(from, offRoadMaxM)
    const end = index.nearest(to, offRoadMaxM)
    if (start === null || end === null) return straight
    const tree = treeTo(end.index)
    const onRoad = tree.seconds[start.index] as number
    if (!Number.isFinite(onRoad)) return straight
    const accessM = (start.metres + end.metres) * detour
    const seconds = onRoad + accessM / straightMps
    if (straight.metres <= nearbyM && straight.seconds < seconds) return straight
    return { seconds, metres: (tree.metres[start.index] as number) + accessM, basis: 'road' }
  }
}
