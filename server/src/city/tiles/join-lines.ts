/**
 * Lines cut at every crossing, joined again where one goes on as the other: a street is one feature with one name, and is drawn
 * without a joint. Guarantees that every stretch is in exactly one line, and that no line has more than a bounded number of corners.
 */
import type { Position } from 'geojson'

/** A long line is in every tile it crosses: shorter ones keep tiles small. */
const maxCorners = 400
/** Turning by more than this is another street, even of the same name: cosine of 75 degrees. */
const minCosine = 0.26

const keyOf = (at: Position) => `${at[0]},${at[1]}`

/** The line as it leaves its end (or arrives at its start, turned round). */
const outward = (line: readonly Position[], atEnd: boolean): readonly [Position, Position] => {
  const n = line.length
  return atEnd ? [line[n - 2] as Position, line[n - 1] as Position] : [line[1] as Position, line[0] as Position]
}
function cosine([a, b]: readonly [Position, Position], [c, d]: readonly [Position, Position]): number {
  const shrink = Math.cos(((b[1] as number) * Math.PI) / 180)
  const [ux, uy] = [((b[0] as number) - (a[0] as number)) * shrink, (b[1] as number) - (a[1] as number)]
  const [vx, vy] = [((d[0] as number) - (c[0] as number)) * shrink, (d[1] as number) - (c[1] as number)]
  const size = Math.hypot(ux, uy) * Math.hypot(vx, vy)
  return size === 0 ? -1 : (ux * vx + uy * vy) / size
}

/** Joins lines that meet end to end, straightest first. */
export function joinLines(lines: readonly (readonly Position[])[]): Position[][] {
  const ends = new Map<string, number[]>()
  const meet = (at: Position, index: number) => {
    const key = keyOf(at)
    const there = ends.get(key)
    if (there) there.push(index)
    else ends.set(key, [index])
  }
  lines.forEach((line, index) => {
    meet(line[0] as Position, index)
    meet(line.at(-1) as Position, index)
  })
  const isUsed = new Array<boolean>(lines.length).fill(false)
  /** The stretch that goes on from the end of `line`, turned so that it begins there. */
  const goesOn = (line: readonly Position[]): readonly Position[] | null => {
    const end = line.at(-1) as Position
    const heading = outward(line, true)
    let best: { index: number; next: readonly Position[] } | null = null
    let straightest = minCosine
    for (const index of ends.get(keyOf(end)) ?? []) {
      const other = lines[index] as readonly Position[]
      if (isUsed[index]) continue
      const next = keyOf(other[0] as Position) === keyOf(end) ? other : other.toReversed()
      const turn = cosine(heading, [next[0] as Position, next[1] as Position])
      if (turn < straightest) continue
      straightest = turn
      best = { index, next }
    }
    if (best === null) return null
    isUsed[best.index] = true
    return best.next
  }
  const grow = (line: Position[]) => {
    while (line.length < maxCorners) {
      const next = goesOn(line)
      if (next === null) return
      for (const at of next.slice(1)) line.push(at)
    }
  }
  return lines.flatMap((first, index) => {
    if (isUsed[index] || first.length < 2) return []
    isUsed[index] = true
    const line = [...first]
    grow(line)
    line.reverse()
    grow(line)
    return [line.reverse()]
  })
}
