/**
 * How long from one place to another: shortest time on the pack's roads, else a straight line, and always said which.
 * Guarantees bounded memory: the searches for the latest destinations are remembered, up to a number.
 */
import type { RoadFeature } from '../../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { nearestIndex, roadNetwork, type RoadClass, type RoadNetwork } from '../../../shared/model/roads.ts'
import type { RoadBand } from '../../../shared/model/dispatch-settings.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { Travel } from '../ports/city.ts'
import { arrivalGraph, compact, travelTree, turnedRound, type ArrivalGraph, type TravelTree } from './travel-tree.ts'

/** A crew further than this from any junction is not on the network. */
const offRoadMaxM = 1500
const detour = 1.3
const straightMps = 30 / 3.6
/** Below this, walking straight can beat the way round by the junctions. */
const nearbyM = 500
const rememberedJunctions = 2_000_000
/** Of searches from stations, over all hours of the day: 8 bytes each. */
const stationJunctions = 12_000_000

/** Straight line × 1.3 at 30 km/h. */
export function straightTravel(from: LonLat, to: LonLat): Travel {
  const metres = distanceM(from, to) * detour
  return { seconds: metres / straightMps, metres, basis: 'straight' }
}

export type TravelFinder = (from: LonLat, to: LonLat, at?: Instant) => Travel

/** Which hours an instant lies in: their place in `bands`, −1 = roads are free. */
export interface RoadHours {
  readonly bands: readonly Pick<RoadBand, 'speed'>[]
  bandAt(at: Instant): number
}
const alwaysFree: RoadHours = { bands: [], bandAt: () => -1 }

/**
 * Finds travel on these roads; without any, always straight. The way to and from the nearest junction counts as straight. `stations`:
 * where crews mostly wait. From each of them one search answers for every case there will be.
 */
export function travelFinder(
  roads: readonly RoadFeature[],
  stations: readonly LonLat[] = [],
  hours: RoadHours = alwaysFree,
): TravelFinder {
  const network = roadNetwork(
    roads.map(({ properties: { speedKmh, oneway }, geometry }) => ({
      speedKmh,
      oneway,
      coordinates: geometry.coordinates,
    })),
  )
  if (network.edges.length === 0) return (from, to) => straightTravel(from, to)
  /** The network at each band's speeds; the last is that of free roads. */
  const classes = roads.map(({ properties }) => properties.class)
  const networks = [...hours.bands, { speed: {} }].map(({ speed }) => atSpeeds(network, classes, speed))
  const graphs = networks.map((one) => arrivalGraph(one))
  const nodeCount = network.nodes.length
  const index = nearestIndex(network.nodes)
  const rememberedTrees = Math.max(4, Math.min(500, Math.floor(rememberedJunctions / nodeCount)))
  const trees = new Map<number, TravelTree>()
  const treeTo = (destination: number, band: number): TravelTree => {
    const key = band * nodeCount + destination
    const known = trees.get(key)
    if (known) {
      // Back to the young end, so that the case being worked on stays.
      trees.delete(key)
      trees.set(key, known)
      return known
    }
    if (trees.size >= rememberedTrees) trees.delete(trees.keys().next().value as number)
    const tree = travelTree(graphs[band] as ArrivalGraph, destination)
    trees.set(key, tree)
    return tree
  }
  const fromStation = stationTrees(
    networks,
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
  return (from, to, at) => {
    const straight = straightTravel(from, to)
    const start = junctionOf(from)
    const end = junctionOf(to)
    if (start === null || end === null) return straight
    const named = at === undefined ? -1 : hours.bandAt(at)
    const band = named < 0 ? networks.length - 1 : named
    const known = fromStation(start.index, band)
    const tree = known ?? treeTo(end.index, band)
    const other = known ? end.index : start.index
    const onRoad = tree.seconds[other] as number
    if (!Number.isFinite(onRoad)) return straight
    const accessM = (start.metres + end.metres) * detour
    const seconds = onRoad + accessM / straightMps
    if (straight.metres <= nearbyM && straight.seconds < seconds) return straight
    return { seconds, metres: (tree.metres[other] as number) + accessM, basis: 'road' }
  }
}

/** Every stretch as slow as its class is in those hours. */
function atSpeeds(network: RoadNetwork, classes: readonly RoadClass[], speed: RoadBand['speed']): RoadNetwork {
  const edges = network.edges.map((edge) => {
    const factor = speed[classes[edge.line] as RoadClass] ?? 1
    return factor === 1 ? edge : { ...edge, seconds: edge.seconds / factor }
  })
  return { ...network, edges }
}

/** Searches from the stations' junctions, each made when it is first asked for; none where they would take too much memory. */
function stationTrees(
  networks: readonly RoadNetwork[],
  stations: readonly (number | null)[],
): (junction: number, band: number) => TravelTree | null {
  const junctions = new Set(stations.filter((junction) => junction !== null))
  const nodeCount = networks[0]?.nodes.length ?? 0
  if (junctions.size === 0 || junctions.size * nodeCount * networks.length > stationJunctions) return () => null
  const graphs = networks.map((network) => arrivalGraph(turnedRound(network)))
  const trees = new Map<number, TravelTree>()
  return (junction, band) => {
    if (!junctions.has(junction)) return null
    const key = band * nodeCount + junction
    const known = trees.get(key)
    if (known) return known
    const tree = compact(travelTree(graphs[band] as ArrivalGraph, junction))
    trees.set(key, tree)
    return tree
  }
}
