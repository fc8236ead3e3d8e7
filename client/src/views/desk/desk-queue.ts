/** What must be done now, worst first: the order of the desk's queue. Pure. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { Incident, IncidentState } from '../../../../shared/model/incident.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'

/** Yellow when no more than this share of the stage's time is left. */
const soonShare = 0.2

export const queueGroups = [
  'alarms',
  'reported',
  'pending-filing',
  'pending-dispatch',
  'handling',
  'pending-feedback',
  'pending-check',
  'pending-close',
] as const
export type QueueGroup = (typeof queueGroups)[number]

/** Which group a case waits in; crews under way count as handling. */
export const groupOfState = (state: IncidentState): QueueGroup | null =>
  state === 'pending-receipt' ? 'handling' : (queueGroups.find((group) => group === state) ?? null)

export type Timeliness = 'over' | 'soon' | 'fine' | 'none'

export function timelinessOf(incident: Incident, nowAt: number): Timeliness {
  const due = incident.stageDueAt ?? incident.dueAt
  if (due === null) return 'none'
  if (nowAt > due) return 'over'
  return due - nowAt <= (due - incident.stateSince) * soonShare ? 'soon' : 'fine'
}

export type QueueRow =
  | { readonly kind: 'group'; readonly key: string; readonly group: QueueGroup; readonly count: number }
  | { readonly kind: 'alarm'; readonly key: string; readonly alarm: Alarm }
  | { readonly kind: 'incident'; readonly key: string; readonly incident: Incident; readonly timeliness: Timeliness }

export interface QueueFilter {
  readonly words: string
  readonly only: 'all' | 'unlocated' | 'overdue'
}

const urgency: Record<Timeliness, number> = { over: 0, soon: 1, fine: 2, none: 3 }
const holds = (words: string, ...texts: readonly (string | null)[]) =>
  words === '' || texts.some((text) => text !== null && text.toLowerCase().includes(words))

/** Late before soon before the rest; then the more urgent; then the one that waits longest. */
function byNeed(a: Extract<QueueRow, { kind: 'incident' }>, b: Extract<QueueRow, { kind: 'incident' }>): number {
  return (
    urgency[a.timeliness] - urgency[b.timeliness] ||
    a.incident.priority - b.incident.priority ||
    a.incident.stateSince - b.incident.stateSince ||
    (a.incident.id < b.incident.id ? -1 : 1)
  )
}

/** Rows of the queue: each group's line, then its alarms or cases. Empty groups are left out. */
export function queueRows(
  alarms: readonly Alarm[],
  incidents: readonly Incident[],
  filter: QueueFilter,
  nowAt: number,
): readonly QueueRow[] {
  const words = filter.words.trim().toLowerCase()
  const groups = new Map<QueueGroup, QueueRow[]>(queueGroups.map((group) => [group, []]))
  if (filter.only === 'all')
    for (const alarm of alarms)
      if (alarm.incidentId === null && holds(words, alarm.id, alarm.sensorName, alarm.name.zh, alarm.name.en))
        groups.get('alarms')?.push({ kind: 'alarm', key: `alarm ${alarm.id}`, alarm })
  for (const incident of incidents) {
    const group = groupOfState(incident.state)
    if (group === null || !holds(words, incident.id, incident.title, incident.address, incident.description)) continue
    const timeliness = timelinessOf(incident, nowAt)
    if (filter.only === 'unlocated' && incident.position !== null) continue
    if (filter.only === 'overdue' && timeliness !== 'over') continue
    groups.get(group)?.push({ kind: 'incident', key: `incident ${incident.id}`, incident, timeliness })
  }
  return queueGroups.flatMap((group): QueueRow[] => {
    const rows = groups.get(group) ?? []
    if (rows.length === 0) return []
    if (group !== 'alarms') (rows as Extract<QueueRow, { kind: 'incident' }>[]).sort(byNeed)
    return [{ kind: 'group', key: `group ${group}`, group, count: rows.length }, ...rows]
  })
}

/** The selectable row `step` lines on from this key, staying at the ends. */
export function neighbour(rows: readonly QueueRow[], key: string | null, step: 1 | -1): QueueRow | null {
  const selectable = rows.filter((row) => row.kind !== 'group')
  const at = selectable.findIndex((row) => row.key === key)
  if (at < 0) return selectable[0] ?? null
  return selectable[Math.max(0, Math.min(selectable.length - 1, at + step))] ?? null
}

/** Where the map should look for this row; null where nobody knows. */
export const placeOfRow = (row: QueueRow | null): LonLat | null =>
  row === null || row.kind === 'group' ? null : row.kind === 'alarm' ? row.alarm.position : row.incident.position
