/**
 * Limits under a mode: what a case that is filed while it holds is held to, and the stages it enters. A clock that runs keeps the limit it
 * began with, there and back: what was said when it began is what is due.
 */
import type { CaseSettings } from '../../../../shared/model/case-settings.ts'
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { DistrictId } from '../../../../shared/model/ids.ts'
import type { Limit, LimitUnit } from '../../../../shared/model/limit.ts'
import type { ModeDeadlines } from '../../../../shared/model/mode-effects.ts'
import type { Context } from '../context.ts'
import type { ModeTable } from './state.ts'
import { modeAt } from './state.ts'

const byTheClock: Readonly<Record<LimitUnit, LimitUnit>> = {
  'urgent-hour': 'urgent-hour',
  'work-hour': 'urgent-hour',
  'work-day': 'natural-day',
  'natural-day': 'natural-day',
}

/** Does the mode speak of cases of this class? */
export const isHastened = ({ classes }: ModeDeadlines, classCode: string): boolean =>
  classes.some((prefix) => classCode.startsWith(prefix))

export const limitUnder = ({ roundTheClock, limitShare }: ModeDeadlines, { amount, unit }: Limit): Limit => ({
  amount: amount * limitShare,
  unit: roundTheClock ? byTheClock[unit] : unit,
})

/** The class with the limits it has in a district now. */
export function classUnder(
  state: { readonly modes: ModeTable },
  districtId: DistrictId | null,
  caseClass: CaseClass,
): CaseClass {
  const { deadlines } = modeAt(state, districtId).effects
  if (!isHastened(deadlines, caseClass.code)) return caseClass
  const conditions = caseClass.conditions.map((one) => ({ ...one, limit: limitUnder(deadlines, one.limit) }))
  return { ...caseClass, limit: limitUnder(deadlines, caseClass.limit), conditions }
}

/** The settings for a case of this class: stages it enters now have the mode's limits. */
function settingsUnder(deadlines: ModeDeadlines, classCode: string, settings: CaseSettings): CaseSettings {
  const { stageMinutes } = deadlines
  return stageMinutes === undefined || !isHastened(deadlines, classCode)
    ? settings
    : { ...settings, stageMinutes: { ...settings.stageMinutes, ...stageMinutes } }
}

/** The context as it is for a case of a class in a district. */
export function contextUnder(
  state: { readonly modes: ModeTable },
  { districtId, classCode }: { readonly districtId: DistrictId | null; readonly classCode: string },
  context: Context,
): Context {
  const { deadlines } = modeAt(state, districtId).effects
  if (deadlines.classes.length === 0) return context
  return {
    ...context,
    caseSettings: settingsUnder(deadlines, classCode, context.caseSettings),
    caseClass(code) {
      const caseClass = context.caseClass(code)
      return caseClass && classUnder(state, districtId, caseClass)
    },
  }
}
