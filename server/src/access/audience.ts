/**
 * What one kind of reader sees of the city's rows. Accounts with the same sight share an audience, so a change is worded
 * and serialised once for all of them. Guarantees that no row leaves unmasked; refuses to know how rows travel.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import {
  concernsScope,
  isInScope,
  isWithinScope,
  scopeKey,
  scopeOfKey,
  type DataScope,
} from '../../../shared/model/data-scope.ts'
import type { DutyNow } from '../../../shared/model/duty.ts'
import type { AlarmGroup } from '../../../shared/model/load-control.ts'
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
type Whole = 'none' | 'wall' | 'officer' | 'dept' | `dept:${string}` | `unit:${string}`
/** After `@` the part of the city it is bound to (数据范围): `officer@310101`. */
export type Audience = Whole | `${Whole}@${string}`

interface Parts {
  readonly whole: Whole
  readonly scope: DataScope | null
}
const known = new Map<Audience, Parts>()
function partsOf(audience: Audience): Parts {
  let parts = known.get(audience)
  if (parts === undefined) {
    const at = audience.lastIndexOf('@')
    const whole = (at < 0 ? audience : audience.slice(0, at)) as Whole
    parts = { whole, scope: at < 0 ? null : scopeOfKey(audience.slice(at + 1)) }
    // As many as there are parts of the city; a bound all the same.
    if (known.size >= 10_000) known.clear()
    known.set(audience, parts)
  }
  return parts
}
/** The part of the city this audience is bound to; null = the whole city. */
export const scopeOf = (audience: Audience): DataScope | null => partsOf(audience).scope

export function audienceOf(actor: Actor): Audience {
  const whole = wholeAudienceOf(actor)
  return actor.scope === undefined || whole === 'none' ? whole : `${whole}@${scopeKey(actor.scope)}`
}

function wholeAudienceOf(actor: Actor): Whole {
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
/** What hangs on the wall is between those who steer it and the displays. */
const departments = stateTables.filter((table) => !ofAlarms.includes(table) && table !== 'wall')
const crews: readonly StateTable[] = ['incident', 'unit', 'warning', 'drill', 'mode', 'response', 'duty', 'plan']

/** Tables of the state lane this audience is told about. */
export function tablesOf(audience: Audience): readonly StateTable[] {
  const { whole, scope } = partsOf(audience)
  if (whole === 'none') return []
  const tables = whole === 'wall' || whole === 'officer' ? stateTables : whole.startsWith('unit:') ? crews : departments
  return scope === null ? tables : tables.filter((table) => !ofWholeCity.includes(table))
}
/** Numbers of the whole city. */
const ofWholeCity: readonly StateTable[] = ['flood', 'kpi']

const ownOf = (whole: Whole, prefix: 'dept:' | 'unit:'): string | null =>
  whole.startsWith(prefix) ? whole.slice(prefix.length) : null

/** Must rows be chosen one by one for this audience? */
export function isRestricted(audience: Audience): boolean {
  const { whole, scope } = partsOf(audience)
  return scope !== null || whole.startsWith('dept:') || whole.startsWith('unit:')
}

/** 协办: a department that helps sees the case too. */
const helps = ({ assists = [] }: Incident, department: string) =>
  assists.some(({ departmentId }) => departmentId === department)

/** The case as this audience may see it, or null where it may not. */
export function incidentFor(audience: Audience, incident: Incident): Incident | null {
  const { whole, scope } = partsOf(audience)
  if (whole === 'none' || (scope !== null && !isInScope(scope, incident))) return null
  if (whole === 'wall') return maskForWall(incident)
  const department = ownOf(whole, 'dept:')
  if (department !== null && incident.departmentId !== department && !helps(incident, department)) return null
  const unit = ownOf(whole, 'unit:')
  const isOn = ({ unitId }: { readonly unitId: string | null }) => unitId === unit
  if (unit !== null && !incident.assignments.some(isOn) && !(incident.verification && isOn(incident.verification)))
    return null
  return maskForWork(incident)
}

export function unitFor(audience: Audience, unit: Unit): Unit | null {
  const { whole, scope } = partsOf(audience)
  if (whole === 'none' || (scope !== null && unit.districtId !== scope.districtId)) return null
  const department = ownOf(whole, 'dept:')
  if (department !== null && unit.departmentId !== department) return null
  const own = ownOf(whole, 'unit:')
  if (own !== null && unit.id !== own) return null
  if (whole !== 'wall' || unit.statusReason === undefined) return unit
  // Free words about people do not hang on a wall.
  const { statusReason: _masked, ...shown } = unit
  return shown
}

/** The city's own mode, that of its own district, and what is proposed for it alone. */
function modeWithin(scope: DataScope, mode: CityMode): CityMode {
  const { proposal } = mode
  return {
    ...mode,
    districts: mode.districts.filter(({ districtId }) => districtId === scope.districtId),
    proposal: proposal !== null && isWithinScope(scope, proposal.districtIds) ? proposal : null,
  }
}

/** What is only proposed is the officers' own: others would take it for what holds. */
export function modeFor(audience: Audience, mode: CityMode): CityMode {
  const { whole, scope } = partsOf(audience)
  const shown = scope === null ? mode : modeWithin(scope, mode)
  if (whole === 'officer') return shown
  const held = { ...shown, proposal: null }
  return whole === 'wall' ? maskModeForWall(held) : held
}

/** A response in force is everybody's to know; one that is proposed, and what is proposed for one, the officers' own. */
export function responseFor(audience: Audience, response: Response): Response | null {
  const { whole, scope } = partsOf(audience)
  if (scope !== null && !concernsScope(scope, response.districtIds)) return null
  if (whole === 'officer') return response
  if (response.startedAt === null) return null
  const held: Response = response.proposal === null ? response : { ...response, state: 'active', proposal: null }
  return whole === 'wall' ? maskResponseForWall(held) : held
}

/** Who leads and who is chief hangs on walls by custom, and crews and departments may ask for them; all else is the officers' own. */
export function dutyFor(audience: Audience, duty: DutyNow): DutyNow {
  // The shift is the whole city's: its log and its sheets are not a district's.
  if (audience === 'officer') return duty
  const onDuty = duty.onDuty.filter(({ post }) => post === 'leader' || post === 'chief')
  return { ...duty, onDuty, console: null, handOver: null, changesAsked: 0, lastEntry: 0 }
}

/** Sensors are counted by district: whoever is bound to a street sees those of its district. */
export function sensorFor(audience: Audience, sensor: Sensor): Sensor | null {
  const { whole, scope } = partsOf(audience)
  if (scope !== null && sensor.districtId !== scope.districtId) return null
  return whole === 'wall' ? maskSensorForWall(sensor) : sensor
}

/** One for the whole city is for each of its districts; one that drew an area outside all of them is for none. */
export function warningFor(audience: Audience, warning: Warning): Warning | null {
  const { whole, scope } = partsOf(audience)
  const isForNone = warning.districtIds.length === 0 && warning.polygons.length > 0
  if (scope !== null && (isForNone || !concernsScope(scope, warning.districtIds))) return null
  return whole === 'wall' ? maskWarningForWall(warning) : warning
}

/** Alarms that belong together, counted where they began; those of them that this audience may not see are not named. */
export function alarmGroupFor(
  audience: Audience,
  group: AlarmGroup,
  isSeen: (alarmId: string) => boolean,
): AlarmGroup | null {
  const scope = scopeOf(audience)
  if (scope === null) return group
  if (group.districtId !== scope.districtId || scope.streetId !== null) return null
  return { ...group, alarmIds: group.alarmIds.filter(isSeen) }
}

/** Who sees a case sees what stands beside it; free words and names of people do not hang on a wall. */
export function planFor(audience: Audience, plan: CasePlan, itsIncident: Incident | null): CasePlan | null {
  if (itsIncident === null || incidentFor(audience, itsIncident) === null) return null
  const { whole } = partsOf(audience)
  if (whole === 'officer') return plan
  // What is told upwards is between those who tell it.
  const { reports: _reports, ...shown } = plan
  if (whole !== 'wall') return shown
  const checklist = plan.checklist.map((item) => ({ ...item, doneBy: null }))
  return { ...shown, checklist, notes: [], outcomes: plan.outcomes.map((one) => ({ ...one, note: '', by: '' })) }
}

/** Alarms: officers and walls see all; others only one that belongs to a case they see. */
export function alarmFor(audience: Audience, alarm: Alarm, itsIncident: Incident | null): Alarm | null {
  const { whole, scope } = partsOf(audience)
  if (scope !== null) {
    if (alarm.districtId !== scope.districtId) return null
    // Which street's it is, its case tells.
    if (scope.streetId !== null && !(itsIncident && isInScope(scope, itsIncident))) return null
  }
  if (whole === 'officer') return alarm
  if (whole === 'wall') return maskAlarmForWall(alarm)
  return itsIncident && incidentFor(audience, itsIncident) ? alarm : null
}
