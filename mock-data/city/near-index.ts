/** What lies near a point, found without looking at everything. */
import { apart, type Point } from './plane.ts'

/** Finds what is near a point without looking at everything. */
export class NearIndex<T extends { readonly at: Point }> {
  readonly #cells = new Map<number, T[]>()
  readonly #cellM: number
  constructor(items: readonly T[], cellM = 250) {
    this.#cellM = cellM
    for (const item of items) this.add(item)
  }
  #key(x: number, y: number): number {
    return (Math.floor(x / this.#cellM) + 2048) * 4096 + Math.floor(y / this.#cellM) + 2048
  }
  add(item: T): void {
    const key = this.#key(item.at[0], item.at[1])
    const cell = this.#cells.get(key)
    if (cell) cell.push(item)
    else this.#cells.set(key, [item])
  }
  /** All within `reachM`. */
  within([x, y]: Point, reachM: number): T[] {
    const found: T[] = []
    const cells = Math.ceil(reachM / this.#cellM)
    for (let i = -cells; i <= cells; i++)
      for (let j = -cells; j <= cells; j++)
        for (const item of this.#cells.get(this.#key(x + i * this.#cellM, y + j * this.#cellM)) ?? [])
          if (apart(item.at, [x, y]) <= reachM) found.push(item)
    return found
  }
  nearest(p: Point, reachM: number): T | null {
    for (let reach = Math.min(this.#cellM, reachM); ; reach = Math.min(reach * 2, reachM)) {
      const near = this.within(p, reach)
      if (near.length > 0) return near.reduce((best, item) => (apart(item.at, p) < apart(best.at, p) ? item : best))
      if (reach >= reachM) return null
    }
  }
}
