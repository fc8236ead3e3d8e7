/**
 * Borders from stairs to lines: each is drawn along the street or stream it follows, and bent gently elsewhere. Guarantees: borders
 * meet where they met and never cross; one that would is left as it was.
 */
import { apart, offSegment, thinned, type Point } from './plane.ts'
import { NearIndex } from './near-index.ts'

export interface Border {
  /** Names of its two ends; the same for a ring. */
  readonly from: number
  readonly to: number
  readonly points: readonly Point[]
}

type Segment = readonly [a: Point, b: Point]
/** As far as a border is moved onto a street, m; and where borders meet, onto a corner. */
const snapM = 24
const cornerM = 38
const cellM = 100
const keyOf = (x: number, y: number) => (Math.floor(x / cellM) + 4096) * 8192 + Math.floor(y / cellM) + 4096

function indexOf(lines: readonly (readonly Point[])[]): (p: Point) => Point | null {
  const cells = new Map<number, Segment[]>()
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point]
      for (let x = Math.min(a[0], b[0]) - snapM; x < Math.max(a[0], b[0]) + snapM + cellM; x += cellM)
        for (let y = Math.min(a[1], b[1]) - snapM; y < Math.max(a[1], b[1]) + snapM + cellM; y += cellM) {
          const cell = cells.get(keyOf(x, y))
          if (cell) cell.push([a, b])
          else cells.set(keyOf(x, y), [[a, b]])
        }
    }
  return (p) => {
    let [best, least]: [Segment | null, number] = [null, snapM]
    for (const segment of cells.get(keyOf(p[0], p[1])) ?? []) {
      const off = offSegment(p, segment[0], segment[1])
      if (off < least) [best, least] = [segment, off]
    }
    if (best === null) return null
    const [a, b] = best
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)))
    return [a[0] + t * dx, a[1] + t * dy]
  }
}

const crosses = ([a, b]: Segment, [c, d]: Segment): boolean => {
  const side = (p: Point, q: Point, r: Point) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  const [s1, s2, s3, s4] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
  if ((s1 > 0 !== s2 > 0 || s1 === 0 || s2 === 0) && (s3 > 0 !== s4 > 0 || s3 === 0 || s4 === 0)) {
    // On one line, or touching: a meeting only where they share ground.
    if (s1 === 0 && s2 === 0) {
      const axis = Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]) ? 0 : 1
      const [lo, hi] = [Math.min(a[axis], b[axis]), Math.max(a[axis], b[axis])]
      return Math.max(c[axis], d[axis]) > lo && Math.min(c[axis], d[axis]) < hi
    }
    return true
  }
  return false
}

/** Which of these lines cross or touch one another, or themselves, other than where they meet end to end. */
function crossing(lines: readonly (readonly Point[])[]): Set<number> {
  const cells = new Map<number, { line: number; index: number; segment: Segment }[]>()
  const found = new Set<number>()
  const same = (p: Point, q: Point) => p[0] === q[0] && p[1] === q[1]
  lines.forEach((points, line) => {
    for (let index = 1; index < points.length; index++) {
      const segment: Segment = [points[index - 1] as Point, points[index] as Point]
      const [[ax, ay], [bx, by]] = segment
      const [x0, x1] = [Math.floor(Math.min(ax, bx) / cellM), Math.floor(Math.max(ax, bx) / cellM)]
      const [y0, y1] = [Math.floor(Math.min(ay, by) / cellM), Math.floor(Math.max(ay, by) / cellM)]
      for (let x = x0; x <= x1; x++)
        for (let y = y0; y <= y1; y++) {
          const key = keyOf((x + 0.5) * cellM, (y + 0.5) * cellM)
          const cell = cells.get(key) ?? []
          for (const other of cell) {
            if (found.has(line) && found.has(other.line)) continue
            if (other.line === line && other.index === index) continue
            const [[p, q], [r, s]] = [segment, other.segment]
            const shared = [same(p, r), same(p, s), same(q, r), same(q, s)].filter(Boolean).length
            if (shared >= 2) {
              found.add(line).add(other.line)
              continue
            }
            if (shared === 1) {
              // They meet end to end; folded back on one another they would share ground.
              const [pivot, e, f] = same(p, r) ? [p, q, s] : same(p, s) ? [p, q, r] : same(q, r) ? [q, p, s] : [q, p, r]
              const turn = (e[0] - pivot[0]) * (f[1] - pivot[1]) - (e[1] - pivot[1]) * (f[0] - pivot[0])
              const dot = (e[0] - pivot[0]) * (f[0] - pivot[0]) + (e[1] - pivot[1]) * (f[1] - pivot[1])
              if (Math.abs(turn) < 1e-9 && dot > 0) found.add(line).add(other.line)
              continue
            }
            if (crosses(segment, other.segment)) found.add(line).add(other.line)
          }
          cell.push({ line, index, segment })
          cells.set(key, cell)
        }
    }
  })
  return found
}

/** Answers a line for each border, in its order. Ends with the same name move together. */
export function smoothBorders(borders: readonly Border[], lines: readonly (readonly Point[])[]): Point[][] {
  const nearest = indexOf(lines)
  const ends = lines.flatMap((line) => [line[0] as Point, line[line.length - 1] as Point])
  const corners = new NearIndex(ends.map((at) => ({ at })))
  const taken = new Set<Point>()
  const meeting = (p: Point): Point => {
    const corner = corners.nearest(p, cornerM)?.at
    if (corner === undefined || taken.has(corner)) return nearest(p) ?? p
    // Streets that end here say the same corner each in their own words.
    for (const { at } of corners.within(corner, 1)) taken.add(at)
    return corner
  }
  const nodes = new Map<number, Point>()
  const raw = new Map<number, Point>()
  for (const { from, to, points } of borders)
    for (const [id, p] of [
      [from, points[0]],
      [to, points[points.length - 1]],
    ] as const) {
      if (raw.has(id)) continue
      raw.set(id, p as Point)
      nodes.set(id, meeting(p as Point))
    }
  // As good as it gets without crossing: on the streets; bent; as the squares have it.
  const forms = [(p: readonly Point[]) => bent(p, nearest), (p: readonly Point[]) => bent(p, () => null)]
  const level = borders.map(() => 0)
  const drawn = borders.map(({ points }) => bent(points, nearest))
  const lineOf = (i: number): Point[] => {
    const { from, to, points } = borders[i] as Border
    const isRaw = (level[i] as number) >= forms.length
    const inner = (isRaw ? points : (drawn[i] as readonly Point[])).slice(1, -1)
    const [start, end] = [nodes.get(from) as Point, nodes.get(to) as Point]
    const kept = isRaw ? inner : inner.filter((p) => apart(p, start) > 3 && apart(p, end) > 3)
    const whole = [start, ...(kept.length > 0 || from !== to ? kept : inner), end]
    if (isRaw) return whole
    if (from !== to) return thinned(whole, 1.2)
    const half = Math.floor(whole.length / 2)
    return [...thinned(whole.slice(0, half + 1), 1.2).slice(0, -1), ...thinned(whole.slice(half), 1.2)]
  }
  for (let round = 0; ; round++) {
    const result = borders.map((_, i) => lineOf(i))
    const bad = crossing(result)
    if (bad.size === 0 || round === 12) return result
    for (const i of bad) {
      const { from, to, points } = borders[i] as Border
      const next = (level[i] = (level[i] as number) + 1)
      drawn[i] = forms[next]?.(points) ?? [...points]
      for (const id of [from, to]) nodes.set(id, raw.get(id) as Point)
    }
  }
}

/** On the street where there is one beside it; else between its neighbours. */
function bent(points: readonly Point[], nearest: (p: Point) => Point | null): Point[] {
  const isHeld = points.map(() => false)
  let line = points.map((p, i): Point => {
    if (i === 0 || i === points.length - 1) return p
    const on = nearest(p)
    if (on === null) return p
    isHeld[i] = true
    return on
  })
  for (let round = 0; round < 6; round++)
    line = line.map((p, i): Point => {
      if (i === 0 || i === line.length - 1 || isHeld[i]) return p
      const [a, b] = [line[i - 1] as Point, line[i + 1] as Point]
      return [(a[0] + 2 * p[0] + b[0]) / 4, (a[1] + 2 * p[1] + b[1]) / 4]
    })
  return withoutSpikes(line)
}

/** Turns back on itself only where it goes far: a border that slipped into a side street comes out again. */
function withoutSpikes(line: readonly Point[]): Point[] {
  let kept = [...line]
  for (let round = 0; round < 4; round++)
    kept = kept.filter((p, i) => {
      if (i === 0 || i === kept.length - 1) return true
      const [a, b] = [kept[i - 1] as Point, kept[i + 1] as Point]
      const [before, after] = [apart(a, p), apart(p, b)]
      if (before < 2) return false
      const cos = ((p[0] - a[0]) * (b[0] - p[0]) + (p[1] - a[1]) * (b[1] - p[1])) / (before * after || 1)
      return cos > -0.05 || Math.min(before, after) > 45
    })
  return kept
}
