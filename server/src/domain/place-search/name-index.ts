/** Names found by what somebody types of them: their beginning, a piece, or how they sound. The order is the same for the same names. */
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { NamedPlace } from '../advice/place-names.ts'

/** How a name is said, in plain small letters: `沐风路` = `mfl`, `mufenglu`. */
export interface Sound {
  readonly initials: string
  readonly whole: string
}
export interface IndexedName {
  readonly name: string
  readonly kind: NamedPlace['kind']
  /** Of all its pieces, one after another. */
  readonly points: readonly LonLat[]
}
interface Entry extends IndexedName {
  readonly points: LonLat[]
  readonly plain: string
  readonly sound: Sound
}

export const plainQuery = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
/** One letter sounds like half the city. */
const leastLetters = 2
const isLatin = (words: string) => /^[a-z][a-z0-9]+$/.test(words)

/** How well it fits, 0 the best; null = not at all. What is written goes before what is only heard. */
function fit({ plain, sound }: Entry, query: string, isHeard: boolean): number | null {
  if (plain === query) return 0
  if (plain.startsWith(query)) return 1
  if (isHeard && sound.initials === query) return 2
  if (plain.includes(query)) return 3
  if (!isHeard) return null
  if (sound.initials.startsWith(query)) return 4
  if (sound.whole.startsWith(query)) return 5
  return sound.initials.includes(query) ? 6 : null
}

const kindOrder: Record<NamedPlace['kind'], number> = { road: 0, place: 1, division: 2 }

export class NameIndex {
  readonly #entries: Entry[] = []

  constructor(places: Iterable<NamedPlace>, soundOf: (name: string) => Sound) {
    const known = new Map<string, Entry>()
    for (const { name, kind, points } of places) {
      const plain = plainQuery(name)
      if (plain.length < leastLetters || points.length === 0) continue
      // Pieces of one road are one road; of two places of one name each is shown.
      const key = kind === 'road' ? plain : `${kind} ${plain} ${points[0]?.join()}`
      const before = known.get(key)
      if (before === undefined) known.set(key, { name, kind, points: [...points], plain, sound: soundOf(name) })
      else if (kind === 'road') for (const point of points) before.points.push(point)
    }
    this.#entries = [...known.values()]
  }

  /** All that fit, best first. */
  find(words: string): readonly IndexedName[] {
    const query = plainQuery(words)
    if (query.length < leastLetters) return []
    const isHeard = isLatin(query)
    return this.#entries
      .flatMap((entry) => {
        const rank = fit(entry, query, isHeard)
        return rank === null ? [] : [{ entry, rank }]
      })
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          kindOrder[a.entry.kind] - kindOrder[b.entry.kind] ||
          a.entry.plain.length - b.entry.plain.length ||
          (a.entry.plain < b.entry.plain ? -1 : a.entry.plain > b.entry.plain ? 1 : 0),
      )
      .map(({ entry }) => entry)
  }
}
