/**
 * Traffic by neighbourhoods of the road graph. Demand follows hour and weekday and flows inwards in the morning, outwards in the
 * evening; rain, standing water and accidents take capacity away; what does not fit waits, and backs up into the
 * neighbourhoods it comes from. A speed sensor reads its own stretch.
 */
import type { RoadFeature } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { roadNetwork } from '../../shared/model/roads.ts'
import type { Ground } from './ground.ts'
import type { Weather } from './weather.ts'

export interface Obstacle {
  readonly x: number
  readonly y: number
  /** Of the capacity there, 0 … 1. */
  readonly taken: number
}

export interface Traffic {
  /** `demand` multiplies what the hour brings; obstacles are all that stand now. */
  step(seconds: number, hour: number, weekday: number, demand: number, obstacles: readonly Obstacle[]): void
  /** Neighbourhood of a place; −1 where there are no roads. */
  regionAt(x: number, y: number): number
  /** 0 = free, 1 = nothing moves. */
  jam(region: number): number
  /** Neighbourhoods from which traffic flows into this one now, the largest flow first. */
  upstreamOf(region: number): readonly number[]
  readonly regions: number
}

const spreadS = 300
/** Queues shorter than this stay where they are. */
const spillsFrom = 0.3
const mostAcross = 18
/** Where nobody wants to go the same hour fills the roads less. */
const busy = (pull: number) => 0.68 + 0.3 * Math.max(0, Math.min(1, pull))

/** Share of the day's largest demand, 0 … 1. */
export function demandAt(hour: number, weekday: number): number {
  const hump = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
  const isOpen = hour > 6 && hour < 22
  if (weekday >= 6) return Math.max(isOpen ? 0.35 : 0.06, 0.66 * hump(11, 2.4), 0.72 * hump(17, 3))
  return Math.max(isOpen ? 0.5 : 0.06, 0.95 * hump(8, 1.3), 0.97 * hump(18, 1.6))
}

/** As road-speed sensors have it: all traffic slows a little, a jam much. Never below a fifth of the free speed. */
export const slownessOf = (demand: number, jam: number): number =>
  1 / Math.max(0.2, (1 - 0.09 * demand) * (1 - 0.8 * jam))

export function traffic(
  ground: Ground,
  weather: Weather,
  roads: readonly RoadFeature[],
  draws: readonly LonLat[],
): Traffic {
  const cellM = Math.max(450, (2 * ground.reachM) / mostAcross)
  const cellOf = (x: number, y: number) => `${Math.floor(x / cellM)},${Math.floor(y / cellM)}`
  const network = roadNetwork(
    roads.map(({ properties, geometry }) => ({
      speedKmh: properties.speedKmh,
      oneway: properties.oneway,
      coordinates: geometry.coordinates,
    })),
  )
  const regionOfCell = new Map<string, number>()
  const sums: { x: number; y: number; count: number }[] = []
  const regionOfNode = network.nodes.map((node) => {
    const [x, y] = [ground.xOf(node), ground.yOf(node)]
    const cell = cellOf(x, y)
    const region = regionOfCell.get(cell) ?? sums.length
    if (region === sums.length) {
      regionOfCell.set(cell, region)
      sums.push({ x: 0, y: 0, count: 0 })
    }
    const sum = sums[region] as (typeof sums)[number]
    sum.x += x
    sum.y += y
    sum.count++
    return region
  })
  const regions = sums.length
  const x = Float64Array.from(sums, (sum) => sum.x / sum.count)
  const y = Float64Array.from(sums, (sum) => sum.y / sum.count)
  // Where people work and change trains pulls in the morning and lets go in the evening.
  const pull = Float64Array.from(sums, (_, r) => {
    const fromMiddle = Math.hypot(x[r] as number, y[r] as number) / ground.reachM
    const near = draws.filter(
      (at) => Math.hypot(ground.xOf(at) - (x[r] as number), ground.yOf(at) - (y[r] as number)) < 900,
    )
    return 1 - fromMiddle + 0.12 * near.length
  })
  // Lanes from one neighbourhood into the next.
  const lanes = Array.from({ length: regions }, () => new Map<number, number>())
  const join = (from: number, to: number) => {
    const out = lanes[from] as Map<number, number>
    out.set(to, (out.get(to) ?? 0) + 1)
  }
  for (const edge of network.edges) {
    const from = regionOfNode[edge.from] as number
    const to = regionOfNode[edge.to] as number
    if (from === to) continue
    join(from, to)
    if (!edge.oneway) join(to, from)
  }
  const links = lanes.flatMap((out, from) => [...out].map(([to, count]) => ({ from, to, count })))
  const total = new Float64Array(regions)
  for (const { from, count } of links) total[from] = (total[from] as number) + count

  const jam = new Float64Array(regions)
  const wanted = new Float64Array(regions)
  const blocked = new Float64Array(regions)
  let inwards = 0
  /** Part of the traffic of `from` that goes on into `to`. */
  const share = (from: number, to: number, count: number) => {
    const lean = Math.tanh(6 * ((pull[to] as number) - (pull[from] as number)) * inwards)
    return (count / (total[from] as number)) * (1 + 0.9 * lean)
  }
  const regionAt = (px: number, py: number) => {
    const known = regionOfCell.get(cellOf(px, py))
    if (known !== undefined) return known
    let best = -1
    let near = Infinity
    for (let r = 0; r < regions; r++) {
      const away = Math.hypot((x[r] as number) - px, (y[r] as number) - py)
      if (away < near) [near, best] = [away, r]
    }
    return best
  }
  return {
    regions,
    regionAt,
    jam: (region) => (region < 0 ? 0 : (jam[region] as number)),
    upstreamOf: (region) =>
      links
        .filter(({ to }) => to === region)
        .map(({ from, to, count }) => ({ from, flow: share(from, to, count) }))
        .sort((a, b) => b.flow - a.flow)
        .map(({ from }) => from),
    step(seconds, hour, weekday, demand, obstacles) {
      const isWeekend = weekday >= 6
      inwards = isWeekend ? 0 : Math.exp(-(((hour - 8) / 2) ** 2)) - Math.exp(-(((hour - 18) / 2.4) ** 2))
      blocked.fill(0)
      for (const { x: ox, y: oy, taken } of obstacles) {
        const region = regionAt(ox, oy)
        if (region >= 0) blocked[region] = Math.min(0.9, (blocked[region] as number) + taken)
      }
      const load = demandAt(hour, weekday) * demand
      for (let r = 0; r < regions; r++) {
        const rain = weather.rainAt(x[r] as number, y[r] as number)
        const lost = Math.min(0.24, rain / 280)
        const capacity = (1 - lost) * (1 - (blocked[r] as number))
        const here = load * busy(pull[r] as number)
        wanted[r] = Math.max(0, Math.min(1, (here / capacity - 0.8) * 1.1))
      }
      for (const { from, to, count } of links) {
        const queue = (jam[to] as number) - spillsFrom
        if (queue > 0) wanted[from] = Math.min(1, (wanted[from] as number) + 1.6 * queue * share(from, to, count))
      }
      const late = 1 - Math.exp(-seconds / spreadS)
      for (let r = 0; r < regions; r++)
        jam[r] = (jam[r] as number) + ((wanted[r] as number) - (jam[r] as number)) * late
    },
  }
}
