/** An official warning in words, as wall and desk show it. */
import { useI18n } from 'vue-i18n'
import { exerciseMarks, warningColourNames, type Warning, type WarningColour } from '../../../shared/model/warning.ts'
import { useFormat } from './use-format.ts'
import { useTerm } from './use-term.ts'

export interface WarningWords {
  readonly id: string
  readonly colour: WarningColour
  readonly colourWord: string
  /** In the language shown, where the issuer gave it. */
  readonly event: string
  readonly headline: string
  readonly until: string
  /** 演练 or 测试 where it is not in earnest; else empty. */
  readonly mark: string
}

/** `word(warning, timeZone)`. */
export function useWarningWords(): (warning: Warning, timeZone: string) => WarningWords {
  const { t, locale } = useI18n()
  const term = useTerm()
  const format = useFormat()
  return (warning, timeZone) => {
    const isEnglish = locale.value === 'en'
    return {
      id: warning.id,
      colour: warning.colour,
      colourWord: t('warning.colour', { colour: term(warningColourNames[warning.colour]) }),
      event: (isEnglish ? warning.eventEn : null) ?? warning.event,
      headline: (isEnglish ? warning.headlineEn : null) ?? warning.headline,
      until: t('warning.until', { time: format.moment(warning.expiresAt, timeZone).slice(0, -3) }),
      mark: warning.status === 'Actual' ? '' : term(exerciseMarks[warning.status]),
    }
  }
}
