/** 误报: an officer found that nothing was wrong. Kept on the alarm, on its case, and in the log for those who count. */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, refused } from '../context.ts'
import type { CityState } from '../state.ts'

export function markFalse(state: CityState, alarm: Alarm, actor: Actor, reason: string, { now }: Context): Decision {
  const { id: alarmId, ruleId, sensorId, incidentId } = alarm
  if (alarm.falseMark !== null)
    return refused('NOT_ALLOWED', `the alarm was marked as false by ${alarm.falseMark.by}`, { verb: 'mark-false' })
  const mark = { by: actor.name, at: now, reason }
  const events: DomainEvent[] = [{ type: 'alarm.marked-false', alarmId, mark, ruleId, sensorId, incidentId }]
  const incident = incidentId === null ? undefined : state.incidents.get(incidentId)
  if (incident !== undefined) {
    const { state: present, stageDueAt } = incident
    const text = `告警${alarmId}（${alarm.name.zh}）经核实为误报：${reason}`
    events.push({ type: 'incident.commented', incidentId: incident.id, state: present, stageDueAt, text })
  }
  return accepted(events, { alarmId })
}
