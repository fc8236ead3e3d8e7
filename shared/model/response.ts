/**
 * 应急响应: what the city does about it, in four levels of a headquarters' response. Not 预警 (how likely, four colours) and not 事件等级
 * (how bad): three scales that people compare and no rule turns into one another. What a warning suggests is data, and stays a suggestion.
 */
import type { DistrictId, IncidentId, Instant, ResponseId, WarningId } from './ids.ts'
import type { Term } from './term.ts'
import type { Transition } from './transition.ts'
import type { WarningColour } from './warning.ts'

/** The gravest first. */
export const responseLevels = ['I', 'II', 'III', 'IV'] as const
export type ResponseLevel = (typeof responseLevels)[number]
export const responseLevelNames: Record<ResponseLevel, Term> = {
  I: { zh: 'Ⅰ级响应', en: 'Level I response' },
  II: { zh: 'Ⅱ级响应', en: 'Level II response' },
  III: { zh: 'Ⅲ级响应', en: 'Level III response' },
  IV: { zh: 'Ⅳ级响应', en: 'Level IV response' },
}
/** Levels that no one person starts, changes or ends. */
export const needsSecondPerson = (level: ResponseLevel): boolean => level === 'I' || level === 'II'

/** What a warning of a colour in force suggests (建议, not a rule): a person decides, and may decide otherwise. */
export const suggestedLevels: Readonly<Record<WarningColour, ResponseLevel>> = {
  red: 'I',
  orange: 'II',
  yellow: 'III',
  blue: 'IV',
}

export const responseStates = ['proposed', 'active', 'change-proposed', 'ended'] as const
export type ResponseState = (typeof responseStates)[number]
export const responseStateNames: Record<ResponseState, Term> = {
  proposed: { zh: '启动待确认', en: 'Start to be confirmed' },
  active: { zh: '响应中', en: 'In force' },
  'change-proposed': { zh: '变更待确认', en: 'Change to be confirmed' },
  ended: { zh: '已终止', en: 'Ended' },
}
export type ResponseVerb =
  'start' | 'propose-start' | 'change' | 'end' | 'propose-change' | 'confirm' | 'decline' | 'expire'

/** A raise, a lowering (`level`) or the end (`level` null) that waits for a second person; of a start, the level it starts at. */
export interface ResponseProposal {
  readonly level: ResponseLevel | null
  readonly reason: string
  readonly by: string
  readonly at: Instant
  readonly expiresAt: Instant
}

export interface Response {
  readonly id: ResponseId
  readonly version: number
  readonly state: ResponseState
  readonly level: ResponseLevel
  /** What it is about, for example 防汛防台. */
  readonly name: string
  /** Whose: the headquarters (指挥部) that leads. */
  readonly headquarters: string
  /** Empty = the whole city. */
  readonly districtIds: readonly DistrictId[]
  /** The plan it follows, by the city's name for it (预案); null = none. */
  readonly planName: string | null
  /** The warning or the case it answers; null = neither. */
  readonly warningId: WarningId | null
  readonly caseId: IncidentId | null
  readonly reason: string
  readonly startedBy: string
  /** When it came into force; null before it was confirmed. */
  readonly startedAt: Instant | null
  readonly confirmedBy: string | null
  readonly levelSinceAt: Instant
  readonly proposal: ResponseProposal | null
  readonly endedAt: Instant | null
  readonly endReason: string | null
}

/** A proposal nobody confirmed in this time is gone. */
export const responseProposalMs = 15 * 60_000

const chief = ['chief'] as const
const second = ['chief', 'manager'] as const
const open = ['active'] as const
const graveOnly = { zh: '（Ⅰ、Ⅱ级）', en: ' (levels I and II)' }
const others = { zh: '（Ⅲ、Ⅳ级）', en: ' (levels III and IV)' }
const named = (zh: string, en: string, levels: Term): Term => ({ zh: zh + levels.zh, en: en + levels.en })

/** What levels I and II go through waits for a second person; III and IV take effect at once. A change counts by the graver of its two levels. */
export const responseTransitions: readonly Transition<ResponseState | 'none', ResponseVerb>[] = [
  {
    verb: 'start',
    from: ['none'],
    to: 'active',
    roles: chief,
    needsReason: true,
    name: named('启动响应', 'Start', others),
  },
  {
    verb: 'propose-start',
    from: ['none'],
    to: 'proposed',
    roles: chief,
    needsReason: true,
    name: named('提请启动响应', 'Propose the start', graveOnly),
  },
  {
    verb: 'change',
    from: open,
    to: 'active',
    roles: chief,
    needsReason: true,
    name: named('调整响应级别', 'Change the level', others),
  },
  { verb: 'end', from: open, to: 'ended', roles: chief, needsReason: true, name: named('终止响应', 'End', others) },
  {
    verb: 'propose-change',
    from: open,
    to: 'change-proposed',
    roles: chief,
    needsReason: true,
    name: named('提请调整或终止', 'Propose a change or the end', graveOnly),
  },
  {
    verb: 'confirm',
    from: ['proposed', 'change-proposed'],
    to: 'active',
    roles: second,
    secondPerson: true,
    name: { zh: '确认', en: 'Confirm' },
  },
  {
    verb: 'decline',
    from: ['proposed'],
    to: 'ended',
    roles: second,
    needsReason: true,
    name: { zh: '不予启动', en: 'Decline the start' },
  },
  {
    verb: 'decline',
    from: ['change-proposed'],
    to: 'active',
    roles: second,
    needsReason: true,
    name: { zh: '不予变更', en: 'Decline the change' },
  },
  { verb: 'expire', from: ['proposed'], to: 'ended', roles: [], name: { zh: '提请过期', en: 'Proposal expired' } },
  {
    verb: 'expire',
    from: ['change-proposed'],
    to: 'active',
    roles: [],
    name: { zh: '提请过期', en: 'Proposal expired' },
  },
]
