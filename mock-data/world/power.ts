/** Power by feeder areas: what stands in one loses its supply together. */
import type { LonLat } from '../../shared/model/geo.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import type { Ground } from './ground.ts'

export interface Outage {
  readonly area: number
  /** City time, epoch ms. */
  readonly fromAt: number
  readonly toAt: number
}

export interface PowerAreas {
  readonly count: number
  areaAt(x: number, y: number): number
  middleOf(area: number): readonly [x: number, y: number]
}

/** About this far from feeder to feeder. */
const apartM = 1800
const mostAreas = 60

/** Around the substations of the pack, and around places of their own where it has too few. */
export function powerAreas(seed: number, ground: Ground, substations: readonly LonLat[]): PowerAreas {
  const random = seededRandom(seedFrom(seed, 'feeders'))
  const wanted = Math.max(4, Math.min(mostAreas, Math.round((2 * ground.reachM) ** 2 / apartM ** 2 / 2)))
  const middles = substations.map((at) => [ground.xOf(at), ground.yOf(at)] as const).slice(0, mostAreas)
  for (let tries = 0; middles.length < wanted && tries < 400; tries++) {
    const at = [random.between(-1, 1) * ground.reachM, random.between(-1, 1) * ground.reachM] as const
    if (middles.every(([x, y]) => Math.hypot(x - at[0], y - at[1]) > apartM * 0.7)) middles.push(at)
  }
  return {
    count: middles.length,
    middleOf: (area) => middles[area] ?? [0, 0],
    areaAt(x, y) {
      let best = 0
      let near = Infinity
      middles.forEach(([mx, my], area) => {
        const away = Math.hypot(mx - x, my - y)
        if (away < near) [near, best] = [away, area]
      })
      return best
    },
  }
}

export const isOut = (outages: readonly Outage[], area: number, cityAt: number): boolean =>
  outages.some((outage) => outage.area === area && outage.fromAt <= cityAt && cityAt < outage.toAt)

/** These speak on when the mains are gone: they have a battery, or tell of the supply itself. */
export const batteryKinds: ReadonlySet<string> = new Set([
  'supply-voltage',
  'methane',
  'water-depth',
  'manhole-tilt',
  'smoke',
  'bin-fill',
  'river-level',
  'rainfall',
  'elevator',
  'street-light',
  'pump',
  'home-care',
  'gas-pressure',
  'water-pressure',
])
