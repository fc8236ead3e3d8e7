/**
 * Makes areas out of the pieces of a multipolygon. Guarantees: every piece is either in a closed ring or among the open ones;
 * a ring inside an odd number of others is a hole, whatever its role says, for roles are often wrong and the ground is not.
 */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'

type Position = readonly [number, number]

/** A way of a relation: the points it runs through. */
export interface Piece {
  readonly id: number
  readonly refs: readonly number[]
  readonly isInner: boolean
}

export interface Ring {
  /** Points by id; the first again at the end. */
  readonly refs: readonly number[]
  /** Pieces it is made of. */
  readonly ways: readonly number[]
  /** All its pieces have the role `inner`. */
  readonly isInner: boolean
}

export interface JoinedRings {
  readonly rings: readonly Ring[]
  /** Pieces that do not close. */
  readonly open: readonly Piece[]
}

/** Joins pieces end to end until they close. A piece that is there twice counts once. */
export function joinRings(pieces: readonly Piece[]): JoinedRings {
  const rings: Ring[] = []
  const open: Piece[] = []
  const byEnd = new Map<number, Set<Piece>>()
  const loose = new Set<Piece>()
  const seen = new Set<number>()
  for (const piece of pieces) {
    if (seen.has(piece.id)) continue
    seen.add(piece.id)
    const first = piece.refs[0]
    const last = piece.refs.at(-1)
    if (first === undefined || last === undefined || piece.refs.length < 2) open.push(piece)
    else if (first === last) rings.push({ refs: piece.refs, ways: [piece.id], isInner: piece.isInner })
    else {
      loose.add(piece)
      for (const end of [first, last]) {
        const there = byEnd.get(end)
        if (there) there.add(piece)
        else byEnd.set(end, new Set([piece]))
      }
    }
  }
  const take = (piece: Piece) => {
    loose.delete(piece)
    byEnd.get(piece.refs[0] as number)?.delete(piece)
    byEnd.get(piece.refs.at(-1) as number)?.delete(piece)
  }
  for (const start of loose) {
    take(start)
    const refs = [...start.refs]
    const used = [start]
    const goal = refs[0] as number
    for (;;) {
      const end = refs.at(-1) as number
      if (end === goal) break
      // Of several ways on, one of the same role: where holes touch the outer edge they share points with it.
      const ways = [...(byEnd.get(end) ?? [])]
      const next = ways.find((piece) => piece.isInner === start.isInner) ?? ways[0]
      if (next === undefined) break
      take(next)
      used.push(next)
      const onward = next.refs[0] === end ? next.refs : next.refs.toReversed()
      for (let i = 1; i < onward.length; i++) refs.push(onward[i] as number)
    }
    if (refs.at(-1) === goal)
      rings.push({ refs, ways: used.map((piece) => piece.id), isInner: used.every((piece) => piece.isInner) })
    else open.push(...used)
  }
  return { rings, open }
}

/** A ring on the ground. */
export interface GroundRing {
  readonly positions: readonly Position[]
  readonly isInner: boolean
}

/** Twice the signed area in square degrees: positive where the ring runs against the clock. */
export function turning(ring: readonly Position[]): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1] as Position
    const [x1, y1] = ring[i] as Position
    sum += x0 * y1 - x1 * y0
  }
  return sum
}

interface Boxed extends GroundRing {
  readonly asPolygon: { readonly type: 'Polygon'; readonly coordinates: [number, number][][] }
  /** Corners as texts; made when a smaller ring first asks. */
  corners: Set<string> | null
  readonly box: readonly [west: number, south: number, east: number, north: number]
  readonly size: number
}

function boxed(ring: GroundRing): Boxed {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring.positions) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return {
    ...ring,
    asPolygon: { type: 'Polygon', coordinates: [ring.positions.map(([x, y]) => [x, y])] },
    corners: null,
    box: [west, south, east, north],
    size: Math.abs(turning(ring.positions)),
  }
}

/** Whether the outer ring has the other inside. Rings that share points are asked between their points. */
function encloses(outer: Boxed, inner: Boxed): boolean {
  if (outer.size <= inner.size) return false
  const [a, b] = [outer.box, inner.box]
  if (b[0] < a[0] || b[1] < a[1] || b[2] > a[2] || b[3] > a[3]) return false
  outer.corners ??= new Set(outer.positions.map(([x, y]) => `${x},${y}`))
  const { corners } = outer
  const [[x0, y0], [x1, y1]] = inner.positions as [Position, Position]
  const [x, y] = inner.positions.find((at) => !corners.has(`${at[0]},${at[1]}`)) ?? [(x0 + x1) / 2, (y0 + y1) / 2]
  return booleanPointInPolygon([x, y], outer.asPolygon)
}

export interface Polygons {
  /** Each: the outer ring against the clock, then its holes with it. */
  readonly polygons: readonly (readonly (readonly Position[])[])[]
  /** Rings said to be holes that lie in nothing. */
  readonly strayHoles: number
}

const turned = (ring: readonly Position[], againstClock: boolean) =>
  turning(ring) > 0 === againstClock ? ring : ring.toReversed()

/** Sorts rings into polygons by what lies in what. */
export function nestRings(rings: readonly GroundRing[]): Polygons {
  const all = rings.map(boxed).sort((a, b) => b.size - a.size)
  const holesOf = new Map<Boxed, Boxed[]>()
  const placed: Boxed[] = []
  let strayHoles = 0
  // Largest first: whatever has a ring inside has been placed before it.
  for (const ring of all) {
    const around = placed.filter((other) => encloses(other, ring))
    const holes = around.length % 2 === 1 ? holesOf.get(around.at(-1) as Boxed) : undefined
    if (holes) holes.push(ring)
    else if (ring.isInner || around.length % 2 === 1) {
      strayHoles++
      continue
    } else holesOf.set(ring, [])
    placed.push(ring)
  }
  return {
    polygons: [...holesOf].map(([ring, holes]) => [
      turned(ring.positions, true),
      ...holes.map((hole) => turned(hole.positions, false)),
    ]),
    strayHoles,
  }
}
