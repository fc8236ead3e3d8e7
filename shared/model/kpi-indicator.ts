/**
 * The formulas of evaluation (field reference §2.7-2.8) as data: what is divided by what, over which time base, in words. What a formula
 * gives for given counts: `domain/kpi/formulas.ts`.
 */
import type { KpiBase, KpiMeasure } from './kpi-measure.ts'
import type { Term } from './transition.ts'

/** Measures with their weights: the sum of each times its weight. */
export type Weighted = Readonly<Partial<Record<KpiMeasure, number>>>

/** A…E; null where there is nothing to judge, or nothing that is good or bad. */
export const kpiGrades = ['A', 'B', 'C', 'D', 'E'] as const
export type KpiGrade = (typeof kpiGrades)[number]
/** The least score of each grade but E, in its order. */
export const gradeBands = { A: 90, B: 75, C: 60, D: 40 } as const

/** 受理数分, 立案数分, 派遣数分: the score a number of cases gives; below the last, 0. */
export const volumeBands = [
  { least: 2001, score: 100 },
  { least: 1201, score: 90 },
  { least: 501, score: 75 },
  { least: 301, score: 60 },
  { least: 101, score: 40 },
] as const

export type IndicatorGroup = 'volume' | 'case' | 'hotline' | 'post' | 'area'
export const indicatorGroupNames: Record<IndicatorGroup, Term> = {
  volume: { zh: '数量', en: 'Numbers' },
  case: { zh: '案件办理', en: 'Cases' },
  hotline: { zh: '12345热线', en: 'Hotline' },
  post: { zh: '岗位评价', en: 'Posts' },
  area: { zh: '区域评价', en: 'Areas' },
}

interface Named {
  readonly code: string
  readonly group: IndicatorGroup
  readonly name: Term
  /** What one should know of the formula; empty where its words say all. */
  readonly note?: Term
}
/** A number of cases, or one number divided by another. */
export interface RatioIndicator extends Named {
  readonly kind: 'count' | 'ratio'
  readonly base: KpiBase
  readonly numerator: Weighted
  /** Of a ratio. */
  readonly denominator?: Weighted
  /** Is more of it good or bad? Left out: neither, and no grade. */
  readonly better?: 'more' | 'less'
}
/** Filing to closing on average, ms. */
export interface MeanIndicator extends Named {
  readonly kind: 'mean'
  readonly base: KpiBase
}
/** A part of a score of 100: a rate as it is, what is missing to 100 %, the band of a number, or the share of all. */
export interface ScorePart {
  readonly of: string
  readonly as: 'rate' | 'inverse' | 'band' | 'share'
  readonly weight: number
}
/** Parts without a base are left out, and the others count for more. */
export interface ScoreIndicator extends Named {
  readonly kind: 'score'
  readonly parts: readonly ScorePart[]
}
export type Indicator = RatioIndicator | MeanIndicator | ScoreIndicator

const count = (code: KpiMeasure, base: KpiBase, zh: string, en: string): RatioIndicator => ({
  code,
  group: 'volume',
  kind: 'count',
  base,
  name: { zh, en },
  numerator: { [code]: 1 },
})
const ratio = (
  code: string,
  base: KpiBase,
  [zh, en]: readonly [string, string],
  numerator: Weighted,
  denominator: Weighted,
  more: Partial<Pick<RatioIndicator, 'better' | 'note' | 'group'>> = {},
): RatioIndicator => ({ code, group: 'case', kind: 'ratio', base, name: { zh, en }, numerator, denominator, ...more })
const score = (
  code: string,
  group: IndicatorGroup,
  [zh, en]: readonly [string, string],
  parts: readonly ScorePart[],
  note?: Term,
): ScoreIndicator => ({ code, group, kind: 'score', name: { zh, en }, parts, ...(note ? { note } : {}) })

const more = { better: 'more' } as const
const less = { better: 'less' } as const
const hotline = { group: 'hotline' } as const
const grades = { satisfied: 1, mostlySatisfied: 1, soSo: 1, dissatisfied: 1 } as const

export const indicators: readonly Indicator[] = [
  count('reported', 'reported', '上报数', 'Reported'),
  count('accepted', 'reported', '受理数', 'Accepted'),
  count('filed', 'filed', '立案数', 'Filed'),
  count('filedEvent', 'filed', '事件立案数', 'Filed: events'),
  count('filedPart', 'filed', '部件立案数', 'Filed: assets'),
  count('filedVoid', 'filed', '作废数', 'Void'),
  count('filedSuspended', 'filed', '挂账数', 'Suspended'),
  count('toDispatch', 'filed', '应派遣数', 'To dispatch'),
  count('due', 'due', '应结案数', 'Due'),
  count('dueClosed', 'due', '结案数', 'Due and closed'),
  count('onTimeClosed', 'due', '按期结案数', 'Closed in time'),
  count('closed', 'closed', '办结数', 'Closed'),
  {
    ...count('filed', 'filed', '有效立案数', 'Filed, without suspended ones'),
    code: 'filedNet',
    numerator: { filed: 1, filedSuspended: -1 },
    note: { zh: '立案数减去挂账数', en: 'Filed less suspended: a city’s own way of counting' },
  },
  ratio('registerRate', 'reported', ['立案率', 'Filed of reported'], { reportedFiled: 1 }, { reported: 1 }),
  ratio(
    'validReportRate',
    'reported',
    ['有效上报率', 'Valid reports'],
    { patrolValid: 1 },
    { patrolReported: 1 },
    more,
  ),
  ratio(
    'missedRate',
    'filed',
    ['漏报率', 'Missed by patrols'],
    { missed: 1 },
    { filed: 1 },
    {
      ...less,
      note: {
        zh: '漏报：公众先于监督员发现的部件及街面事件（01-04大类）',
        en: 'Missed: assets and street events (groups 01-04) that the public reported before a patrol did',
      },
    },
  ),
  ratio('publicReportRate', 'filed', ['监督举报率', 'Reported by the public'], { publicFiled: 1 }, { filed: 1 }, less),
  ratio('inTimeVerifyRate', 'verify', ['按时核实率', 'Verified in time'], { verifiedOnTime: 1 }, { toVerify: 1 }, more),
  ratio('inTimeCheckRate', 'fed-back', ['按时核查率', 'Checked in time'], { checkedOnTime: 1 }, { toCheck: 1 }, more),
  ratio('inTimeRegisterRate', 'filed', ['按时立案率', 'Filed in time'], { filedOnTime: 1 }, { filed: 1 }, more),
  ratio('accurRegisterRate', 'filed', ['准确立案率', 'Rightly filed'], { filed: 1, filedVoid: -1 }, { filed: 1 }, more),
  ratio(
    'inTimeDispatchRate',
    'filed',
    ['按时派遣率', 'Dispatched in time'],
    { dispatchedOnTime: 1 },
    { toDispatch: 1 },
    more,
  ),
  ratio(
    'accurDispatchRate',
    'filed',
    ['派遣准确率', 'Rightly dispatched'],
    { dispatchedRight: 1 },
    { toDispatch: 1 },
    {
      ...more,
      note: { zh: '已派遣且未退单、未返工', en: 'Dispatched, and neither sent back nor done again' },
    },
  ),
  ratio('disposeRate', 'due', ['处置率', 'Handled'], { handled: 1 }, { due: 1 }, more),
  ratio('inTimeDisposeRate', 'due', ['按期处置率', 'Handled in time'], { handledOnTime: 1 }, { due: 1 }, more),
  ratio('archiveRate', 'due', ['结案率', 'Closed'], { dueClosed: 1 }, { due: 1 }, more),
  ratio('inTimeArchiveRate', 'due', ['按期结案率', 'Closed in time'], { onTimeClosed: 1 }, { due: 1 }, more),
  ratio('reworkRate', 'due', ['返工率', 'Done again'], { reworked: 1 }, { due: 1 }, less),
  ratio('returnRate', 'filed', ['回退率', 'Sent back'], { returned: 1 }, { filed: 1 }, less),
  ratio(
    'checkPassRate',
    'fed-back',
    ['核查通过率', 'Passed at the first check'],
    { checkPassed: 1 },
    { checked: 1 },
    more,
  ),
  ratio('duplicateRate', 'reported', ['重复案件率', 'Duplicates'], { duplicate: 1 }, { reported: 1 }),
  ratio('proactiveRate', 'reported', ['主动发现率', 'Found by ourselves'], { proactive: 1 }, { reported: 1 }, more),
  ratio(
    'closedLoopRate',
    'filed',
    ['闭环率', 'Closed of filed'],
    { filedClosed: 1 },
    { filed: 1, filedVoid: -1 },
    more,
  ),
  ratio('smartDispatchRate', 'filed', ['智能派单率', 'Dispatched by rules'], { dispatchedSmart: 1 }, { toDispatch: 1 }),
  {
    code: 'avgHandleTime',
    group: 'case',
    kind: 'mean',
    base: 'closed',
    name: { zh: '平均处置时长', en: 'Mean time to close' },
  },
  ratio(
    'firstContactRate',
    'closed',
    ['先行联系率', 'Caller contacted first'],
    { contactedFirst: 1 },
    { contactedFirst: 1, contactedLate: 1 },
    {
      ...more,
      ...hotline,
      note: { zh: '“未评价”不计', en: 'Those not evaluated are left out' },
    },
  ),
  ratio(
    'solvedRate',
    'closed',
    ['实际解决率', 'Solved'],
    { solved: 1 },
    { solved: 1, explained: 1 },
    { ...more, ...hotline },
  ),
  ratio('explainedRate', 'closed', ['解释说明率', 'Explained'], { explained: 1 }, { solved: 1, explained: 1 }, hotline),
  ratio('satisfiedRate', 'closed', ['满意率', 'Satisfied'], { satisfied: 1, mostlySatisfied: 0.8, soSo: 0.6 }, grades, {
    ...more,
    ...hotline,
    note: { zh: '满意×1，基本满意×0.8，一般×0.6，不满意×0', en: 'Satisfied 1, mostly 0.8, so-so 0.6, dissatisfied 0' },
  }),
  ratio(
    'inTimeDoneRate',
    'closed',
    ['按时办结率', 'Done in time'],
    { hotlineClosed: 1, hotlineLate: -1 },
    { hotlineClosed: 1 },
    {
      ...more,
      ...hotline,
      note: { zh: '1 − 逾期数÷应办结数', en: 'One less late of done' },
    },
  ),
  count('hotlineReported', 'reported', '12345受理量', 'Hotline: reported'),
  score(
    'hotlineScore',
    'hotline',
    ['12345综合得分', 'Hotline score'],
    [
      { of: 'firstContactRate', as: 'rate', weight: 30 },
      { of: 'solvedRate', as: 'rate', weight: 20 },
      { of: 'satisfiedRate', as: 'rate', weight: 40 },
      { of: 'hotlineReported', as: 'share', weight: 5 },
    ],
    {
      zh: '先行联系30、诉求解决20、满意率40、本单位受理量占比5，满分95；减分另行登记',
      en: 'Contact 30, solved 20, satisfied 40, own share of all reports 5: 95 at most; deductions are noted elsewhere',
    },
  ),
  score(
    'collectorScore',
    'post',
    ['监督员评价', 'Collectors'],
    [
      { of: 'validReportRate', as: 'rate', weight: 40 },
      { of: 'missedRate', as: 'inverse', weight: 20 },
      { of: 'inTimeVerifyRate', as: 'rate', weight: 20 },
      { of: 'inTimeCheckRate', as: 'rate', weight: 20 },
    ],
  ),
  score(
    'acceptorScore',
    'post',
    ['受理员评价', 'Acceptors'],
    [
      { of: 'accepted', as: 'band', weight: 25 },
      { of: 'inTimeVerifyRate', as: 'rate', weight: 40 },
      { of: 'inTimeCheckRate', as: 'rate', weight: 35 },
    ],
    {
      zh: '核实、核查的按时派发以其按时完成计',
      en: 'Sending out verification and checks in time is judged by their being done in time',
    },
  ),
  score(
    'chiefScore',
    'post',
    ['值班长评价', 'Duty chiefs'],
    [
      { of: 'inTimeRegisterRate', as: 'rate', weight: 25 },
      { of: 'accurRegisterRate', as: 'rate', weight: 40 },
      { of: 'inTimeCloseRate', as: 'rate', weight: 35 },
    ],
  ),
  ratio(
    'inTimeCloseRate',
    'closed',
    ['按时结案率', 'Closed without delay'],
    { closeOnTime: 1 },
    { closed: 1 },
    {
      ...more,
      note: { zh: '核查通过后在结案时限内结案', en: 'Closed within the limit for closing, once the check had passed' },
    },
  ),
  score(
    'dispatcherScore',
    'post',
    ['派遣员评价', 'Dispatchers'],
    [
      { of: 'toDispatch', as: 'band', weight: 20 },
      { of: 'inTimeDispatchRate', as: 'rate', weight: 40 },
      { of: 'accurDispatchRate', as: 'rate', weight: 40 },
    ],
  ),
  score(
    'areaScore',
    'area',
    ['区域评价', 'Area'],
    [
      { of: 'publicReportRate', as: 'inverse', weight: 10 },
      { of: 'filed', as: 'band', weight: 20 },
      { of: 'archiveRate', as: 'rate', weight: 30 },
      { of: 'inTimeArchiveRate', as: 'rate', weight: 40 },
    ],
    {
      zh: '监督举报率10（越低越好）、立案数20、结案率30、按期结案率40',
      en: 'Reported by the public 10 (the less the better), filed 20, closed 30, closed in time 40',
    },
  ),
]

const byCode = new Map(indicators.map((one) => [one.code, one]))
export const indicatorOf = (code: string): Indicator | undefined => byCode.get(code)

/** The cases behind a number: in the period by `base`, in any of `any`, in none of `none`. */
export interface CaseSet {
  readonly base: KpiBase
  readonly any: readonly KpiMeasure[]
  readonly none: readonly KpiMeasure[]
}

/**
 * The cases behind an indicator's numerator or denominator; null where it has none: a score, the denominator of a number.
 * Their number is the indicator's, but where measures weigh more or less than one case.
 */
export function casesBehind(indicator: Indicator, of: 'numerator' | 'denominator'): CaseSet | null {
  if (indicator.kind === 'score') return null
  if (indicator.kind === 'mean') return { base: indicator.base, any: ['closed'], none: [] }
  const weighted = of === 'numerator' ? indicator.numerator : indicator.denominator
  if (weighted === undefined) return null
  const codes = Object.keys(weighted) as KpiMeasure[]
  const isTaken = (code: KpiMeasure) => (weighted[code] ?? 0) > 0
  return { base: indicator.base, any: codes.filter(isTaken), none: codes.filter((code) => !isTaken(code)) }
}
