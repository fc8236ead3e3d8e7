/**
 * Who may do what, as data: pages, commands, state lane, telemetry and reads of each role. Commands about cases and alarms
 * follow the transition tables, so that a right is written in one place. The three administrators see no business data.
 */
import { alarmTransitions } from '../../../shared/model/alarm.ts'
import { ruleChangeRoles } from '../../../shared/model/alarm-rule-change.ts'
import { incidentTransitions, type IncidentVerb } from '../../../shared/model/incident.ts'
import type { PersonCommandType } from '../../../shared/model/command.ts'
import { modeTransitions } from '../../../shared/model/city-mode.ts'
import { dutyCommandRoles } from '../../../shared/model/duty-command.ts'
import { responseTransitions } from '../../../shared/model/response.ts'
import { wallCommandRoles } from '../../../shared/model/display-rights.ts'
import { planCommandRoles } from '../../../shared/model/plan-rights.ts'
import { roles, type Actor, type Role } from '../../../shared/model/role.ts'

export type PageName = 'wall' | 'desk' | 'kpi' | 'duty' | 'classes'
export type Resource =
  | 'city'
  | 'incidents'
  | 'alarms'
  | 'units'
  | 'warnings'
  | 'drills'
  | 'mode'
  | 'responses'
  | 'plans'
  | 'duty'
  | 'duty-log'
  | 'sensors'
  | 'observations'
  | 'timeline'
  | 'recommendations'
  | 'duplicates'
  | 'suggestions'
  | 'algorithms'
  | 'situation-reports'
  | 'reporter'
  | 'kpi'
  | 'log'
  | 'accounts'
/** Whose picture of the state lane an account sees; `own` = what its department or crew is on. */
export type Sight = 'none' | 'wall' | 'officer' | 'department' | 'unit'

export interface Rights {
  readonly pages: readonly PageName[]
  readonly home: string
  readonly sight: Sight
  /** Values of sensors. Crews' positions follow `sight`. */
  readonly telemetry: boolean
  readonly reads: readonly Resource[]
}

const business = [
  'city',
  'incidents',
  'alarms',
  'units',
  'warnings',
  'drills',
  'mode',
  'responses',
  'plans',
  'duty',
  'sensors',
  'observations',
  'kpi',
] as const
const desk = [
  ...business,
  'timeline',
  'recommendations',
  'duplicates',
  'suggestions',
  'algorithms',
  'situation-reports',
  'duty-log',
] as const

export const rights: Record<Role, Rights> = {
  wall: { pages: ['wall'], home: '/wall', sight: 'wall', telemetry: true, reads: business },
  duty: {
    pages: ['desk', 'wall', 'kpi', 'duty', 'classes'],
    home: '/desk',
    sight: 'officer',
    telemetry: true,
    reads: [...desk, 'reporter'],
  },
  chief: {
    pages: ['desk', 'wall', 'kpi', 'duty', 'classes'],
    home: '/desk',
    sight: 'officer',
    telemetry: true,
    reads: [...desk, 'reporter'],
  },
  dept: {
    pages: ['desk', 'kpi', 'classes'],
    home: '/desk',
    sight: 'department',
    telemetry: true,
    reads: [...business, 'timeline'],
  },
  crew: {
    pages: ['desk'],
    home: '/desk',
    sight: 'unit',
    telemetry: false,
    reads: [
      'city',
      'incidents',
      'alarms',
      'units',
      'warnings',
      'drills',
      'mode',
      'responses',
      'plans',
      'duty',
      'timeline',
    ],
  },
  manager: {
    pages: ['kpi', 'wall', 'desk', 'duty', 'classes'],
    home: '/kpi',
    sight: 'officer',
    telemetry: true,
    reads: [...business, 'timeline', 'algorithms', 'situation-reports', 'duty-log'],
  },
  sysadmin: { pages: [], home: '/sign-in', sight: 'none', telemetry: false, reads: [] },
  secadmin: { pages: [], home: '/sign-in', sight: 'none', telemetry: false, reads: ['accounts'] },
  auditor: { pages: [], home: '/sign-in', sight: 'none', telemetry: false, reads: ['log'] },
}

type Rows<V> = readonly { readonly verb: V; readonly roles: readonly Role[]; readonly relayedBy?: readonly Role[] }[]
const ofVerb = <V extends string>(table: Rows<V>, verb: V) => [
  ...new Set(table.filter((row) => row.verb === verb).flatMap((row) => [...row.roles, ...(row.relayedBy ?? [])])),
]
type CaseCommand = `incident.${Exclude<IncidentVerb, 'end-drill' | 'settle'>}`

/** Every verb of the case table that is somebody's is a command of the same name. */
const caseRoles = Object.fromEntries(
  incidentTransitions
    .filter((row) => row.roles.length > 0)
    .map((row) => [`incident.${row.verb}`, ofVerb(incidentTransitions, row.verb)] as const),
) as Readonly<Record<string, readonly Role[]>> as Record<CaseCommand, readonly Role[]>

/** Roles that may submit each command at all; which rows they may touch is said by their sight. */
export const commandRoles: Record<PersonCommandType, readonly Role[]> = {
  ...caseRoles,
  'incident.report': ['duty', 'chief', 'dept', 'crew'],
  'incident.self-handle': ['duty', 'chief', 'dept', 'crew'],
  'alarm.acknowledge': ofVerb(alarmTransitions, 'acknowledge'),
  'alarm.acknowledge-group': ofVerb(alarmTransitions, 'acknowledge'),
  'alarm.open-incident': ofVerb(alarmTransitions, 'open-incident'),
  'alarm.shelve': ofVerb(alarmTransitions, 'shelve'),
  'alarm.unshelve': ofVerb(alarmTransitions, 'unshelve'),
  'alarm.reset': ofVerb(alarmTransitions, 'reset'),
  'alarm.mark-false': ofVerb(alarmTransitions, 'mark-false'),
  ...ruleChangeRoles,
  'sensor.take-out-of-service': ofVerb(alarmTransitions, 'take-out-of-service'),
  'sensor.return-to-service': ofVerb(alarmTransitions, 'return-to-service'),
  'unit.set-status': ['duty', 'chief', 'crew'],
  'warning.publish': ['duty', 'chief'],
  'warning.lift': ['duty', 'chief'],
  'drill.start': ['chief'],
  'drill.end': ['chief'],
  'mode.propose': ofVerb(modeTransitions, 'propose'),
  'mode.confirm': ofVerb(modeTransitions, 'confirm'),
  'mode.decline': ofVerb(modeTransitions, 'decline'),
  ...planCommandRoles,
  ...dutyCommandRoles,
  ...wallCommandRoles,
  'response.start': ofVerb(responseTransitions, 'start'),
  'response.change': ofVerb(responseTransitions, 'change'),
  'response.end': ofVerb(responseTransitions, 'end'),
  'response.confirm': ofVerb(responseTransitions, 'confirm'),
  'response.decline': ofVerb(responseTransitions, 'decline'),
  'algorithm.switch': ['chief'],
  'algorithm.approve-rule': ['chief'],
  'algorithm.withdraw-rule': ['chief'],
}

const isRole = (role: Actor['role']): role is Role => (roles as readonly string[]).includes(role)

/** Rights of an actor; null for the system and for doors, which do not sign in. */
export const rightsOf = (actor: Actor): Rights | null => (isRole(actor.role) ? rights[actor.role] : null)
/** Told of the whole city only: an account bound to a part of it does not read these. */
const ofWholeCity: readonly Resource[] = ['duty-log', 'log', 'accounts']
export const mayRead = (actor: Actor, resource: Resource): boolean =>
  (actor.scope === undefined || !ofWholeCity.includes(resource)) && (rightsOf(actor)?.reads.includes(resource) ?? false)
export const maySubmit = (actor: Actor, type: PersonCommandType): boolean =>
  isRole(actor.role) && commandRoles[type].includes(actor.role)
