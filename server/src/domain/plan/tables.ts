/** The part of state that stands beside cases, and the cases themselves: all that its fold may see. */
import type { CasePlan } from '../../../../shared/model/case-plan.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { IncidentId, Instant } from '../../../../shared/model/ids.ts'
import type { TimerQueue } from '../deadline/timer-queue.ts'

export interface PlanTables {
  readonly incidents: Map<IncidentId, Incident>
  /** What stands beside each case in `incidents`, where anything does. */
  readonly casePlans: Map<IncidentId, CasePlan>
  /** When anything but the clock last spoke of each open case. */
  readonly heardAt: Map<IncidentId, Instant>
  /** When somebody must be called about each of them next, by its id. */
  readonly calls: TimerQueue
  /** When a report of each of them is late next, by its id. */
  readonly reportTimers: TimerQueue
}
