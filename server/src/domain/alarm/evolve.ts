/** The fold of one alarm: each event makes a new row, one version up. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { AlarmEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'

export type AlarmMove = Exclude<AlarmEvent, { type: 'alarm.raised' }>

export function evolveAlarm(row: Alarm, event: AlarmMove, at: Instant): Alarm {
  const version = row.version + 1
  switch (event.type) {
    case 'alarm.acknowledged':
      return { ...row, version, state: event.state, acknowledgedAt: at, acknowledgedBy: event.by }
    case 'alarm.returned':
      return { ...row, version, state: event.state, returnedAt: row.returnedAt ?? at }
    case 'alarm.reraised':
      return { ...row, version, state: event.state, returnedAt: null, count: row.count + 1 }
    case 'alarm.worsened': {
      const { value, priority, ruleId, ruleVersion, limit, name } = event
      return { ...row, version, value, priority, ruleId, ruleVersion, limit, name }
    }
    case 'alarm.incident-opened':
      return { ...row, version, incidentId: event.incidentId }
  }
}
