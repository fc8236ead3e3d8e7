/**
 * 值班: who is on duty now and whose the chief's console is, the shift's log, recorded calls, changes of the roster that somebody asked for,
 * and the hand-over sheet (交接班单). Rule's source: field reference §1.5.
 */
import type { DutyPost, DutyShift, RosterKind, Substitution } from './duty-roster.ts'
import type { IncidentId, Instant } from './ids.ts'
import type { Term } from './term.ts'

/** An officer at a post, by name. No number to ring: rows of the state lane hang on walls. */
export interface OnDuty {
  readonly post: DutyPost
  readonly officerId: string
  readonly name: Term
  readonly why: 'roster' | 'strengthened' | 'emergency' | 'substitute'
}

/** The console is a person's until another has signed for it. */
export interface ConsoleHolder {
  readonly by: string
  readonly sinceAt: Instant
}

/** The one row of duty. */
export interface DutyNow {
  readonly id: 'now'
  readonly version: number
  readonly shift: DutyShift
  readonly kind: RosterKind
  readonly occasion: string | null
  /** Empty where the city keeps no roster here. */
  readonly onDuty: readonly OnDuty[]
  /** Null = nobody has taken it yet: then every chief may act. */
  readonly console: ConsoleHolder | null
  /** The sheet that waits for signatures, and its version. */
  readonly handOver: { readonly id: string; readonly version: number } | null
  /** Requests about the roster that wait for a second person. */
  readonly changesAsked: number
  /** Number of the newest line of the shift's log; 0 = none yet. */
  readonly lastEntry: number
}

export const rosterChangeStates = ['asked', 'approved', 'declined', 'withdrawn', 'expired'] as const
export type RosterChangeState = (typeof rosterChangeStates)[number]

/** 替班 (one substitution) or 换班 (two, there and back). */
export interface RosterChange {
  /** `S` and a sequence number. */
  readonly id: string
  readonly state: RosterChangeState
  readonly substitutions: readonly Substitution[]
  readonly reason: string
  readonly askedBy: string
  readonly askedAt: Instant
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly note: string
}

/** 值班电话记录 */
export interface DutyCall {
  /** 来电时间 */
  readonly calledAt: Instant
  /** 地点 */
  readonly place: string
  /** 起因, 经过, 措施, 结果, 影响, 趋势 */
  readonly origin: string
  readonly course: string
  readonly measures: string
  readonly result: string
  readonly impact: string
  readonly trend: string
  /** 已报告或通知的领导、单位和时间, as said. */
  readonly informed: string
  /** 报告单位, 姓名, 职务, 电话 */
  readonly unit: string
  readonly name: string
  readonly title: string
  readonly phone: string
  readonly incidentId: IncidentId | null
}

export const dutyEntryKinds = ['system', 'note', 'call', 'correction', 'hand-over', 'attendance'] as const
export type DutyEntryKind = (typeof dutyEntryKinds)[number]

/** A line of the shift's log. Never changed: a correction is a line of its own that names the one it corrects. */
export interface DutyEntry {
  /** Number of its event in the log. */
  readonly seq: number
  readonly happenedAt: Instant
  readonly shiftId: string
  readonly kind: DutyEntryKind
  readonly actor: string
  /** What happened: the event's type with dashes for dots; worded by whoever shows it. */
  readonly what: string
  /** What the words need: a case's number and title, an alarm's name, from and to. */
  readonly facts: Readonly<Record<string, string | number | Term>>
  /** 值班员手记, or what is put right. */
  readonly text: string
  readonly call?: DutyCall
  /** The line a correction is about. */
  readonly ofSeq?: number
}

export const handOverKinds = [
  'matter',
  'major-case',
  'cases',
  'due-soon',
  'mode',
  'warning',
  'response',
  'shelved',
  'out-of-service',
  'link',
  'instruction',
  'report-owed',
  'absence',
] as const
export type HandOverKind = (typeof handOverKinds)[number]
export const handOverKindNames: Record<HandOverKind, Term> = {
  matter: { zh: '遗留事项', en: 'Matters left' },
  'major-case': { zh: '未结重大事件', en: 'Open major cases' },
  cases: { zh: '在办案件', en: 'Open cases by state' },
  'due-soon': { zh: '即将超时和已超时', en: 'Soon due or overdue' },
  mode: { zh: '运行状态', en: 'Operating mode' },
  warning: { zh: '在效预警', en: 'Warnings in force' },
  response: { zh: '应急响应', en: 'Responses in force' },
  shelved: { zh: '搁置的告警', en: 'Shelved alarms' },
  'out-of-service': { zh: '停用的感知设备', en: 'Sensors out of service' },
  link: { zh: '设备和链路故障', en: 'Equipment and link faults' },
  instruction: { zh: '未办结督办批示', en: 'Instructions not answered' },
  'report-owed': { zh: '待报送信息', en: 'Reports owed' },
  absence: { zh: '缺岗人员', en: 'Absent officers' },
}

/** What is said of one thing on the sheet. */
export interface HandOverLine {
  /** Number or name of what it is about. */
  readonly subject: string
  readonly text: string | Term
  /** When it is due, ends or expires; null = it has no such time. */
  readonly untilAt: Instant | null
  /** A state's or a level's own name in its model; null = none is told. */
  readonly state: string | null
  /** How many, where it is a count. */
  readonly value: number | null
}

/** What the incoming chief acknowledges, one by one. */
export interface HandOverItem {
  /** The same for the same thing on a sheet drawn up anew. */
  readonly id: string
  readonly kind: HandOverKind
  /** At most `mostLines`; `total` says how many there are. */
  readonly lines: readonly HandOverLine[]
  readonly total: number
  readonly acknowledgedAt: Instant | null
}
export const mostLines = 50
/** As many single things (cases, alarms, matters …) of one kind have an item of their own; the rest share one. */
export const mostSingles = 40

export const handOverStates = ['drawn-up', 'signed', 'handed-over', 'cancelled'] as const
export type HandOverState = (typeof handOverStates)[number]
export const handOverStateNames: Record<HandOverState, Term> = {
  'drawn-up': { zh: '待交班人签字', en: 'To be signed by the outgoing chief' },
  signed: { zh: '待接班人确认', en: 'To be taken over' },
  'handed-over': { zh: '已交接', en: 'Handed over' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
}

/** 交接班单 */
export interface HandOver {
  /** `H` and a sequence number. */
  readonly id: string
  readonly version: number
  readonly state: HandOverState
  readonly shiftId: string
  /** When what it says was so. */
  readonly asOfAt: Instant
  readonly outgoing: string
  readonly outgoingSignedAt: Instant | null
  readonly incoming: string | null
  readonly incomingSignedAt: Instant | null
  readonly items: readonly HandOverItem[]
}

/** Acts of the one who commands the shift: while a chief has the console, of that chief alone. */
export const consoleCommands: readonly string[] = [
  'mode.propose',
  'response.start',
  'response.change',
  'response.end',
  'drill.start',
  'drill.end',
  'duty.prepare-hand-over',
  'duty.sign-hand-over',
  'duty.cancel-hand-over',
]
