/**
 * Alarms (ISA-18.2 / IEC 62682): a condition that needs a timely response. Four of the nine states live here; shelving,
 * suppression, latching and out-of-service join this same table with the rules issue.
 */
import type { AlarmId, DistrictId, IncidentId, Instant, SensorId } from './ids.ts'
import type { LonLat } from './geo.ts'
import type { Role } from './role.ts'
import type { Term, Transition } from './transition.ts'

/** 1 is the most urgent everywhere in this system; mapped at the edge where a standard counts the other way. */
export type Priority = 1 | 2 | 3 | 4
export const priorities = [1, 2, 3, 4] as const
export const priorityNames: Record<Priority, Term> = {
  1: { zh: '特急', en: 'Critical' },
  2: { zh: '紧急', en: 'Urgent' },
  3: { zh: '一般', en: 'Normal' },
  4: { zh: '提示', en: 'Low' },
}

export const alarmStates = ['unacknowledged', 'acknowledged', 'returned', 'normal'] as const
export type AlarmState = (typeof alarmStates)[number]
export const alarmStateNames: Record<AlarmState, Term> = {
  unacknowledged: { zh: '未确认', en: 'Unacknowledged' },
  acknowledged: { zh: '已确认', en: 'Acknowledged' },
  /** Back to normal, and nobody has seen it yet. */
  returned: { zh: '已恢复未确认', en: 'Returned, unacknowledged' },
  normal: { zh: '正常', en: 'Normal' },
}

export type AlarmVerb = 'acknowledge' | 'return' | 'reraise' | 'open-incident' | 'end-drill'
const officers: readonly Role[] = ['duty', 'chief']

export const alarmTransitions: readonly Transition<AlarmState, AlarmVerb>[] = [
  {
    verb: 'acknowledge',
    from: ['unacknowledged'],
    to: 'acknowledged',
    roles: officers,
    name: { zh: '确认', en: 'Acknowledge' },
  },
  { verb: 'acknowledge', from: ['returned'], to: 'normal', roles: officers, name: { zh: '确认', en: 'Acknowledge' } },
  { verb: 'return', from: ['unacknowledged'], to: 'returned', roles: [], name: { zh: '恢复', en: 'Return to normal' } },
  { verb: 'return', from: ['acknowledged'], to: 'normal', roles: [], name: { zh: '恢复', en: 'Return to normal' } },
  { verb: 'reraise', from: ['returned'], to: 'unacknowledged', roles: [], name: { zh: '再次告警', en: 'Raise again' } },
  {
    verb: 'open-incident',
    from: ['unacknowledged', 'acknowledged', 'returned'],
    to: 'same',
    roles: officers,
    name: { zh: '转为事件', en: 'Open incident' },
  },
  // Alarms of a drill only, when it ends.
  {
    verb: 'end-drill',
    from: ['unacknowledged', 'acknowledged', 'returned'],
    to: 'normal',
    roles: [],
    name: { zh: '演练结束', en: 'Drill ended' },
  },
]

/** `high`: too much is wrong. `low`: too little is. `state`: equal to the limit is wrong. */
export type LimitSense = 'high' | 'low' | 'state'

/** A limit and what to do about it. One sensor kind may have several; the worst one that holds speaks. */
export interface AlarmRule {
  readonly id: string
  readonly version: number
  /** Sensor kind it watches. */
  readonly kind: string
  readonly sense: LimitSense
  /** In the kind's unit. Reaching it is crossing it. */
  readonly limit: number
  /** How far back past the limit a value must come before the alarm returns, in the kind's unit; ≥ 0. */
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
  readonly limit: number
  readonly sense: LimitSense
  readonly position: LonLat | null
  readonly districtId: DistrictId | null
  /** When the condition began in the world. */
  readonly occurredAt: Instant
  /** When it was announced here. */
  readonly raisedAt: Instant
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: string | null
  readonly returnedAt: Instant | null
  /** How many times it was raised before it went back to normal. */
  readonly count: number
  readonly incidentId: IncidentId | null
  /** 演练: raised by readings of a drill. Never an alarm of the system about itself. */
  readonly drill: boolean
}
