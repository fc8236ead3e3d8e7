/** What must be done now, worst first: the order of the desk's queue. Pure. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import { isRolledUp, loadOf, type AlarmGroup } from '../../../../shared/model/load-control.ts'
import type { Incident, IncidentState } from '../../../../shared/model/incident.ts'
import { flooded, putAside, replyLimit, supervised, type ViewGroup } from './queue-views.ts'
import { caseLimitOf, stageLimitOf, timelinessOf, type Limit, type Timeliness } from './desk-clock.ts'

export const queueGroups = [
  'alarms',
  'reported',
  'pending-filing',
  'pending-dispatch',
  'handling',
  'pending-feedback',
  'pending-check',
  'pending-close',
  'suspended',
] as const
export type QueueGroup = (typeof queueGroups)[number]

/** Crews under way and departments asked count as handling, what came back as still to be sent. */
const groupBeside: Partial<Record<IncidentState, QueueGroup>> = {
  verifying: 'reported',
  returned: 'pending-dispatch',
  'pending-sign': 'handling',
  'pending-receipt': 'handling',
}
/** Which group a case waits in. */
export const groupOfState = (state: IncidentState): QueueGroup | null =>
  groupBeside[state] ?? queueGroups.find((group) => group === state) ?? null

export interface AlarmRow {
  readonly kind: 'alarm'
  readonly key: string
  readonly alarm: Alarm
}
/** Alarms that belong together: one line, and under it those of them that are not rolled up. */
export interface ClusterRow {
  readonly kind: 'cluster'
  readonly key: string
  readonly cluster: AlarmGroup
}
export interface IncidentRow {
  readonly kind: 'incident'
  readonly key: string
  readonly incident: Incident
  /** The clock that runs: the stage's, else the case's. */
  readonly limit: Limit | null
  readonly timeliness: Timeliness
}
export type QueueRow =
  | { readonly kind: 'group'; readonly key: string; readonly group: QueueGroup | ViewGroup; readonly count: number }
  | ClusterRow
  | AlarmRow
  | IncidentRow

/** The queue as it is and cut down, then looked at another way. */
export const queueChoices = ['all', 'unlocated', 'overdue', 'supervised', 'shelved', 'flood'] as const
export type QueueChoice = (typeof queueChoices)[number]
/** The next way to look at it, round and round: from the whole queue one step back is the flood. */
export function choiceAfter(choice: QueueChoice, by: 1 | -1): QueueChoice {
  const at = queueChoices.indexOf(choice) + by + queueChoices.length
  return queueChoices[at % queueChoices.length] ?? 'all'
}
export interface QueueFilter {
  readonly words: string
  readonly only: QueueChoice
}

/** Why the queue shows no row: not read yet, nothing there, or nothing of what is looked for. */
export const emptyQueue = (isUnknown: boolean | undefined, { words, only }: QueueFilter) =>
  isUnknown ? 'state.loading' : words === '' && only === 'all' ? 'desk.nothing' : 'desk.nothingHere'

export const alarmKey = (id: string) => `alarm ${id}`
export const clusterKey = (id: string) => `cluster ${id}`
export const incidentKey = (id: string) => `incident ${id}`

const urgency: Record<Timeliness, number> = { over: 0, soon: 1, fine: 2, none: 3, paused: 4 }
const holds = (words: string, ...texts: readonly (string | null)[]) =>
  words === '' || texts.some((text) => text !== null && text.toLowerCase().includes(words))

/** Late before soon before the rest; then the more urgent; then the one that waits longest. */
const byNeed = (a: IncidentRow, b: IncidentRow): number =>
  urgency[a.timeliness] - urgency[b.timeliness] ||
  a.incident.priority - b.incident.priority ||
  a.incident.stateSince - b.incident.stateSince ||
  (a.incident.id < b.incident.id ? -1 : 1)

export function incidentRow(incident: Incident, nowAt: number): IncidentRow {
  const limit = stageLimitOf(incident) ?? caseLimitOf(incident)
  const key = incidentKey(incident.id)
  return { kind: 'incident', key, incident, limit, timeliness: timelinessOf(limit, nowAt) }
}

const alarmRow = (alarm: Alarm): AlarmRow => ({ kind: 'alarm', key: alarmKey(alarm.id), alarm })

export interface Clusters {
  readonly groups: ReadonlyMap<string, AlarmGroup>
  readonly isFlood: boolean
}

/** Before the first alarm of each group the group's own line. In a flood the low ones are in that line alone; critical ones stay on top. */
function clustered(alarms: readonly Alarm[], { groups, isFlood }: Clusters): (AlarmRow | ClusterRow)[] {
  const shown = new Set<string>()
  return alarms.flatMap((alarm): (AlarmRow | ClusterRow)[] => {
    const cluster = groups.get(loadOf(alarm).groupId ?? '')
    if (cluster === undefined) return [alarmRow(alarm)]
    const isFirst = !shown.has(cluster.id)
    shown.add(cluster.id)
    const line: ClusterRow = { kind: 'cluster', key: clusterKey(cluster.id), cluster }
    return [...(isFirst ? [line] : []), ...(isFlood && isRolledUp(alarm.priority) ? [] : [alarmRow(alarm)])]
  })
}

const headed = (group: QueueGroup | ViewGroup, rows: readonly QueueRow[], count = rows.length): readonly QueueRow[] =>
  rows.length === 0 ? [] : [{ kind: 'group', key: `group ${group}`, group, count }, ...rows]

/** Another look at what is there; null where the queue itself is meant. `hidden`: alarms that ring nobody. */
function viewRows(
  { only, words: typed }: QueueFilter,
  alarms: readonly Alarm[],
  hidden: readonly Alarm[],
  incidents: readonly Incident[],
  nowAt: number,
  { groups }: Clusters,
): readonly QueueRow[] | null {
  const words = typed.trim().toLowerCase()
  const isSaid = ({ id, sensorName, name }: Alarm) => holds(words, id, sensorName, name.zh, name.en)
  if (only === 'supervised') {
    const shown = incidents.filter(({ id, title, address }) => holds(words, id, title, address))
    const row = (incident: Incident): IncidentRow => {
      const limit = replyLimit(incident)
      return { ...incidentRow(incident, nowAt), limit, timeliness: timelinessOf(limit, nowAt) }
    }
    return [...supervised(shown)].flatMap(([group, cases]) => headed(group, cases.map(row)))
  }
  if (only === 'shelved')
    return [...putAside(hidden.filter(isSaid))].flatMap(([group, all]) => headed(group, all.map(alarmRow)))
  if (only !== 'flood') return null
  const { pinned, rolledUp, rest } = flooded(alarms.filter(isSaid), groups)
  const lines = rolledUp.map((cluster): ClusterRow => ({ kind: 'cluster', key: clusterKey(cluster.id), cluster }))
  return [
    ...headed('flood-pinned', pinned.map(alarmRow)),
    ...headed('flood-groups', lines),
    ...headed('flood-rest', rest.map(alarmRow)),
  ]
}

/** Rows of the queue: each group's line, then its alarms (given worst first) or cases. Empty groups are left out. */
export function queueRows(
  alarms: readonly Alarm[],
  incidents: readonly Incident[],
  filter: QueueFilter,
  nowAt: number,
  clusters: Clusters = { groups: new Map(), isFlood: false },
  hidden: readonly Alarm[] = [],
): readonly QueueRow[] {
  const view = viewRows(filter, alarms, hidden, incidents, nowAt, clusters)
  if (view !== null) return view
  const words = filter.words.trim().toLowerCase()
  const cases = new Map<QueueGroup, IncidentRow[]>()
  for (const incident of incidents) {
    const group = groupOfState(incident.state)
    const { id, title, address, description, classCode } = incident
    if (group === null || !holds(words, id, title, address, description, classCode)) continue
    const row = incidentRow(incident, nowAt)
    if (filter.only === 'unlocated' && incident.position !== null) continue
    if (filter.only === 'overdue' && row.timeliness !== 'over') continue
    const rows = cases.get(group)
    if (rows === undefined) cases.set(group, [row])
    else rows.push(row)
  }
  const loose = filter.only === 'all' ? alarms.filter((alarm) => alarm.incidentId === null) : []
  const alarmRows = loose.filter(({ id, sensorName, name }) => holds(words, id, sensorName, name.zh, name.en))
  // Who looks for words looks for alarms, rolled up or not.
  const alarmLines = words === '' ? clustered(alarmRows, clusters) : alarmRows.map(alarmRow)
  return queueGroups.flatMap((group): readonly QueueRow[] => {
    const rows = group === 'alarms' ? alarmLines : (cases.get(group)?.sort(byNeed) ?? [])
    return headed(group, rows, group === 'alarms' ? alarmRows.length : rows.length)
  })
}

const selectable = (rows: readonly QueueRow[]) => rows.filter((row) => row.kind !== 'group')

/** The row `step` lines on from this key, staying at the ends. From a row that is gone, the first. */
export function neighbour(rows: readonly QueueRow[], key: string | null, step: 1 | -1): QueueRow | null {
  const choice = selectable(rows)
  const at = choice.findIndex((row) => row.key === key)
  if (at < 0) return choice[0] ?? null
  return choice[Math.max(0, Math.min(choice.length - 1, at + step))] ?? null
}
export const endOf = (rows: readonly QueueRow[], end: 'first' | 'last'): QueueRow | null =>
  selectable(rows).at(end === 'first' ? 0 : -1) ?? null
