/** Why something was refused, in this language: the rules' sentence is looked up, never shown as it came. */
import { useI18n } from 'vue-i18n'
import { refusalSentences } from './refusal-sentences.ts'

const holes = ['a', 'b', 'c'] as const
const patterns = refusalSentences.map(([key, sentence]) => {
  const literal = sentence.split(/\{\w\}/).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return { key, pattern: new RegExp(`^${literal.join('(.+?)')}$`, 's') }
})

/** The key of its words and what stands in its holes; null where the rules say nothing of the kind. */
export function refusalKeyOf(sentence: string): { key: string; values: Record<string, string> } | null {
  for (const { key, pattern } of patterns) {
    const found = pattern.exec(sentence)
    if (found === null) continue
    const values = found.slice(1).map((value, at) => [holes[at] ?? '', value] as const)
    return { key, values: Object.fromEntries(values) }
  }
  return null
}

interface Refused {
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>> | undefined
}
interface Field {
  readonly problem?: unknown
}

/** Words for why; empty where the code alone says it. */
export function useRefusalSentence(): (failure: Refused) => string {
  const { t } = useI18n()
  return ({ message, details = {} }) => {
    const fields: unknown = details['fields']
    const problems = Array.isArray(fields) ? (fields as readonly Field[]).map(({ problem }) => problem) : []
    const told = [...problems, message].filter((one) => typeof one === 'string')
    const known = told.map(refusalKeyOf).find((one) => one !== null)
    return known == null ? '' : t(`refusal.${known.key}`, known.values)
  }
}
