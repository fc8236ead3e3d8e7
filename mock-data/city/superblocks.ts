/** The ground between the great streets: what a superblock is, how large, and which way its edges run. */
import { Mask } from './mask.ts'
import type { Plan, QuarterStyle } from './plan.ts'
import { styleAt } from './plan.ts'
import { apart, type Point } from './plane.ts'

export interface Superblock {
  readonly label: number
  readonly areaM2: number
  readonly middle: Point
  readonly style: QuarterStyle
  /** Of its longest edges, radians from east, 0 to a quarter turn. */
  readonly heading: number
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export interface Superblocks {
  readonly list: readonly Superblock[]
  /** Label of the superblock at a point; 0 on a street, in water or outside. */
  labelAt(p: Point): number
}

const cellM = 15
const bins = 30

interface Tally {
  count: number
  x: number
  y: number
  west: number
  south: number
  east: number
  north: number
  readonly headings: Float64Array
}

/** `isBarrier` says where no superblock lies: water, and outside the city. */
export function superblocks(
  plan: Plan,
  lines: readonly (readonly Point[])[],
  isBarrier: (p: Point) => boolean,
): Superblocks {
  const mask = new Mask(plan.middle, plan.halfX, plan.halfY, cellM)
  for (let i = 0; i < mask.cells.length; i++) if (isBarrier(mask.centre(i))) mask.cells[i] = 1
  for (const line of lines) mask.paintLine(line, cellM * 0.75, 1)
  const labels = new Int32Array(mask.cells.length)
  const tallies: Tally[] = []
  const queue: number[] = []
  for (let start = 0; start < labels.length; start++) {
    if (mask.cells[start] !== 0 || labels[start] !== 0) continue
    const label = tallies.length + 1
    const tally: Tally = {
      ...{ count: 0, x: 0, y: 0, west: Infinity, south: Infinity, east: -Infinity, north: -Infinity },
      headings: new Float64Array(bins),
    }
    tallies.push(tally)
    labels[start] = label
    queue.push(start)
    for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
      const [x, y] = mask.centre(cell)
      tally.count++
      tally.x += x
      tally.y += y
      tally.west = Math.min(tally.west, x)
      tally.south = Math.min(tally.south, y)
      tally.east = Math.max(tally.east, x)
      tally.north = Math.max(tally.north, y)
      const column = cell % mask.columns
      for (const next of [
        column > 0 ? cell - 1 : -1,
        column < mask.columns - 1 ? cell + 1 : -1,
        cell - mask.columns,
        cell + mask.columns,
      ]) {
        if (next < 0 || next >= labels.length || mask.cells[next] !== 0 || labels[next] !== 0) continue
        labels[next] = label
        queue.push(next)
      }
    }
  }
  const labelAt = (p: Point) => {
    const index = mask.index(p)
    return index < 0 ? 0 : (labels[index] as number)
  }
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point]
      const length = apart(a, b)
      if (length < 1) continue
      const [dx, dy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
      const quarter = Math.PI / 2
      const heading = ((Math.atan2(dy, dx) % quarter) + quarter) % quarter
      for (const side of [40, -40]) {
        const tally = tallies[labelAt([(a[0] + b[0]) / 2 - dy * side, (a[1] + b[1]) / 2 + dx * side]) - 1]
        const bin = Math.floor((heading / quarter) * bins) % bins
        if (tally) tally.headings[bin] = (tally.headings[bin] as number) + length
      }
    }
  return {
    labelAt,
    list: tallies.flatMap((tally, index): Superblock[] => {
      if (tally.count * cellM * cellM < 8000) return []
      const smooth = (bin: number) =>
        [-1, 0, 1].reduce((sum, d) => sum + (tally.headings[(bin + d + bins) % bins] as number) * (d === 0 ? 2 : 1), 0)
      let best = 0
      for (let bin = 1; bin < bins; bin++) if (smooth(bin) > smooth(best)) best = bin
      const middle: Point = [tally.x / tally.count, tally.y / tally.count]
      const { west, south, east, north } = tally
      return [
        {
          ...{ label: index + 1, areaM2: tally.count * cellM * cellM, middle, style: styleAt(middle) },
          heading: ((best + 0.5) / bins) * (Math.PI / 2),
          ...{ west, south, east, north },
        },
      ]
    }),
  }
}
