/** From an alarm to its case: a new one, filed at once, or the sensor's open one with this alarm added to it. */
import type { Alarm, AlarmRule } from '../../../../shared/model/alarm.ts'
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import { incidentsBySensor } from '../state.ts'
import { mainCaseOf } from '../incident/main-case.ts'
import { classUnder, contextUnder } from '../mode/limits.ts'
import { caseFromAlarm } from '../incident/report.ts'

/** The open case this alarm, or an earlier alarm of its sensor, belongs to. A real alarm has no part in a drill's case, nor the other way round. */
export function openCaseOf(state: CityState, alarm: Alarm): Incident | null {
  const ofSensor = alarm.sensorId === null ? undefined : incidentsBySensor(state, alarm.drill).get(alarm.sensorId)
  for (const id of [alarm.incidentId, ofSensor]) {
    const incident = mainCaseOf(state.incidents, state.incidents.get(id ?? ''))
    if (incident !== undefined && isOpenState(incident.state)) return incident
  }
  return null
}

/** What a rule that opens cases does beside raising its alarm; nothing where it opens none. */
export function openOrLink(state: CityState, alarm: Alarm, rule: AlarmRule, context: Context): readonly DomainEvent[] {
  if (rule.opensIncident === undefined) return []
  const caseClass = context.caseClass(rule.opensIncident.classCode)
  if (caseClass === undefined) return []
  const open = openCaseOf(state, alarm)
  if (open !== null) return open.alarmIds.includes(alarm.id) ? [] : linkEvents(open, alarm)
  return openEvents(state, { ...alarm, priority: rule.priority, name: rule.name }, rule, caseClass, context).events
}

export function linkEvents(incident: Incident, alarm: Alarm): readonly DomainEvent[] {
  const { id: incidentId, state, stageDueAt } = incident
  return [
    { type: 'incident.alarm-linked', incidentId, state, stageDueAt, alarmId: alarm.id },
    { type: 'alarm.incident-opened', alarmId: alarm.id, incidentId },
  ]
}

export function openEvents(
  state: CityState,
  alarm: Alarm,
  rule: AlarmRule | undefined,
  caseClass: CaseClass,
  context: Context,
): ReturnType<typeof caseFromAlarm> {
  const title = alarm.sensorName === '' ? alarm.name.zh : `${alarm.name.zh}：${alarm.sensorName}`
  const measured = `实测 ${alarm.value} ${alarm.unit}，限值 ${alarm.limit} ${alarm.unit}。`
  const description = rule === undefined ? measured : `${measured}${rule.consequence.zh}。${rule.action.zh}。`
  const under = contextUnder(state, { districtId: alarm.districtId, classCode: caseClass.code }, context)
  return caseFromAlarm(state, alarm, classUnder(state, alarm.districtId, caseClass), { title, description }, under)
}
