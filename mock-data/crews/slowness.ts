/** How much longer a way takes than on a free road, by the traffic there and then. */
import type { LonLat } from '../../shared/model/geo.ts'
import { demandAt, slownessOf } from '../world/traffic.ts'
import type { Drive, Leg } from './road-map.ts'

/** Times as long as on a free road, at least 1. */
export type Slowness = (position: LonLat) => number

/** Where nobody plays the traffic: by hour and weekday alone. */
export const ordinarySlowness = (hour: number, weekday: number): number => slownessOf(demandAt(hour, weekday), 0)

/** Long legs pass through several neighbourhoods. */
const sampleM = 1200
const degreeM = 111_320

/** The legs as they are driven now; `felt` = part of the delay this crew feels (blue lights), 0 … 1. */
export function slowed(legs: readonly Leg[], slowness: Slowness, felt: number): Drive['legs'] {
  return legs.map((leg) => {
    const { from, to, seconds } = leg
    const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180)
    const parts = Math.min(8, Math.ceil((Math.hypot(east, to[1] - from[1]) * degreeM) / sampleM) || 1)
    let sum = 0
    for (let i = 0; i < parts; i++) {
      const t = (i + 0.5) / parts
      sum += slowness([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t])
    }
    return { ...leg, seconds: seconds * (1 + felt * (sum / parts - 1)) }
  })
}
