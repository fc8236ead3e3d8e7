/**
 * Which marks (紧急类, 扬言) the words of a report suggest, each with the words it rests on and where they stand. Deterministic, a list of
 * rules and no more; sets nothing. Denied, over and only feared does not count.
 */
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Suggestion, SuggestionEvidence, TextSpan } from '../../../../shared/model/suggestion.ts'
import { flagRules, type FlagRule, type SuggestedFlag } from './flag-rules.ts'
import { isDenied, isOfNow } from './said-of-now.ts'

interface Word {
  readonly text: string
  readonly isHan: boolean
}
interface ReadyRule extends FlagRule {
  readonly words: readonly (readonly Word[])[]
  readonly exceptions: readonly string[]
}
/** Where a word stands in the text. */
interface Found {
  readonly start: number
  readonly end: number
}

const most = 4000
/** The longest first: of two that begin alike the longer is meant. */
const wordsOf = (list: string): readonly string[] =>
  list
    .split(' ')
    .map((word) => word.replaceAll('_', ' '))
    .sort((a, b) => b.length - a.length)
const rules: readonly ReadyRule[] = flagRules.map((rule) => ({
  ...rule,
  words: rule.lists.map((list) => wordsOf(list).map((text) => ({ text, isHan: /\p{Script=Han}/u.test(text) }))),
  exceptions: rule.except === undefined ? [] : wordsOf(rule.except),
}))

/** In one form of each letter, every letter in its place: what is found is found in the text as it was written. */
const evenText = (text: string): string =>
  Array.from({ length: Math.min(text.length, most) }, (_, at) => {
    const letter = text.charAt(at)
    if (letter >= '一' && letter <= '鿿') return letter
    const plain = letter.normalize('NFKC').toLowerCase()
    return plain.length === 1 ? plain : letter
  })
    .join('')
    .replaceAll('’', "'")

const isLatin = (letter: string): boolean => /[\p{Script=Latin}\d]/u.test(letter)

function* occurrences(part: string, { text, isHan }: Word): Iterable<Found> {
  for (let start = part.indexOf(text); start >= 0; start = part.indexOf(text, start + 1)) {
    const end = start + text.length
    if (isHan || (!isLatin(part.charAt(start - 1)) && !isLatin(part.charAt(end)))) yield { start, end }
  }
}

const covers = (part: string, phrase: string, { start, end }: Found): boolean => {
  const at = part.lastIndexOf(phrase, start)
  return at >= 0 && at + phrase.length >= end
}

interface Part extends Found {
  readonly clauses: readonly Found[]
}
const cut = (text: string, from: number, to: number, at: RegExp): Found[] => {
  const parts: Found[] = []
  let start = from
  for (const mark of text.slice(from, to).matchAll(at)) {
    parts.push({ start, end: from + mark.index })
    start = from + mark.index + mark[0].length
  }
  return [...parts, { start, end: to }]
}
const sentencesOf = (text: string): readonly Part[] =>
  cut(text, 0, text.length, /[。！？!?\n]|\.(?=\s|$)/g).map(({ start, end }) => ({
    ...{ start, end },
    clauses: cut(text, start, end, /[，,；;、：:]|但是?|不过|(?<=\s)but(?=\s)/g),
  }))

/** The words by which the rule speaks in this part, as they stand: one of its first list that holds, and one of each other. */
function foundBy(rule: ReadyRule, text: string, sentence: Part): Found[] {
  const [heads = [], ...others] = rule.words
  for (const clause of sentence.clauses) {
    const said = text.slice(clause.start, clause.end)
    for (const word of heads)
      for (const found of occurrences(said, word)) {
        if (rule.exceptions.some((phrase) => covers(said, phrase, found))) continue
        const around = { before: said.slice(0, found.start), after: said.slice(found.end) }
        if (isDenied(around) || (rule.ofLater !== true && !isOfNow(around))) continue
        const scope = rule.within === 'clause' ? clause : sentence
        const head = { start: clause.start + found.start, end: clause.start + found.end }
        const beside = others.map((list) => firstOf(text, scope, list))
        if (beside.every((one) => one !== null)) return [head, ...beside].sort((a, b) => a.start - b.start)
      }
  }
  return []
}

function firstOf(text: string, { start, end }: Found, list: readonly Word[]): Found | null {
  const part = text.slice(start, end)
  for (const word of list)
    for (const found of occurrences(part, word)) return { start: start + found.start, end: start + found.end }
  return null
}

const fields = ['title', 'description'] as const

export function readFlags(told: Pick<Incident, 'title' | 'description'>): readonly Suggestion<SuggestedFlag>[] {
  const texts = fields.map((field) => {
    const text = evenText(told[field])
    return { field, text, sentences: sentencesOf(text) }
  })
  const spoken = rules.flatMap((rule) => {
    const spans = texts.flatMap(({ field, text, sentences }): TextSpan[] => {
      if (!rule.words[0]?.some((word) => text.includes(word.text))) return []
      const found = sentences.map((sentence) => foundBy(rule, text, sentence))
      return (found.find((one) => one.length > 0) ?? []).map((one) => ({ field, ...one }))
    })
    return spans.length === 0 ? [] : [{ rule, spans, evidence: evidenceOf(rule, spans, told) }]
  })
  return (['threat', 'urgent'] as const).flatMap((flag) => {
    const by = spoken.filter(({ rule }) => rule.flag === flag || (flag === 'urgent' && rule.flag === 'threat'))
    if (by.length === 0) return []
    const confidence = Math.max(...by.map(({ rule }) => rule.confidence))
    return [{ value: flag, confidence, evidence: by.map(({ evidence }) => evidence) }]
  })
}

function evidenceOf(
  { id, name }: FlagRule,
  spans: readonly TextSpan[],
  told: Pick<Incident, 'title' | 'description'>,
): SuggestionEvidence {
  const said = [...new Set(spans.map(({ field, start, end }) => told[field].slice(start, end)))]
  return {
    kind: 'words',
    ruleId: id,
    words: { zh: `${name.zh}：「${said.join('」「')}」`, en: `${name.en}: “${said.join('”, “')}”` },
    spans,
  }
}
