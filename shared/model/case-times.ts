/**
 * The times of a case, T0 to T14 (field reference §3.1), each stamped once and never again, and the intervals between them. An interval
 * without one of its ends is not measured: nothing is ever filled in.
 */
import type { Instant } from './ids.ts'
import type { Term } from './term.ts'

export const caseTimeCodes = [
  'T0',
  'T1',
  'T2',
  'T3',
  'T4',
  'T5',
  'T6',
  'T7',
  'T8',
  'T9',
  'T10',
  'T11',
  'T12',
  'T13',
  'T14',
] as const
export type CaseTimeCode = (typeof caseTimeCodes)[number]
export type CaseTimes = { readonly [Code in CaseTimeCode]?: Instant }

export const caseTimeNames: Record<CaseTimeCode, Term> = {
  T0: { zh: '来电或告警', en: 'Call or alarm in' },
  T1: { zh: '接听', en: 'Answered' },
  T2: { zh: '定位', en: 'Located' },
  T3: { zh: '建案', en: 'Created' },
  T4: { zh: '定类定级', en: 'Typed' },
  T5: { zh: '首派', en: 'First crew assigned' },
  T6: { zh: '接令', en: 'Acknowledged' },
  T7: { zh: '出动', en: 'En route' },
  T8: { zh: '集结', en: 'Staged' },
  T9: { zh: '到场', en: 'On scene' },
  T10: { zh: '受控', en: 'Under control' },
  T11: { zh: '转运', en: 'Transporting' },
  T12: { zh: '到达目的地', en: 'At destination' },
  T13: { zh: '全部撤离', en: 'Clear' },
  T14: { zh: '结案', en: 'Closed' },
}

/** The same times with this one, where it was not there: the first word stays. */
export const stamped = (times: CaseTimes, code: CaseTimeCode, at: Instant): CaseTimes =>
  times[code] === undefined ? { ...times, [code]: at } : times

export const caseIntervals = ['answer', 'processing', 'turnout', 'travel', 'onScene', 'total'] as const
export type CaseInterval = (typeof caseIntervals)[number]

interface IntervalInfo {
  /** The first of these that is known. */
  readonly from: readonly CaseTimeCode[]
  readonly to: CaseTimeCode
  readonly name: Term
}
export const caseIntervalInfo: Record<CaseInterval, IntervalInfo> = {
  answer: { from: ['T0'], to: 'T1', name: { zh: '接听用时', en: 'Answer' } },
  // What no person answers (a sensor, a form) is processed from the moment it came in.
  processing: { from: ['T1', 'T0'], to: 'T5', name: { zh: '处警用时', en: 'Processing' } },
  turnout: { from: ['T5'], to: 'T7', name: { zh: '出动用时', en: 'Turnout' } },
  travel: { from: ['T7'], to: 'T9', name: { zh: '行驶用时', en: 'Travel' } },
  onScene: { from: ['T9'], to: 'T13', name: { zh: '现场用时', en: 'On scene' } },
  total: { from: ['T0'], to: 'T9', name: { zh: '总响应用时', en: 'Total response' } },
}

/** How long it took, ms; null where an end is missing, or the ends stand the wrong way round. */
export function intervalMs(times: CaseTimes, interval: CaseInterval): number | null {
  const { from, to } = caseIntervalInfo[interval]
  const start = from.map((code) => times[code]).find((at) => at !== undefined)
  const end = times[to]
  return start === undefined || end === undefined || end < start ? null : end - start
}
