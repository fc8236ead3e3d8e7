/** What a citizen, or a patrol, sends to the Open311 door. */
import type { LonLat } from '../../shared/model/geo.ts'

export interface CitizenSite {
  readonly position: LonLat
  /** As people say it: 沐风路近汀兰广场. */
  readonly words: string
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
}
