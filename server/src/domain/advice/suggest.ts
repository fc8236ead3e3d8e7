/**
 * Suggestions for a report from its words: class, priority, department, place (marks: `flag-reader.ts`). Pure; every one names its evidence, and none is made where there is
 * no evidence. The tables come from the city, the precedents from state.
 */
import type { CaseFlag } from '../../../../shared/model/case-facts.ts'
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Priority } from '../../../../shared/model/alarm.ts'
import type { Suggestion, SuggestionEvidence, Suggestions } from '../../../../shared/model/suggestion.ts'
import type { Told } from '../duplicate/print.ts'
import { plainText } from '../duplicate/print.ts'
import { ClassReader, type SimilarCase } from './class-reader.ts'
import { urgentWords } from './class-words.ts'
import type { FiledMemory } from './filed-memory.ts'
import { PlaceNames, type NamedPlace } from './place-names.ts'

/** A class is read out of words for other rules only where it is this likely. */
export const sureClass = 0.6
/** Kept of so many texts: the same report is asked about again and again while it is open. */
const mostRead = 50_000

export interface SuggestedFor extends Told {
  readonly id?: string
  /** Marks it has. */
  readonly flags?: readonly CaseFlag[]
}

const textOf = ({ title, description }: Told): string => (description === '' ? title : description)

export class Advice {
  readonly #classes: ReadonlyMap<string, CaseClass>
  readonly #hasDepartment: (id: string) => boolean
  readonly #reader: ClassReader
  #places: PlaceNames | null = null
  readonly #namedPlaces: () => Iterable<NamedPlace>
  readonly #read = new Map<string, string | null>()

  constructor(
    classes: readonly CaseClass[],
    hasDepartment: (id: string) => boolean,
    namedPlaces: () => Iterable<NamedPlace>,
  ) {
    this.#classes = new Map(classes.map((row) => [row.code, row]))
    this.#hasDepartment = hasDepartment
    this.#reader = new ClassReader(classes)
    this.#namedPlaces = namedPlaces
  }

  /** The class the words alone speak of; null where they do not say so surely. */
  readClass(told: Told): string | null {
    const text = textOf(told)
    const known = this.#read.get(text)
    if (known !== undefined) return known
    const [first] = this.#reader.rank(text, [])
    const code = first !== undefined && first.confidence >= sureClass ? first.value : null
    if (this.#read.size >= mostRead) this.#read.clear()
    this.#read.set(text, code)
    return code
  }

  /** All but the place, which costs more. */
  suggest(told: SuggestedFor, past: FiledMemory): Suggestions {
    const text = textOf(told)
    const similar = past.similar(told, told.id)
    const classes = this.#reader.rank(text, similar)
    const [first] = classes
    const caseClass = first && this.#classes.get(first.value)
    return {
      isOn: true,
      classes,
      priority: priorityOf(text, caseClass, first?.confidence ?? 0),
      department: this.#departmentOf(caseClass, first?.confidence ?? 0, similar),
      place: null,
      flags: [],
    }
  }

  #departmentOf(
    caseClass: CaseClass | undefined,
    confidence: number,
    similar: readonly SimilarCase[],
  ): Suggestion<string> | null {
    const led = similar.filter(({ departmentId, classCode }) => departmentId !== null && classCode === caseClass?.code)
    const [likest] = led
    const own = caseClass?.departmentId ?? null
    // Where officers of this city agree on another than the table, the table is behind them.
    const isAgreed = led.length >= 3 && led.every(({ departmentId }) => departmentId === likest?.departmentId)
    const value = isAgreed ? (likest?.departmentId as string) : own
    if (value === null || caseClass === undefined || !this.#hasDepartment(value)) return null
    const evidence: SuggestionEvidence[] =
      value === own
        ? [{ kind: 'class', words: { zh: `「${caseClass.name.zh}」的主管部门`, en: `leads “${caseClass.name.en}”` } }]
        : []
    if (isAgreed)
      evidence.push({
        kind: 'cases',
        words: { zh: `${led.length} 件相似案件由其主办`, en: `led ${led.length} like cases` },
        incidentIds: led.map(({ id }) => id),
      })
    return { value, confidence, evidence }
  }

  suggestPlace(told: Told, past: FiledMemory): Suggestions['place'] {
    this.#places ??= new PlaceNames(this.#namedPlaces())
    const byAddress = told.address === null ? null : this.#places.find(told.address, past)
    const byText = this.#places.find(textOf(told), past)
    return (byAddress?.confidence ?? 0) >= (byText?.confidence ?? 0) ? byAddress : byText
  }
}

const urgent = urgentWords.map(
  ([priority, words]) => [priority, words.split(' ').map((word) => word.replaceAll('_', ' '))] as const,
)

function priorityOf(text: string, caseClass: CaseClass | undefined, confidence: number): Suggestion<Priority> | null {
  const plain = plainText(text)
  for (const [priority, words] of urgent) {
    const said = words.filter((word) => plain.includes(word))
    if (said.length === 0 || (caseClass !== undefined && caseClass.priority <= priority)) continue
    return {
      value: priority,
      confidence: said.length > 1 ? 0.7 : 0.5,
      evidence: [
        { kind: 'words', words: { zh: `文中有「${said.join('」「')}」`, en: `the text says “${said.join('”, “')}”` } },
      ],
    }
  }
  if (caseClass === undefined) return null
  return {
    value: caseClass.priority,
    confidence,
    evidence: [
      { kind: 'class', words: { zh: `「${caseClass.name.zh}」的常规等级`, en: `usual for “${caseClass.name.en}”` } },
    ],
  }
}
