/** What a mode changes where it holds, as groups of lines to be read before it is switched. Pure. */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { CaseSettings } from '../../../../shared/model/case-settings.ts'
import type { ModeEffects } from '../../../../shared/model/mode-effects.ts'
import type { OperatingMode } from '../../../../shared/model/mode.ts'
import type { Term } from '../../../../shared/model/term.ts'

/** The classes meant by a code or its leading characters: the one class, else the group they share, else the code itself. */
export function classesMeant(prefix: string, classes: readonly CaseClass[]): Term {
  const meant = classes.filter(({ code }) => code.startsWith(prefix))
  const [first] = meant
  if (first === undefined) return { zh: prefix, en: prefix }
  const isOneGroup = meant.every(({ group }) => group.zh === first.group.zh)
  const name = meant.length === 1 ? first.name : isOneGroup ? first.group : { zh: '', en: '' }
  return { zh: `${prefix} ${name.zh}`.trim(), en: `${prefix} ${name.en}`.trim() }
}

/** Rules that raise nothing in this mode: those it puts to rest, and those that say themselves they are of other modes. */
export const restingRules = (
  mode: OperatingMode,
  { rulesOff = [] }: ModeEffects,
  rules: readonly AlarmRule[],
): readonly AlarmRule[] =>
  rules.filter(({ id, scope }) => rulesOff.includes(id) || (scope?.modes !== undefined && !scope.modes.includes(mode)))

export interface StageChange {
  readonly stage: keyof CaseSettings['stageMinutes']
  readonly fromMin: number
  readonly toMin: number
}
/** Stages with another limit than the ordinary one. */
export const stageChanges = (
  { deadlines: { stageMinutes = {} } }: ModeEffects,
  { stageMinutes: usual }: CaseSettings,
): readonly StageChange[] =>
  (Object.keys(usual) as StageChange['stage'][]).flatMap((stage) => {
    const toMin = stageMinutes[stage]
    return toMin === undefined || toMin === usual[stage] ? [] : [{ stage, fromMin: usual[stage], toMin }]
  })
