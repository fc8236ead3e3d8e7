/**
 * What is compared of a report: its words as weighed shingles, the places and numbers it names, who said it. Pairs of characters where Chinese is
 * written, whole words elsewhere, so that neither needs a dictionary. Made once for a report; knows nothing of other reports.
 */
import type { Incident } from '../../../../shared/model/incident.ts'
import { hashOf, stockShingles } from './shingle.ts'

export interface Print {
  /** Ascending, without doubles. */
  readonly shingles: Uint32Array
  /** Names of roads and places in address and text, by their last characters: 「请到沐风路」 and 「沐风路」 end alike. */
  readonly names: readonly string[]
  /** House numbers and the like in the address. */
  readonly numbers: readonly number[]
  readonly address: string
  /** Digits of the caller's number; null = not said. */
  readonly phone: string | null
  /** Account or device that reported; null = not said, or a sensor's own alarm number. */
  readonly device: string | null
}

export type Told = Pick<Incident, 'title' | 'description' | 'address' | 'reporter' | 'source' | 'sourceRef'>

const mostLetters = 1000
const mostNames = 12
/** Words of an address that every address has. */
const streetKinds = new Set('avenue blvd boulevard street road lane drive court place north south east west'.split(' '))
const nameEnd =
  /(?:大道|公路|路|街|巷|弄|胡同|桥|隧道|广场|花园|新村|公寓|小区|家园|大厦|中心|公园|学校|小学|中学|医院|车站|市场|苑|里|坊|站|塔|湖|河)/g
/** Letters kept of a name before its ending: what stands before them may be other words. */
const nameLetters = 2
const leastPhone = 7

const han = /\p{Script=Han}+/gu
const word = /[\p{Script=Latin}\d]+/gu

/** A ticket's or a telephone's: tells reports apart that say the same. */
const longNumber = /^\d{5,}$/

export const plainText = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Shingles of a text, each once. */
export function shinglesOf(text: string): Set<number> {
  const plain = plainText(text.slice(0, mostLetters))
  const found = new Set<number>()
  for (const [run] of plain.matchAll(han)) for (let i = 0; i + 2 <= run.length; i++) found.add(hashOf(run, i, i + 2))
  for (const [said] of plain.matchAll(word))
    if (said.length > 1 && !longNumber.test(said)) found.add(hashOf(said, 0, said.length))
  return found
}

/** Names as they end, from the words of one place: Chinese by their endings, other languages word by word. */
export function namesIn(text: string): string[] {
  const plain = plainText(text.slice(0, mostLetters))
  const names = new Set<string>()
  for (const [run] of plain.matchAll(han))
    for (const { index, 0: ending } of run.matchAll(nameEnd)) {
      const end = index + ending.length
      if (index >= nameLetters) names.add(run.slice(index - nameLetters, end))
    }
  return [...names].slice(0, mostNames)
}

const numbersIn = (address: string): number[] =>
  [...plainText(address).matchAll(/(?<![\d-])\d{1,6}(?=号|弄|栋|幢|座|\s+[a-z])/g)].map(([digits]) => Number(digits))

export function printOf(told: Told): Print {
  const { title, description, address, reporter, source, sourceRef } = told
  // A title is most often the beginning of the description.
  const text = description === '' ? title : description
  const shingles = Uint32Array.from([...shinglesOf(text)].filter((each) => !stockShingles.has(each))).sort()
  const words = address ?? ''
  const digits = reporter?.phone?.replace(/\D/g, '') ?? ''
  const latin = (plainText(words).match(/[a-z]{4,}/g) ?? []).filter((each) => !streetKinds.has(each))
  return {
    shingles,
    names: [...new Set([...namesIn(words), ...latin, ...namesIn(text)])].slice(0, mostNames),
    numbers: numbersIn(words),
    address: plainText(words).replace(/\s+/g, ' ').trim(),
    phone: digits.length < leastPhone ? null : digits,
    device: source === 'iot' || sourceRef === null || sourceRef === '' ? null : sourceRef,
  }
}
