/**
 * 值班日志: which events are lines of the shift's log, and what each says. Guarantees that a line says enough to be read by itself years later;
 * refuses to word it: that is the reader's language. Of a drill it tells that it began and ended; what it brought is not the shift's.
 */
import type { DutyEntry, DutyEntryKind } from '../../../../shared/model/duty.ts'
import type { DomainEvent, LoggedEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { DayOf } from '../../../../shared/model/city-calendar.ts'
import { dutyPostNames, dutyShiftAt } from '../../../../shared/model/duty-roster.ts'
import {
  attendanceStateNames,
  attendanceStateOf,
  rollCallMeansNames,
} from '../../../../shared/model/duty-attendance.ts'
import type { AlarmTables } from '../alarm/tables.ts'

type Facts = DutyEntry['facts']
/** What a line looks up: names of what the event knows by number only. */
interface Named extends Pick<AlarmTables, 'alarms' | 'sensors'> {
  readonly dayOf: DayOf
  readonly incidents: ReadonlyMap<string, Incident>
}
interface Line {
  readonly kind?: DutyEntryKind
  readonly facts?: Facts
  readonly text?: string
  readonly more?: Pick<DutyEntry, 'call' | 'ofSeq'>
}

const caseFacts = ({ id, title }: Pick<Incident, 'id' | 'title'>): Facts => ({ caseId: id, title })

/** The line an event makes, or null for one that the shift's log does not tell. `before` = its case as it was. */
export function entryOf(state: Named, logged: LoggedEvent, before: Incident | undefined): DutyEntry | null {
  const line = lineOf(state, logged.event, before)
  if (line === null) return null
  const { kind = 'system', facts = {}, text = '', more } = line
  const { seq, at, actor, event } = logged
  const shiftId = dutyShiftAt(state.dayOf, at).id
  return { seq, happenedAt: at, shiftId, kind, actor, what: event.type.replace('.', '-'), facts, text, ...more }
}

function lineOf(state: Named, event: DomainEvent, before: Incident | undefined): Line | null {
  switch (event.type) {
    case 'incident.reported':
      return event.incident.priority === 1 && !event.incident.drill ? { facts: caseFacts(event.incident) } : null
    case 'incident.dispatched':
      return before?.priority === 1 && !before.drill ? { facts: { ...caseFacts(before), unitId: event.unitId } } : null
    case 'incident.reclassified':
      // 级别变化 to or from the upper two; what stays below is the case's own business.
      return before !== undefined &&
        !before.drill &&
        before.priority !== event.priority &&
        Math.min(before.priority, event.priority) <= 2
        ? { facts: { ...caseFacts(before), from: before.priority, to: event.priority } }
        : null
    case 'incident.force-closed':
      return before === undefined ? null : { facts: caseFacts(before) }
    case 'plan.graded': {
      const incident = state.incidents.get(event.incidentId)
      return { facts: { caseId: event.incidentId, title: incident?.title ?? '', to: event.grade } }
    }
    case 'plan.reported':
      return { facts: { caseId: event.incidentId, kind: event.kind, number: event.number, receiver: event.to } }
    case 'plan.report-overdue':
      return { facts: { caseId: event.incidentId, kind: event.kind, number: event.number } }
    case 'alarm.raised':
      return event.alarm.priority === 1 && !event.alarm.drill && event.alarm.annunciatedAt !== null
        ? { facts: { alarmId: event.alarm.id, name: event.alarm.name, sensor: event.alarm.sensorName } }
        : null
    case 'alarm.shelved':
    case 'alarm.unshelved': {
      const alarm = state.alarms.get(event.alarmId)
      if (alarm === undefined || alarm.drill) return null
      const { name, sensorName } = alarm
      const facts = { alarmId: event.alarmId, name, sensor: sensorName }
      return event.type === 'alarm.unshelved'
        ? { facts: { ...facts, why: event.why } }
        : {
            facts: { ...facts, untilAt: event.shelving.untilAt, code: event.shelving.code },
            text: event.shelving.words,
          }
    }
    case 'sensor.taken-out-of-service':
      return {
        facts: {
          sensor: state.sensors.get(event.sensorId)?.name ?? String(event.sensorId),
          untilAt: event.outOfService.untilAt,
        },
        text: event.outOfService.reason,
      }
    case 'sensor.returned-to-service':
      return { facts: { sensor: state.sensors.get(event.sensorId)?.name ?? String(event.sensorId) } }
    case 'flood.began':
    case 'flood.ended':
      return {}
    case 'warning.published':
      return { facts: { warningId: event.warning.id, colour: event.warning.colour, title: event.warning.headline } }
    case 'warning.lifted':
      return { facts: { warningId: event.warningId }, text: event.reason }
    case 'mode.switched':
      return {
        // What was switched was proposed, with a reason.
        facts: { to: event.held.mode, districts: event.districtIds.join(' '), by: event.held.proposedBy as string },
        text: event.held.reason as string,
      }
    case 'response.started':
    case 'response.ended':
      return { facts: { title: event.response.name, to: event.response.level } }
    case 'response.level-changed':
      return { facts: { title: event.response.name, from: event.from, to: event.response.level } }
    case 'drill.started':
      return { facts: { title: event.drill.name } }
    case 'drill.ended':
      return { text: event.reason }
    default:
      return event.type.startsWith('duty.') ? dutyLine(event) : null
  }
}

function dutyLine(event: DomainEvent): Line | null {
  switch (event.type) {
    case 'duty.shift-began':
    case 'duty.crew-changed':
      return {
        facts: {
          kind: event.kind,
          chief: event.onDuty.find(({ post }) => post === 'chief')?.name ?? '',
          leader: event.onDuty.find(({ post }) => post === 'leader')?.name ?? '',
          count: event.onDuty.length,
        },
      }
    case 'duty.noted':
      return { kind: 'note', text: event.text }
    case 'duty.call-recorded':
      return { kind: 'call', text: event.call.origin, more: { call: event.call } }
    case 'duty.corrected':
      return { kind: 'correction', text: event.text, more: { ofSeq: event.ofSeq } }
    case 'duty.change-decided':
      return { facts: { changeId: event.change.id, state: event.change.state }, text: event.change.reason }
    case 'duty.console-taken':
      return { kind: 'hand-over', facts: { by: event.by } }
    case 'duty.console-released':
      return { kind: 'hand-over', facts: { from: event.from }, text: event.reason }
    case 'duty.hand-over-prepared':
      return { kind: 'hand-over', facts: { handOverId: event.handOver.id, count: event.handOver.items.length } }
    case 'duty.hand-over-signed':
      return { kind: 'hand-over', facts: { handOverId: event.handOverId } }
    case 'duty.hand-over-cancelled':
      return { kind: 'hand-over', facts: { handOverId: event.handOverId }, text: event.reason }
    case 'duty.signed-on':
    case 'duty.signed-off':
    case 'duty.found-absent':
    case 'duty.roll-called':
    case 'duty.roll-ended':
      return attendanceLine(event)
    case 'duty.handed-over':
      return { kind: 'hand-over', facts: { handOverId: event.handOverId, from: event.from, to: event.to } }
    default:
      return null
  }
}

type AttendanceEvent = Extract<
  DomainEvent,
  { type: 'duty.signed-on' | 'duty.signed-off' | 'duty.found-absent' | 'duty.roll-called' | 'duty.roll-ended' }
>

function attendanceLine(event: AttendanceEvent): Line {
  const kind = 'attendance'
  if (event.type === 'duty.roll-called') {
    const { id, means, items } = event.rollCall
    return { kind, facts: { rollCallId: id, means: rollCallMeansNames[means], count: items.length } }
  }
  if (event.type === 'duty.roll-ended') {
    const { rollCallId, answered, absent } = event
    const names = (language: 'zh' | 'en', between: string) => absent.map((name) => name[language]).join(between)
    const who = absent.length === 0 ? { zh: '无', en: 'nobody' } : { zh: names('zh', '、'), en: names('en', ', ') }
    return { kind, facts: { rollCallId, count: answered, absent: who } }
  }
  const { name, post, note } = event.attendance
  const state = attendanceStateNames[attendanceStateOf(event.attendance)]
  return { kind, facts: { name, post: dutyPostNames[post], attendance: state }, text: note }
}
