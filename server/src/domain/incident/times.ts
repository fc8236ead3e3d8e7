/**
 * Which of T0 … T14 an event stamps. Guarantees: a time once stamped stays, whatever comes later; what was told late counts by when it
 * happened. Logs and rows from before the times were kept have them from the same events.
 */
import type { CaseTimeCode, CaseTimes } from '../../../../shared/model/case-times.ts'
import type { IncidentEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { stamped } from '../../../../shared/model/case-times.ts'
import { isActiveAssignment } from '../../../../shared/model/incident.ts'
import { timesOf } from '../../../../shared/model/times-of-case.ts'

type EventType = IncidentEvent['type']

const stampOf: Partial<Record<EventType, CaseTimeCode>> = {
  'incident.located': 'T2',
  'incident.filed': 'T4',
  'incident.reclassified': 'T4',
  'incident.dispatched': 'T5',
  'incident.acknowledged': 'T6',
  'incident.departed': 'T7',
  'incident.staged': 'T8',
  'incident.arrived': 'T9',
  'incident.controlled': 'T10',
  'incident.transporting': 'T11',
  'incident.reached': 'T12',
  'incident.assigned': 'T5',
  'incident.sent-back': 'T5',
  'incident.closed': 'T14',
  'incident.force-closed': 'T14',
  'incident.rejected': 'T14',
  'incident.voided': 'T14',
}

/** The case with its times after this event; `at` = when it happened. */
export function withTimes(incident: Incident, event: IncidentEvent, at: Instant): Incident {
  if (event.type === 'incident.reported') return { ...incident, times: firstTimes(incident) }
  const before = timesOf(incident)
  const code = stampOf[event.type] ?? (isAllClear(incident, event.type) ? 'T13' : undefined)
  const times = code === undefined ? before : stamped(before, code, at)
  return times === incident.times ? incident : { ...incident, times }
}

/** The last of those that worked on it is free, and nobody else is still on it. */
const isAllClear = ({ assignments }: Incident, type: EventType): boolean =>
  (type === 'incident.finished' || type === 'incident.cleared' || type === 'incident.recalled') &&
  assignments.some(({ state }) => state === 'done') &&
  assignments.every(({ state, clearing }) => !isActiveAssignment(state) && clearing !== true)

/** What a report brings: who reported it said what it is and, often, where. */
function firstTimes({ times, reportedAt, position }: Incident): CaseTimes {
  return { T0: reportedAt, ...times, T3: reportedAt, ...(position === null ? {} : { T2: reportedAt }) }
}
