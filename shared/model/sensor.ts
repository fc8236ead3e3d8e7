/**
 * What a city measures. A sensor here is one SensorThings Datastream with its Thing's name and place.
 */
import type { DistrictId, Instant, SensorId } from './ids.ts'
import type { LonLat } from './geo.ts'

/** 停用检修: what it says is kept, and rings nobody until it is back. */
export interface OutOfService {
  readonly by: string
  readonly at: Instant
  readonly untilAt: Instant
  readonly reason: string
}

/** A sensor as the map, the desk and the rules see it. */
export interface Sensor {
  readonly id: SensorId
  readonly name: string
  readonly kind: string
  /** Unit symbol of the values kept; the kind's own wherever a conversion is known. */
  readonly unit: string
  /** Unit symbol the device sends; differs from `unit` where intake converts. */
  readonly sentUnit: string
  readonly thingId: number
  readonly position: LonLat | null
  readonly districtId: DistrictId | null
  readonly intervalMs: number
  readonly registeredAt: Instant
  /** The gateway it speaks through, as its Thing names it (`properties.gateway`); absent = none known. */
  readonly gateway?: string
  /** Absent = in service. */
  readonly outOfService?: OutOfService
}
