/**
 * Reads what a text is about: words of each class found in it, the rarer among classes and the longer the better, and beside them the classes
 * officers gave to texts that read alike. Says what it found; a text that says nothing has no class.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Suggestion, SuggestionEvidence } from '../../../../shared/model/suggestion.ts'
import { plainText } from '../duplicate/print.ts'
import { classWords } from './class-words.ts'

/** A case like the one asked about, as officers filed it; `likeness` 0 … 1. */
export interface SimilarCase {
  readonly id: string
  readonly classCode: string
  readonly departmentId: string | null
  readonly likeness: number
}

interface Found {
  readonly words: string[]
  score: number
}

const mostRanked = 3
/** A class named outright speaks louder than one word that may be said of many. */
const nameFactor = 1.5
/** What a like case adds, and all of them at most. */
const caseWeight = 6
const mostFromCases = 4
/** Words of a class less than this in all are chance. */
const leastScore = 0.5
/** Spread of scores into confidences. */
const sharpness = 1.4
/** What stands for „none of these“ among them. */
const noneScore = 0.6
const mostWords = 4

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

export class ClassReader {
  /** Each word with the classes that say it, and what it weighs there. */
  readonly #words = new Map<string, Map<string, number>>()
  /** By the two letters a word begins with: how long such words are, the longest first. */
  readonly #lengths = new Map<string, number[]>()

  constructor(classes: readonly CaseClass[]) {
    for (const { code, name, keywords } of classes) {
      this.#add(code, name.zh, nameFactor)
      this.#add(code, name.en, nameFactor)
      for (const word of keywords) this.#add(code, word, 1)
      for (const word of (classWords[code] ?? '').split(' ')) this.#add(code, word.replaceAll('_', ' '), 1)
    }
    for (const word of this.#words.keys()) {
      const start = word.slice(0, 2)
      const known = this.#lengths.get(start) ?? []
      if (!known.includes(word.length))
        this.#lengths.set(
          start,
          [...known, word.length].sort((a, b) => b - a),
        )
    }
  }

  #add(code: string, said: string, factor: number): void {
    const word = plainText(said)
    if (word.length < 2) return
    // Each letter of Chinese says about as much as three of English.
    const letters = isHan(word) ? word.length : word.length / 3
    const weight = factor * Math.min(2, 0.4 + 0.4 * letters)
    const of = this.#words.get(word) ?? new Map<string, number>()
    of.set(code, Math.max(weight, of.get(code) ?? 0))
    this.#words.set(word, of)
  }

  /** Every class the text has a word of, with the words. */
  #found(text: string): Map<string, Found> {
    const plain = plainText(text)
    const found = new Map<string, Found>()
    const seen = new Set<string>()
    for (let at = 0; at < plain.length; at++)
      for (const length of this.#lengths.get(plain.slice(at, at + 2)) ?? []) {
        if (at + length > plain.length) continue
        const word = plain.slice(at, at + length)
        const of = this.#words.get(word)
        if (of === undefined || !isWhole(plain, at, word)) continue
        // A word within a longer one says nothing more: 井盖 in 燃气井盖.
        at += length - 1
        if (seen.has(word)) break
        seen.add(word)
        for (const [code, weight] of of) {
          const one = found.get(code) ?? { words: [], score: 0 }
          one.words.push(word)
          one.score += weight / Math.sqrt(of.size)
          found.set(code, one)
        }
        break
      }
    return found
  }

  /** The likeliest first, at most three. */
  rank(text: string, similar: readonly SimilarCase[]): Suggestion<string>[] {
    const found = this.#found(text)
    const byCases = new Map<string, SimilarCase[]>()
    for (const one of similar) byCases.set(one.classCode, [...(byCases.get(one.classCode) ?? []), one])
    const scored = [...new Set([...found.keys(), ...byCases.keys()])]
      .map((code) => {
        const words = found.get(code)
        const cases = byCases.get(code) ?? []
        const likest = cases.reduce((sum, { likeness }) => sum + likeness, 0)
        const fromCases = Math.min(mostFromCases, caseWeight * likest)
        return { code, words: words?.words ?? [], cases, score: (words?.score ?? 0) + fromCases }
      })
      .filter(({ score }) => score >= leastScore)
      .sort((a, b) => b.score - a.score || a.code.localeCompare(b.code))
    const all = scored.reduce((sum, { score }) => sum + Math.exp(sharpness * score), Math.exp(sharpness * noneScore))
    return scored.slice(0, mostRanked).map(({ code, words, cases, score }) => ({
      value: code,
      confidence: Math.exp(sharpness * score) / all,
      evidence: evidenceOf(words, cases),
    }))
  }
}

/** English words are not found within others. */
function isWhole(text: string, at: number, word: string): boolean {
  if (isHan(word)) return true
  const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{Script=Latin}\d]/u.test(letter)
  return !isLetter(text[at - 1]) && !isLetter(text[at + word.length])
}

function evidenceOf(words: readonly string[], cases: readonly SimilarCase[]): SuggestionEvidence[] {
  const evidence: SuggestionEvidence[] = []
  const shown = words.slice(0, mostWords)
  if (shown.length > 0)
    evidence.push({
      kind: 'words',
      words: { zh: `文中有「${shown.join('」「')}」`, en: `the text says “${shown.join('”, “')}”` },
    })
  if (cases.length > 0)
    evidence.push({
      kind: 'cases',
      words: { zh: `${cases.length} 件相似案件立为此类`, en: `${cases.length} like cases were filed so` },
      incidentIds: cases.map(({ id }) => id),
    })
  return evidence
}
