/**
 * Open cases by where they are, for the question which of them a new report may be: a grid of cells, and the names of places for what has no
 * position. Follows every change of a case at once. Guarantees that a question looks at a bounded number of cases however many are open; knows
 * nothing of what makes two alike.
 */
import type { Incident } from '../../../../shared/model/incident.ts'
import type { IncidentId } from '../../../../shared/model/ids.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import { distanceM, type LonLat } from '../../../../shared/model/geo.ts'
import type { Print, Told } from './print.ts'
import { printOf } from './print.ts'
import { rarity } from './rarity.ts'
import { farthestM, longestMs } from './likeness.ts'

export interface IndexedCase {
  readonly incident: Incident
  readonly print: Print
}

/** Degrees a side: a little more than `farthestM` from south to north. */
const cellDeg = 0.003
/** The nearest so many of a place, and the newest so many of a name, are compared. */
const mostCompared = 40
const mostOfName = 200
/** Reports there seem to have been before the first: in a quiet city no shingle is rare yet. */
const seeming = 60

const cellKey = (column: number, row: number): number => row * 131_072 + column
const columnOf = (lon: number): number => Math.floor((lon + 180) / cellDeg)
const rowOf = (lat: number): number => Math.floor((lat + 90) / cellDeg)

const isTold = (a: Told, b: Told): boolean =>
  a.title === b.title &&
  a.description === b.description &&
  a.address === b.address &&
  a.reporter === b.reporter &&
  a.sourceRef === b.sourceRef

export class CaseIndex {
  readonly #cases = new Map<IncidentId, IndexedCase>()
  readonly #cells = new Map<number, Set<IncidentId>>()
  readonly #names = new Map<string, Set<IncidentId>>()
  /** Of cases without a position alone. */
  readonly #unplaced = new Map<string, Set<IncidentId>>()
  /** How many of the cases held have each shingle. */
  readonly #counts = new Map<number, number>()

  get size(): number {
    return this.#cases.size
  }

  /** Takes a case as it is now: one that is no longer open is let go. `known`: its print, where another index has made it. */
  set(incident: Incident, known?: Print): void {
    const before = this.#cases.get(incident.id)
    if (!isOpenState(incident.state)) return this.delete(incident.id)
    const isSame = before !== undefined && isTold(before.incident, incident)
    if (isSame && before.incident.position === incident.position) {
      this.#cases.set(incident.id, { incident, print: before.print })
      return
    }
    const print = isSame ? before.print : (known ?? printOf(incident))
    this.delete(incident.id)
    this.#cases.set(incident.id, { incident, print })
    for (const shingle of print.shingles) this.#counts.set(shingle, (this.#counts.get(shingle) ?? 0) + 1)
    if (incident.position !== null) put(this.#cells, cellOf(incident.position), incident.id)
    for (const name of print.names) {
      put(this.#names, name, incident.id)
      if (incident.position === null) put(this.#unplaced, name, incident.id)
    }
  }

  delete(id: IncidentId): void {
    const held = this.#cases.get(id)
    if (held === undefined) return
    this.#cases.delete(id)
    const { incident, print } = held
    for (const shingle of print.shingles) {
      const left = (this.#counts.get(shingle) as number) - 1
      if (left === 0) this.#counts.delete(shingle)
      else this.#counts.set(shingle, left)
    }
    if (incident.position !== null) take(this.#cells, cellOf(incident.position), id)
    for (const name of print.names) {
      take(this.#names, name, id)
      if (incident.position === null) take(this.#unplaced, name, id)
    }
  }

  get(id: IncidentId): IndexedCase | undefined {
    return this.#cases.get(id)
  }

  /** 0 … 1: near 0 for what most reports say. */
  worth(shingle: number): number {
    return rarity(this.#cases.size + seeming, this.#counts.get(shingle) ?? 0)
  }

  /** Cases near the place (`reach` times `farthestM`), or, where one side has none, of the same names; reported within `longestMs` of `at`. */
  near(position: LonLat | null, names: readonly string[], at: number, reach = 1): IndexedCase[] {
    const found = new Map<IncidentId, { readonly held: IndexedCase; readonly metres: number }>()
    const look = (id: IncidentId, metresOf: (held: IndexedCase) => number) => {
      const held = this.#cases.get(id) as IndexedCase
      if (Math.abs(held.incident.reportedAt - at) > longestMs) return
      const metres = metresOf(held)
      if (metres <= farthestM * reach) found.set(id, { held, metres })
    }
    if (position !== null)
      for (const cell of cellsAround(position, reach))
        for (const id of this.#cells.get(cell) ?? [])
          look(id, ({ incident }) => distanceM(position, incident.position as LonLat))
    // By name only where a place is wanting: what is placed was found by its place.
    const byName = position === null ? this.#names : this.#unplaced
    for (const name of names) for (const id of newest(byName.get(name))) look(id, () => farthestM)
    return [...found.values()]
      .sort((a, b) => a.metres - b.metres || b.held.incident.reportedAt - a.held.incident.reportedAt)
      .slice(0, mostCompared)
      .map(({ held }) => held)
  }
}

const cellOf = ([lon, lat]: LonLat): number => cellKey(columnOf(lon), rowOf(lat))

function cellsAround([lon, lat]: LonLat, reach: number): number[] {
  const column = columnOf(lon)
  const row = rowOf(lat)
  const wide = reach * Math.ceil(1 / Math.max(0.1, Math.cos((lat * Math.PI) / 180)))
  const cells: number[] = []
  for (let y = row - reach; y <= row + reach; y++)
    for (let x = column - wide; x <= column + wide; x++) cells.push(cellKey(x, y))
  return cells
}

function put<K>(map: Map<K, Set<IncidentId>>, key: K, id: IncidentId): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([id]))
  else set.add(id)
}

function take<K>(map: Map<K, Set<IncidentId>>, key: K, id: IncidentId): void {
  const set = map.get(key) as Set<IncidentId>
  set.delete(id)
  if (set.size === 0) map.delete(key)
}

/** The last `mostOfName` of those held: a name everybody says is no help. */
function newest(ids: ReadonlySet<IncidentId> | undefined): readonly IncidentId[] {
  return ids === undefined ? [] : [...ids].slice(-mostOfName)
}
