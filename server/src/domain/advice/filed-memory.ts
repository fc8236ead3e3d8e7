/**
 * What officers decided about what people wrote, the newest so many: the precedents a suggestion may point to. A fold of cases' rows, bounded;
 * asked by likeness of words, and by the places their words were found at.
 */
import type { Incident } from '../../../../shared/model/incident.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { printOf, type Print, type Told } from '../duplicate/print.ts'
import { likenessOf } from '../duplicate/likeness.ts'
import { rarity } from '../duplicate/rarity.ts'
import type { SimilarCase } from './class-reader.ts'

/** As it is kept, also in a snapshot. */
export interface FiledCase {
  readonly id: string
  readonly classCode: string
  readonly departmentId: string | null
  readonly text: string
  readonly address: string | null
  readonly position: LonLat | null
}
interface Kept {
  readonly row: FiledCase
  readonly print: Print
  /** Who else says each of its shingles, in their order. */
  readonly sharing: readonly ReadonlySet<Kept>[]
  /** Worth of the shingles it shares with the text of the question `asked`. */
  shared: number
  asked: number
}

export const mostFiled = 2000
const mostText = 300
/** A shingle that more of them have is not looked up. */
const mostSharing = 200
const mostSimilar = 5
/** Texts there seem to have been before the first. */
const seeming = 10
export const leastSimilar = 0.12
/** Houses this far along a street are no help. */
const nearNumbers = 60

/** Only what a person wrote, and an officer put a class to. */
const isPrecedent = ({ filedAt, source, drill, description }: Incident): boolean =>
  filedAt !== null && source !== 'iot' && !drill && description !== ''

export class FiledMemory {
  readonly #kept = new Map<string, Kept>()
  readonly #sharing = new Map<number, Set<Kept>>()
  #questions = 0
  readonly #named = new Map<string, Set<string>>()

  get size(): number {
    return this.#kept.size
  }
  /** In the order they were filed. */
  rows(): FiledCase[] {
    return [...this.#kept.values()].map(({ row }) => row)
  }

  take(incident: Incident): void {
    if (!isPrecedent(incident)) return
    const { id, classCode, departmentId, description, address, position } = incident
    const known = this.#kept.get(id)?.row
    const isSame = known?.classCode === classCode && known.departmentId === departmentId && known.position === position
    if (!isSame) this.put({ id, classCode, departmentId, text: description.slice(0, mostText), address, position })
  }

  put(row: FiledCase): void {
    this.#drop(row.id)
    const print = printOf(toldOf(row.text, row.address))
    const sharing: Set<Kept>[] = []
    const kept: Kept = { row, print, sharing, shared: 0, asked: 0 }
    this.#kept.set(row.id, kept)
    for (const shingle of print.shingles) sharing.push(add(this.#sharing, shingle, kept))
    if (row.position !== null) for (const name of print.names) add(this.#named, name, row.id)
    if (this.#kept.size > mostFiled) this.#drop(this.#kept.keys().next().value as string)
  }

  #drop(id: string): void {
    const kept = this.#kept.get(id)
    if (kept === undefined) return
    this.#kept.delete(id)
    for (const shingle of kept.print.shingles) remove(this.#sharing, shingle, kept)
    for (const name of kept.print.names) remove(this.#named, name, id)
  }

  #worthOf(sharing: ReadonlySet<Kept> | undefined): number {
    return rarity(this.#kept.size + seeming, sharing?.size ?? 0)
  }

  /** Those that read most alike, `except` this one; the likest first. */
  similar(told: Told, except: string | undefined): SimilarCase[] {
    const { shingles } = printOf(told)
    const worths = new Float64Array(shingles.length)
    let worthOfAll = 0
    const itself = except === undefined ? undefined : this.#kept.get(except)
    const question = ++this.#questions
    const found: Kept[] = []
    for (const [i, shingle] of shingles.entries()) {
      const sharing = this.#sharing.get(shingle)
      const worth = (worths[i] = this.#worthOf(sharing))
      worthOfAll += worth
      if (sharing === undefined || sharing.size > mostSharing) continue
      for (const one of sharing) {
        if (one === itself) continue
        if (one.asked !== question) {
          one.asked = question
          one.shared = 0
          found.push(one)
        }
        one.shared += worth
      }
    }
    return firstOf(found, 3 * mostSimilar, bySharing)
      .map((one): SimilarCase => {
        const { id, classCode, departmentId } = one.row
        const said = one.sharing.reduce((sum, sharing) => sum + this.#worthOf(sharing), 0)
        const common = worthInCommon(shingles, worths, one.print.shingles)
        return { id, classCode, departmentId, likeness: likenessOf(common, worthOfAll, said) ?? 0 }
      })
      .filter(({ likeness }) => likeness >= leastSimilar)
      .sort((a, b) => b.likeness - a.likeness || a.id.localeCompare(b.id))
      .slice(0, mostSimilar)
  }

  /** Where a case of the same street and the nearest house number lay. */
  houseNear(road: string, number: number): { readonly id: string; readonly at: LonLat; readonly off: number } | null {
    let best: { readonly id: string; readonly at: LonLat; readonly off: number } | null = null
    for (const id of this.#named.get(road) ?? []) {
      const { row, print } = this.#kept.get(id) as Kept
      const off = Math.min(...print.numbers.map((each) => Math.abs(each - number)))
      if (off <= nearNumbers && (best === null || off < best.off)) best = { id, at: row.position as LonLat, off }
    }
    return best
  }
}

const toldOf = (description: string, address: string | null): Told => ({
  title: '',
  description,
  address,
  reporter: null,
  source: 'other',
  sourceRef: null,
})

const bySharing = (a: Kept, b: Kept): number => b.shared - a.shared || (a.row.id < b.row.id ? -1 : 1)

/** The first `most` of them in order: a question finds a thousand that share a word, and looks at fifteen. */
function firstOf<T>(all: readonly T[], most: number, compare: (a: T, b: T) => number): T[] {
  const first: T[] = []
  for (const one of all) {
    if (first.length >= most && compare(one, first.at(-1) as T) >= 0) continue
    const place = first.findIndex((other) => compare(one, other) < 0)
    first.splice(place < 0 ? first.length : place, 0, one)
    if (first.length > most) first.pop()
  }
  return first
}

/** What both say, by the worths of what the first says. Both ascend. */
function worthInCommon(a: Uint32Array, worths: Float64Array, b: Uint32Array): number {
  let common = 0
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    const [x, y] = [a[i] as number, b[k] as number]
    if (x === y) common += worths[i] as number
    if (x <= y) i++
    if (y <= x) k++
  }
  return common
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): Set<V> {
  let set = map.get(key)
  if (set === undefined) map.set(key, (set = new Set()))
  return set.add(value)
}

function remove<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key)
  if (set?.delete(value) === true && set.size === 0) map.delete(key)
}
