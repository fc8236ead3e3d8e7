/** One row of each table of the state lane with every fact it may ever have. A new field is an error here until it is filled in. */
import type { Alarm } from '../../shared/model/alarm.ts'
import type { CasePlan } from '../../shared/model/case-plan.ts'
import { everNormal, type CityMode } from '../../shared/model/city-mode.ts'
import type { ProgrammeTurn, WallControl } from '../../shared/model/display.ts'
import type { Drill } from '../../shared/model/drill.ts'
import type { DutyNow } from '../../shared/model/duty.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { AlarmGroup, Flood } from '../../shared/model/load-control.ts'
import type { Response } from '../../shared/model/response.ts'
import type { Sensor } from '../../shared/model/sensor.ts'
import type { SituationReport } from '../../shared/model/situation-report.ts'
import type { Unit } from '../../shared/model/unit.ts'
import type { Warning } from '../../shared/model/warning.ts'
import { noon, sampleAlarm, sampleIncident, sampleSensor, sampleUnit, sampleWarning } from './sample-rows.ts'

/** Nothing absent and nothing null, at any depth. */
type Whole<T> = T extends readonly [unknown, ...unknown[]]
  ? T
  : T extends readonly (infer One)[]
    ? readonly Whole<NonNullable<One>>[]
    : T extends object
      ? { readonly [Key in keyof T]-?: Whole<NonNullable<T[Key]>> }
      : T

type AlwaysThere<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key }[keyof T]
/** The fields every row has; those that may be absent must be filled in by name. */
type Always<T> = Whole<Pick<T, AlwaysThere<T>>>

const at = noon
const term = { zh: '词', en: 'word' }

const times = {
  T0: at,
  T1: at,
  T2: at,
  T3: at,
  T4: at,
  T5: at,
  T6: at,
  T7: at,
  T8: at,
  T9: at,
  T10: at,
  T11: at,
  T12: at,
  T13: at,
  T14: at,
}
const incident: Whole<Incident> = {
  ...(sampleIncident() as Always<Incident>),
  basis: { standardId: 's', standardVersion: 'v', when: term, closing: term },
  ...{ streetId: 's', gridId: 'g', conditionId: 'c', disposition: '01', satisfaction: 5, times },
  ...{ unableChecks: 1, exempt: true, simple: true, reopenCount: 1, countsInKpi: true, filedBy: 'duty' },
  ...{ alarmIds: ['A'], overdueStages: ['handle'] },
  ...{
    acceptedAt: at,
    filedAt: at,
    dispatchedAt: at,
    arrivedAt: at,
    finishedAt: at,
    fedBackAt: at,
    checkedAt: at,
    closedAt: at,
  },
  clock: {
    startAt: at,
    limit: { amount: 1, unit: 'work-hour' },
    extensions: 0,
    halfAt: at,
    soonAt: at,
    graveAt: at,
    marksTold: 0,
  },
  suspension: { beganAt: at, untilAt: at, endedAt: at, reason: 'r', askedBy: 'a', approvedBy: 'b' },
  requests: [
    {
      ...{ kind: 'extension', by: 'b', role: 'dept', reason: 'r', askedAt: at, untilAt: at, outcome: 'refused' },
      ...{ decidedAt: at, refusedBy: 'b', refusal: 'w', approvals: [{ by: 'b', role: 'duty', approvedAt: at }] },
    },
  ],
  lead: { departmentId: 'd', sentBy: 's', sentAt: at, receivedAt: at, receivedBy: 'r' },
  assists: [
    {
      ...{ departmentId: 'd', task: 't', askedBy: 'a', askedAt: at, dueAt: at, receivedAt: at, endedAt: at },
      ...{ end: 'answered', note: 'n', late: true },
    },
  ],
  returns: [{ kind: 'department', by: 'b', returnedAt: at, to: 't', reason: 'r', departmentId: 'd', classCode: 'E' }],
  verification: {
    ...{ askedBy: 'a', askedAt: at, unitId: 'U', result: 'exist', answeredBy: 'b', answeredAt: at, note: 'n' },
  },
  supervisions: [
    {
      ...{ kind: 'leader', by: 'b', askedAt: at, reason: 'r', requirement: 'q', replyDueAt: at },
      ...{ repliedAt: at, repliedBy: 'b', reply: 'y' },
    },
  ],
  urging: { count: 1, lastAt: at, lastBy: 'b', text: 't' },
  firstContact: { state: 'yes', dueAt: at, contactedAt: at, by: 'b', note: 'n' },
  handovers: [{ agency: '110', by: 'b', handedAt: at, person: 'p', number: 'n', words: 'w' }],
  flags: ['threat'],
  callBacks: [
    {
      ...{ from: 'i', misses: 0, endedAt: at, by: 'b', solved: 'solved', satisfaction: 'satisfied' },
      ...{ attitude: 'satisfied', note: 'n' },
    },
  ],
  visits: [{ stage: 'handle', enteredAt: at, dueAt: at, leftAt: at, by: 'b', departmentId: 'd', late: true }],
  assignments: [
    {
      ...{ unitId: 'U', state: 'dispatched', dispatchedBy: 'b', dispatchedAt: at, etaS: 1, acknowledgedAt: at },
      ...{ departedAt: at, arrivedAt: at, endedAt: at, reason: 'r', stagedAt: at, transportingAt: at },
      ...{ atDestinationAt: at, clearedAt: at, clearing: true, relayed: true, overrideReason: 'o' },
    },
  ],
  merge: {
    ...{ mainId: 'i', at, by: 'b', isByRule: true, reason: 'r', score: 1, alarmIds: ['A'], from: 'reported' },
    ...{ stateSince: at, stageDueAt: at },
  },
  links: [{ incidentId: 'i', direction: 'related', reason: 'r', by: 'b', at }],
  mergedIds: ['i'],
  notSameIds: ['i'],
}

const alarm: Whole<Alarm> = {
  ...(sampleAlarm() as Always<Alarm>),
  ...{
    evidence: term,
    incidentId: 'i',
    gateway: 'g',
    acknowledgedAt: at,
    acknowledgedBy: 'b',
    acknowledgedComment: 'c',
  },
  ...{ returnedAt: at, reAlarmAt: at },
  shelving: { by: 'b', at, untilAt: at, code: 'maintenance', words: 'w', priority: 2 },
  suppression: { by: 'rule', parentId: 'A', at },
  outOfService: { by: 'b', at, untilAt: at, reason: 'r' },
  falseMark: { by: 'b', at, reason: 'r' },
  load: {
    ...{ announcedAt: at, sound: 'urgent', isInKpi: true, groupId: 'G', hasChattered: true, fleetings: 1 },
    chattering: { sinceAt: at, transitions: 3, lastAt: at, quietAt: at },
    escalation: { level: 1, to: 'chief', at },
  },
}

const alarmGroup: Whole<AlarmGroup> = {
  ...{ id: 'G', version: 1, basis: 'place', cause: 'c', name: term, alarmIds: ['A'], total: 1, priority: 2 },
  ...{ unacknowledged: 1, position: [121.5, 31.2], districtId: 'd', startedAt: at, lastAt: at, drill: false },
  firstOut: { alarmId: 'A', name: term, sensorName: 's', occurredAt: at },
}

const flood: Whole<Flood> = {
  ...{ id: 'F', version: 1, startedAt: at, endedAt: at, consoles: 1, announced: 1, ofDrill: 0, peak: 11, groups: 1 },
  ...{ grouped: 1, escalated: 0, cases: 0, acknowledged: 0, byPriority: { 1: 0, 2: 1, 3: 0, 4: 0 } },
  topRules: [{ ruleId: 'r', count: 1 }],
}

const unit: Whole<Unit> = {
  ...(sampleUnit() as Always<Unit>),
  ...{ statusReason: 'r', incidentId: 'i', shift: 'day', staffedBy: 'U2', blockedBy: 'U3', statusRelayed: true },
  ...{ clearingFrom: 'i', arrivalSuggestedAt: at, lostFixAt: at, work: { shiftStartAt: at, assignments: 1 } },
  capabilities: ['E05'],
  districtId: 'd',
}

/** As an officer published it. */
const warning: Whole<Omit<Warning, 'source'>> & Pick<Warning, 'source'> = {
  ...(sampleWarning() as Always<Omit<Warning, 'source'>>),
  ...{ eventEn: 'e', headlineEn: 'h', areaText: 'a', source: null, issuedBy: 'b', effectiveAt: at, onsetAt: at },
  ...{ liftedAt: at, liftReason: 'r', categories: ['Met'], districtIds: ['d'], circles: [], polygons: [] },
}

const drill: Whole<Drill> = {
  ...{ id: 'D', version: 1, scenario: 'rainstorm', name: term, startedBy: 'chief', startedAt: at, endedAt: at },
  ...{ countsInKpi: true, seed: 1 },
}

const held = { mode: 'alert', sinceAt: at, reason: 'r', proposedBy: 'p', confirmedBy: 'c' } as const
const mode: Whole<CityMode> = {
  ...{ id: 'city', version: 1, ...held, effects: everNormal.effects as Whole<CityMode>['effects'] },
  districts: [{ ...held, districtId: 'd', effects: everNormal.effects as Whole<CityMode>['effects'] }],
  proposal: {
    id: 'M',
    mode: 'emergency',
    districtIds: ['d'],
    reason: 'r',
    proposedBy: 'p',
    proposedAt: at,
    expiresAt: at,
  },
}

const response: Whole<Response> = {
  ...{ id: 'R', version: 1, state: 'active', level: 'II', name: 'n', headquarters: 'h', districtIds: ['d'] },
  ...{ planName: 'p', warningId: 'W', caseId: 'i', reason: 'r', startedBy: 's', startedAt: at, confirmedBy: 'c' },
  ...{ levelSinceAt: at, endedAt: at, endReason: 'e' },
  proposal: { level: 'I', reason: 'r', by: 'b', at, expiresAt: at },
}

const duty: Whole<DutyNow> = {
  ...{ id: 'now', version: 1, kind: 'emergency', occasion: 'o', changesAsked: 1, lastEntry: 1 },
  shift: { id: '20260801-day', part: 'day', startAt: at, endAt: at },
  onDuty: [{ post: 'accept', officerId: 'o', name: term, why: 'roster' }],
  console: { by: 'b', sinceAt: at },
  handOver: { id: 'H', version: 1 },
}

const report: Whole<SituationReport> = {
  ...{ kind: 'follow-up', number: 1, dueAt: at, late: true, madeAt: at, by: 'b', to: 't' },
  body: { nature: 'n', scope: 's', losses: 'l', trend: 't', leaders: 'l', measures: 'm', advice: 'a' },
  facts: {
    ...{ reportedAt: at, occurredAt: at, source: 'hotline', title: 't', classCode: 'c', address: 'a', grade: 'major' },
  },
}

const plan: Whole<CasePlan> = {
  ...{ id: 'i', version: 1, level: 1, grade: 'serious', limitMode: 'alert', answeredAt: { U: at }, told: [term] },
  plan: { id: 'p', version: 1, name: term },
  needs: [{ id: 'n', name: term, kinds: ['k'], capability: 'c', counts: [1, 1, 1, 1] }],
  checklist: [{ id: 'c', text: term, doneBy: 'b', doneAt: at }],
  calls: [{ kind: 'unacknowledged', unitId: 'U', fromAt: at, dueAt: at, times: 1 }],
  notes: [{ at, by: 'b', role: 'chief', text: 't' }],
  outcomes: [{ departmentId: 'd', disposition: '01', note: 'n', by: 'b', at }],
  reports: [report],
}

const sensor: Whole<Sensor> = {
  ...(sampleSensor(1) as Always<Sensor>),
  ...{ gateway: 'g', outOfService: { by: 'b', at, untilAt: at, reason: 'r' } },
}

const turn: Whole<ProgrammeTurn> = {
  ...{ days: [1], from: '00:00', to: '00:00', when: { modes: ['alert'], warnings: ['red'] }, scenes: ['flood'] },
  dwellS: 60,
}
const wall: Whole<WallControl> = {
  ...{ id: 'wall', version: 1, programme: { usual: [turn], displays: [{ id: 'd', name: term, turns: [turn] }] } },
  holds: [
    {
      ...{ id: 'H1', display: 'd', scene: 'flood', caseId: 'i', position: [121, 31], pointer: [121, 31] },
      ...{ by: 'b', role: 'duty', sinceAt: at, untilAt: at },
    },
  ],
}

export const wholeRows = {
  ...{
    incident,
    alarm,
    'alarm-group': alarmGroup,
    flood,
    unit,
    warning,
    drill,
    mode,
    response,
    duty,
    wall,
    plan,
    sensor,
  },
} as const
