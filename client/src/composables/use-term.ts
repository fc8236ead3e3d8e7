/** The model's own words in the page's language. */
import { useI18n } from 'vue-i18n'
import type { Term } from '../../../shared/model/transition.ts'

/** `term(name)` is the word in the language shown; '' where there is none. */
export function useTerm(): (term: Term | null | undefined) => string {
  const { locale } = useI18n()
  return (term) => (term == null ? '' : locale.value === 'en' ? term.en : term.zh)
}
