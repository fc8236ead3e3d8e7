/** What a citizen, or a patrol, tells the city: by an app, which is the Open311 door, or to 12345 by telephone. */
import type { LonLat } from '../../shared/model/geo.ts'

export interface CitizenSite {
  readonly position: LonLat
  /** As people say it: 沐风路近汀兰广场. */
  readonly words: string
}
/** A call to 12345, city time. */
export interface TelephoneCall {
  /** From the first ring until somebody answers. */
  readonly ringS: number
  /** From then until what was told is written down. */
  readonly talkS: number
}
export interface CitizenRequest {
  readonly serviceCode: string
  readonly site: CitizenSite
  /** Some call without a pin on the map, with words alone. */
  readonly hasPosition: boolean
  readonly description: string
  readonly name: string
  readonly phone: string
  /** Account that reports, for example a patrol's; null = a citizen without one. */
  readonly accountId: string | null
  /** Null = by an app. */
  readonly call: TelephoneCall | null
}
