/**
 * What KPIs count. Every measure is a set of cases with one time base: the instant of a case that puts it into a period. A case is in a
 * measure or not, never twice, so that each number is the length of a list of cases. Which cases are in which: `kpi-case.ts`.
 */
import type { Term } from './transition.ts'

/** 口径: by which instant of a case it falls into a period. */
export const kpiBaseNames = {
  reported: { zh: '按上报时间', en: 'by the time of the report' },
  verify: { zh: '按下发核实时间', en: 'by the time verification was asked for' },
  filed: { zh: '按立案时间', en: 'by the time of filing' },
  due: { zh: '按截止时间', en: 'by the time the case was due' },
  'fed-back': { zh: '按反馈时间', en: 'by the time of the department’s feedback' },
  closed: { zh: '按结案时间', en: 'by the time of closing' },
} satisfies Record<string, Term>
export type KpiBase = keyof typeof kpiBaseNames
export const kpiBases = Object.keys(kpiBaseNames) as KpiBase[]

type Row = readonly [base: KpiBase, zh: string, en: string]

/** Codes are fixed: what is stored goes by their order. New ones go to the end; there is room for 52. */
const rows = {
  reported: ['reported', '上报数', 'reported'],
  accepted: ['reported', '受理数', 'accepted'],
  reportedFiled: ['reported', '上报后立案数', 'reported, and filed since'],
  patrolReported: ['reported', '监督员上报数', 'reported by patrols'],
  patrolValid: ['reported', '监督员有效上报数', 'reported by patrols, and filed'],
  duplicate: ['reported', '重复案件数', 'found to be duplicates'],
  proactive: ['reported', '主动发现数', 'found by sensors, cameras and patrols'],
  hotlineReported: ['reported', '12345受理数', 'reported to the hotline'],
  toVerify: ['verify', '应核实数', 'to be verified'],
  verifiedOnTime: ['verify', '按时核实数', 'verified in time'],
  filed: ['filed', '立案数', 'filed'],
  filedOnTime: ['filed', '按时立案数', 'filed in time'],
  filedVoid: ['filed', '作废数', 'filed, then void'],
  filedSuspended: ['filed', '挂账数', 'filed, and suspended now'],
  filedEvent: ['filed', '事件立案数', 'filed events'],
  filedPart: ['filed', '部件立案数', 'filed about assets'],
  missed: ['filed', '漏报数', 'left for the public to report'],
  publicFiled: ['filed', '公众举报核实数', 'reported by the public, and filed'],
  toDispatch: ['filed', '应派遣数', 'to be dispatched'],
  dispatchedOnTime: ['filed', '按时派遣数', 'dispatched in time'],
  dispatchedRight: ['filed', '准确派遣数', 'dispatched to the right place at once'],
  dispatchedSmart: ['filed', '智能派单数', 'dispatched by a rule'],
  returned: ['filed', '回退数', 'sent back'],
  filedClosed: ['filed', '立案后结案数', 'filed, and closed since'],
  due: ['due', '应结案数', 'due'],
  handled: ['due', '处置数', 'due, and handled'],
  handledOnTime: ['due', '按期处置数', 'handled in time'],
  dueClosed: ['due', '结案数', 'due, and closed'],
  onTimeClosed: ['due', '按期结案数', 'closed in time'],
  reworked: ['due', '返工数', 'sent back to be done again'],
  toCheck: ['fed-back', '应核查数', 'to be checked'],
  checked: ['fed-back', '核查数', 'checked'],
  checkedOnTime: ['fed-back', '按时核查数', 'checked in time'],
  checkPassed: ['fed-back', '核查一次通过数', 'passed at the first check'],
  closed: ['closed', '办结数', 'closed'],
  closeOnTime: ['closed', '按时结案数', 'closed without delay once checked'],
  hotlineClosed: ['closed', '12345应办结数', 'hotline cases closed'],
  hotlineLate: ['closed', '12345逾期数', 'hotline cases closed late'],
  contactedFirst: ['closed', '先行联系“是”', 'caller contacted first'],
  contactedLate: ['closed', '先行联系“否”', 'caller not contacted first'],
  solved: ['closed', '实际解决数', 'solved'],
  explained: ['closed', '解释说明数', 'explained'],
  satisfied: ['closed', '满意', 'satisfied'],
  mostlySatisfied: ['closed', '基本满意', 'mostly satisfied'],
  soSo: ['closed', '一般', 'so-so'],
  dissatisfied: ['closed', '不满意', 'dissatisfied'],
  overdue: ['reported', '超期数', 'ever past a limit'],
  open: ['reported', '未结数', 'still open'],
  refused: ['closed', '不予立案及作废数', 'refused or void'],
  closedInLimit: ['closed', '限内办结数', 'closed within the limit'],
} satisfies Record<string, Row>

export type KpiMeasure = keyof typeof rows
export const kpiMeasures = Object.keys(rows) as KpiMeasure[]
export const kpiMeasureInfo = Object.fromEntries(
  Object.entries<Row>(rows).map(([code, [base, zh, en]], bit) => [code, { base, bit, name: { zh, en } }]),
) as Readonly<Record<KpiMeasure, { readonly base: KpiBase; readonly bit: number; readonly name: Term }>>

/** How many cases of each measure; one that is left out is none. `handleMs`: filing to closing, ms, over `closed`. */
export type KpiCounts = Readonly<Partial<Record<KpiMeasure | 'handleMs', number>>>

/** By what cases are told apart. Posts (岗位) go by who acted: 受理员, 派遣员, 监督员. */
export const kpiDimensionNames = {
  district: { zh: '区', en: 'District' },
  street: { zh: '街镇', en: 'Street' },
  grid: { zh: '网格', en: 'Grid' },
  department: { zh: '部门', en: 'Department' },
  class: { zh: '小类', en: 'Class' },
  group: { zh: '大类', en: 'Group of classes' },
  source: { zh: '来源', en: 'Source' },
  priority: { zh: '级别', en: 'Priority' },
  acceptor: { zh: '受理员', en: 'Acceptor' },
  dispatcher: { zh: '派遣员', en: 'Dispatcher' },
  collector: { zh: '监督员', en: 'Collector' },
} satisfies Record<string, Term>
export type KpiDimension = keyof typeof kpiDimensionNames
export const kpiDimensions = Object.keys(kpiDimensionNames) as KpiDimension[]

export const kpiPeriods = ['day', 'week', 'month', 'quarter', 'year'] as const
export type KpiPeriod = (typeof kpiPeriods)[number]
