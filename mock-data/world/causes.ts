/** What is done to the city from outside its own course: by a scenario, by chance, by hand. Instants are city time, epoch ms. */
import type { TroubleKind } from '../life/happening.ts'
import type { Gathering } from './crowds.ts'
import type { Leak } from './gas.ts'
import type { Outage } from './power.ts'
import type { ForcedWeather } from './weather.ts'

/** A pump that does not run, by the code of its device. */
export interface PumpFailure {
  readonly code: string
  readonly fromAt: number
  readonly toAt: number
}
/** Something that takes capacity from the roads around it. */
export interface Accident {
  readonly fromAt: number
  readonly toAt: number
  readonly x: number
  readonly y: number
  readonly taken: number
}
/** What people notice and no device does. */
export interface Noticed {
  readonly what: TroubleKind
  readonly classCode: string
  readonly fromAt: number
  readonly toAt: number
  readonly x: number
  readonly y: number
  readonly severity: number
  readonly callers: number
}

export interface Causes {
  readonly weather: ForcedWeather | null
  /** Multiplies the hour's demand on the roads. */
  readonly demandAt: (cityAt: number) => number
  readonly leaks: readonly Leak[]
  readonly gatherings: readonly Gathering[]
  readonly outages: readonly Outage[]
  readonly pumpFailures: readonly PumpFailure[]
  readonly accidents: readonly Accident[]
  readonly noticed: readonly Noticed[]
}

export const noCauses: Causes = {
  weather: null,
  demandAt: () => 1,
  leaks: [],
  gatherings: [],
  outages: [],
  pumpFailures: [],
  accidents: [],
  noticed: [],
}
