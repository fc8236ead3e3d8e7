/**
 * What officers decided about what people wrote, the newest so many: the precedents a suggestion may point to. A fold of cases' rows, bounded;
 * asked by likeness of words, and by the places their words were found at.
 */
import type { Incident } from '../../../../shared/model/incident.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { printOf, type Print, type Told } from '../duplicate/print.ts'
import { textLikeness } from '../duplicate/likeness.ts'
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
}

export const mostFiled = 2000
const mostText = 300
/** A shingle that more of them have is not looked up. */
const mostSharing = 200
const mostSimilar = 5
export const leastSimilar = 0.12
/** Houses this far along a street are no help. */
const nearNumbers = 60

/** Only what a person wrote, and an officer put a class to. */
const isPrecedent = ({ filedAt, source, drill, description }: Incident): boolean =>
  filedAt !== null && source !== 'iot' && !drill && description !== ''

export class FiledMemory {
  readonly #kept = new Map<string, Kept>()
  readonly #sharing = new Map<number, Set<string>>()
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
    this.#kept.set(row.id, { row, print })
    for (const shingle of print.shingles) add(this.#sharing, shingle, row.id)
    if (row.position !== null) for (const name of print.names) add(this.#named, name, row.id)
    if (this.#kept.size > mostFiled) this.#drop(this.#kept.keys().next().value as string)
  }

  #drop(id: string): void {
    const kept = this.#kept.get(id)
    if (kept === undefined) return
    this.#kept.delete(id)
    for (const shingle of kept.print.shingles) remove(this.#sharing, shingle, id)
    for (const name of kept.print.names) remove(this.#named, name, id)
  }

  #worth = (shingle: number): number => {
    const all = this.#kept.size + 10
    return Math.log(all / ((this.#sharing.get(shingle)?.size ?? 0) + 1)) / Math.log(all)
  }

  /** Those that read most alike, `except` this one; the likest first. */
  similar(told: Told, except: string | undefined): SimilarCase[] {
    const { shingles } = printOf(told)
    const shared = new Map<string, number>()
    for (const shingle of shingles) {
      const ids = this.#sharing.get(shingle)
      if (ids === undefined || ids.size > mostSharing) continue
      const worth = this.#worth(shingle)
      for (const id of ids) if (id !== except) shared.set(id, (shared.get(id) ?? 0) + worth)
    }
    return [...shared]
      .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
      .slice(0, 3 * mostSimilar)
      .map(([id]): SimilarCase => {
        const { row, print } = this.#kept.get(id) as Kept
        const { classCode, departmentId } = row
        return { id, classCode, departmentId, likeness: textLikeness(shingles, print.shingles, this.#worth) ?? 0 }
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

function add<K>(map: Map<K, Set<string>>, key: K, id: string): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([id]))
  else set.add(id)
}

function remove<K>(map: Map<K, Set<string>>, key: K, id: string): void {
  const set = map.get(key)
  if (set?.delete(id) === true && set.size === 0) map.delete(key)
}
