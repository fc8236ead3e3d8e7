/**
 * How traffic runs on a stretch of road, by the share of its limit that is still driven. The shares are this project's: standards reckon with
 * the free speed of each road, which a city has measured or has not.
 */
import type { SensorId } from './ids.ts'
import type { LonLat } from './geo.ts'

/** The road between two junctions that a speed sensor stands at. */
export interface RoadStretch {
  readonly sensorId: SensorId
  /** How often it speaks: what is said of the road is known for a few of these. */
  readonly intervalMs: number
  /** What it may be driven at, km/h. */
  readonly freeKmh: number
  readonly path: readonly LonLat[]
}

export const roadFlows = ['free', 'fair', 'congested', 'jammed'] as const
export type RoadFlow = (typeof roadFlows)[number]

/** `fair` up to seven tenths of the free speed, `congested` up to a half, `jammed` up to three tenths; each limit belongs to the worse. */
export function roadFlowOf(kmh: number, freeKmh: number): RoadFlow {
  const share = kmh / freeKmh
  if (share > 0.7) return 'free'
  if (share > 0.5) return 'fair'
  return share > 0.3 ? 'congested' : 'jammed'
}
