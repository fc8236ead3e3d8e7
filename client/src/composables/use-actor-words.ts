/** Who did it, for people: an officer by name, by account until that is known, a rule or a door by what it is. */
import { useI18n } from 'vue-i18n'
import type { Term } from '../../../shared/model/term.ts'
import { useTerm } from './use-term.ts'

export function useActorWords(
  people: { nameOf(username: string): string | undefined },
  rules: { ruleOf(id: string): { readonly name: Term } | undefined },
): (name: string) => string {
  const { t, te } = useI18n()
  const term = useTerm()
  return (name) => {
    const [kind = '', rest = ''] = name.split(/:(.*)/s)
    if (kind === 'rule') return t('actor.rule', { name: term(rules.ruleOf(rest)?.name) || rest })
    if (te(`actor.${kind}`)) return t(`actor.${kind}`, { name: rest })
    return name === '' ? '' : (people.nameOf(name) ?? name)
  }
}
