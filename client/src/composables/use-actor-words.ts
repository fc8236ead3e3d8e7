/** Who did it, for people: this officer by name, another by account, a rule or a door by what it is. */
import { useI18n } from 'vue-i18n'
import type { Term } from '../../../shared/model/term.ts'
import { useTerm } from './use-term.ts'

export function useActorWords(
  own: { readonly session: { readonly username: string; readonly displayName: string } | null },
  rules: { ruleOf(id: string): { readonly name: Term } | undefined },
): (name: string) => string {
  const { t, te } = useI18n()
  const term = useTerm()
  return (name) => {
    if (name === own.session?.username) return own.session.displayName
    const [kind = '', rest = ''] = name.split(/:(.*)/s)
    if (kind === 'rule') return t('actor.rule', { name: term(rules.ruleOf(rest)?.name) || rest })
    return te(`actor.${kind}`) ? t(`actor.${kind}`, { name: rest }) : name
  }
}
