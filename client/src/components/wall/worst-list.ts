/**
 * What is wrong now, worst first: open cases, and standing alarms that no case stands for. Pure.
 */
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { DistrictId, Instant } from '../../../../shared/model/ids.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { isActiveAssignment, isOpenState, type Incident } from '../../../../shared/model/incident.ts'

/** How much of a limit is used up: `share` 0 to 1 while in time, above 1 when past. */
export interface TimeLeft {
  readonly dueAt: Instant
  readonly share: number
}

interface WrongBase {
  readonly id: string
  readonly level: Priority
  /** The clock of its age. */
  readonly sinceAt: Instant
  readonly position: LonLat | null
  readonly districtId: DistrictId | null
  /** Nobody has taken it, and it is of the two upper levels: the only thing that may pulse. */
  readonly isUnattended: boolean
  readonly isDrill: boolean
  readonly left: TimeLeft | null
}
export type Wrong =
  | (WrongBase & { readonly type: 'incident'; readonly incident: Incident; readonly crews: readonly string[] })
  | (WrongBase & { readonly type: 'alarm'; readonly alarm: Alarm })

/** The present stage's limit where it has one, else the whole case's. */
export function timeLeft(incident: Incident, nowAt: Instant): TimeLeft | null {
  const limits: [Instant | null, Instant | null][] = [
    [incident.stateSince, incident.stageDueAt],
    [incident.filedAt, incident.dueAt],
  ]
  for (const [startAt, dueAt] of limits) {
    if (startAt === null || dueAt === null) continue
    return { dueAt, share: dueAt <= startAt ? 1 : Math.max(0, (nowAt - startAt) / (dueAt - startAt)) }
  }
  return null
}

function wrongIncident(incident: Incident, nowAt: Instant): Wrong {
  return {
    type: 'incident',
    id: incident.id,
    level: incident.priority,
    sinceAt: incident.reportedAt,
    position: incident.position,
    districtId: incident.districtId,
    isUnattended: incident.state === 'reported' && incident.priority <= 2,
    isDrill: incident.drill,
    left: timeLeft(incident, nowAt),
    incident,
    crews: incident.assignments.filter((row) => isActiveAssignment(row.state)).map((row) => row.unitId),
  }
}

function wrongAlarm(alarm: Alarm): Wrong {
  return {
    type: 'alarm',
    id: alarm.id,
    level: alarm.priority,
    sinceAt: alarm.occurredAt,
    position: alarm.position,
    districtId: alarm.districtId,
    isUnattended: alarm.state === 'unacknowledged' && alarm.priority <= 2,
    isDrill: alarm.drill,
    left: null,
    alarm,
  }
}

/** Worst level, then what is real, then what nobody has taken, then what is late, then what waits longest; equal in all, by id. */
export function byWorst(a: Wrong, b: Wrong): number {
  return (
    a.level - b.level ||
    Number(a.isDrill) - Number(b.isDrill) ||
    Number(b.isUnattended) - Number(a.isUnattended) ||
    Number((b.left?.share ?? 0) >= 1) - Number((a.left?.share ?? 0) >= 1) ||
    a.sinceAt - b.sinceAt ||
    (a.id < b.id ? -1 : 1)
  )
}

/** An alarm whose case is open is told by that case; one that has returned is no longer wrong. */
export function worstList(incidents: readonly Incident[], alarms: readonly Alarm[], nowAt: Instant): Wrong[] {
  const open = incidents.filter((incident) => isOpenState(incident.state))
  const openIds = new Set(open.map((incident) => incident.id))
  const standing = alarms.filter(
    (alarm) =>
      (alarm.state === 'unacknowledged' || alarm.state === 'acknowledged') &&
      (alarm.incidentId === null || !openIds.has(alarm.incidentId)),
  )
  return [...open.map((incident) => wrongIncident(incident, nowAt)), ...standing.map(wrongAlarm)].sort(byWorst)
}

/** How many of each level. */
export function countByLevel(list: readonly Wrong[]): Record<Priority, number> {
  const counts: Record<Priority, number> = { 1: 0, 2: 0, 3: 0, 4: 0 }
  for (const { level } of list) counts[level] += 1
  return counts
}
