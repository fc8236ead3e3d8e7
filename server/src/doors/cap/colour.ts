/**
 * The four colours of a warning, found where the issuer says them: a parameter that names a colour, the words 红/橙/黄/蓝色预警 in
 * event or headline, and only then the severity. Unknown severity is yellow: not known is not minor.
 */
import type { Severity, WarningColour } from '../../../../shared/model/warning.ts'

export const colourOfSeverity: Readonly<Record<Severity, WarningColour>> = {
  Extreme: 'red',
  Severe: 'orange',
  Moderate: 'yellow',
  Minor: 'blue',
  Unknown: 'yellow',
}
export const severityOfColour: Readonly<Record<WarningColour, Severity>> = {
  red: 'Extreme',
  orange: 'Severe',
  yellow: 'Moderate',
  blue: 'Minor',
}

const words: readonly (readonly [RegExp, WarningColour])[] = [
  [/红|\bred\b/i, 'red'],
  [/橙|\borange\b/i, 'orange'],
  [/黄|\byellow\b/i, 'yellow'],
  [/蓝|\bblue\b/i, 'blue'],
]
const ofWord = (text: string): WarningColour | null => words.find(([word]) => word.test(text))?.[1] ?? null

/** Names under which issuers tell the colour: `colour`, `awareness_level`, `AlertLevel`, 预警级别, 颜色 … */
const isColourName = (name: string): boolean => /colou?r|level|severity|颜色|级别|等级/i.test(name)

/** 暴雨橙色预警 · 橙色暴雨预警. Of 由黄色预警升级为橙色预警 the one that holds from now on. */
function ofSentence(text: string): WarningColour | null {
  const changed = /(?:升级|降级|变更|更新|调整)[为成至](.*)$/s.exec(text)?.[1]
  const said =
    /([红橙黄蓝])色?[^，。；,;红橙黄蓝]{0,10}预警/.exec(changed ?? text) ?? /([红橙黄蓝])色/.exec(changed ?? '')
  const english = /\b(red|orange|yellow|blue) (?:\w+ ){0,4}(?:warning|alert|signal)\b/i.exec(text)
  return ofWord(said?.[1] ?? english?.[1] ?? '')
}

export function colourOf(info: {
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
  readonly event: string
  readonly headline: string
  readonly severity: Severity
}): WarningColour {
  for (const { name, value } of info.parameters) {
    const colour = isColourName(name) ? ofWord(value) : null
    if (colour !== null) return colour
  }
  return ofSentence(info.event) ?? ofSentence(info.headline) ?? colourOfSeverity[info.severity]
}
