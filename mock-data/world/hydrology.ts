/**
 * Water on the ground. Rain runs to a low point through its drains: they take what they can, the rest stands, and it comes
 * late, because a catchment is not a pipe. Pumps switch on by the level they see, and stop when they fail or lose power.
 * The river carries tide, and hours later the rain from upstream.
 */
import { seededRandom, seedFrom } from '../city/random.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { Ground } from './ground.ts'
import type { Weather } from './weather.ts'

export interface WaterSite {
  readonly code: string
  readonly position: LonLat
  /** It lies under a road or a railway: more ground drains to it. */
  readonly isUnderpass: boolean
}

export interface Hydrology {
  /** Takes the water on by `seconds`; the weather is of this moment. `isDown`: this pump has failed, or has no power. */
  step(seconds: number, cityAt: number, isDown: (pumpIndex: number) => boolean): void
  /** Standing water at a low point, cm. */
  depth(index: number): number
  /** 0 standing, 1 running, 2 failed. */
  pumpState(index: number): 0 | 1 | 2
  /** Above the gauge's own quiet level: tide and rain, m. */
  readonly riverRise: number
  /** What the low point's own pump takes, by index of the pump; −1 = it has none. */
  pumpOf(index: number): number
}

/** A pump serves low points up to here. */
const pumpReachM = 1500
/** A pump takes the water of this much rain from each of its low points, mm/h. */
const pumpMmH = 22
const switchOnCm = 4
const switchOffCm = 0.5
/** From rain on the hills to the gauge in the city. */
const riverDelayS = 2.5 * 3600
/** Rise of the river for each mm/h of its slow, late rain. */
const riverRisePerMmH = 0.08

export function hydrology(
  seed: number,
  ground: Ground,
  weather: Weather,
  points: readonly WaterSite[],
  pumps: readonly LonLat[],
): Hydrology {
  const n = points.length
  const x = Float64Array.from(points, ({ position }) => ground.xOf(position))
  const y = Float64Array.from(points, ({ position }) => ground.yOf(position))
  const runoff = new Float64Array(n)
  const depth = new Float64Array(n)
  const drainMmH = new Float64Array(n)
  const gather = new Float64Array(n)
  const lagS = new Float64Array(n)
  const mostCm = new Float64Array(n)
  const pumpOf = new Int32Array(n).fill(-1)
  points.forEach((point, i) => {
    const random = seededRandom(seedFrom(seed, `low-${point.code}`))
    // No drain is smaller than an ordinary shower.
    drainMmH[i] = random.between(26, 58)
    gather[i] = point.isUnderpass ? random.between(12, 18) : random.between(4, 11)
    lagS[i] = random.between(8, 22) * 60
    mostCm[i] = point.isUnderpass ? random.between(80, 160) : random.between(22, 60)
    let near = pumpReachM
    pumps.forEach((pump, p) => {
      const away = Math.hypot(ground.xOf(pump) - (x[i] as number), ground.yOf(pump) - (y[i] as number))
      if (away < near) {
        near = away
        pumpOf[i] = p
      }
    })
  })
  const running = new Uint8Array(pumps.length)
  const failed = new Uint8Array(pumps.length)
  const highest = new Float64Array(pumps.length)
  let upstream = 0
  let riverRain = 0
  let tide = 0
  return {
    step(seconds, cityAt, isDown) {
      for (let p = 0; p < pumps.length; p++) {
        failed[p] = isDown(p) ? 1 : 0
        const level = highest[p] as number
        if (failed[p] || level < switchOffCm) running[p] = 0
        else if (level >= switchOnCm) running[p] = 1
        highest[p] = 0
      }
      for (let i = 0; i < n; i++) {
        const rain = weather.rainAt(x[i] as number, y[i] as number)
        const late = 1 - Math.exp(-seconds / (lagS[i] as number))
        runoff[i] = (runoff[i] as number) + (rain - (runoff[i] as number)) * late
        const pump = pumpOf[i] as number
        const taken = (drainMmH[i] as number) + (pump >= 0 && running[pump] ? pumpMmH : 0)
        const excess = (runoff[i] as number) - taken
        if (excess <= 0 && depth[i] === 0) continue
        // 1 mm over the catchment is `gather` mm here; a deeper pool is a wider one.
        const grow = (excess * 0.1 * (gather[i] as number) * (seconds / 3600)) / (1 + (depth[i] as number) / 60)
        depth[i] = Math.max(0, Math.min(mostCm[i] as number, (depth[i] as number) + grow))
        if (pump >= 0) highest[pump] = Math.max(highest[pump] as number, depth[i] as number)
      }
      upstream += (weather.cityRain - upstream) * (1 - Math.exp(-seconds / riverDelayS))
      riverRain += (upstream - riverRain) * (1 - Math.exp(-seconds / (riverDelayS / 3)))
      tide = 0.18 * Math.cos((cityAt / (12.42 * 3_600_000)) * 2 * Math.PI)
    },
    depth: (index) => depth[index] as number,
    pumpState: (index) => (failed[index] ? 2 : running[index] ? 1 : 0),
    get riverRise() {
      return tide + riverRisePerMmH * riverRain
    },
    pumpOf: (index) => pumpOf[index] as number,
  }
}
