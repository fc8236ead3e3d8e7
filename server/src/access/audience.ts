/**
 * What one kind of reader sees of the city's rows. Accounts with the same sight share an audience, so a change is worded
 * and serialised once for all of them. Guarantees that no row leaves unmasked; refuses to know how rows travel.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import type { DutyNow } from '../../../shared/model/duty.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Actor } from '../../../shared/model/role.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import { stateTables, type StateTable } from '../../../shared/contract/realtime.ts'
import {
  maskAlarmForWall,
  maskForWall,
  maskForWork,
  maskModeForWall,
  maskResponseForWall,
  maskSensorForWall,
  maskWarningForWall,
} from './masking.ts'
import { rightsOf } from './rights.ts'

/** `dept` is an account bound to no one department: it sees the cases of all. */
export type Audience = 'none' | 'wall' | 'officer' | 'dept' | `dept:${string}` | `unit:${string}`

export function audienceOf(actor: Actor): Audience {
  switch (rightsOf(actor)?.sight) {
    case 'wall':
      return 'wall'
    case 'officer':
      return 'officer'
    case 'department':
      return actor.departmentId === undefined ? 'dept' : `dept:${actor.departmentId}`
    case 'unit':
      return actor.unitId === undefined ? 'none' : `unit:${actor.unitId}`
    default:
      return 'none'
  }
}

const ofAlarms: readonly StateTable[] = ['alarm', 'alarm-group', 'flood']
const departments = stateTables.filter((table) => !ofAlarms.includes(table))
const crews: readonly StateTable[] = ['incident', 'unit', 'warning', 'drill', 'mode', 'response', 'duty', 'plan']

/** Tables of the state lane this audience is told about. */
export function tablesOf(audience: Audience): readonly StateTable[] {
  if (audience === 'none') return []
  if (audience === 'wall' || audience === 'officer') return stateTables
  return audience.startsWith('unit:') ? crews : departments
}

const ownOf = (audience: Audience, prefix: 'dept:' | 'unit:'): string | null =>
  audience.startsWith(prefix) ? audience.slice(prefix.length) : null

/** Must rows be chosen one by one for this audience? */
export const isRestricted = (audience: Audience): boolean =>
  audience.startsWith('dept:') || audience.startsWith('unit:')

/** 协办: a department that helps sees the case too. */
const helps = ({ assists = [] }: Incident, department: string) =>
  assists.some(({ departmentId }) => departmentId === department)

/** The case as this audience may see it, or null where it may not. */
export function incidentFor(audience: Audience, incident: Incident): Incident | null {
  if (audience === 'none') return null
  if (audience === 'wall') return maskForWall(incident)
  const department = ownOf(audience, 'dept:')
  if (department !== null && incident.departmentId !== department && !helps(incident, department)) return null
  const unit = ownOf(audience, 'unit:')
  const isOn = ({ unitId }: { readonly unitId: string | null }) => unitId === unit
  if (unit !== null && !incident.assignments.some(isOn) && !(incident.verification && isOn(incident.verification)))
    return null
  return maskForWork(incident)
}

export function unitFor(audience: Audience, unit: Unit): Unit | null {
  if (audience === 'none') return null
  const department = ownOf(audience, 'dept:')
  if (department !== null && unit.departmentId !== department) return null
  const own = ownOf(audience, 'unit:')
  if (own !== null && unit.id !== own) return null
  if (audience !== 'wall' || unit.statusReason === undefined) return unit
  // Free words about people do not hang on a wall.
  const { statusReason: _masked, ...shown } = unit
  return shown
}

/** What is only proposed is the officers' own: others would take it for what holds. */
export function modeFor(audience: Audience, mode: CityMode): CityMode {
  if (audience === 'officer') return mode
  const held = { ...mode, proposal: null }
  return audience === 'wall' ? maskModeForWall(held) : held
}

/** A response in force is everybody's to know; one that is proposed, and what is proposed for one, the officers' own. */
export function responseFor(audience: Audience, response: Response): Response | null {
  if (audience === 'officer') return response
  if (response.startedAt === null) return null
  const held: Response = response.proposal === null ? response : { ...response, state: 'active', proposal: null }
  return audience === 'wall' ? maskResponseForWall(held) : held
}

/** Who leads and who is chief hangs on walls by custom, and crews and departments may ask for them; all else is the officers' own. */
export function dutyFor(audience: Audience, duty: DutyNow): DutyNow {
  if (audience === 'officer') return duty
  const onDuty = duty.onDuty.filter(({ post }) => post === 'leader' || post === 'chief')
  return { ...duty, onDuty, console: null, handOver: null, changesAsked: 0, lastEntry: 0 }
}

export const sensorFor = (audience: Audience, sensor: Sensor): Sensor =>
  audience === 'wall' ? maskSensorForWall(sensor) : sensor

export const warningFor = (audience: Audience, warning: Warning): Warning =>
  audience === 'wall' ? maskWarningForWall(warning) : warning

/** Who sees a case sees what stands beside it; free words and names of people do not hang on a wall. */
export function planFor(audience: Audience, plan: CasePlan, itsIncident: Incident | null): CasePlan | null {
  if (itsIncident === null || incidentFor(audience, itsIncident) === null) return null
  if (audience === 'officer') return plan
  // What is told upwards is between those who tell it.
  const { reports: _reports, ...shown } = plan
  if (audience !== 'wall') return shown
  const checklist = plan.checklist.map((item) => ({ ...item, doneBy: null }))
  return { ...shown, checklist, notes: [], outcomes: plan.outcomes.map((one) => ({ ...one, note: '', by: '' })) }
}

/** Alarms: officers and walls see all; others only one that belongs to a case they see. */
export function alarmFor(audience: Audience, alarm: Alarm, itsIncident: Incident | null): Alarm | null {
  if (audience === 'officer') return alarm
  if (audience === 'wall') return maskAlarmForWall(alarm)
  return itsIncident && incidentFor(audience, itsIncident) ? alarm : null
}
