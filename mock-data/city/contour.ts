/** Rings around where a field is above nought (marching squares): how hills, lakes and ponds get their shores. */
import { isInside, type Point } from './plane.ts'

export interface Frame {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

const areaOf = (ring: readonly Point[]) =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] as Point
    return sum + (x * ny - nx * y) / 2
  }, 0)

/** Counter-clockwise around what is above nought, clockwise around holes; the frame's edge counts as below. */
function ringsOf(field: (p: Point) => number, { west, south, east, north }: Frame, cellM: number): Point[][] {
  const columns = Math.ceil((east - west) / cellM) + 1
  const rows = Math.ceil((north - south) / cellM) + 1
  const values = new Float64Array(columns * rows)
  const at = (i: number, j: number): Point => [west + i * cellM, south + j * cellM]
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) {
      const isEdge = i === 0 || j === 0 || i === columns - 1 || j === rows - 1
      values[j * columns + i] = isEdge ? -1 : field(at(i, j))
    }
  const value = (i: number, j: number) => values[j * columns + i] as number
  // An edge of the net is named by its lower left corner: twice the index, and one more where it runs north.
  const crossing = (edge: number): Point => {
    const corner = edge >> 1
    const [i, j] = [corner % columns, Math.floor(corner / columns)]
    const [a, b] = [value(i, j), edge & 1 ? value(i, j + 1) : value(i + 1, j)]
    const t = a / (a - b)
    const [x, y] = at(i, j)
    return edge & 1 ? [x, y + t * cellM] : [x + t * cellM, y]
  }
  const next = new Map<number, number>()
  for (let j = 0; j + 1 < rows; j++)
    for (let i = 0; i + 1 < columns; i++) {
      const corner = j * columns + i
      const [s, e, n, w] = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + columns), 2 * corner + 1]
      const ins = [value(i, j) > 0, value(i + 1, j) > 0, value(i + 1, j + 1) > 0, value(i, j + 1) > 0]
      const edges = [s, e, n, w]
      // Walking round the square, the inside is on the left of a line from where one steps out to where one steps in.
      const [outs, backs]: [number[], number[]] = [[], []]
      for (let k = 0; k < 4; k++) {
        if (ins[k] && !ins[(k + 1) % 4]) outs.push(edges[k] as number)
        if (!ins[k] && ins[(k + 1) % 4]) backs.push(edges[k] as number)
      }
      if (outs.length === 1) next.set(outs[0] as number, backs[0] as number)
      else if (outs.length === 2) {
        // A saddle: the two insides stay apart.
        const isFirst = ins[0] === true
        next.set(isFirst ? s : e, isFirst ? w : s)
        next.set(isFirst ? n : w, isFirst ? e : n)
      }
    }
  const rings: Point[][] = []
  for (const start of [...next.keys()]) {
    if (!next.has(start)) continue
    const ring: Point[] = []
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge);) {
      ring.push(crossing(edge))
      const on: number | undefined = next.get(edge)
      next.delete(edge)
      edge = on
    }
    if (ring.length >= 4) rings.push(ring)
  }
  return rings
}

/** Polygons (outer ring, then holes) of where the field is above nought, the largest first; smaller than `leastM2` is left out. */
export function contours(field: (p: Point) => number, frame: Frame, cellM: number, leastM2: number): Point[][][] {
  const rings = ringsOf(field, frame, cellM)
    .map((ring) => ({ ring, area: areaOf(ring) }))
    .filter(({ area }) => Math.abs(area) >= leastM2)
  const outers = rings.filter(({ area }) => area > 0).sort((a, b) => b.area - a.area)
  const holes = rings.filter(({ area }) => area < 0)
  return outers.map(({ ring }) => [ring, ...holes.filter((h) => isInside(ring, h.ring[0] as Point)).map((h) => h.ring)])
}
