/** Shares squares out among seeds, keeps each share in one piece, and leaves no corner where two pieces only touch. */
import type { Point } from './plane.ts'
import type { Random } from './random.ts'

export interface Squares {
  readonly columns: number
  readonly rows: number
  centre(index: number): Point
}

const around = ({ columns, rows }: Squares, index: number): number[] => {
  const column = index % columns
  const row = Math.floor(index / columns)
  return [
    ...(column > 0 ? [index - 1] : []),
    ...(column < columns - 1 ? [index + 1] : []),
    ...(row > 0 ? [index - columns] : []),
    ...(row < rows - 1 ? [index + columns] : []),
  ]
}

/** Seeds that share out weighted points evenly (Lloyd's rounds on a sample). */
export function evenSeeds(
  points: readonly Point[],
  weight: (p: Point) => number,
  count: number,
  random: Random,
): Point[] {
  const sample = Array.from({ length: Math.min(points.length, count * 60) }, () => {
    const at = random.pick(points)
    return { at, w: weight(at) }
  })
  const total = sample.reduce((sum, { w }) => sum + w, 0)
  // One seed in each equal share of the weight, in a shuffled order: dense ground gets more.
  let seeds = Array.from({ length: count }, (_, k) => {
    let left = ((k + random.next()) / count) * total
    for (const { at, w } of sample) {
      left -= w
      if (left <= 0) return at
    }
    return (sample.at(-1) as { at: Point }).at
  })
  for (let round = 0; round < 9; round++) {
    const sums = seeds.map(() => ({ x: 0, y: 0, w: 0 }))
    for (const { at, w } of sample) {
      const sum = sums[nearestSeed(seeds, at)] as { x: number; y: number; w: number }
      sum.x += at[0] * w
      sum.y += at[1] * w
      sum.w += w
    }
    seeds = sums.map(({ x, y, w }, i) => (w > 0 ? [x / w, y / w] : (seeds[i] as Point)))
  }
  return seeds
}

export function nearestSeed(
  seeds: readonly Point[],
  [x, y]: Point,
  penalty: (seed: number) => number = () => 0,
): number {
  let best = 0
  let least = Infinity
  for (let i = 0; i < seeds.length; i++) {
    const seed = seeds[i] as Point
    const off = Math.hypot(seed[0] - x, seed[1] - y) + penalty(i)
    if (off < least) [best, least] = [i, off]
  }
  return best
}

/** Gives every square of -1 the label of its nearest labelled neighbour that it may join. */
export function fillGaps(
  squares: Squares,
  labels: Int32Array,
  mayJoin: (square: number, from: number) => boolean,
): void {
  let queue: number[] = []
  for (let i = 0; i < labels.length; i++) if ((labels[i] as number) > 0) queue.push(i)
  while (queue.length > 0) {
    const next: number[] = []
    for (const from of queue)
      for (const to of around(squares, from))
        if (labels[to] === -1 && mayJoin(to, from)) {
          labels[to] = labels[from] as number
          next.push(to)
        }
    queue = next
  }
}

/** Leaves each label its largest piece and takes the rest back (-1). Answers how many squares that were. */
function dropFragments(squares: Squares, labels: Int32Array): number {
  const seen = new Uint8Array(labels.length)
  const largest = new Map<number, number[]>()
  let dropped = 0
  const drop = (piece: readonly number[]) => {
    for (const square of piece) labels[square] = -1
    dropped += piece.length
  }
  for (let start = 0; start < labels.length; start++) {
    const label = labels[start] as number
    if (label <= 0 || seen[start]) continue
    const piece = [start]
    seen[start] = 1
    for (let i = 0; i < piece.length; i++)
      for (const next of around(squares, piece[i] as number))
        if (!seen[next] && labels[next] === label) {
          seen[next] = 1
          piece.push(next)
        }
    const known = largest.get(label)
    if (known && known.length >= piece.length) drop(piece)
    else {
      if (known) drop(known)
      largest.set(label, piece)
    }
  }
  return dropped
}

/** Where two squares of a label touch only at a corner, one of the other two joins them. */
function fillPinches(
  { columns, rows }: Squares,
  labels: Int32Array,
  isInside: (square: number, label: number) => boolean,
): number {
  let changed = 0
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const [a, b, c, d] = [
        row * columns + column,
        row * columns + column + 1,
        (row + 1) * columns + column,
        (row + 1) * columns + column + 1,
      ]
      const [la, lb, lc, ld] = [labels[a], labels[b], labels[c], labels[d]] as [number, number, number, number]
      const join = (square: number, other: number, label: number) => {
        if (label <= 0) return
        if (isInside(square, label)) labels[square] = label
        else if (isInside(other, label)) labels[other] = label
        else return
        changed++
      }
      if (la === ld && la !== lb && la !== lc) join(b, c, la)
      else if (lb === lc && lb !== la && lb !== ld) join(a, d, lb)
    }
  return changed
}

/** One piece a label, no pinched corners. `isInside` says where a label may grow. */
export function tidy(squares: Squares, labels: Int32Array, isInside: (square: number, label: number) => boolean): void {
  for (let round = 0; round < 12; round++) {
    const dropped = dropFragments(squares, labels)
    if (dropped > 0) fillGaps(squares, labels, (to, from) => isInside(to, labels[from] as number))
    if (fillPinches(squares, labels, isInside) === 0 && dropped === 0) return
  }
}
