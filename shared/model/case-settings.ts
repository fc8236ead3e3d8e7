/**
 * What of a case's rules is the city's to set; a pack may bring its own (`case-settings.json`), field by field. The customary values follow
 * field reference §1.6, §2.5, §2.6 and §2.8.
 */
import type { Stage } from './incident.ts'
import type { Limit } from './limit.ts'
import type { Role } from './role.ts'
import { customaryReports, type ReportClocks } from './situation-report.ts'

/** Stages whose limit is minutes of the clock. Verifying and signing have limits of their own; handling may take as long as the case. */
export type MinuteStage = Extract<Stage, 'accept' | 'file' | 'dispatch' | 'receive' | 'check' | 'close'>

/** Levels of yes, one after the other: at each, one of these roles, never somebody who asked or said yes before. */
export type ApprovalLevels = readonly (readonly Role[])[]

export interface Approvals {
  /** 延期 a crew asks for. */
  readonly extensionOfCrew: ApprovalLevels
  /** 延期 a department asks for. */
  readonly extensionOfDepartment: ApprovalLevels
  /** 挂账 */
  readonly suspension: ApprovalLevels
  /** 申诉 */
  readonly appeal: ApprovalLevels
}

export interface CaseSettings {
  /** 先行联系: from the report to the first call to whoever reported. */
  readonly firstContact: Limit
  /** 核实: from asking to the answer. */
  readonly verify: Limit
  /** 签收: from sending a case to a department until it takes it. */
  readonly sign: Limit
  /** From a 督办 the clock makes to its answer. */
  readonly superviseReply: Limit
  /** By night and on holidays too. */
  readonly stageMinutes: Readonly<Record<MinuteStage, number>>
  /** 催办: the two shares of the time, percent, at which somebody is told before all of it is used up; from the second on the light is yellow. */
  readonly remindAtPercent: readonly [first: number, soon: number]
  /** 督办 by the clock: above 100. */
  readonly superviseAtPercent: number
  /** 延期 of one case, each by its original limit. */
  readonly mostExtensions: number
  /** 挂账 lasts no longer, days. */
  readonly longestSuspensionDays: number
  /** 回访: so many calls nobody answers end the duty: tried, not reached. */
  readonly callBackTries: number
  /** A case of a class with several 立案条件 is not filed before an officer named one; else the customary one holds. Alarms file under it anyhow. */
  readonly mustNameCondition: boolean
  readonly approvals: Approvals
  /** 值班长 may grant 延期 alone. */
  readonly chiefExtendsAlone: boolean
  /** 信息报送, by 事件等级; null = none is owed. */
  readonly reports: ReportClocks
}

export const defaultCaseSettings: CaseSettings = {
  firstContact: { amount: 1, unit: 'work-day' },
  verify: { amount: 0.5, unit: 'urgent-hour' },
  sign: { amount: 2, unit: 'work-hour' },
  superviseReply: { amount: 1, unit: 'work-day' },
  stageMinutes: { accept: 15, file: 15, dispatch: 15, receive: 1, check: 30, close: 15 },
  remindAtPercent: [50, 80],
  superviseAtPercent: 120,
  mostExtensions: 2,
  longestSuspensionDays: 366,
  callBackTries: 3,
  mustNameCondition: false,
  approvals: {
    extensionOfCrew: [['dept'], ['duty']],
    extensionOfDepartment: [['duty'], ['chief']],
    suspension: [['duty', 'chief']],
    appeal: [
      ['chief', 'manager'],
      ['chief', 'manager'],
    ],
  },
  chiefExtendsAlone: true,
  reports: customaryReports,
}
