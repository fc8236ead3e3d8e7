/** The fold of a group: what joins it, and what becomes of the alarms in it. Guarantees that its figures are those of its open alarms. */
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { AlarmGroup, AlarmLoadEvent, FirstOut } from '../../../../shared/model/load-control.ts'
import type { AlarmId, Instant } from '../../../../shared/model/ids.ts'
import { byOnset } from './correlate.ts'
import { waitsForAcknowledgement } from './escalation.ts'

type Grouped = Extract<AlarmLoadEvent, { type: 'alarm.grouped' }>
export type AlarmOf = (id: AlarmId) => Alarm | undefined

const firstOutOf = ({ id: alarmId, name, sensorName, occurredAt }: Alarm): FirstOut => ({
  alarmId,
  name,
  sensorName,
  occurredAt,
})

/** The group with this alarm in it; a new one where there was none. */
export function joined(group: AlarmGroup | undefined, alarm: Alarm, event: Grouped, at: Instant): AlarmGroup {
  const { groupId: id, basis, cause, name } = event
  const { priority, position, districtId, drill } = alarm
  const unacknowledged = waitsForAcknowledgement(alarm) ? 1 : 0
  if (group === undefined) {
    const firstOut = firstOutOf(alarm)
    const [alarmIds, startedAt, lastAt, total, version] = [[alarm.id], at, at, 1, 1]
    const own = { id, version, basis, cause, name, firstOut, alarmIds, total, priority, unacknowledged, position }
    return { ...own, districtId, startedAt, lastAt, drill }
  }
  const { firstOut } = group
  const isFirst = byOnset(alarm, { id: firstOut.alarmId, occurredAt: firstOut.occurredAt }) < 0
  return {
    ...group,
    version: group.version + 1,
    firstOut: isFirst ? firstOutOf(alarm) : firstOut,
    alarmIds: isFirst ? [alarm.id, ...group.alarmIds] : [...group.alarmIds, alarm.id],
    total: group.total + 1,
    priority: Math.min(group.priority, priority) as Priority,
    unacknowledged: group.unacknowledged + unacknowledged,
    lastAt: at,
  }
}

/** Something became of one of its alarms; null when none is open any more. */
export function refreshed(group: AlarmGroup, alarmOf: AlarmOf): AlarmGroup | null {
  const open = group.alarmIds.flatMap((id) => alarmOf(id) ?? [])
  if (open.length === 0) return null
  return {
    ...group,
    version: group.version + 1,
    alarmIds: open.map(({ id }) => id),
    priority: Math.min(...open.map((one) => one.priority)) as Priority,
    unacknowledged: open.filter(waitsForAcknowledgement).length,
  }
}
