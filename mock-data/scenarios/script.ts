/**
 * What a scenario is written in: causes only, in minutes of city time from its beginning and in parts of the city, so that the
 * same script plays in any city; and what is expected to come of them, for those who judge.
 */
import type { PlaceFeature, DeviceRow } from '../../shared/contract/city-pack.ts'
import type { ScenarioCode } from '../../shared/model/scenario.ts'
import type { TroubleKind } from '../life/happening.ts'

/** A point of a curve over time: from this minute on towards the next point's value. */
export type Curve = readonly (readonly [minute: number, value: number])[]

/** East and north of the middle, in parts of the city's reach: −1 … 1. */
export type Spot = readonly [east: number, north: number]
/** Where something is: a spot, or the n-th place or device of a kind, from the middle of the city outwards. */
export type Where =
  | { readonly spot: Spot }
  | { readonly place: RegExp; readonly nth?: number }
  | { readonly device: string; readonly nth?: number }

export interface RainScript {
  readonly fromMin: number
  readonly toMin: number
  /** Where its middle is at the beginning and at the end. */
  readonly from: Spot
  readonly to: Spot
  /** In parts of the city's reach. */
  readonly radius: number
  readonly peakMmH: number
}

export type WarningLevel = 'blue' | 'yellow' | 'orange' | 'red'
export interface WarningScript {
  readonly atMin: number
  /** Valid for this long. */
  readonly forMin: number
  readonly kind: 'rainstorm' | 'typhoon' | 'gas' | 'crowd' | 'power' | 'lightning'
  readonly level: WarningLevel
  /** Around the whole city, or around a place, in parts of its reach. */
  readonly where: Where | null
  readonly radius?: number
}

interface Lasting {
  readonly fromMin: number
  readonly toMin: number
  readonly where: Where
}

export interface ScenarioScript {
  readonly code: ScenarioCode
  /** Hour and weekday of the city's own time it begins at; null = whatever the time is. 1 = Monday … 7 = Sunday. */
  readonly begins: { readonly hour: number; readonly weekday?: number; readonly month?: number } | null
  readonly lastsMin: number
  readonly isDryOtherwise: boolean
  readonly rain?: readonly RainScript[]
  /** Mean wind, m/s. */
  readonly wind?: Curve
  /** Of the roads: multiplies the hour's. */
  readonly demand?: Curve
  readonly leaks?: readonly (Lasting & { readonly peakLel: number })[]
  readonly gatherings?: readonly (Lasting & { readonly radiusM: number; readonly peak: number })[]
  readonly outages?: readonly Lasting[]
  readonly pumpFailures?: readonly Lasting[]
  readonly accidents?: readonly (Lasting & { readonly taken: number })[]
  readonly noticed?: readonly (Lasting & {
    readonly what: TroubleKind
    readonly classCode: string
    readonly severity: number
    readonly callers: number
  })[]
  /** Multiply the ordinary rates of calls and of happenings by chance. */
  readonly calls?: Curve
  readonly chance?: Curve
  readonly warnings?: readonly WarningScript[]
  readonly expected: Expected
}

/** One alarm rule that is to speak. */
export interface ExpectedAlarm {
  readonly ruleId: string
  /** How many alarms, least and most. `most` null = no bound. */
  readonly least: number
  readonly most: number | null
  /** When the first one comes, minutes from the beginning. */
  readonly firstFromMin: number
  readonly firstToMin: number
}

export interface Expected {
  readonly alarms: readonly ExpectedAlarm[]
  /** Rules in the order in which each first speaks. */
  readonly order: readonly string[]
  /** Rules that stay silent. */
  readonly silent: readonly string[]
  /** Warnings that are told: level by level. */
  readonly warnings: readonly WarningLevel[]
  /** Least number of troubles that people notice, by what they are. */
  readonly noticed: Readonly<Partial<Record<TroubleKind, number>>>
}

/** A curve's value at a minute: straight between its points, flat before the first and after the last. */
export function curveAt(curve: Curve, minute: number): number {
  let [before, value] = curve[0] ?? [0, 0]
  if (minute <= before) return value
  for (const [at, next] of curve) {
    if (minute < at) return value + ((next - value) * (minute - before)) / (at - before || 1)
    ;[before, value] = [at, next]
  }
  return value
}

export interface ScriptedCity {
  readonly devices: readonly DeviceRow[]
  readonly places: readonly PlaceFeature[]
}
