/**
 * The city's sensors in numbers, as a wall shows them: made by the server out of every latest value, so that a page needs neither register nor
 * values. Guarantees of its maker: a number is only made of values that are fresh and trusted, and where there are none it is null, never 0.
 */
import type { DistrictId, Instant, SensorId } from './ids.ts'

/** Silent for longer than this many of its intervals = late. */
export const lateAfterIntervals = 3

/** The sensor with the highest or the lowest value of its kind. */
export interface Extreme {
  readonly sensorId: SensorId
  readonly districtId: DistrictId | null
  readonly value: number
}

/** One kind of sensor across the city, or across the part of it an account sees. */
export interface KindVitals {
  /** Kinds nobody knows are counted together as `other`. */
  readonly kind: string
  /** Registered; those before whose value a drill's stands are left out. */
  readonly count: number
  /** Of these, fresh and trusted: what the numbers are made of. */
  readonly fresh: number
  readonly mean: number | null
  readonly highest: Extreme | null
  readonly lowest: Extreme | null
  /** Newest of the fresh values, or of the late ones where none is fresh; null before the first. */
  readonly asOfAt: Instant | null
}

/** How many gauges of each kind are told one by one, in this order. */
export const gaugesTold = { 'water-depth': 4, 'river-level': 3, rainfall: 2 } as const
export type GaugeKind = keyof typeof gaugesTold
export const gaugeKinds = Object.keys(gaugesTold) as GaugeKind[]

export interface GaugeReading {
  readonly id: SensorId
  readonly kind: GaugeKind
  readonly name: string
  readonly districtId: DistrictId | null
  /** Null where it never spoke, or said what nobody trusts. */
  readonly value: number | null
  readonly phenomenonAt: Instant | null
  readonly isLate: boolean
  /** Said by a drill, and marked as such. */
  readonly isDrill: boolean
}

export interface PumpCounts {
  readonly registered: number
  readonly running: number
  readonly standing: number
  readonly failed: number
  /** Late or without a value: nobody knows. */
  readonly unknown: number
}

export interface CityVitals {
  readonly registered: number
  readonly outOfService: number
  /** Late, or never heard of, by district; those out of service left out. */
  readonly silent: readonly { readonly districtId: DistrictId | null; readonly count: number }[]
  readonly kinds: readonly KindVitals[]
  /** The highest of each kind, those that speak first. */
  readonly gauges: readonly GaugeReading[]
  readonly pumps: PumpCounts
}
