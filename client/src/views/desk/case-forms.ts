/** What the further verbs of a case ask for, field by field, and the command made of what was given. Pure. */
import { caseFieldNames as labels } from '../../../../shared/model/case-field-names.ts'
import { callBacksOf } from '../../../../shared/model/call-backs.ts'
import {
  caseFlagNames,
  caseFlags,
  handoverAgencies,
  handoverAgencyNames,
  satisfactionGrades,
  satisfactionNames,
  solvedKindNames,
  solvedKinds,
  supervisionKindNames,
  supervisionKinds,
  verificationResultNames,
  verificationResults,
} from '../../../../shared/model/case-facts.ts'
import { agencyKindOf, dispositionsFor } from '../../../../shared/model/disposition.ts'
import { priorities, priorityNames } from '../../../../shared/model/priority.ts'
import type { Incident, IncidentVerb } from '../../../../shared/model/incident.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { Draft } from '../../stores/remote.ts'

export interface ActField {
  /** The command's own name for it. */
  readonly name: string
  readonly label: Term
  /** `department`: the value is a department's id, of the listed ones or of all. `condition`: one of the class chosen beside it, or of `classCode`. */
  readonly kind: 'words' | 'moment' | 'choice' | 'department' | 'class' | 'condition'
  /** What it stands at first; else its first choice. */
  readonly initial?: string
  readonly classCode?: string
  readonly options?: readonly { readonly value: string; readonly name?: Term }[]
  readonly isOptional?: true
  /** A choice nobody makes by pressing Enter. */
  readonly startsEmpty?: true
}

const choice = <V extends string>(
  name: string,
  label: Term,
  values: readonly V[],
  names: Readonly<Record<V, Term>>,
): ActField => ({ name, label, kind: 'choice', options: values.map((value) => ({ value, name: names[value] })) })
const yesNo = (name: string, label: Term, yes: Term, no: Term): ActField => ({
  name,
  label,
  kind: 'choice',
  options: [
    { value: 'true', name: yes },
    { value: 'false', name: no },
  ],
})
const department: ActField = { name: 'departmentId', label: labels.department, kind: 'department' }
const moment = (name: string, label: Term): ActField => ({ name, label, kind: 'moment' })
const words = (name: string, label: Term): ActField => ({ name, label, kind: 'words' })
const optional = (field: ActField): ActField => ({ ...field, isOptional: true })

const helping = ({ assists = [] }: Incident): ActField => ({
  ...department,
  options: assists.filter(({ endedAt }) => endedAt === null).map(({ departmentId: value }) => ({ value })),
})
const callers = (incident: Incident): readonly ActField[] => {
  const owed = callBacksOf(incident).filter(({ endedAt }) => endedAt === null)
  if (owed.length < 2) return []
  return [{ name: 'from', label: labels.call, kind: 'choice', options: owed.map(({ from: value }) => ({ value })) }]
}

/** How it may have ended: what fits the lead's kind of agency, and whether a crew saw the scene. */
const endings = ({ departmentId, arrivedAt }: Incident): ActField => ({
  ...{ name: 'disposition', label: labels.disposition, kind: 'choice', startsEmpty: true },
  options: dispositionsFor(agencyKindOf(departmentId ?? ''), arrivedAt !== null).map(({ code, name: { zh, en } }) => ({
    value: code,
    name: { zh: `${code} ${zh}`, en: `${code} ${en}` },
  })),
})
/** 停用检修: until when. */
export const serviceFields: readonly ActField[] = [moment('untilAt', labels.serviceUntil)]
/** 代报: when it happened; left empty, now. */
export const relayFields: readonly ActField[] = [optional(moment('occurredAt', labels.occurred))]

/** 立案条件 of this class, mandatory where the city wants it named; `conditionId` is the one the case has. */
export const conditionField = (classCode: string, conditionId = '', isMandatory = false): ActField => ({
  ...{ name: 'conditionId', label: labels.condition, kind: 'condition', classCode, initial: conditionId },
  ...(isMandatory ? {} : { isOptional: true }),
})
const urgency: ActField = {
  ...{ name: 'priority', label: labels.priority, kind: 'choice', isOptional: true },
  options: [
    { value: '', name: labels.byClass },
    ...priorities.map((level) => ({ value: String(level), name: priorityNames[level] })),
  ],
}

const forms: Partial<Record<IncidentVerb, (incident: Incident) => readonly ActField[]>> = {
  verify: () => [optional(words('unitId', labels.verifyingCrew))],
  'answer-verify': () => [choice('result', labels.found, verificationResults, verificationResultNames)],
  assign: () => [department],
  reassign: () => [department],
  reclassify: ({ classCode, conditionId }) => [
    { name: 'classCode', label: labels.caseClass, kind: 'class', initial: classCode },
    conditionField(classCode, conditionId),
    urgency,
  ],
  'request-suspension': () => [moment('untilAt', labels.suspendUntil)],
  'add-assist': () => [department, words('task', labels.task)],
  'receive-assist': (incident) => [helping(incident)],
  'answer-assist': (incident) => [helping(incident)],
  'waive-assist': (incident) => [helping(incident)],
  supervise: () => [
    choice('kind', labels.supervisionKind, supervisionKinds, supervisionKindNames),
    optional(words('requirement', labels.requirement)),
    optional(moment('replyDueAt', labels.replyDue)),
  ],
  contact: () => [
    choice('contacted', labels.contacted, ['yes', 'no', 'not-evaluated'] as const, {
      yes: labels.yes,
      no: labels.no,
      'not-evaluated': labels.notEvaluated,
    }),
  ],
  'hand-over': () => [
    choice('agency', labels.agency, handoverAgencies, handoverAgencyNames),
    words('person', labels.person),
    optional(words('number', labels.number)),
    words('words', labels.words),
  ],
  flag: () => [
    choice('flag', labels.mark, caseFlags, caseFlagNames),
    yesNo('isOn', labels.act, labels.mark, labels.unmark),
  ],
  'call-back': (incident) => [
    ...callers(incident),
    yesNo('isReached', labels.isReached, labels.reached, labels.notReached),
    choice('solved', labels.solved, solvedKinds, solvedKindNames),
    choice('satisfaction', labels.satisfaction, satisfactionGrades, satisfactionNames),
    choice('attitude', labels.attitude, satisfactionGrades, satisfactionNames),
  ],
  close: (incident) => [endings(incident)],
  urge: () => [],
  reply: () => [],
}

/** Fields of this act; undefined where it asks for none, not even a word. */
export const fieldsOf = (incident: Incident, verb: IncidentVerb): readonly ActField[] | undefined =>
  forms[verb]?.(incident)

/** Where the words beside the fields go. */
const wordsAs: Partial<Record<IncidentVerb, 'text' | 'note' | 'reason'>> = {
  'answer-verify': 'note',
  'answer-assist': 'note',
  urge: 'text',
  reply: 'text',
  contact: 'note',
  flag: 'reason',
  'call-back': 'note',
}
const reasoned: ReadonlySet<IncidentVerb> = new Set([
  'return',
  'return-filing',
  'reassign',
  'send-back',
  'request-extension',
  'request-suspension',
  'refuse-request',
  'waive-assist',
  'supervise',
  'unable-check',
  'force-close',
  'reopen',
  'appeal',
])
/** Whether words beside its fields go anywhere; else none are asked for. */
export const takesWords = (verb: IncidentVerb): boolean =>
  verb === 'close' || wordsAs[verb] !== undefined || reasoned.has(verb)

function valueOf({ kind, name }: ActField, given: string): unknown {
  if (name === 'priority') return Number(given)
  if (name === 'isOn' || name === 'isReached') return given === 'true'
  return kind === 'moment' ? Date.parse(given) : given
}

/** The command, or null where something it needs is missing. */
export function furtherDraft(
  incident: Incident,
  verb: IncidentVerb,
  text: string,
  values: Readonly<Record<string, string>>,
  unitId: string | undefined,
): Draft | null {
  const draft: Record<string, unknown> = {
    type: `incident.${verb}`,
    incidentId: incident.id,
    expectedVersion: incident.version,
  }
  for (const field of fieldsOf(incident, verb) ?? []) {
    const given = values[field.name]?.trim() ?? ''
    if (given !== '') draft[field.name] = valueOf(field, given)
    else if (!field.isOptional) return null
  }
  if (reasoned.has(verb)) {
    if (text === '') return null
    draft.reason = text
  }
  if (verb === 'reply' && text === '') return null
  const as = wordsAs[verb]
  if (as !== undefined && text !== '') draft[as] = text
  if (verb === 'send-back') {
    if (unitId === undefined) return null
    draft.unitId = unitId
  }
  return draft as unknown as Draft
}
