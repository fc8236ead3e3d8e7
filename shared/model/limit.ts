/**
 * A limit (时限) as the field gives it: an amount of one of four times (field reference §2.6). 紧急工作时 runs by night and on holidays;
 * 工作时 and 工作日 run in the city's working hours only, a working day being as long as one of the city's calendar; 自然日 is 24 hours.
 */
import type { Term } from './transition.ts'

export const limitUnits = ['urgent-hour', 'work-hour', 'work-day', 'natural-day'] as const
export type LimitUnit = (typeof limitUnits)[number]

export const limitUnitNames: Record<LimitUnit, Term> = {
  'urgent-hour': { zh: '紧急工作时', en: 'urgent hours' },
  'work-hour': { zh: '工作时', en: 'working hours' },
  'work-day': { zh: '工作日', en: 'working days' },
  'natural-day': { zh: '自然日', en: 'days' },
}

export interface Limit {
  /** Above 0. */
  readonly amount: number
  readonly unit: LimitUnit
}

const form =
  /^(\d+(?:\.\d+)?)(?:个)?(紧急工作时|紧急小时|急h|紧急工作日|急d|工作时|工作小时|小时|h|工作日|天|d|自然日)$/

const unitOf: Readonly<Record<string, LimitUnit>> = {
  紧急工作时: 'urgent-hour',
  紧急小时: 'urgent-hour',
  急h: 'urgent-hour',
  // An urgent working day is a day of the clock.
  紧急工作日: 'natural-day',
  急d: 'natural-day',
  工作时: 'work-hour',
  工作小时: 'work-hour',
  小时: 'work-hour',
  h: 'work-hour',
  工作日: 'work-day',
  天: 'work-day',
  d: 'work-day',
  自然日: 'natural-day',
}

/** Reads `2紧急工作时`, `4小时`, `2工作日`, or a table's short `2急h`, `4h`, `2d`; null where it is none of them, or not above 0. */
export function readLimit(text: string): Limit | null {
  const [, amount, unit] = form.exec(text.replaceAll(/\s/g, '')) ?? []
  const found = unit === undefined ? undefined : unitOf[unit]
  return found === undefined || !(Number(amount) > 0) ? null : { amount: Number(amount), unit: found }
}

/**
 * A table's text of a limit, also where it says it twice (`2天/2工作日`). What nobody can read is one natural day, and `isKnown` false:
 * whoever shows it keeps the text.
 */
export function readLimitText(text: string): { readonly limit: Limit; readonly isKnown: boolean } {
  const read = text.normalize('NFKC').split(/[/或]/).map(readLimit)
  const [first] = read
  const isAlike = first != null && read.every((one) => one?.amount === first.amount && one.unit === first.unit)
  return isAlike ? { limit: first, isKnown: true } : { limit: { amount: 1, unit: 'natural-day' }, isKnown: false }
}

const shortUnits: Readonly<Record<LimitUnit, string>> = {
  'urgent-hour': '紧急工作时',
  'work-hour': '工作时',
  'work-day': '工作日',
  'natural-day': '自然日',
}
/** A limit as `readLimit` reads it. */
export const limitInWords = ({ amount, unit }: Limit): string => `${amount}${shortUnits[unit]}`
