/**
 * Places by the words people use: names of the pack's roads, places and divisions found in a text, longest first, and the point they mean
 * together. Two roads mean their crossing, a road and a place the part of the road by it. What is known of house numbers comes from past cases.
 */
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { SuggestedPlace, Suggestion, SuggestionEvidence } from '../../../../shared/model/suggestion.ts'
import { distanceM } from '../../../../shared/model/geo.ts'
import { namesIn } from '../duplicate/print.ts'
import type { FiledMemory } from './filed-memory.ts'

export interface NamedPlace {
  readonly name: string
  readonly kind: 'road' | 'place' | 'division'
  /** Along a road; the one point of a place; the middle of a division. */
  readonly points: readonly LonLat[]
}

interface Known {
  readonly kind: NamedPlace['kind']
  readonly points: LonLat[]
}
interface Said {
  readonly name: string
  readonly end: number
  readonly known: Known
}

/** Two roads that come no nearer do not cross. */
const crossingM = 60
/** A road by a place: its nearest point may be this far. */
const besideM = 700
const houseM = 14
/** Points compared a road, so that the longest cost no more. */
const mostPoints = 200

export class PlaceNames {
  readonly #known = new Map<string, Known>()
  readonly #longest: number

  constructor(places: Iterable<NamedPlace>) {
    for (const { name, kind, points } of places) {
      if (name.length < 2 || points.length === 0) continue
      const before = this.#known.get(name)
      if (before === undefined) this.#known.set(name, { kind, points: [...points] })
      // Pieces of one road are one road; of two places of one name the first is meant.
      else if (before.kind === 'road' && kind === 'road') before.points.push(...points)
    }
    this.#longest = Math.max(0, ...[...this.#known.keys()].map((name) => name.length))
  }

  #said(words: string): Said[] {
    const said: Said[] = []
    for (let at = 0; at < words.length; at++)
      for (let length = Math.min(this.#longest, words.length - at); length > 1; length--) {
        const name = words.slice(at, at + length)
        const known = this.#known.get(name)
        if (known === undefined) continue
        said.push({ name, end: at + length, known })
        at += length - 1
        break
      }
    return said
  }

  /** The place the words mean; null where they name nothing known. */
  find(words: string, past: FiledMemory): Suggestion<SuggestedPlace> | null {
    const said = this.#said(words)
    const roads = said.filter(({ known }) => known.kind === 'road')
    const [first, second] = [roads[0], roads.find(({ name }) => name !== roads[0]?.name)]
    const place = said.find(({ known }) => known.kind === 'place')
    if (first && second) {
      const { a, metres } = closest(first.known.points, second.known.points)
      if (metres <= crossingM)
        return found(a, `${first.name}与${second.name}路口`, 40, 0.9, [
          nameEvidence(`${first.name}、${second.name}`, '两路交叉口', 'where the two roads cross'),
        ])
    }
    const number = first ? /^\s*(\d{1,5})\s*(?:号|弄)/.exec(words.slice(first.end)) : null
    if (first && number) {
      const [road = first.name] = namesIn(first.name)
      const house = past.houseNear(road, Number(number[1]))
      if (house)
        return found(
          house.at,
          `${first.name}${number[1]}号`,
          30 + (house.off * houseM) / 2,
          house.off <= 6 ? 0.85 : 0.6,
          [
            nameEvidence(first.name, '路名', 'a road'),
            {
              kind: 'cases',
              words: { zh: `同路相近门牌的案件 ${house.id}`, en: `case ${house.id} at a near house number` },
              incidentIds: [house.id],
            },
          ],
        )
    }
    if (place) {
      const at = place.known.points[0] as LonLat
      if (first) {
        const { a, metres } = closest(first.known.points, [at])
        if (metres <= besideM)
          return found(a, `${first.name}近${place.name}`, 150, 0.8, [
            nameEvidence(`${first.name}、${place.name}`, '路名与地名相邻', 'the road by that place'),
          ])
      }
      return found(at, place.name, 200, 0.7, [nameEvidence(place.name, '地名', 'a place')])
    }
    if (first) {
      const { points } = first.known
      const middle = points[Math.floor(points.length / 2)] as LonLat
      const half = Math.max(...points.map((at) => distanceM(at, middle)))
      return found(middle, first.name, Math.round(half), half <= 300 ? 0.6 : 0.3, [
        nameEvidence(first.name, '路名，路段不明', 'a road, the part of it is not said'),
      ])
    }
    const [division] = said
    return division
      ? found(division.known.points[0] as LonLat, division.name, 3000, 0.15, [
          nameEvidence(division.name, '区划名', 'a division'),
        ])
      : null
  }
}

const nameEvidence = (name: string, zh: string, en: string): SuggestionEvidence => ({
  kind: 'name',
  words: { zh: `文中有「${name}」：${zh}`, en: `the text names “${name}”: ${en}` },
})

const found = (
  position: LonLat,
  address: string,
  withinM: number,
  confidence: number,
  evidence: readonly SuggestionEvidence[],
): Suggestion<SuggestedPlace> => ({ value: { position, address, withinM: Math.round(withinM) }, confidence, evidence })

function thinned(points: readonly LonLat[]): readonly LonLat[] {
  const step = Math.ceil(points.length / mostPoints)
  return step <= 1 ? points : points.filter((_, i) => i % step === 0)
}

/** The two points that are nearest to each other. */
function closest(as: readonly LonLat[], bs: readonly LonLat[]): { readonly a: LonLat; readonly metres: number } {
  let best = { a: as[0] as LonLat, metres: Infinity }
  for (const a of thinned(as))
    for (const b of thinned(bs)) {
      // Cheap first: a degree of latitude is never less than 110 km.
      if (Math.abs(a[1] - b[1]) * 110_000 >= best.metres) continue
      const metres = distanceM(a, b)
      if (metres < best.metres) best = { a, metres }
    }
  return best
}
