/**
 * Ways through the city where only their length in time matters: from square to square of the road network instead of from corner to
 * corner. Rivers without bridges, motorways and dead ends tell; the lines on the map do not. A hundred times as quick as `roadMap`.
 */
import type { RoadFeature } from '../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import { roadNetwork } from '../../shared/model/roads.ts'
import { roadMap, type RoadMap } from './road-map.ts'

const squareM = 1200
/** Streets do not lead straight from the middle of one square to the middle of the next. */
const detour = 1.25
/** From the door to the street that leads on, and within one square. */
const streetMps = 25 / 3.6

interface Square {
  readonly middle: LonLat
  readonly next: { readonly square: number; readonly seconds: number }[]
}

export function coarseRoads(roads: readonly RoadFeature[]): RoadMap {
  const network = roadNetwork(
    roads.map(({ properties, geometry }) => ({ ...properties, coordinates: geometry.coordinates })),
  )
  const first = network.nodes[0]
  if (first === undefined) return roadMap([])
  const latStep = squareM / 111_320
  const lonStep = latStep / Math.max(0.05, Math.cos((first[1] * Math.PI) / 180))
  // Whole numbers, so that no text is made for each look.
  const keyOf = (column: number, row: number) => column * 1_000_003 + row
  const columnOf = (at: LonLat) => Math.floor(at[0] / lonStep)
  const rowOf = (at: LonLat) => Math.floor(at[1] / latStep)

  const squareOfKey = new Map<number, number>()
  const sums: { lon: number; lat: number; count: number }[] = []
  const squareOfNode = network.nodes.map((node) => {
    const key = keyOf(columnOf(node), rowOf(node))
    const square = squareOfKey.get(key) ?? sums.length
    if (square === sums.length) {
      squareOfKey.set(key, square)
      sums.push({ lon: 0, lat: 0, count: 0 })
    }
    const sum = sums[square] as (typeof sums)[number]
    sum.lon += node[0]
    sum.lat += node[1]
    sum.count++
    return square
  })
  const squares = sums.map(({ lon, lat, count }): Square => ({ middle: [lon / count, lat / count], next: [] }))
  /** The fastest street that leads from one square into another, m/s. */
  const speeds = squares.map(() => new Map<number, number>())
  const join = (from: number, to: number, mps: number) => {
    const known = speeds[from] as Map<number, number>
    known.set(to, Math.max(known.get(to) ?? 0, mps))
  }
  for (const { from, to, metres, seconds, oneway } of network.edges) {
    const [a, b] = [squareOfNode[from] as number, squareOfNode[to] as number]
    if (a === b) continue
    join(a, b, metres / seconds)
    if (!oneway) join(b, a, metres / seconds)
  }
  squares.forEach(({ middle, next }, from) => {
    for (const [square, mps] of speeds[from] as Map<number, number>)
      next.push({ square, seconds: (distanceM(middle, (squares[square] as Square).middle) * detour) / mps })
  })

  /** Seconds from one square to every other, found when first asked. */
  const reached = new Map<number, Float64Array>()
  function secondsFrom(start: number): Float64Array {
    const known = reached.get(start)
    if (known) return known
    const seconds = new Float64Array(squares.length).fill(Infinity)
    const done = new Uint8Array(squares.length)
    seconds[start] = 0
    for (;;) {
      let nearest = -1
      for (let i = 0; i < squares.length; i++)
        if (!done[i] && (nearest < 0 || (seconds[i] as number) < (seconds[nearest] as number))) nearest = i
      if (nearest < 0 || seconds[nearest] === Infinity) break
      done[nearest] = 1
      for (const { square, seconds: more } of (squares[nearest] as Square).next)
        seconds[square] = Math.min(seconds[square] as number, (seconds[nearest] as number) + more)
    }
    reached.set(start, seconds)
    return seconds
  }
  /** The square a place lies in or nearest to. */
  function squareAt(at: LonLat): number {
    const [column, row] = [columnOf(at), rowOf(at)]
    for (let far = 0; far <= 3; far++)
      for (let i = -far; i <= far; i++)
        for (let j = -far; j <= far; j++) {
          if (Math.max(Math.abs(i), Math.abs(j)) !== far) continue
          const square = squareOfKey.get(keyOf(column + i, row + j))
          if (square !== undefined) return square
        }
    return -1
  }
  const straight = roadMap([])
  return {
    route(from, to) {
      const [start, end] = [squareAt(from), squareAt(to)]
      if (start < 0 || end < 0) return straight.route(from, to)
      const across = start === end ? 0 : (secondsFrom(start)[end] as number)
      if (across === Infinity) return straight.route(from, to)
      const [a, b] = [squares[start] as Square, squares[end] as Square]
      const metres =
        start === end ? distanceM(from, to) * detour : (distanceM(from, a.middle) + distanceM(b.middle, to)) / 2
      return [{ from, to, seconds: across + metres / streetMps }]
    },
  }
}
