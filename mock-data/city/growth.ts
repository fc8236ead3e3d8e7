/**
 * Shares ground out as history does: from its seeds each share grows until it meets another, slowly across rivers, great streets and
 * ridges, so that borders come to lie there. Whole blocks go to whoever holds most of them.
 */
import { fillGaps, tidy, type Squares } from './label-squares.ts'
import type { Point } from './plane.ts'

export interface Seed {
  readonly square: number
  readonly label: number
}

/** The least first; made for numbers that were put in once. */
class Queue {
  readonly #at: number[] = []
  readonly #cost: number[] = []
  get length() {
    return this.#at.length
  }
  push(at: number, cost: number): void {
    let i = this.#at.length
    this.#at.push(at)
    this.#cost.push(cost)
    while (i > 0) {
      const up = (i - 1) >> 1
      if ((this.#cost[up] as number) <= cost) break
      this.#put(i, this.#at[up] as number, this.#cost[up] as number)
      i = up
    }
    this.#put(i, at, cost)
  }
  pop(): { readonly at: number; readonly cost: number } {
    const first = { at: this.#at[0] as number, cost: this.#cost[0] as number }
    const [at, cost] = [this.#at.pop() as number, this.#cost.pop() as number]
    const length = this.#at.length
    let i = 0
    while (2 * i + 1 < length) {
      let child = 2 * i + 1
      if (child + 1 < length && (this.#cost[child + 1] as number) < (this.#cost[child] as number)) child++
      if ((this.#cost[child] as number) >= cost) break
      this.#put(i, this.#at[child] as number, this.#cost[child] as number)
      i = child
    }
    if (length > 0) this.#put(i, at, cost)
    return first
  }
  #put(i: number, at: number, cost: number) {
    this.#at[i] = at
    this.#cost[i] = cost
  }
}

export interface Ground extends Squares {
  /** Of entering a square, in squares of open ground. */
  readonly cost: Float32Array
}

/** Labels by square; -1 where a share may not come and 0 outside. `isInside` says where a label may grow. */
function grow(
  { columns, rows, cost }: Ground,
  seeds: readonly Seed[],
  isInside: (square: number, label: number) => boolean,
): Int32Array {
  const labels = new Int32Array(columns * rows).fill(-1)
  const spent = new Float64Array(columns * rows).fill(Infinity)
  const queue = new Queue()
  for (const { square, label } of seeds) {
    labels[square] = label
    spent[square] = 0
    queue.push(square, 0)
  }
  const steps = [1, -1, columns, -columns, columns + 1, columns - 1, 1 - columns, -1 - columns]
  while (queue.length > 0) {
    const { at, cost: soFar } = queue.pop()
    if (soFar > (spent[at] as number)) continue
    const label = labels[at] as number
    const column = at % columns
    for (let k = 0; k < 8; k++) {
      const step = steps[k] as number
      const to = at + step
      const acrossTo = to % columns
      if (to < 0 || to >= labels.length || Math.abs(acrossTo - column) > 1) continue
      const total = soFar + (cost[to] as number) * (k < 4 ? 1 : 1.414)
      if (total >= (spent[to] as number) || !isInside(to, label)) continue
      spent[to] = total
      labels[to] = label
      queue.push(to, total)
    }
  }
  return labels
}

export interface Blocks {
  /** Block by square; 0 on a street or in water. */
  readonly of: Int32Array
  readonly squares: Int32Array
}

/** Squares that hang together without one that is `parted`. */
export function blocksOf({ columns, rows }: Squares, parted: (square: number) => boolean): Blocks {
  const of = new Int32Array(columns * rows)
  const sizes = [0]
  const queue: number[] = []
  for (let start = 0; start < of.length; start++) {
    if (of[start] !== 0 || parted(start)) continue
    const label = sizes.length
    let size = 0
    of[start] = label
    queue.push(start)
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      size++
      const column = at % columns
      const sides = [column > 0 ? at - 1 : -1, column < columns - 1 ? at + 1 : -1, at - columns, at + columns]
      for (const to of sides) {
        if (to < 0 || to >= of.length || of[to] !== 0 || parted(to)) continue
        of[to] = label
        queue.push(to)
      }
    }
    sizes.push(size)
  }
  return { of, squares: Int32Array.from(sizes) }
}

/**
 * One piece a seed within its parent, by block where a block has at most `wholeSquares`. `parentOf` says whose a label is, `parents`
 * whose a square is; 0 = nobody's.
 */
export function shareOut(
  ground: Ground,
  seeds: readonly Seed[],
  blocks: Blocks,
  wholeSquares: number,
  parents: Int32Array,
  parentOf: (label: number) => number,
): Int32Array {
  const isInside = (square: number, label: number) => parents[square] === parentOf(label)
  const labels = grow(ground, seeds, isInside)
  const votes = new Map<number, Map<number, number>>()
  const ballot = (i: number) => (blocks.of[i] as number) * 1024 + (parents[i] as number)
  const isWhole = (i: number) => {
    const block = blocks.of[i] as number
    return block > 0 && (blocks.squares[block] as number) <= wholeSquares
  }
  for (let i = 0; i < labels.length; i++) {
    if (!isWhole(i) || (labels[i] as number) <= 0) continue
    const votesHere = votes.get(ballot(i)) ?? new Map<number, number>()
    votesHere.set(labels[i] as number, (votesHere.get(labels[i] as number) ?? 0) + 1)
    votes.set(ballot(i), votesHere)
  }
  const winners = new Map(
    [...votes].map(([key, each]) => [key, [...each].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1]),
  )
  // Whoever would win no block at all keeps the ground it grew on.
  const alive = new Set(winners.values())
  for (let i = 0; i < labels.length; i++) if (!isWhole(i) && blocks.of[i] !== 0) alive.add(labels[i] as number)
  for (let i = 0; i < labels.length; i++) {
    if (parents[i] === 0) labels[i] = 0
    else if ((labels[i] as number) > 0 && !alive.has(labels[i] as number)) continue
    else if (isWhole(i)) labels[i] = winners.get(ballot(i)) ?? -1
    // Streets and rivers belong to both sides: each takes its half.
    else if (blocks.of[i] === 0) labels[i] = -1
  }
  fillGaps(ground, labels, (to, from) => isInside(to, labels[from] as number))
  tidy(ground, labels, isInside)
  return labels
}

/** The square of a parent's that is nearest to a point and not `taken`. */
export function squareNear(
  squares: Squares,
  [x, y]: Point,
  candidates: readonly number[],
  taken: ReadonlySet<number> = new Set(),
): number {
  let best = candidates[0] as number
  let least = Infinity
  for (const i of candidates) {
    const [cx, cy] = squares.centre(i)
    const off = (cx - x) ** 2 + (cy - y) ** 2
    if (off < least && !taken.has(i)) [best, least] = [i, off]
  }
  return best
}
