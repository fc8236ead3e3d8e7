/** An area as small squares, and the shortest ways through them. Pure; the caller says how many squares there may be. */

/** Plane coordinates, metres. */
export type Point = readonly [x: number, y: number]

export interface Cells {
  readonly count: number
  /** Middle of a square. */
  at(cell: number): Point
  /** Eight numbers a square: those around it, in the order of `steps`; -1 = none. */
  readonly around: Int32Array
  /** Whether it lies at the edge. */
  isEdge(cell: number): boolean
}

/** The eight squares around, and how far their middles are, in squares. */
const steps = [-1, 0, 1]
  .flatMap((dy) => [-1, 0, 1].map((dx) => ({ dx, dy, far: Math.hypot(dx, dy) })))
  .filter(({ far }) => far > 0)
const sides = steps.length

/** The squares of `sideM` whose middle is within the rings (even-odd, so holes are holes); null where there would be more than `most`. */
export function cellsIn(rings: readonly (readonly Point[])[], sideM: number, most: number): Cells | null {
  const xs = rings.flat().map(([x]) => x)
  const ys = rings.flat().map(([, y]) => y)
  const least = (of: number[]) => of.reduce((a, b) => Math.min(a, b), Infinity)
  const [west, south] = [least(xs), least(ys)]
  const columns = Math.ceil((xs.reduce((a, b) => Math.max(a, b), -Infinity) - west) / sideM) + 2
  const rows = Math.ceil((ys.reduce((a, b) => Math.max(a, b), -Infinity) - south) / sideM)
  const keys: number[] = []
  for (let row = 0; row < rows; row++) {
    const y = south + (row + 0.5) * sideM
    const crossings: number[] = []
    for (const ring of rings)
      for (let i = 0; i + 1 < ring.length; i++) {
        const [[ax, ay], [bx, by]] = [ring[i] as Point, ring[i + 1] as Point]
        if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
      }
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const first = Math.ceil(((crossings[i] as number) - west) / sideM - 0.5)
      const last = Math.floor(((crossings[i + 1] as number) - west) / sideM - 0.5)
      // The column before the first stays empty: a row's end has no neighbour in the next.
      for (let column = first; column <= last; column++) keys.push(row * columns + column + 1)
    }
    if (keys.length > most) return null
  }
  const cellOf = new Map(keys.map((key, cell) => [key, cell]))
  const around = new Int32Array(keys.length * sides)
  keys.forEach((key, cell) => {
    steps.forEach(({ dx, dy }, side) => (around[cell * sides + side] = cellOf.get(key + dy * columns + dx) ?? -1))
  })
  return {
    count: keys.length,
    at: (cell) => {
      const key = keys[cell] as number
      return [west + ((key % columns) - 0.5) * sideM, south + (Math.floor(key / columns) + 0.5) * sideM]
    },
    around,
    isEdge: (cell) => around.subarray(cell * sides, (cell + 1) * sides).includes(-1),
  }
}

export interface Ways {
  /** What it costs to come here; Infinity where no way leads. */
  readonly cost: Float64Array
  /** From the nearest source to here, both included. */
  pathTo(cell: number): number[]
}

/** Squares to look at next, the cheapest first. */
function queue() {
  const costs: number[] = []
  const cells: number[] = []
  const put = (i: number, cost: number, cell: number) => {
    costs[i] = cost
    cells[i] = cell
  }
  const move = (to: number, from: number) => put(to, costs[from] as number, cells[from] as number)
  return {
    get size() {
      return costs.length
    },
    push(cost: number, cell: number) {
      let i = costs.length
      for (let up = (i - 1) >> 1; i > 0 && (costs[up] as number) > cost; up = (i - 1) >> 1) {
        move(i, up)
        i = up
      }
      put(i, cost, cell)
    },
    pop(): readonly [cost: number, cell: number] {
      const top = [costs[0] as number, cells[0] as number] as const
      const [cost, cell] = [costs.pop() as number, cells.pop() as number]
      if (costs.length === 0) return top
      let i = 0
      for (let child = 1; child < costs.length; child = 2 * i + 1) {
        if ((costs[child + 1] ?? Infinity) < (costs[child] as number)) child++
        if ((costs[child] as number) >= cost) break
        move(i, child)
        i = child
      }
      put(i, cost, cell)
      return top
    },
  }
}

/** The cheapest ways from the sources to everywhere; a step into a square costs its length times the square's weight (1 unless said). */
export function waysFrom({ count, around }: Cells, sources: Iterable<number>, weights?: Float64Array): Ways {
  const cost = new Float64Array(count).fill(Infinity)
  const from = new Int32Array(count).fill(-1)
  const next = queue()
  for (const cell of sources) {
    cost[cell] = 0
    next.push(0, cell)
  }
  while (next.size > 0) {
    const [so, cell] = next.pop()
    if (so > (cost[cell] as number)) continue
    for (let side = 0; side < sides; side++) {
      const other = around[cell * sides + side] as number
      if (other < 0) continue
      const there = so + (steps[side]?.far ?? 1) * (weights?.[other] ?? 1)
      if (there >= (cost[other] as number)) continue
      cost[other] = there
      from[other] = cell
      next.push(there, other)
    }
  }
  return {
    cost,
    pathTo(cell) {
      const path = [cell]
      for (let at = from[cell] as number; at >= 0; at = from[at] as number) path.push(at)
      return path.reverse()
    },
  }
}
