/** What a map draws of its sensors: one alone, or a crowd of them that shows the worst level within. */
import type { Priority } from './alarm.ts'
import type { BBox, LonLat } from './geo.ts'
import type { SensorId } from './ids.ts'

export interface SensorMark {
  /** Of a crowd the middle of its sensors. */
  readonly at: LonLat
  readonly count: number
  /** 0 where nothing is wrong. */
  readonly worst: Priority | 0
  /** Sensors whose alarm holds, and those of them that a drill raised. */
  readonly abnormal: number
  readonly drilled: number
  /** Sensors silent for too long. */
  readonly late: number
  /** Of one alone. */
  readonly sensorId?: SensorId
  readonly kind?: string
}

/** What a map shows: the box in degrees, and its zoom as on a desk, in tiles of 512 pixels. */
export interface MapView {
  readonly bbox: BBox
  readonly zoom: number
}
