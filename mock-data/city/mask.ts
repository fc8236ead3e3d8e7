/**
 * The board as small squares that remember what lies on them, so that "is it free here" costs one look. Guarantees: painting
 * and asking never leave the board; outside it everything is `outside`.
 */
import type { Point } from './plane.ts'

export const ground = { outside: 1, water: 2, road: 4, green: 8, building: 16, rail: 32, hill: 64, deep: 128 } as const
export type Ground = keyof typeof ground

export class Mask {
  readonly cellM: number
  readonly columns: number
  readonly rows: number
  readonly cells: Uint8Array
  readonly #west: number
  readonly #south: number

  constructor(middle: Point, halfX: number, halfY: number, cellM: number) {
    this.cellM = cellM
    this.columns = Math.ceil((2 * halfX) / cellM)
    this.rows = Math.ceil((2 * halfY) / cellM)
    this.cells = new Uint8Array(this.columns * this.rows)
    this.#west = middle[0] - halfX
    this.#south = middle[1] - halfY
  }

  /** Index of the square at a point; -1 outside the board. */
  index([x, y]: Point): number {
    const column = Math.floor((x - this.#west) / this.cellM)
    const row = Math.floor((y - this.#south) / this.cellM)
    return column < 0 || row < 0 || column >= this.columns || row >= this.rows ? -1 : row * this.columns + column
  }

  /** Middle of the square with this index. */
  centre(index: number): Point {
    return [
      this.#west + ((index % this.columns) + 0.5) * this.cellM,
      this.#south + (Math.floor(index / this.columns) + 0.5) * this.cellM,
    ]
  }

  at(p: Point): number {
    const index = this.index(p)
    return index < 0 ? ground.outside : (this.cells[index] as number)
  }

  is(p: Point, what: number): boolean {
    return (this.at(p) & what) !== 0
  }

  paintLine(line: readonly Point[], halfWidthM: number, what: number): void {
    const half = Math.max(halfWidthM, this.cellM / 2)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point]
      const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
      const length2 = dx * dx + dy * dy || 1
      this.#each(
        Math.min(a[0], b[0]) - half,
        Math.min(a[1], b[1]) - half,
        Math.max(a[0], b[0]) + half,
        Math.max(a[1], b[1]) + half,
        (index, x, y) => {
          const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / length2))
          const [ex, ey] = [x - a[0] - t * dx, y - a[1] - t * dy]
          if (ex * ex + ey * ey <= half * half) this.cells[index] = (this.cells[index] as number) | what
        },
      )
    }
  }

  /** Paints a polygon row by row; holes are where a ring lies within another. */
  paintArea(rings: readonly (readonly Point[])[], what: number): void {
    let [south, north] = [Infinity, -Infinity]
    for (const ring of rings) for (const [, y] of ring) [south, north] = [Math.min(south, y), Math.max(north, y)]
    const first = Math.max(0, Math.floor((south - this.#south) / this.cellM))
    const last = Math.min(this.rows - 1, Math.ceil((north - this.#south) / this.cellM))
    for (let row = first; row <= last; row++) {
      const y = this.#south + (row + 0.5) * this.cellM
      const crossings: number[] = []
      for (const ring of rings)
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          const [a, b] = [ring[i] as Point, ring[j] as Point]
          if (a[1] > y !== b[1] > y) crossings.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
        }
      crossings.sort((a, b) => a - b)
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const from = Math.max(0, Math.ceil(((crossings[k] as number) - this.#west) / this.cellM - 0.5))
        const to = Math.min(
          this.columns - 1,
          Math.floor(((crossings[k + 1] as number) - this.#west) / this.cellM - 0.5),
        )
        for (let column = from; column <= to; column++) {
          const index = row * this.columns + column
          this.cells[index] = (this.cells[index] as number) | what
        }
      }
    }
  }

  /** Whether none of the squares a polygon covers, or its edge touches, holds any of `what`. */
  isFree(ring: readonly Point[], what: number): boolean {
    const step = this.cellM * 0.9
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[j] as Point, ring[i] as Point]
      const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / step))
      for (let k = 0; k < steps; k++)
        if (this.is([a[0] + ((b[0] - a[0]) * k) / steps, a[1] + ((b[1] - a[1]) * k) / steps], what)) return false
    }
    const middle: Point = [
      ring.reduce((sum, p) => sum + p[0], 0) / ring.length,
      ring.reduce((sum, p) => sum + p[1], 0) / ring.length,
    ]
    if (this.is(middle, what)) return false
    // Half-way rings: no street is narrower than what slips between them.
    return ring.every((p) => !this.is([(p[0] + middle[0]) / 2, (p[1] + middle[1]) / 2], what))
  }

  #each(
    west: number,
    south: number,
    east: number,
    north: number,
    visit: (index: number, x: number, y: number) => void,
  ) {
    const c0 = Math.max(0, Math.floor((west - this.#west) / this.cellM))
    const c1 = Math.min(this.columns - 1, Math.floor((east - this.#west) / this.cellM))
    const r0 = Math.max(0, Math.floor((south - this.#south) / this.cellM))
    const r1 = Math.min(this.rows - 1, Math.floor((north - this.#south) / this.cellM))
    for (let row = r0; row <= r1; row++)
      for (let column = c0; column <= c1; column++)
        visit(
          row * this.columns + column,
          this.#west + (column + 0.5) * this.cellM,
          this.#south + (row + 0.5) * this.cellM,
        )
  }
}
