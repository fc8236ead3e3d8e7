/** The fold of one alarm: each event makes a new row, one version up. */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { AlarmEvent } from '../../../../shared/model/event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'

export type AlarmMove = Exclude<AlarmEvent, { type: 'alarm.raised' }>

/** Told to people once more: whoever acknowledged it before did not acknowledge this. */
const calledAgain = (row: Alarm, at: Instant): Partial<Alarm> => ({
  annunciatedAt: row.annunciatedAt ?? at,
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedComment: null,
  reAlarmAt: null,
})

export function evolveAlarm(row: Alarm, event: AlarmMove, at: Instant): Alarm {
  const version = row.version + 1
  switch (event.type) {
    case 'alarm.acknowledged': {
      const { state, by, comment, reAlarmAt = null } = event
      const seen = { acknowledgedAt: at, acknowledgedBy: by, acknowledgedComment: comment }
      return { ...row, version, state, ...seen, reAlarmAt }
    }
    case 'alarm.returned':
      return { ...row, version, state: event.state, active: false, returnedAt: row.returnedAt ?? at, reAlarmAt: null }
    case 'alarm.worsened':
    case 'alarm.eased': {
      const { value, priority, ruleId, ruleVersion, limit, name } = event
      const { sense = row.sense, deadband = row.deadband, latch = row.latch } = event
      const { unit } = event.type === 'alarm.eased' ? event : row
      return { ...row, version, value, unit, priority, ruleId, ruleVersion, limit, name, sense, deadband, latch }
    }
    case 'alarm.incident-opened':
      return { ...row, version, incidentId: event.incidentId }
    case 'alarm.marked-false':
      return { ...row, version, falseMark: event.mark }
    default:
      return { ...row, version, ...moved(row, event, at) }
  }
}

type StateMove = Exclude<
  AlarmMove,
  {
    type:
      | 'alarm.acknowledged'
      | 'alarm.returned'
      | 'alarm.worsened'
      | 'alarm.eased'
      | 'alarm.incident-opened'
      | 'alarm.marked-false'
  }
>

/** Into a hidden state and out of it, and every way of being told again. */
function moved(row: Alarm, event: StateMove, at: Instant): Partial<Alarm> {
  const { state } = event
  const told = state === 'unacknowledged' ? calledAgain(row, at) : {}
  switch (event.type) {
    case 'alarm.reraised':
      return {
        ...{ state, ...told, active: true, returnedAt: null, count: row.count + 1, lastRaisedAt: at },
        ...(event.evidence === undefined ? {} : { evidence: event.evidence }),
      }
    case 'alarm.re-alarmed':
      return { state, ...told, reAlarmCount: row.reAlarmCount + 1 }
    case 'alarm.reset':
      return { state }
    case 'alarm.shelved':
      return { state, shelving: event.shelving, reAlarmAt: null }
    case 'alarm.unshelved':
      return { state, ...told, shelving: null }
    case 'alarm.suppressed':
      return { state, suppression: event.suppression, reAlarmAt: null }
    case 'alarm.unsuppressed':
      return { state, ...told, suppression: null }
    case 'alarm.taken-out-of-service':
      return { state, outOfService: event.outOfService, shelving: null, suppression: null, reAlarmAt: null }
    case 'alarm.returned-to-service':
      return { state, ...told, outOfService: null }
  }
}
