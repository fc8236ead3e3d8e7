/**
 * What stands against a verb besides state and role, read from the case alone: the server refuses by it, the pages do not offer by it. A
 * verb that is not named here is held back by nothing else.
 */
import type { CaseRequest, RequestKind } from './case-facts.ts'
import type { Instant } from './ids.ts'
import type { Incident, IncidentVerb } from './incident.ts'
import { mostAssists, mostHandovers, mostSupervisions } from './case-facts.ts'
import { defaultCaseSettings, type CaseSettings } from './case-settings.ts'
import { callBacksOf } from './call-backs.ts'
import { isActiveAssignment } from './incident.ts'

/** Why not, each with its words for a person. */
export const hindrances = {
  'crew-on-it': 'a crew is still on it: recall it first',
  'not-led': 'no department has it',
  'not-received': 'the department has not signed for it',
  'no-request': 'nobody asks for that',
  'request-open': 'something is being asked for already',
  overdue: 'it is overdue',
  'no-limit': 'it has no limit',
  'extended-twice': 'it was extended as often as it may be',
  'suspended-once': 'it was suspended once already',
  'appealed-once': 'it was appealed once already',
  'never-late': 'it was never late',
  'assist-open': 'a department that helps has neither answered nor been let off',
  'no-assist': 'no department is helping',
  'too-many': 'there are too many of them',
  'no-supervision': 'nobody waits for an answer',
  'no-call-back': 'no caller is owed an answer',
  'several-callers': 'several callers are owed an answer: call each back',
} as const
export type Hindrance = keyof typeof hindrances

export const openRequest = ({ requests }: Pick<Incident, 'requests'>): CaseRequest | undefined =>
  requests?.find(({ outcome }) => outcome === 'open')

const hasCrew = ({ assignments }: Incident) => assignments.some(({ state }) => isActiveAssignment(state))
const hasOpenAssist = ({ assists }: Incident) => assists?.some(({ endedAt }) => endedAt === null) ?? false
const asksFor = (incident: Incident, kind: RequestKind): Hindrance | null =>
  openRequest(incident)?.kind === kind ? null : 'no-request'
const isOverdue = ({ dueAt }: Incident, now: Instant) => dueAt !== null && now > dueAt

/** What of the city's settings a verb is held back by. */
export type GateSettings = Pick<CaseSettings, 'mostExtensions'>
type Gate = (incident: Incident, now: Instant, settings: GateSettings) => Hindrance | null

const mayExtend: Gate = (incident, now, { mostExtensions }) => {
  if (incident.clock === undefined || incident.dueAt === null) return 'no-limit'
  if (isOverdue(incident, now)) return 'overdue'
  return incident.clock.extensions >= mostExtensions ? 'extended-twice' : null
}
const mayRequest = (incident: Incident): Hindrance | null =>
  openRequest(incident) === undefined ? null : 'request-open'
const maySuspend = (incident: Incident): Hindrance | null => {
  if (incident.suspension !== undefined) return 'suspended-once'
  return hasCrew(incident) ? 'crew-on-it' : null
}
const mayHandBack = (incident: Incident): Hindrance | null => {
  if (incident.lead === undefined) return 'not-led'
  return hasCrew(incident) ? 'crew-on-it' : null
}
const hasAssist: Gate = (incident) => (hasOpenAssist(incident) ? null : 'no-assist')

const gates: Partial<Record<IncidentVerb, Gate>> = {
  receive: ({ lead }) => (lead === undefined ? 'not-led' : null),
  return: mayHandBack,
  reassign: (incident) => (incident.state === 'returned' ? null : mayHandBack(incident)),
  'feed-back': (incident) => {
    if (incident.state !== 'handling') return null
    if (incident.lead?.receivedAt == null) return 'not-received'
    return hasCrew(incident) ? 'crew-on-it' : null
  },
  'request-extension': (incident, now, settings) => mayRequest(incident) ?? mayExtend(incident, now, settings),
  'approve-extension': (incident, now, settings) =>
    asksFor(incident, 'extension') ?? mayExtend(incident, now, settings),
  'request-suspension': (incident) => mayRequest(incident) ?? maySuspend(incident),
  suspend: (incident) => asksFor(incident, 'suspension') ?? maySuspend(incident),
  'refuse-request': (incident) => (openRequest(incident) === undefined ? 'no-request' : null),
  appeal: ({ requests, overdueStages }) => {
    if (requests?.some(({ kind }) => kind === 'appeal')) return 'appealed-once'
    return overdueStages.length === 0 ? 'never-late' : null
  },
  'approve-appeal': (incident) => asksFor(incident, 'appeal'),
  'add-assist': ({ assists }) => ((assists?.length ?? 0) >= mostAssists ? 'too-many' : null),
  'receive-assist': hasAssist,
  'answer-assist': hasAssist,
  'waive-assist': hasAssist,
  supervise: ({ supervisions }) => ((supervisions?.length ?? 0) >= mostSupervisions ? 'too-many' : null),
  reply: ({ supervisions }) => (supervisions?.some(({ repliedAt }) => repliedAt === null) ? null : 'no-supervision'),
  'hand-over': ({ handovers }) => ((handovers?.length ?? 0) >= mostHandovers ? 'too-many' : null),
  close: (incident) => (hasOpenAssist(incident) ? 'assist-open' : null),
  'call-back': (incident) => (callBacksOf(incident).some(({ endedAt }) => endedAt === null) ? null : 'no-call-back'),
  evaluate: (incident) =>
    callBacksOf(incident).filter(({ endedAt }) => endedAt === null).length > 1 ? 'several-callers' : null,
}

/** What stands against this verb now, or null. */
export const hindranceOf = (
  incident: Incident,
  verb: IncidentVerb,
  now: Instant,
  settings: GateSettings = defaultCaseSettings,
): Hindrance | null => gates[verb]?.(incident, now, settings) ?? null
