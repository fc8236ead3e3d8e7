/**
 * What a typed address means: first the crossing, the house or the stretch its words name together, then each name of the map that fits, then
 * 部件 by their number. Pure: how names sound, and what is known of houses, is handed in.
 */
import type { FoundPlace } from '../../../../shared/model/found-place.ts'
import { distanceM, type LonLat } from '../../../../shared/model/geo.ts'
import type { SuggestedPlace, Suggestion } from '../../../../shared/model/suggestion.ts'
import type { NamedPlace } from '../advice/place-names.ts'
import { NameIndex, plainQuery, type IndexedName, type Sound } from './name-index.ts'

export type Hit = Pick<FoundPlace, 'kind' | 'address' | 'position' | 'withinM' | 'classCode'>
/** The place an address written out means. */
export type Meaning = (address: string) => Suggestion<SuggestedPlace> | null
export interface SearchedPart {
  readonly code: string
  readonly classCode: string
  readonly position: LonLat
}

/** Two names that may cross are tried so many each, the best first. */
const namesTried = 3
/** What is read out of the words is offered when it is at least this sure. */
const sureMeaning = 0.6
const withinPartM = 5
const withinPlaceM = 200
const withinDivisionM = 3000
const leastDigits = 4

const numbered = /^(.*?[^\d\s])\s*(\d{1,5})\s*(?:号|弄)?$/
const between = /[\s,，、/]+|[与和及]/

function hitOf({ name, kind, points }: IndexedName): Hit {
  const position = points[Math.floor(points.length / 2)] as LonLat
  const reachM = () => Math.round(points.reduce((most, at) => Math.max(most, distanceM(at, position)), 0))
  const withinM = kind === 'road' ? reachM() : kind === 'place' ? withinPlaceM : withinDivisionM
  return { kind, address: name, position, withinM, classCode: null }
}
const meantHit = ({ value: { address, position, withinM } }: Suggestion<SuggestedPlace>): Hit => ({
  ...{ kind: 'address', address, position, withinM, classCode: null },
})

export class PlaceSearch {
  readonly #names: NameIndex
  readonly #parts: readonly SearchedPart[]
  readonly #className: (code: string) => string

  constructor(
    places: Iterable<NamedPlace>,
    soundOf: (name: string) => Sound,
    parts: readonly SearchedPart[],
    className: (code: string) => string,
  ) {
    this.#names = new NameIndex(places, soundOf)
    this.#parts = parts
    this.#className = className
  }

  /** Best first; ask for no more than are needed. One address comes once. */
  *find(words: string, meaning: Meaning): Iterable<Hit> {
    const told = new Set<string>()
    for (const hit of this.#all(words.trim(), meaning)) {
      const key = `${hit.address} ${hit.position.join()}`
      if (!told.has(key)) yield hit
      told.add(key)
    }
  }

  *#all(words: string, meaning: Meaning): Iterable<Hit> {
    yield* this.#crossings(words, meaning)
    const names = this.#names.find(words)
    const whole = meaning(words)
    if (whole !== null && whole.confidence >= sureMeaning && names.every(({ name }) => name !== whole.value.address))
      yield meantHit(whole)
    yield* this.#houses(words, meaning)
    for (const name of names) yield hitOf(name)
    yield* this.#partsOf(words)
  }

  #roads(words: string): readonly string[] {
    const roads = this.#names.find(words).filter(({ kind }) => kind === 'road')
    return roads.slice(0, namesTried).map(({ name }) => name)
  }

  *#crossings(words: string, meaning: Meaning): Iterable<Hit> {
    const [one, other, ...more] = words.split(between).filter(Boolean)
    if (one === undefined || other === undefined || more.length > 0) return
    for (const first of this.#roads(one))
      for (const second of this.#roads(other)) {
        const found = first === second ? null : meaning(`${first}与${second}`)
        if (found !== null && found.value.address.includes(first) && found.value.address.includes(second))
          yield meantHit(found)
      }
  }

  *#houses(words: string, meaning: Meaning): Iterable<Hit> {
    const [, name, number] = numbered.exec(words) ?? []
    if (name === undefined || number === undefined) return
    const roads = this.#names.find(name).filter(({ kind }) => kind === 'road')
    for (const road of roads.slice(0, namesTried)) {
      const address = `${road.name}${number}号`
      const found = meaning(address)
      // Where no house near it is known, the road as a whole, and how far off that may be.
      yield found?.value.address === address ? meantHit(found) : { ...hitOf(road), kind: 'address', address }
    }
  }

  *#partsOf(words: string): Iterable<Hit> {
    const digits = plainQuery(words)
    if (digits.length < leastDigits || !/^\d+$/.test(digits)) return
    for (const { code, classCode, position } of this.#parts)
      if (code.startsWith(digits) || code.endsWith(digits)) {
        const address = [this.#className(classCode), code].filter(Boolean).join(' ')
        yield { kind: 'part', address, position, withinM: withinPartM, classCode }
      }
  }
}
