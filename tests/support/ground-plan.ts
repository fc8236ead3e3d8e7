/** Packs as plane geometry for tests, in metres: what crosses what, what lies in what, what is near. */
import type { LonLat } from '../../shared/model/geo.ts'

export type Metres = readonly [x: number, y: number]

const metresPerLat = 110_860
const metresPerLon = 111_320 * Math.cos((30.98 * Math.PI) / 180)
export const flat = (at: readonly number[]): Metres => [
  ((at[0] as number) - 122.93) * metresPerLon,
  ((at[1] as number) - 30.98) * metresPerLat,
]

export function isIn(ring: readonly Metres[], [x, y]: Metres): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Metres
    const [xj, yj] = ring[j] as Metres
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** Of a closed ring, signed, in square degrees of the pack: exact enough to add up. */
export const signedArea = (ring: readonly LonLat[]) => {
  const [lon0, lat0] = ring[0] as LonLat
  return ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] as LonLat
    return sum + ((x - lon0) * (ny - lat0) - (nx - lon0) * (y - lat0)) / 2
  }, 0)
}

export interface Line<T> {
  readonly a: Metres
  readonly b: Metres
  readonly of: T
}

export function offLine([x, y]: Metres, { a, b }: Pick<Line<unknown>, 'a' | 'b'>): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)
}

export function crosses({ a, b }: Pick<Line<unknown>, 'a' | 'b'>, c: Metres, d: Metres): boolean {
  const side = (p: Metres, q: Metres, r: Metres) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return side(a, b, c) > 0 !== side(a, b, d) > 0 && side(c, d, a) > 0 !== side(c, d, b) > 0
}

const cellM = 150

/** Straight pieces, found by where they are. */
export class Lines<T> {
  readonly #cells = new Map<number, Line<T>[]>()
  add(points: readonly Metres[], of: T): void {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as Metres, points[i] as Metres]
      const line = { a, b, of }
      const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / (cellM / 2)))
      const seen = new Set<number>()
      for (let k = 0; k <= steps; k++)
        for (const [ex, ey] of [
          [0, 0],
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const)
          // prettier-ignore
          seen.add(
            this.#key(
              Math.floor((a[0] + ((b[0] - a[0]) * k) / steps) / cellM) + ex,
              Math.floor((a[1] + ((b[1] - a[1]) * k) / steps) / cellM) + ey,
            ),
          )
      for (const key of seen) {
        const cell = this.#cells.get(key)
        if (cell) cell.push(line)
        else this.#cells.set(key, [line])
      }
    }
  }
  #key(column: number, row: number): number {
    return (column + 2048) * 4096 + row + 2048
  }
  /** All that may touch the box of these points. */
  around(points: readonly Metres[]): Set<Line<T>> {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
    const found = new Set<Line<T>>()
    for (let x = Math.floor(Math.min(...xs) / cellM); x <= Math.floor(Math.max(...xs) / cellM); x++)
      for (let y = Math.floor(Math.min(...ys) / cellM); y <= Math.floor(Math.max(...ys) / cellM); y++)
        for (const line of this.#cells.get(this.#key(x, y)) ?? []) found.add(line)
    return found
  }
  /** Metres to the nearest within `reachM`; Infinity where there is none. */
  off(p: Metres, reachM: number): number {
    const box: Metres[] = [
      [p[0] - reachM, p[1] - reachM],
      [p[0] + reachM, p[1] + reachM],
    ]
    let least = Infinity
    for (const line of this.around(box)) least = Math.min(least, offLine(p, line))
    return least <= reachM ? least : Infinity
  }
}
