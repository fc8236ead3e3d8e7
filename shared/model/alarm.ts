/**
 * Alarms (ISA-18.2 / IEC 62682): a condition that needs a timely response. Nine states and every move between them, as data.
 */
import type { AlarmLoad } from './alarm-load.ts'
import type { AlarmId, DistrictId, IncidentId, Instant, SensorId } from './ids.ts'
import type { Rationale } from './alarm-priority.ts'
import type { Shelving } from './alarm-shelving.ts'
import type { LonLat } from './geo.ts'
import type { OperatingMode } from './mode.ts'
import type { Priority } from './priority.ts'
import type { OutOfService } from './sensor.ts'
import type { Role } from './role.ts'
import type { Term, Transition } from './transition.ts'

export type { Priority } from './priority.ts'
export { priorities, priorityNames } from './priority.ts'

export const alarmStates = [
  'unacknowledged',
  'acknowledged',
  'returned',
  'normal',
  'latched-unacknowledged',
  'latched-acknowledged',
  'shelved',
  'suppressed',
  'out-of-service',
] as const
export type AlarmState = (typeof alarmStates)[number]
export const alarmStateNames: Record<AlarmState, Term> = {
  unacknowledged: { zh: '未确认', en: 'Unacknowledged' },
  acknowledged: { zh: '已确认', en: 'Acknowledged' },
  /** Back to normal, and nobody has seen it yet. */
  returned: { zh: '已恢复未确认', en: 'Returned, unacknowledged' },
  normal: { zh: '正常', en: 'Normal' },
  /** The condition is over; the rule wants it seen, and then reset by hand. */
  'latched-unacknowledged': { zh: '锁定未确认', en: 'Latched, unacknowledged' },
  'latched-acknowledged': { zh: '锁定已确认', en: 'Latched, acknowledged' },
  /** Put aside by a person for a time. */
  shelved: { zh: '已搁置', en: 'Shelved' },
  /** Hidden by design: what it hangs on has an alarm of its own. */
  suppressed: { zh: '设计抑制', en: 'Suppressed by design' },
  /** Its sensor is being worked on. */
  'out-of-service': { zh: '停用检修', en: 'Out of service' },
}

/** Judged on and kept in the history, and rings nobody. */
export const hiddenStates = ['shelved', 'suppressed', 'out-of-service'] as const satisfies readonly AlarmState[]
export const isHiddenState = (state: AlarmState): boolean => (hiddenStates as readonly AlarmState[]).includes(state)
/** Stands before the officers: neither normal nor hidden. */
export const isShownState = (state: AlarmState): boolean => state !== 'normal' && !isHiddenState(state)

export type AlarmVerb =
  | 'acknowledge'
  | 'return'
  | 'reraise'
  | 're-alarm'
  | 'reset'
  | 'shelve'
  | 'unshelve'
  | 'suppress'
  | 'unsuppress'
  | 'take-out-of-service'
  | 'return-to-service'
  | 'mark-false'
  | 'open-incident'
  | 'end-drill'

/** What the alarm's condition does as it moves: it holds; it is over; it is over and the rule latches. */
export type AlarmOutcome = 'holds' | 'gone' | 'latched'
export interface AlarmTransition extends Transition<AlarmState, AlarmVerb> {
  /** Only then; absent = always. */
  readonly when?: AlarmOutcome
}

const officers: readonly Role[] = ['duty', 'chief']
const shown = [
  'unacknowledged',
  'acknowledged',
  'returned',
  'latched-unacknowledged',
  'latched-acknowledged',
] as const satisfies readonly AlarmState[]

const names = {
  acknowledge: { zh: '确认', en: 'Acknowledge' },
  return: { zh: '恢复', en: 'Return to normal' },
  reraise: { zh: '再次告警', en: 'Raise again' },
  'take-out-of-service': { zh: '停用检修', en: 'Take out of service' },
  'return-to-service': { zh: '恢复使用', en: 'Return to service' },
  unshelve: { zh: '取消搁置', en: 'Unshelve' },
  unsuppress: { zh: '解除抑制', en: 'Unsuppress' },
} as const satisfies Partial<Record<AlarmVerb, Term>>

/** From a hidden state back: announced again where the condition holds; latched, or over, where it does not. */
const backFrom = <V extends AlarmVerb & keyof typeof names>(
  verb: V,
  state: AlarmState,
  roles: readonly Role[],
): readonly AlarmTransition[] => [
  { verb, from: [state], to: 'unacknowledged', roles, when: 'holds', name: names[verb] },
  { verb, from: [state], to: 'normal', roles, when: 'gone', name: names[verb] },
  { verb, from: [state], to: 'latched-unacknowledged', roles, when: 'latched', name: names[verb] },
]

export const alarmTransitions: readonly AlarmTransition[] = [
  { verb: 'acknowledge', from: ['unacknowledged'], to: 'acknowledged', roles: officers, name: names.acknowledge },
  { verb: 'acknowledge', from: ['returned'], to: 'normal', roles: officers, name: names.acknowledge },
  {
    verb: 'acknowledge',
    from: ['latched-unacknowledged'],
    to: 'latched-acknowledged',
    roles: officers,
    name: names.acknowledge,
  },
  { verb: 'return', from: ['unacknowledged'], to: 'returned', roles: [], when: 'gone', name: names.return },
  { verb: 'return', from: ['acknowledged'], to: 'normal', roles: [], when: 'gone', name: names.return },
  {
    verb: 'return',
    from: ['unacknowledged'],
    to: 'latched-unacknowledged',
    roles: [],
    when: 'latched',
    name: names.return,
  },
  {
    verb: 'return',
    from: ['acknowledged'],
    to: 'latched-acknowledged',
    roles: [],
    when: 'latched',
    name: names.return,
  },
  // Nobody was told of it, so nobody needs to be told that it is over.
  { verb: 'return', from: ['suppressed'], to: 'normal', roles: [], name: names.return },
  { verb: 'return', from: ['shelved', 'out-of-service'], to: 'same', roles: [], name: names.return },
  {
    verb: 'reraise',
    from: ['returned', 'latched-unacknowledged', 'latched-acknowledged'],
    to: 'unacknowledged',
    roles: [],
    name: names.reraise,
  },
  { verb: 'reraise', from: ['shelved', 'out-of-service'], to: 'same', roles: [], name: names.reraise },
  {
    verb: 're-alarm',
    from: ['acknowledged'],
    to: 'unacknowledged',
    roles: [],
    name: { zh: '再提醒', en: 'Re-alarm' },
  },
  {
    verb: 'reset',
    from: ['latched-acknowledged'],
    to: 'normal',
    roles: officers,
    name: { zh: '复位', en: 'Reset' },
  },
  {
    verb: 'shelve',
    from: shown,
    to: 'shelved',
    roles: officers,
    needsReason: true,
    name: { zh: '搁置', en: 'Shelve' },
  },
  ...backFrom('unshelve', 'shelved', officers),
  { verb: 'suppress', from: shown, to: 'suppressed', roles: [], name: { zh: '设计抑制', en: 'Suppress by design' } },
  ...backFrom('unsuppress', 'suppressed', []),
  {
    verb: 'take-out-of-service',
    from: [...shown, 'shelved', 'suppressed'],
    to: 'out-of-service',
    roles: officers,
    needsReason: true,
    name: names['take-out-of-service'],
  },
  ...backFrom('return-to-service', 'out-of-service', officers),
  {
    verb: 'mark-false',
    from: alarmStates,
    to: 'same',
    roles: officers,
    needsReason: true,
    name: { zh: '标记误报', en: 'Mark as false' },
  },
  {
    verb: 'open-incident',
    from: shown,
    to: 'same',
    roles: officers,
    name: { zh: '转为事件', en: 'Open incident' },
  },
  // Alarms of a drill only, when it ends.
  {
    verb: 'end-drill',
    from: [...shown, ...hiddenStates],
    to: 'normal',
    roles: [],
    name: { zh: '演练结束', en: 'Drill ended' },
  },
]

/** The row of this verb from this state for a condition that is so, or undefined: the move is not allowed. */
export const findAlarmMove = (from: AlarmState, verb: AlarmVerb, outcome: AlarmOutcome): AlarmTransition | undefined =>
  alarmTransitions.find(
    (row) => row.verb === verb && row.from.includes(from) && (row.when === undefined || row.when === outcome),
  )

/** Alarms of one sensor that may stand side by side: of what it says, that it cannot be believed or heard, and that it says what it never said. */
export const alarmChannels = ['value', 'data', 'deviation'] as const
export type AlarmChannel = (typeof alarmChannels)[number]

/**
 * What is wrong, as a rule sees it. `high`: too much. `low`: too little. `state`: equal to the limit. `rise`, `fall`: changed by the limit
 * within the rule's window. `no-data`: unheard for the limit, in report intervals. `flatline`: has not moved. `bad-quality`: says what
 * cannot be true. `deviation`: is unlike anything expected of it now; the limit is the detector's score.
 */
export const ruleSenses = [
  'high',
  'low',
  'state',
  'rise',
  'fall',
  'no-data',
  'flatline',
  'bad-quality',
  'deviation',
] as const
export type RuleSense = (typeof ruleSenses)[number]
export const ruleSenseInfo: Record<RuleSense, { readonly channel: AlarmChannel; readonly name: Term }> = {
  high: { channel: 'value', name: { zh: '高限', en: 'High limit' } },
  low: { channel: 'value', name: { zh: '低限', en: 'Low limit' } },
  state: { channel: 'value', name: { zh: '状态', en: 'State' } },
  rise: { channel: 'value', name: { zh: '上升速率', en: 'Rate of rise' } },
  fall: { channel: 'value', name: { zh: '下降速率', en: 'Rate of fall' } },
  'no-data': { channel: 'data', name: { zh: '无数据', en: 'No data' } },
  flatline: { channel: 'data', name: { zh: '数值卡滞', en: 'Flat line' } },
  'bad-quality': { channel: 'data', name: { zh: '数据质量差', en: 'Bad data quality' } },
  deviation: { channel: 'deviation', name: { zh: '偏离常态', en: 'Deviation from the expected' } },
}
export const channelOf = (sense: RuleSense): AlarmChannel => ruleSenseInfo[sense].channel

/** Kind of a rule that watches sensors of every kind. */
export const anyKind = '*'

/** When, where and in which mode a rule is in force; what is absent does not matter. Outside of it nothing is judged by the rule. */
export interface RuleScope {
  readonly modes?: readonly OperatingMode[]
  readonly districtIds?: readonly DistrictId[]
  /** By the city's working calendar. */
  readonly calendar?: 'working-hours' | 'outside-working-hours'
  /** `HH:MM` of the city's day, from up to but not at `to`; over midnight where `to` is the earlier. */
  readonly hours?: { readonly from: string; readonly to: string }
}

/** A limit and what to do about it. One sensor kind may have several; the worst one that holds speaks. */
export interface AlarmRule {
  readonly id: string
  readonly version: number
  /** Sensor kind it watches; {@link anyKind} = all that no rule of the same sense names. */
  readonly kind: string
  readonly sense: RuleSense
  /** In the kind's unit; of `no-data` in report intervals; 0 and without meaning for `flatline` and `bad-quality`. Reaching it is crossing it. */
  readonly limit: number
  /** How far back past the limit a value must come before the alarm returns, in the kind's unit; ≥ 0. Of `deviation`: the least departure worth telling of. */
  readonly deadband: number
  /** The condition must have held this long by the readings' own time… */
  readonly onDelayMs: number
  /** …and for at least this many readings in a row; ≥ 1. */
  readonly onReadings: number
  /** The return must have held this long. */
  readonly offDelayMs: number
  readonly priority: Priority
  readonly name: Term
  /** What it means if nobody acts, and what to do: shown to the officer. */
  readonly consequence: Term
  readonly action: Term
  /** The case this alarm opens by itself, where it does. */
  readonly opensIncident?: { readonly classCode: string }
  /** The case class an officer's own opening starts from. */
  readonly classCode: string
  /** Of `rise` and `fall`: within this time. Of `flatline`: unmoved for this long; absent = for as long as its kind may be. Ms. */
  readonly windowMs?: number
  /** Over is not enough: it must be acknowledged and then reset by hand. */
  readonly latch?: boolean
  /** False: listed, and judging nothing until two people enable it. Absent = on. */
  readonly enabled?: boolean
  /** Acknowledged and still so after `afterMs`: unacknowledged again, at most `most` times. */
  readonly reAlarm?: { readonly afterMs: number; readonly most: number }
  /** Absent = always and everywhere. */
  readonly scope?: RuleScope
  /** Why it is as it is; absent in packs from before there was such a record. */
  readonly rationale?: Rationale
}

/** An alarm hidden because what it hangs on has an alarm of its own. */
export interface Suppression {
  /** The rule that hides it. */
  readonly by: string
  /** The alarm it is hidden behind. */
  readonly parentId: AlarmId
  readonly at: Instant
}
/** 误报: a person found that nothing was wrong. */
export interface FalseMark {
  readonly by: string
  readonly at: Instant
  readonly reason: string
}

export interface Alarm {
  readonly id: AlarmId
  /** Grows by one with every event of this alarm. */
  readonly version: number
  readonly state: AlarmState
  readonly ruleId: string
  readonly ruleVersion: number
  /** Null for an alarm of the system about itself (see `ruleId`). */
  readonly sensorId: SensorId | null
  readonly sensorName: string
  readonly kind: string
  readonly priority: Priority
  readonly name: Term
  /** The value that raised it, then the worst since. */
  readonly value: number
  readonly unit: string
  /** Of `deviation`: what was expected. */
  readonly limit: number
  readonly sense: RuleSense
  /** Why a detector spoke, in words; absent where a plain limit did. */
  readonly evidence?: Term
  readonly deadband: number
  readonly position: LonLat | null
  readonly districtId: DistrictId | null
  /** When the condition began in the world. */
  readonly occurredAt: Instant
  /** When a door took in what raised it. */
  readonly receivedAt: Instant
  /** When it was raised here. */
  readonly raisedAt: Instant
  /** When people were first told; null while it has only ever been hidden. */
  readonly annunciatedAt: Instant | null
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: string | null
  readonly acknowledgedComment: string | null
  readonly returnedAt: Instant | null
  /** How many times it was raised before it went back to normal. */
  readonly count: number
  readonly incidentId: IncidentId | null
  /** 演练: raised by readings of a drill. Never an alarm of the system about itself. */
  readonly drill: boolean
  /** The gateway it is about, or behind which its sensor is; null for neither. */
  readonly gateway: string | null
  /** Does its condition hold, whatever became of the alarm? */
  readonly active: boolean
  /** Its rule latches. */
  readonly latch: boolean
  /** When it was last raised: `raisedAt`, or the last of `count`. */
  readonly lastRaisedAt: Instant
  /** When it goes back to unacknowledged unless it is over by then; null = it does not. */
  readonly reAlarmAt: Instant | null
  /** How many times it went back. */
  readonly reAlarmCount: number
  /** Null where it is not. */
  readonly shelving: Shelving | null
  readonly suppression: Suppression | null
  readonly outOfService: OutOfService | null
  readonly falseMark: FalseMark | null
  /** What load control keeps with it; absent on what was raised before there was any: see `loadOf`. */
  readonly load?: AlarmLoad
}

/** What alarms of older logs, snapshots and tables do not say. */
export function wholeAlarm(kept: Alarm): Alarm {
  if (kept.active !== undefined && kept.drill !== undefined) return kept
  const { state, raisedAt, occurredAt } = kept
  return {
    ...{ drill: false, deadband: 0, receivedAt: occurredAt, annunciatedAt: raisedAt, lastRaisedAt: raisedAt },
    ...{ acknowledgedComment: null, gateway: null, latch: false, reAlarmAt: null, reAlarmCount: 0 },
    ...{ shelving: null, suppression: null, outOfService: null, falseMark: null },
    ...kept,
    active: kept.active ?? (state === 'unacknowledged' || state === 'acknowledged'),
  }
}
