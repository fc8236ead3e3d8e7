/**
 * A drill (演练): a scripted day lived through the city's own doors and desk while the real day goes on beside it. Crews sent
 * in it are really busy; what it brings is marked wherever it goes, and can neither raise, clear nor hide anything real.
 */
import type { DrillId, Instant } from './ids.ts'
import type { ScenarioCode } from './scenario.ts'
import type { Term } from './term.ts'
import { refuse } from './refusal.ts'

export interface Drill {
  readonly id: DrillId
  readonly version: number
  readonly scenario: ScenarioCode
  readonly name: Term
  readonly startedBy: string
  readonly startedAt: Instant
  /** Null while it runs. One runs at a time. */
  readonly endedAt: Instant | null
  /** Its cases and alarms are in the KPIs, as if they were real. */
  readonly countsInKpi: boolean
  /** The same scenario with the same seed brings the same day. 0 ≤ seed < 2³². */
  readonly seed: number
}

const hourMs = 3_600_000
/** A drill nobody ended ends by itself after this long: one shift, so that the next never takes over a day that is not real unawares. */
export const longestDrillMs = 8 * hourMs

/** Told to whoever shows the key of drills, or the mark of one, while none runs. */
export const noDrillRuns = refuse(
  'FORBIDDEN',
  'no drill is running: this key brings what drills bring, and nothing else',
)

/** What is said of everything a drill leaves open when it ends. */
export const drillEndedReason = '演练结束'

/** The running one, of those the state lane holds. */
export const runningDrill = (drills: ReadonlyMap<string, Drill>): Drill | null => {
  for (const drill of drills.values()) if (drill.endedAt === null) return drill
  return null
}
