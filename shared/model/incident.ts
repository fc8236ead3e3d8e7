/**
 * A case and its seven steps (GB/T 30428: 信息收集 → 案件建立 → 任务派遣 → 任务处理 → 处理反馈 → 核查结案 → 综合评价).
 * The transition table below is the whole of what may happen to a case.
 */
import type { AlarmId, DepartmentId, DistrictId, IncidentId, Instant, UnitId } from './ids.ts'
import type { CaseFacts } from './case-facts.ts'
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
  'verifying',
  'pending-filing',
  'pending-dispatch',
  'returned',
  'pending-sign',
  'pending-receipt',
  'handling',
  'suspended',
  'pending-feedback',
  'pending-check',
  'pending-close',
  'closed',
  'force-closed',
  'evaluated',
  'rejected',
  'void',
  'merged',
] as const
export type IncidentState = (typeof incidentStates)[number]

/** Each state's step and the words officers use for it. `open`: somebody still owes an act. */
export const incidentStateInfo: Record<IncidentState, { step: IncidentStep; open: boolean; name: Term }> = {
  reported: { step: 1, open: true, name: { zh: '待受理', en: 'To accept' } },
  verifying: { step: 1, open: true, name: { zh: '核实中', en: 'Being verified' } },
  'pending-filing': { step: 2, open: true, name: { zh: '待立案', en: 'To file' } },
  'pending-dispatch': { step: 3, open: true, name: { zh: '待派遣', en: 'To dispatch' } },
  returned: { step: 3, open: true, name: { zh: '退单', en: 'Returned' } },
  'pending-sign': { step: 4, open: true, name: { zh: '待签收', en: 'Awaiting department' } },
  'pending-receipt': { step: 4, open: true, name: { zh: '待接令', en: 'Awaiting crew' } },
  handling: { step: 4, open: true, name: { zh: '处置中', en: 'Handling' } },
  suspended: { step: 4, open: true, name: { zh: '挂账中', en: 'Suspended' } },
  'pending-feedback': { step: 5, open: true, name: { zh: '待反馈', en: 'Awaiting feedback' } },
  'pending-check': { step: 6, open: true, name: { zh: '待核查', en: 'To check' } },
  'pending-close': { step: 6, open: true, name: { zh: '待结案', en: 'To close' } },
  closed: { step: 6, open: false, name: { zh: '已结案', en: 'Closed' } },
  'force-closed': { step: 6, open: false, name: { zh: '强制结案', en: 'Closed by force' } },
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
  | 'verify'
  | 'answer-verify'
  | 'file'
  | 'reject'
  | 'void'
  | 'dispatch'
  | 'assign'
  | 'reassign'
  | 'return-filing'
  | 'receive'
  | 'return'
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
  | 'send-back'
  | 'request-extension'
  | 'approve-extension'
  | 'request-suspension'
  | 'suspend'
  | 'resume'
  | 'refuse-request'
  | 'add-assist'
  | 'receive-assist'
  | 'answer-assist'
  | 'waive-assist'
  | 'urge'
  | 'supervise'
  | 'reply'
  | 'pass-check'
  | 'fail-check'
  | 'unable-check'
  | 'close'
  | 'force-close'
  | 'reopen'
  | 'appeal'
  | 'approve-appeal'
  | 'call-back'
  | 'evaluate'
  | 'contact'
  | 'hand-over'
  | 'flag'
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
const department: readonly Role[] = ['dept']
const beforeDispatch: readonly IncidentState[] = [
  'reported',
  'verifying',
  'pending-filing',
  'pending-dispatch',
  'returned',
]
const allOpen: readonly IncidentState[] = incidentStates.filter(isOpenState)
/** Filed, and not yet fed back: the department's and the crews' time. */
const inHand: readonly IncidentState[] = [
  'pending-dispatch',
  'returned',
  'pending-sign',
  'pending-receipt',
  'handling',
  'pending-feedback',
]
const filedOpen: readonly IncidentState[] = [...inHand, 'suspended', 'pending-check', 'pending-close']
const done: readonly IncidentState[] = ['closed', 'force-closed', 'evaluated']

type Row = Transition<IncidentState, IncidentVerb>
const row = (
  verb: IncidentVerb,
  from: readonly IncidentState[],
  to: Row['to'],
  roles: readonly Role[],
  name: readonly [zh: string, en: string],
  more: Partial<Omit<Row, 'verb' | 'from' | 'to' | 'roles' | 'name'>> = {},
): Row => ({ verb, from, to, roles, ...more, name: { zh: name[0], en: name[1] } })
const needsReason = { needsReason: true } as const
const relayed = { relayedBy: officers }

export const incidentTransitions: readonly Row[] = [
  row('accept', ['reported'], 'pending-filing', officers, ['受理', 'Accept']),
  row('verify', ['reported', 'pending-filing'], 'verifying', officers, ['核实', 'Have verified']),
  row('answer-verify', ['verifying'], 'pending-filing', ['crew', ...officers], ['核实反馈', 'Verified']),
  // Filing a report that nobody accepted yet accepts it in the same act.
  row('file', ['reported', 'pending-filing'], 'pending-dispatch', officers, ['立案', 'File']),
  row('reject', ['reported', 'pending-filing'], 'rejected', officers, ['不予立案', 'Do not file'], needsReason),
  row('void', beforeDispatch, 'void', officers, ['作废', 'Void'], needsReason),
  row('dispatch', ['pending-dispatch', 'returned'], 'pending-receipt', officers, ['派遣', 'Dispatch']),
  row('dispatch', ['pending-receipt', 'handling'], 'same', officers, ['增派', 'Reinforce']),
  row('assign', ['pending-dispatch'], 'pending-sign', officers, ['派遣到部门', 'Send to department']),
  row('receive', ['pending-sign'], 'handling', department, ['签收', 'Receive']),
  row('return', ['pending-sign', 'handling'], 'returned', department, ['退单', 'Return'], needsReason),
  row(
    'reassign',
    ['returned', 'pending-sign', 'handling'],
    'pending-sign',
    officers,
    ['改派', 'Send elsewhere'],
    needsReason,
  ),
  row(
    'return-filing',
    ['pending-dispatch', 'returned'],
    'pending-filing',
    officers,
    ['退回受理', 'Back to filing'],
    needsReason,
  ),
  row('acknowledge', ['pending-receipt'], 'handling', crew, ['接令', 'Accept task'], relayed),
  row('acknowledge', ['handling'], 'same', crew, ['接令', 'Accept task'], relayed),
  row('decline', ['pending-receipt', 'handling'], 'pending-dispatch', crew, ['退单', 'Decline'], {
    ...needsReason,
    whenLast: true,
    toWhenDone: 'pending-feedback',
    toWhenLed: 'handling',
  }),
  row('recall', ['pending-receipt', 'handling'], 'pending-dispatch', officers, ['撤销指派', 'Recall crew'], {
    ...needsReason,
    whenLast: true,
    toWhenDone: 'pending-feedback',
    toWhenLed: 'handling',
  }),
  row('depart', ['handling'], 'same', crew, ['出发', 'Depart'], relayed),
  row('stage', ['handling'], 'same', crew, ['到达集结点', 'Stage'], relayed),
  row('arrive', ['handling'], 'same', crew, ['到场', 'Arrive'], relayed),
  row('control', ['handling'], 'same', ['crew', ...officers], ['险情受控', 'Under control']),
  row('transport', ['handling'], 'same', crew, ['转运', 'Transport'], relayed),
  row('reach', ['handling'], 'same', crew, ['到达目的地', 'Reach destination'], relayed),
  row('finish', ['handling'], 'pending-feedback', crew, ['处置完成', 'Work done'], { ...relayed, whenLast: true }),
  row('feed-back', ['pending-feedback'], 'pending-check', ['dept', 'chief'], ['反馈', 'Feed back']),
  // A department that did the work itself, without a crew of ours.
  row('feed-back', ['handling'], 'pending-check', ['dept', 'chief'], ['处置反馈', 'Handled: feed back']),
  row('send-back', ['pending-feedback'], 'pending-receipt', department, ['退回处置', 'Back to the crew'], needsReason),
  row('request-extension', inHand, 'same', ['dept', 'crew'], ['申请延期', 'Ask for more time'], needsReason),
  row('approve-extension', inHand, 'same', ['dept', ...officers], ['同意延期', 'Grant more time']),
  row(
    'request-suspension',
    ['pending-dispatch', 'returned', 'handling'],
    'same',
    ['dept', 'crew', ...officers],
    ['申请挂账', 'Ask to suspend'],
    needsReason,
  ),
  row('suspend', ['pending-dispatch', 'returned', 'handling'], 'suspended', officers, ['同意挂账', 'Suspend']),
  row('resume', ['suspended'], 'pending-dispatch', officers, ['恢复处置', 'Resume'], { toWhenLed: 'handling' }),
  row(
    'refuse-request',
    [...filedOpen, ...done],
    'same',
    ['dept', ...officers, 'manager'],
    ['不予同意', 'Refuse request'],
    needsReason,
  ),
  row('add-assist', inHand, 'same', officers, ['派协办', 'Ask for assistance']),
  row('receive-assist', allOpen, 'same', department, ['协办签收', 'Receive as assistant']),
  row('answer-assist', allOpen, 'same', department, ['协办反馈', 'Answer as assistant']),
  row('waive-assist', allOpen, 'same', officers, ['免除协办', 'Let assistant off'], needsReason),
  row('urge', filedOpen, 'same', officers, ['催办', 'Remind']),
  row('supervise', filedOpen, 'same', ['chief', 'manager'], ['督办', 'Supervise'], needsReason),
  row('reply', allOpen, 'same', ['dept', 'crew'], ['督办回复', 'Answer supervision']),
  row('pass-check', ['pending-check'], 'pending-close', officers, ['核查通过', 'Check passed']),
  row('fail-check', ['pending-check'], 'pending-dispatch', officers, ['返工', 'Rework'], {
    ...needsReason,
    toWhenLed: 'pending-sign',
  }),
  row('unable-check', ['pending-check'], 'same', officers, ['无法核查', 'Could not check'], needsReason),
  row('close', ['pending-close'], 'closed', officers, ['结案', 'Close']),
  row('force-close', filedOpen, 'force-closed', ['chief'], ['强制结案', 'Close by force'], needsReason),
  row('reopen', done, 'pending-dispatch', officers, ['重新办理', 'Reopen'], needsReason),
  row('reopen', ['rejected', 'void'], 'pending-filing', officers, ['重新办理', 'Reopen'], needsReason),
  row('appeal', done, 'same', department, ['申诉', 'Appeal'], needsReason),
  row('approve-appeal', done, 'same', ['chief', 'manager'], ['申诉成立', 'Uphold appeal']),
  row('call-back', ['closed', 'force-closed'], 'evaluated', officers, ['回访', 'Call back'], { whenAnswered: true }),
  row('evaluate', ['closed', 'force-closed'], 'evaluated', officers, ['回访评价', 'Evaluate']),
  row('contact', allOpen, 'same', ['dept', 'crew', ...officers], ['先行联系', 'Contact first']),
  row('hand-over', allOpen, 'same', officers, ['一键转接', 'Hand over']),
  row('flag', allOpen, 'same', officers, ['标记', 'Mark']),
  row('locate', allOpen, 'same', officers, ['定位', 'Set place']),
  row('reclassify', ['reported', 'pending-filing', 'pending-dispatch', 'returned'], 'same', officers, [
    '改分类',
    'Reclassify',
  ]),
  row('comment', allOpen, 'same', ['duty', 'chief', 'dept', 'crew', 'manager'], ['批注', 'Comment']),
  row('merge', beforeDispatch, 'merged', officers, ['并案', 'Merge'], needsReason),
  // To the state it had, as long as its main case is open.
  row('unmerge', ['merged'], 'same', officers, ['撤销并案', 'Unmerge'], { restores: true }),
  row('settle', ['merged'], 'same', [], ['随主案办结', 'Settled with main case']),
  // Its caller is called back like any other, once there is a result to tell.
  row('call-back', ['merged'], 'same', officers, ['回访', 'Call back']),
  row('evaluate', ['merged'], 'same', officers, ['回访评价', 'Evaluate']),
  row('link', allOpen, 'same', officers, ['关联', 'Link'], needsReason),
  row('unlink', incidentStates, 'same', officers, ['取消关联', 'Unlink'], needsReason),
  row('not-same', allOpen, 'same', officers, ['非重复', 'Not the same']),
  // Cases of a drill only, when it ends: whoever is still on one is free again.
  row('end-drill', allOpen, 'void', [], ['演练结束', 'Drill ended']),
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
export const stages = [
  'accept',
  'verify',
  'file',
  'dispatch',
  'sign',
  'receive',
  'handle',
  'feed-back',
  'check',
  'close',
] as const
export type Stage = (typeof stages)[number]
export const stageNames: Record<Stage, Term> = {
  accept: { zh: '受理', en: 'Accept' },
  verify: { zh: '核实', en: 'Verify' },
  file: { zh: '立案', en: 'File' },
  dispatch: { zh: '派遣', en: 'Dispatch' },
  sign: { zh: '签收', en: 'Sign for' },
  receive: { zh: '接令', en: 'Receive' },
  handle: { zh: '处置', en: 'Handle' },
  'feed-back': { zh: '反馈', en: 'Feed back' },
  check: { zh: '核查', en: 'Check' },
  close: { zh: '结案', en: 'Close' },
}
export const stageOfState: Partial<Record<IncidentState, Stage>> = {
  reported: 'accept',
  verifying: 'verify',
  'pending-filing': 'file',
  'pending-dispatch': 'dispatch',
  returned: 'dispatch',
  'pending-sign': 'sign',
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

/** One stay in a stage. */
export interface StageVisit {
  readonly stage: Stage
  readonly enteredAt: Instant
  /** When it had to be left, as it stood when it was; absent = no limit. */
  readonly dueAt?: Instant
  /** Absent while the case is in it. */
  readonly leftAt?: Instant
  /** Who took it on, and the department that had the case then. */
  readonly by?: string
  readonly departmentId?: DepartmentId
  /** Left too late. */
  readonly late?: true
}
/** The oldest are let go of; the log keeps all. */
export const mostVisitsKept = 40

export interface Incident extends CaseFacts {
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
  /** 街镇 and 责任网格 of the place; null where the city has none there, absent on cases of logs that did not keep them. */
  readonly streetId?: string | null
  readonly gridId?: string | null
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
  /** Every stay in a stage, in order; absent on cases of logs that did not keep them. */
  readonly visits?: readonly StageVisit[]
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
