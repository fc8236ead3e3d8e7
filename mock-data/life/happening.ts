/**
 * What the physical city and its people say to each other. The world tells the troubles anyone there would notice; the source
 * of happenings tells what goes wrong in the city, which devices feel it, and how many people call about it. All instants are
 * epoch ms of the server's clock (`at` of a DoorInput); what follows the hour of the day asks the city's own time.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import type { DoorInput } from './door-input.ts'
import type { LivedCity } from './lived-city.ts'
import type { LifeRates } from './rates.ts'

export type HappeningCause = 'chance' | 'weather' | 'scenario' | 'follow-on'

/** A device that feels a happening, and what it says at the worst of it, in its kind's unit. */
export interface SensedBy {
  readonly code: string
  readonly worst: number
}

export interface Happening {
  readonly id: string
  readonly classCode: string
  /** Sensor kind it bends; null = no device feels it. */
  readonly kind: string | null
  readonly position: LonLat
  /** Where, as people say it: 沐风路近汀兰广场. */
  readonly site: string
  readonly startsAt: number
  /** Ends by itself then; null = lasts until somebody mends it. */
  readonly endsAt: number | null
  /** 0 … 1. */
  readonly severity: number
  readonly cause: HappeningCause
  /** The devices it bends, all of `kind`. Empty for one born of a trouble: the world bends those itself. */
  readonly sensed: readonly SensedBy[]
  /** Expected number of citizens who tell about it. */
  readonly callers: number
}

export const troubleKinds = [
  'flooded-road',
  'fallen-tree',
  'power-cut',
  'jam',
  'crowd',
  'gas-smell',
  'pump-failed',
  'low-water-pressure',
  'signals-out',
  'lift-trapped',
] as const
export type TroubleKind = (typeof troubleKinds)[number]

/** Something wrong in the physical world that people there would notice. The world bends the devices; people only talk. */
export interface Trouble {
  /** The same as long as it is the same trouble: a source begins at most one happening for it. */
  readonly key: string
  readonly what: TroubleKind
  readonly classCode: string
  readonly position: LonLat
  readonly site: string
  /** When it began to be noticeable. */
  readonly since: number
  /** 0 … 1; grows and falls while it lasts. */
  readonly severity: number
  readonly cause: Exclude<HappeningCause, 'chance'>
  /** How many citizens are expected to tell about it, where a script says so. */
  readonly callers?: number
}

export interface HappeningSource {
  /**
   * Those that begin in (`from`, `to`], oldest first. `troubles` are all that stand at `to`: the first time a key is there,
   * people may notice it (a happening with nothing sensed); once it is gone, that happening has ended.
   */
  begin(from: number, to: number, troubles: readonly Trouble[]): Happening[]
  /** Work of this class was finished here: answers the happenings it ended. */
  mended(classCode: string, position: LonLat, at: number): Happening[]
  /** By id; nothing that has ended. */
  readonly active: ReadonlyMap<string, Happening>
}

/** People who tell about happenings, and about what no device feels. */
export interface CallerSource {
  /** A happening began: some will call, later. */
  heard(happening: Happening): void
  /** What arrives at the hotline in (`from`, `to`], oldest first. */
  due(from: number, to: number): Extract<DoorInput, { door: 'open311' }>[]
}

/** What every part of life is told about time. */
export interface CityTime {
  /** The city's own time at a moment of the server's clock, epoch ms: runs `speed` times as fast from a chosen start. */
  cityAt(at: number): number
  /** Hours since the city's midnight, 0 ≤ hour < 24, at a moment of the city's own time. */
  hourOf(cityAt: number): number
  /** 1 = Monday … 7 = Sunday. */
  weekdayOf(cityAt: number): number
}

/** What the sources of happenings and of calls are made from: `happeningSource(options)`, `callerSource(options)`. */
export interface PeopleOptions {
  readonly city: LivedCity
  readonly seed: number
  /** Of the server's clock, epoch ms. */
  readonly startAt: number
  readonly speed: number
  /** Multiplies how many happenings and calls there are; 1 to 100. */
  readonly scale: number
  readonly time: CityTime
  readonly rates: LifeRates
  /** Codes of the services the hotline offers. */
  readonly services: ReadonlySet<string>
  /** What a scenario makes of the ordinary rate of calls at a moment of the city's own time; 1 = nothing. */
  readonly callFactorAt: (cityAt: number) => number
  /** The same for happenings by chance. */
  readonly chanceFactorAt: (cityAt: number) => number
}
