/** The verbs of cases and alarms as keys and commands. Which are offered comes from the model's own tables; here is only how they are said. */
import { alarmTransitions, type Alarm } from '../../../../shared/model/alarm.ts'
import { shelvingLimits, type ShelvingReason } from '../../../../shared/model/alarm-shelving.ts'
import { acknowledgeGroupName, type AlarmGroup } from '../../../../shared/model/load-control.ts'
import {
  incidentTransitions,
  isActiveAssignment,
  type Incident,
  type IncidentVerb,
} from '../../../../shared/model/incident.ts'
import { offeredTransitions, relayedName, type Term } from '../../../../shared/model/transition.ts'
import type { Role } from '../../../../shared/model/role.ts'
import { hindranceOf, type GateSettings } from '../../../../shared/model/case-gates.ts'
import { dispositionCodes } from '../../../../shared/model/disposition.ts'
import { statusesBefore } from '../../../../shared/model/unit-transitions.ts'
import { fieldsOf, furtherDraft, relayFields, serviceFields, takesWords, type ActField } from './case-forms.ts'
import type { Draft } from '../../stores/remote.ts'
import { verbKeys } from './verb-keys.ts'

/** Offered beside the case they are about: no buttons of their own. */
export const verbsElsewhere: readonly IncidentVerb[] = ['merge', 'link', 'unlink', 'not-same']

interface ActHead {
  readonly name: Term
  /** Empty: it has a button only. */
  readonly key: string
  /** Takes what it is about one step on: the act meant to be next. */
  readonly isForward: boolean
  /** Fields to fill in besides. */
  readonly fields?: readonly ActField[]
  /** An officer tells it for a crew whose terminal is off (代报). */
  readonly relays?: true
  /** What the officer must give first. */
  readonly asks: 'nothing' | 'reason' | 'note' | 'fields' | 'crew' | 'place' | 'satisfaction' | 'shelving'
}
export interface CaseAct extends ActHead {
  readonly on: 'case'
  readonly verb: IncidentVerb
}
export interface AlarmAct extends ActHead {
  readonly on: 'alarm'
  readonly verb: DeskAlarmVerb
}
/** About a whole group of alarms. */
export interface GroupAct extends ActHead {
  readonly on: 'group'
  readonly verb: 'acknowledge'
}
export type Act = CaseAct | AlarmAct | GroupAct

const asked: Partial<Record<IncidentVerb, Act['asks']>> = {
  dispatch: 'crew',
  locate: 'place',
  finish: 'note',
  'feed-back': 'note',
  comment: 'note',
  evaluate: 'satisfaction',
}

/**
 * Acts of this case for these roles: what takes it on first, then what leaves it where it is, and last what needs a reason.
 */
export function actsOf(incident: Incident, roles: readonly Role[], settings?: GateSettings): readonly CaseAct[] {
  const own = offeredTransitions(incidentTransitions, incident.state, roles)
    .flatMap(({ verb, name, needsReason, to }): CaseAct[] => {
      // What hangs on the hour (an extension of what is overdue) is the server's to refuse.
      if (verbsElsewhere.includes(verb) || hindranceOf(incident, verb, 0, settings) !== null) return []
      const fields = fieldsOf(incident, verb)
      const beside = fields === undefined ? 'nothing' : takesWords(verb) ? 'note' : 'fields'
      const asks = needsReason ? 'reason' : (asked[verb] ?? beside)
      const isForward = !needsReason && to !== 'same' && !asideVerbs.has(verb)
      const key = verbKeys[verb] ?? ''
      return [{ on: 'case', verb, name, key, isForward, asks, ...(fields === undefined ? {} : { fields }) }]
    })
    .sort((a, b) => place(a) - place(b))
  return [...own, ...relaysOf(incident, roles)]
}
/** Crews of this case that could do this next. */
function crewsBefore({ assignments }: Incident, verb: IncidentVerb): readonly string[] {
  const before: readonly string[] = statusesBefore(verb)
  return assignments.filter(({ state }) => before.includes(state)).map(({ unitId }) => unitId)
}
/** What an officer may tell for a crew: its own next steps, with the crew's keys and shift. */
function relaysOf(incident: Incident, roles: readonly Role[]): readonly CaseAct[] {
  return incidentTransitions.flatMap(({ verb, from, name, relayedBy = [] }): CaseAct[] => {
    if (!from.includes(incident.state) || !relayedBy.some((role) => roles.includes(role))) return []
    if (crewsBefore(incident, verb).length === 0) return []
    const key = (verbKeys[verb] ?? '').toUpperCase()
    return [
      {
        ...{ on: 'case', verb, name: relayedName(name), key, isForward: false, relays: true },
        asks: verb === 'finish' ? 'note' : 'fields',
        fields: relayFields,
      },
    ]
  })
}
/** They move a case, but are not its plain way on. */
const asideVerbs: ReadonlySet<IncidentVerb> = new Set(['verify', 'suspend'])
const place = (act: CaseAct) => (act.isForward ? 0 : act.asks === 'reason' ? 2 : 1)

/** In the order they are offered. */
const alarmVerbs = [
  'acknowledge',
  'open-incident',
  'shelve',
  'unshelve',
  'reset',
  'mark-false',
  'take-out-of-service',
  'return-to-service',
] as const
export type DeskAlarmVerb = (typeof alarmVerbs)[number]
const alarmKeys: Record<DeskAlarmVerb, string> = {
  acknowledge: 'a',
  'open-incident': 'o',
  shelve: 'z',
  // The same key takes back what it did.
  unshelve: 'z',
  reset: 'u',
  'mark-false': 'x',
  'take-out-of-service': 'v',
  'return-to-service': 'v',
}
const alarmAsks: Partial<Record<DeskAlarmVerb, Act['asks']>> = {
  shelve: 'shelving',
  'mark-false': 'reason',
  'take-out-of-service': 'reason',
}

/** 恢复使用: back from repair, offered in the list of what rings nobody. */
export const serveName: Term = alarmTransitions.find(({ verb }) => verb === 'return-to-service')?.name ?? {
  zh: '',
  en: '',
}

/** Acts of this alarm: it opens one case, is marked once, and is shelved by whom its priority allows. */
export function alarmActsOf(alarm: Alarm, roles: readonly Role[]): readonly AlarmAct[] {
  const offered = offeredTransitions(alarmTransitions, alarm.state, roles)
  return alarmVerbs.flatMap((verb): AlarmAct[] => {
    const name = offered.find((row) => row.verb === verb)?.name
    if (name === undefined) return []
    if (verb === 'open-incident' && alarm.incidentId !== null) return []
    if (verb === 'mark-false' && alarm.falseMark !== null) return []
    // It is the device that is worked on, and a drill's or the system's own alarm has none.
    if (verb.endsWith('-service') && (alarm.sensorId === null || alarm.drill)) return []
    if (verb === 'shelve' && !shelvingLimits[alarm.priority].roles.some((role) => roles.includes(role))) return []
    return [
      {
        on: 'alarm',
        verb,
        name,
        key: alarmKeys[verb],
        isForward: verb === 'open-incident',
        asks: alarmAsks[verb] ?? 'nothing',
        ...(verb === 'take-out-of-service' ? { fields: serviceFields } : {}),
      },
    ]
  })
}

/** A group is acknowledged as a whole, as long as one of it waits. */
export function groupActsOf(group: AlarmGroup, roles: readonly Role[]): readonly GroupAct[] {
  if (group.unacknowledged === 0 || offeredTransitions(alarmTransitions, 'unacknowledged', roles).length === 0)
    return []
  return [{ on: 'group', verb: 'acknowledge', name: acknowledgeGroupName, key: 'a', isForward: true, asks: 'nothing' }]
}

/** What the officer sees now is what is acknowledged. */
export const groupDraftOf = ({ id: groupId, alarmIds }: AlarmGroup): Draft => ({
  type: 'alarm.acknowledge-group',
  groupId,
  seenIds: [...alarmIds],
})

/** What may be done about what is selected. Beside a case its alarm can still be acknowledged, where the case leaves the key free. */
export function actsOn(
  incident: Incident | null,
  alarm: Alarm | null,
  roles: readonly Role[],
  settings?: GateSettings,
): readonly Act[] {
  const ofCase = incident === null ? [] : actsOf(incident, roles, settings)
  const ofAlarm = alarm === null ? [] : alarmActsOf(alarm, roles)
  if (incident === null) return ofAlarm
  const taken = new Set(ofCase.map((act) => act.key))
  return [...ofCase, ...ofAlarm.filter((act) => act.verb === 'acknowledge' && !taken.has(act.key))]
}

/** Crews this act could be about, where it is about one of several: the officer says which. */
export const crewsAskedFor = (incident: Incident | null, act: Act): readonly string[] =>
  incident !== null && act.on === 'case' && act.relays === true
    ? crewsBefore(incident, act.verb)
    : incident === null || act.on !== 'case' || (act.verb !== 'recall' && act.verb !== 'send-back')
      ? []
      : act.verb === 'send-back'
        ? [...new Set(incident.assignments.filter((one) => one.state === 'done').map((one) => one.unitId))]
        : incident.assignments.filter((one) => isActiveAssignment(one.state)).map((one) => one.unitId)

/** The command of an act on an alarm; null where something asked for is missing. */
export function alarmDraftOf(alarm: Alarm, verb: DeskAlarmVerb, given: Given = {}): Draft | null {
  const head = { alarmId: alarm.id, expectedVersion: alarm.version }
  const text = given.text?.trim() ?? ''
  switch (verb) {
    case 'acknowledge':
      return { type: 'alarm.acknowledge', ...head }
    case 'open-incident':
      return { type: 'alarm.open-incident', ...head }
    case 'reset':
      return { type: 'alarm.reset', ...head }
    case 'unshelve':
      return { type: 'alarm.unshelve', ...head }
    case 'return-to-service':
      return alarm.sensorId === null ? null : { type: 'sensor.return-to-service', sensorId: alarm.sensorId }
    case 'take-out-of-service': {
      const untilAt = Date.parse(given.values?.['untilAt'] ?? '')
      const { sensorId } = alarm
      return text === '' || sensorId === null || Number.isNaN(untilAt)
        ? null
        : { type: 'sensor.take-out-of-service', sensorId, untilAt, reason: text }
    }
    case 'mark-false':
      return text === '' ? null : { type: 'alarm.mark-false', ...head, reason: text }
    case 'shelve': {
      const { shelving } = given
      return shelving === undefined ? null : { type: 'alarm.shelve', ...head, ...shelving, words: text }
    }
  }
}

export interface Given {
  readonly text?: string
  readonly shelving?: { readonly code: ShelvingReason } & ({ readonly forMs: number } | { readonly untilAt: number })
  readonly unitId?: string
  readonly position?: readonly [number, number]
  readonly satisfaction?: 1 | 2 | 3 | 4 | 5
  /** By the names of an act's fields. */
  readonly values?: Readonly<Record<string, string>>
}

/** When it happened, where that is told. */
function occurredIn({ values }: Given): { readonly occurredAt?: number } {
  const at = Date.parse(values?.['occurredAt'] ?? '')
  return Number.isNaN(at) ? {} : { occurredAt: at }
}

/** The command of an act. `unitId` is the crew meant, or the crew's own. Null where something asked for is missing. */
export function draftOf(incident: Incident, verb: IncidentVerb, given: Given): Draft | null {
  const head = { incidentId: incident.id, expectedVersion: incident.version }
  const text = given.text?.trim() ?? ''
  const { unitId, position, satisfaction } = given
  const happened = occurredIn(given)
  switch (verb) {
    case 'accept':
      return { type: 'incident.accept', ...head }
    case 'file': {
      const conditionId = given.values?.['conditionId']
      return { type: 'incident.file', ...head, ...(conditionId ? { conditionId } : {}) }
    }
    case 'reject':
    case 'void':
    case 'fail-check':
      return text === '' ? null : { type: `incident.${verb}`, ...head, reason: text }
    case 'close': {
      const disposition = dispositionCodes.find((code) => code === given.values?.['disposition'])
      return { type: 'incident.close', ...head, note: text, ...(disposition === undefined ? {} : { disposition }) }
    }
    case 'feed-back':
    case 'pass-check':
      return { type: `incident.${verb}`, ...head, note: text }
    case 'comment':
      return text === '' ? null : { type: 'incident.comment', ...head, text }
    case 'locate':
      return position === undefined ? null : { type: 'incident.locate', ...head, position }
    case 'evaluate':
      return satisfaction === undefined ? null : { type: 'incident.evaluate', ...head, satisfaction, note: text }
    case 'dispatch':
      return unitId === undefined
        ? null
        : { type: 'incident.dispatch', ...head, unitId, ...(text === '' ? {} : { reason: text }) }
    case 'recall':
    case 'decline':
      return unitId === undefined || text === '' ? null : { type: `incident.${verb}`, ...head, unitId, reason: text }
    case 'finish':
      return unitId === undefined ? null : { type: 'incident.finish', ...head, unitId, note: text, ...happened }
    case 'control':
      return { type: 'incident.control', ...head, ...(unitId === undefined ? {} : { unitId }) }
    case 'acknowledge':
    case 'depart':
    case 'stage':
    case 'arrive':
    case 'transport':
    case 'reach':
      return unitId === undefined ? null : { type: `incident.${verb}`, ...head, unitId, ...happened }
    case 'unmerge':
      return { type: 'incident.unmerge', ...head, reason: text }
    case 'merge':
    case 'settle':
    case 'link':
    case 'unlink':
    case 'not-same':
    case 'end-drill':
      return null
    default:
      return furtherDraft(incident, verb, text, given.values ?? {}, unitId)
  }
}
