/**
 * What a mode changes, as data: limits, alarm rules that rest, who is called in, what the wall shows. Rules that hold in some modes only say so
 * themselves. A city pack may bring its own of 预警 and 应急 (`modes.json`); 平时 changes nothing: it is what all other files say.
 */
import type { MinuteStage } from './case-settings.ts'
import type { Term } from './term.ts'
import type { OperatingMode } from './mode.ts'
import type { WallScene } from './wall-scene.ts'

export interface ModeDeadlines {
  /** Case classes, or their leading characters, whose limits are others in this mode. Those that run already keep theirs. */
  readonly classes: readonly string[]
  /** Their limits given in working time run by night and on holidays too: 工作时 as 紧急工作时, 工作日 as 自然日. */
  readonly roundTheClock: boolean
  /** How much of the ordinary limit is given, 0 < share ≤ 1. */
  readonly limitShare: number
  /** Limits of the stages their cases enter while it holds, minutes; of a stage that is not named the ordinary one. A stage that runs keeps its own. */
  readonly stageMinutes?: Partial<Readonly<Record<MinuteStage, number>>>
}

/** Who is called in when the mode is switched, and by when. */
export interface RosterCall {
  readonly who: Term
  /** Minutes after the switch. */
  readonly withinMin: number
}

export interface ModeEffects {
  readonly deadlines: ModeDeadlines
  readonly roster: readonly RosterCall[]
  /** What the wall should show. */
  readonly scene: WallScene
  /** 续报 of graded cases are due no later than so many minutes after the report before; absent or null = by their grade alone. */
  readonly followUpMin?: number | null
  /** Alarm rules that rest where it holds, by their ids: they raise nothing, and what stands by them ends. Absent = none. */
  readonly rulesOff?: readonly string[]
}

export type ModeTable = Readonly<Record<OperatingMode, ModeEffects>>

export const customaryEffects: ModeTable = {
  normal: { deadlines: { classes: [], roundTheClock: false, limitShare: 1 }, roster: [], scene: 'overview' },
  alert: {
    deadlines: { classes: ['E0503', 'E0506', 'E0512', 'P0508', 'P0597'], roundTheClock: true, limitShare: 1 },
    roster: [
      { who: { zh: '带班领导（电话待命）', en: 'Leader on duty (on call)' }, withinMin: 15 },
      { who: { zh: '值班长及各席位到岗', en: 'Shift chief and every desk in place' }, withinMin: 30 },
      { who: { zh: '相关部门联络员待命', en: 'Liaison officers of the departments concerned on call' }, withinMin: 60 },
    ],
    scene: 'overview',
  },
  emergency: {
    deadlines: {
      classes: ['E05', 'P0123', 'P0508', 'P0597'],
      roundTheClock: true,
      limitShare: 0.5,
    },
    roster: [
      { who: { zh: '带班领导到指挥大厅', en: 'Leader on duty to the operations hall' }, withinMin: 30 },
      { who: { zh: '应急班次全员到岗', en: 'The whole emergency shift in place' }, withinMin: 30 },
      { who: { zh: '相关部门联络员进驻', en: 'Liaison officers of the departments move in' }, withinMin: 60 },
      { who: { zh: '专家组待命', en: 'Experts on call' }, withinMin: 60 },
    ],
    scene: 'incidents',
    followUpMin: 60,
  },
}
