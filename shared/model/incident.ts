/**
 * A case and its seven steps (GB/T 30428: 信息收集 → 案件建立 → 任务派遣 → 任务处理 → 处理反馈 → 核查结案 → 综合评价).
 * The transition table below is the whole of what may happen to a case.
 */
import type { AlarmId, DepartmentId, DistrictId, IncidentId, Instant, UnitId } from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Priority } from './alarm.ts'
import type { CaseTimes } from './case-times.ts'
import type { DispositionCode } from './disposition.ts'
import type { Role } from './role.ts'
import type { CaseLink } from './duplicate.ts'
import type { Term, Transition } from './transition.ts'

export const incidentSteps = [
  { step: 1, name: { zh: '信息收集', en: 'Report' } },
  { step: 2, name: { zh: '案件建立', en: 'Filing' } },
  { step: 3, name: { zh: '任务派遣', en: 'Dispatch' } },
  { step: 4, name: { zh: '任务处理', en: 'Handling' } },
  { step: 5, name: { zh: '处理反馈', en: 'Feedback' } },
  { step: 6, name: { zh: '核查结案', en: 'Check and close' } },
  { step: 7, name: { zh: '综合评价', en: 'Evaluation' } },
] as const
export type IncidentStep = (typeof incidentSteps)[number]['step']

export const incidentStates = [
  'reported',
  'pending-filing',
  'pending-dispatch',
  'pending-receipt',
  'handling',
  'pending-feedback',
  'pending-check',
  'pending-close',
  'closed',
  'evaluated',
  'rejected',
  'void',
  'merged',
] as const
export type IncidentState = (typeof incidentStates)[number]

/** Each state's step and the words officers use for it. `open`: somebody still owes an act. */
export const incidentStateInfo: Record<IncidentState, { step: IncidentStep; open: boolean; name: Term }> = {
  reported: { step: 1, open: true, name: { zh: '待受理', en: 'To accept' } },
  'pending-filing': { step: 2, open: true, name: { zh: '待立案', en: 'To file' } },
  'pending-dispatch': { step: 3, open: true, name: { zh: '待派遣', en: 'To dispatch' } },
  'pending-receipt': { step: 4, open: true, name: { zh: '待接令', en: 'Awaiting crew' } },
  handling: { step: 4, open: true, name: { zh: '处置中', en: 'Handling' } },
  'pending-feedback': { step: 5, open: true, name: { zh: '待反馈', en: 'Awaiting feedback' } },
  'pending-check': { step: 6, open: true, name: { zh: '待核查', en: 'To check' } },
  'pending-close': { step: 6, open: true, name: { zh: '待结案', en: 'To close' } },
  closed: { step: 6, open: false, name: { zh: '已结案', en: 'Closed' } },
  evaluated: { step: 7, open: false, name: { zh: '已评价', en: 'Evaluated' } },
  rejected: { step: 2, open: false, name: { zh: '不予立案', en: 'Not filed' } },
  void: { step: 2, open: false, name: { zh: '作废', en: 'Void' } },
  // Nobody owes it an act of its own: it goes as its main case goes, and ends with it.
  merged: { step: 2, open: false, name: { zh: '已并案', en: 'Merged' } },
}
/** Merged, and its main case has not ended yet. */
export const isMergedOpen = ({ state, closedAt }: Pick<Incident, 'state' | 'closedAt'>): boolean =>
  state === 'merged' && closedAt === null
export const isOpenState = (state: IncidentState): boolean => incidentStateInfo[state].open

export type IncidentVerb =
  | 'accept'
  | 'file'
  | 'reject'
  | 'void'
  | 'dispatch'
  | 'acknowledge'
  | 'decline'
  | 'depart'
  | 'stage'
  | 'arrive'
  | 'control'
  | 'transport'
  | 'reach'
  | 'finish'
  | 'recall'
  | 'feed-back'
  | 'pass-check'
  | 'fail-check'
  | 'close'
  | 'evaluate'
  | 'locate'
  | 'reclassify'
  | 'comment'
  | 'merge'
  | 'unmerge'
  | 'settle'
  | 'link'
  | 'unlink'
  | 'not-same'
  | 'end-drill'

const officers: readonly Role[] = ['duty', 'chief']
const crew: readonly Role[] = ['crew']
const beforeDispatch: readonly IncidentState[] = ['reported', 'pending-filing', 'pending-dispatch']
const allOpen: readonly IncidentState[] = incidentStates.filter(isOpenState)
const crewTells = (verb: IncidentVerb, name: Term): Transition<IncidentState, IncidentVerb> => ({
  verb,
  from: ['handling'],
  to: 'same',
  roles: crew,
  relayedBy: officers,
  name,
})

export const incidentTransitions: readonly Transition<IncidentState, IncidentVerb>[] = [
  { verb: 'accept', from: ['reported'], to: 'pending-filing', roles: officers, name: { zh: '受理', en: 'Accept' } },
  // Filing a report that nobody accepted yet accepts it in the same act.
  {
    verb: 'file',
    from: ['reported', 'pending-filing'],
    to: 'pending-dispatch',
    roles: officers,
    name: { zh: '立案', en: 'File' },
  },
  {
    verb: 'reject',
    from: ['reported', 'pending-filing'],
    to: 'rejected',
    roles: officers,
    needsReason: true,
    name: { zh: '不予立案', en: 'Do not file' },
  },
  {
    verb: 'void',
    from: beforeDispatch,
    to: 'void',
    roles: officers,
    needsReason: true,
    name: { zh: '作废', en: 'Void' },
  },
  {
    verb: 'dispatch',
    from: ['pending-dispatch'],
    to: 'pending-receipt',
    roles: officers,
    name: { zh: '派遣', en: 'Dispatch' },
  },
  {
    verb: 'dispatch',
    from: ['pending-receipt', 'handling'],
    to: 'same',
    roles: officers,
    name: { zh: '增派', en: 'Reinforce' },
  },
  {
    verb: 'acknowledge',
    from: ['pending-receipt'],
    to: 'handling',
    roles: crew,
    relayedBy: officers,
    name: { zh: '接令', en: 'Accept task' },
  },
  {
    verb: 'acknowledge',
    from: ['handling'],
    to: 'same',
    roles: crew,
    relayedBy: officers,
    name: { zh: '接令', en: 'Accept task' },
  },
  {
    verb: 'decline',
    from: ['pending-receipt', 'handling'],
    to: 'pending-dispatch',
    roles: crew,
    needsReason: true,
    whenLast: true,
    toWhenDone: 'pending-feedback',
    name: { zh: '退单', en: 'Decline' },
  },
  {
    verb: 'recall',
    from: ['pending-receipt', 'handling'],
    to: 'pending-dispatch',
    roles: officers,
    needsReason: true,
    whenLast: true,
    toWhenDone: 'pending-feedback',
    name: { zh: '撤销指派', en: 'Recall crew' },
  },
  crewTells('depart', { zh: '出发', en: 'Depart' }),
  crewTells('stage', { zh: '到达集结点', en: 'Stage' }),
  crewTells('arrive', { zh: '到场', en: 'Arrive' }),
  {
    verb: 'control',
    from: ['handling'],
    to: 'same',
    roles: ['crew', 'duty', 'chief'],
    name: { zh: '险情受控', en: 'Under control' },
  },
  crewTells('transport', { zh: '转运', en: 'Transport' }),
  crewTells('reach', { zh: '到达目的地', en: 'Reach destination' }),
  {
    verb: 'finish',
    from: ['handling'],
    to: 'pending-feedback',
    roles: crew,
    relayedBy: officers,
    whenLast: true,
    name: { zh: '处置完成', en: 'Work done' },
  },
  {
    verb: 'feed-back',
    from: ['pending-feedback'],
    to: 'pending-check',
    roles: ['dept', 'chief'],
    name: { zh: '反馈', en: 'Feed back' },
  },
  {
    verb: 'pass-check',
    from: ['pending-check'],
    to: 'pending-close',
    roles: officers,
    name: { zh: '核查通过', en: 'Check passed' },
  },
  {
    verb: 'fail-check',
    from: ['pending-check'],
    to: 'pending-dispatch',
    roles: officers,
    needsReason: true,
    name: { zh: '返工', en: 'Rework' },
  },
  { verb: 'close', from: ['pending-close'], to: 'closed', roles: officers, name: { zh: '结案', en: 'Close' } },
  { verb: 'evaluate', from: ['closed'], to: 'evaluated', roles: officers, name: { zh: '回访评价', en: 'Evaluate' } },
  { verb: 'locate', from: allOpen, to: 'same', roles: officers, name: { zh: '定位', en: 'Set place' } },
  {
    verb: 'reclassify',
    from: ['reported', 'pending-filing', 'pending-dispatch'],
    to: 'same',
    roles: officers,
    name: { zh: '改分类', en: 'Reclassify' },
  },
  {
    verb: 'comment',
    from: allOpen,
    to: 'same',
    roles: ['duty', 'chief', 'dept', 'crew', 'manager'],
    name: { zh: '批注', en: 'Comment' },
  },
  {
    verb: 'merge',
    from: beforeDispatch,
    to: 'merged',
    roles: officers,
    needsReason: true,
    name: { zh: '并案', en: 'Merge' },
  },
  // To the state it had, as long as its main case is open.
  {
    verb: 'unmerge',
    from: ['merged'],
    to: 'same',
    restores: true,
    roles: officers,
    name: { zh: '撤销并案', en: 'Unmerge' },
  },
  { verb: 'settle', from: ['merged'], to: 'same', roles: [], name: { zh: '随主案办结', en: 'Settled with main case' } },
  // Its caller is called back like any other, once there is a result to tell.
  { verb: 'evaluate', from: ['merged'], to: 'same', roles: officers, name: { zh: '回访评价', en: 'Evaluate' } },
  {
    verb: 'link',
    from: allOpen,
    to: 'same',
    roles: officers,
    needsReason: true,
    name: { zh: '关联', en: 'Link' },
  },
  {
    verb: 'unlink',
    from: incidentStates,
    to: 'same',
    roles: officers,
    needsReason: true,
    name: { zh: '取消关联', en: 'Unlink' },
  },
  { verb: 'not-same', from: allOpen, to: 'same', roles: officers, name: { zh: '非重复', en: 'Not the same' } },
  // Cases of a drill only, when it ends: whoever is still on one is free again.
  { verb: 'end-drill', from: allOpen, to: 'void', roles: [], name: { zh: '演练结束', en: 'Drill ended' } },
]

/** Where a case came from (案件来源). Each source is told the result in its own way. */
export const incidentSources = ['iot', 'open311', 'hotline', 'patrol', 'video', 'leader', 'other'] as const
export type IncidentSource = (typeof incidentSources)[number]
export const incidentSourceNames: Record<IncidentSource, Term> = {
  iot: { zh: '物联感知', en: 'Sensors' },
  open311: { zh: '市民上报', en: 'Open311' },
  hotline: { zh: '12345热线', en: 'Hotline' },
  patrol: { zh: '网格巡查', en: 'Patrol' },
  video: { zh: '视频发现', en: 'Video' },
  leader: { zh: '领导交办', en: 'Leadership' },
  other: { zh: '其他', en: 'Other' },
}

/** Where one crew stands with one case. */
export const assignmentStates = [
  'dispatched',
  'acknowledged',
  'en-route',
  'staged',
  'on-scene',
  'transporting',
  'at-destination',
  'done',
  'declined',
  'recalled',
] as const
export type AssignmentState = (typeof assignmentStates)[number]
/** Is the crew still on the case? */
export const isActiveAssignment = (state: AssignmentState): boolean =>
  state !== 'done' && state !== 'declined' && state !== 'recalled'

export interface Assignment {
  readonly unitId: UnitId
  readonly state: AssignmentState
  readonly dispatchedBy: string
  readonly dispatchedAt: Instant
  /** Travel seconds foreseen at dispatch; null where nobody could tell. */
  readonly etaS: number | null
  readonly acknowledgedAt: Instant | null
  readonly departedAt: Instant | null
  readonly arrivedAt: Instant | null
  readonly endedAt: Instant | null
  /** Why it was declined or recalled. */
  readonly reason: string | null
  /** At the staging point, leaving the scene with somebody, arrived there, free again. Absent = never. Each is stamped once. */
  readonly stagedAt?: Instant
  readonly transportingAt?: Instant
  readonly atDestinationAt?: Instant
  readonly clearedAt?: Instant
  /** Work done, but not yet free: it packs up, or is on its way back. */
  readonly clearing?: true
  /** Some of its times were told by an officer: the crew's terminal was off. */
  readonly relayed?: true
  /** Why this crew was sent though another was recommended. */
  readonly overrideReason?: string
}

/** Who told us. Personal data: leaves the server masked for everyone without a duty to see it. */
export interface Reporter {
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
}

/** The stages whose time is kept: each begins with a state and ends when the case leaves it. */
export const stages = ['accept', 'file', 'dispatch', 'receive', 'handle', 'feed-back', 'check', 'close'] as const
export type Stage = (typeof stages)[number]
export const stageNames: Record<Stage, Term> = {
  accept: { zh: '受理', en: 'Accept' },
  file: { zh: '立案', en: 'File' },
  dispatch: { zh: '派遣', en: 'Dispatch' },
  receive: { zh: '接令', en: 'Receive' },
  handle: { zh: '处置', en: 'Handle' },
  'feed-back': { zh: '反馈', en: 'Feed back' },
  check: { zh: '核查', en: 'Check' },
  close: { zh: '结案', en: 'Close' },
}
export const stageOfState: Partial<Record<IncidentState, Stage>> = {
  reported: 'accept',
  'pending-filing': 'file',
  'pending-dispatch': 'dispatch',
  'pending-receipt': 'receive',
  handling: 'handle',
  'pending-feedback': 'feed-back',
  'pending-check': 'check',
  'pending-close': 'close',
}

/** A merged case's own record: what it was before, so that splitting it off restores it. */
export interface Merge {
  readonly mainId: IncidentId
  readonly at: Instant
  readonly by: string
  /** By the rule a person approved, and not by a person. */
  readonly isByRule: boolean
  readonly reason: string
  /** How sure the algorithm was of it; null = it had not proposed it. */
  readonly score: number | null
  /** Alarms the main case did not have before. */
  readonly alarmIds: readonly AlarmId[]
  readonly from: IncidentState
  readonly stateSince: Instant
  readonly stageDueAt: Instant | null
}

export interface Incident {
  readonly id: IncidentId
  /** Grows by one with every event of this case; the `expectedVersion` of commands. */
  readonly version: number
  readonly state: IncidentState
  readonly classCode: string
  readonly priority: Priority
  readonly title: string
  readonly description: string
  readonly source: IncidentSource
  /** The source's own reference: an alarm id, an Open311 account or device, a ticket number. */
  readonly sourceRef: string | null
  readonly alarmIds: readonly AlarmId[]
  readonly position: LonLat | null
  readonly address: string | null
  readonly districtId: DistrictId | null
  readonly reporter: Reporter | null
  readonly mediaUrl: string | null
  readonly departmentId: DepartmentId | null
  readonly assignments: readonly Assignment[]
  /** When the report reached us: the start of every clock. */
  readonly reportedAt: Instant
  /** When the thing happened or was seen, where the source says so; else `reportedAt`. */
  readonly occurredAt: Instant
  readonly acceptedAt: Instant | null
  readonly filedAt: Instant | null
  /** First dispatch; never moved by a later one. */
  readonly dispatchedAt: Instant | null
  /** First crew on scene: the end of the response time. */
  readonly arrivedAt: Instant | null
  readonly finishedAt: Instant | null
  readonly fedBackAt: Instant | null
  readonly checkedAt: Instant | null
  /** When it ended, by closing, rejecting or voiding. */
  readonly closedAt: Instant | null
  readonly stateSince: Instant
  /** When the present stage must be left; null where the stage has no limit. */
  readonly stageDueAt: Instant | null
  /** When the whole case must be closed; null before filing. */
  readonly dueAt: Instant | null
  /** Stages left too late, or still running past their limit; never shortened. */
  readonly overdueStages: readonly Stage[]
  readonly returnCount: number
  readonly reworkCount: number
  /** Last word said: the feedback, or why it was rejected. Told to the source. */
  readonly resolution: string | null
  /** 1 (dissatisfied) to 5; null until evaluated. */
  readonly satisfaction: number | null
  readonly updatedAt: Instant
  /** 演练: marked everywhere, and kept out of KPIs unless its drill counts. */
  readonly drill: boolean
  /** T0 … T14, each stamped once. Absent in rows from before they were kept: see `timesOf`. */
  readonly times?: CaseTimes
  /** How it ended, by code; absent where nobody said. */
  readonly disposition?: DispositionCode
  /** Of a drill that counts in KPIs (`Drill.countsInKpi`). Absent on every other case. */
  readonly countsInKpi?: true
  /** Absent = it is no case merged into another. */
  readonly merge?: Merge
  /** Cases merged into this one, in the order they came; absent = none. */
  readonly mergedIds?: readonly IncidentId[]
  readonly links?: readonly CaseLink[]
  /** Cases an officer said are another happening: not proposed again. */
  readonly notSameIds?: readonly IncidentId[]
}

/** Is the case in the KPIs? Every real one, and those of a drill that counts. */
export const isInKpi = ({ drill, countsInKpi }: Pick<Incident, 'drill' | 'countsInKpi'>): boolean =>
  !drill || countsInKpi === true
