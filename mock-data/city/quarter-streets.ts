/** The small streets of each quarter, in the manner of its style: crooked in the old town, wide-meshed where things are made. */
import type { RoadClass } from '../../shared/model/roads.ts'
import type { StreetCurve } from './arterials.ts'
import { runsWhere } from './clip-curves.ts'
import type { Names } from './names.ts'
import type { QuarterStyle } from './plan.ts'
import { apart, placed, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Superblock, Superblocks } from './superblocks.ts'

export interface Weave {
  /** Mesh along and across, m. */
  readonly u: number
  readonly v: number
  /** How far a crossing strays, m. */
  readonly stray: number
  /** Part of the stretches that are not there. */
  readonly gaps: number
  readonly through: RoadClass
  /** Every so many lines one is a through street; the others are lanes. */
  readonly each: number
}

export const weaves: Readonly<Record<QuarterStyle, Weave | null>> = {
  old: { u: 128, v: 104, stray: 20, gaps: 0.14, through: 'tertiary', each: 3 },
  centre: { u: 190, v: 165, stray: 4, gaps: 0.06, through: 'tertiary', each: 2 },
  mixed: { u: 215, v: 185, stray: 7, gaps: 0.13, through: 'tertiary', each: 2 },
  estate: { u: 300, v: 265, stray: 9, gaps: 0.2, through: 'tertiary', each: 2 },
  campus: { u: 330, v: 280, stray: 24, gaps: 0.22, through: 'local', each: 2 },
  zone: { u: 390, v: 330, stray: 0, gaps: 0.1, through: 'tertiary', each: 1 },
  industry: { u: 400, v: 340, stray: 0, gaps: 0.14, through: 'tertiary', each: 1 },
  port: { u: 520, v: 430, stray: 0, gaps: 0.15, through: 'tertiary', each: 1 },
  village: null,
}

/** A superblock's own drawing board: lattice lines, and where they are on the city's. */
export interface Lattice {
  readonly block: Superblock
  readonly weave: Weave
  readonly fromK: number
  readonly toK: number
  readonly fromL: number
  readonly toL: number
  /** A point in lattice units: whole numbers are crossings. */
  point(k: number, l: number): Point
}

export function latticeOf(block: Superblock, weave: Weave, seed: number): Lattice {
  const reach = Math.hypot(block.east - block.west, block.north - block.south) / 2
  const [cos, sin] = [Math.cos(seed), Math.sin(seed * 1.7)]
  const strayAt = (k: number, l: number) =>
    weave.stray * Math.sin(k * 2.13 + l * 1.31 + seed) * Math.cos(l * 1.77 - k * 0.71 + cos * 3)
  return {
    block,
    weave,
    fromK: -Math.ceil(reach / weave.u) - 1,
    toK: Math.ceil(reach / weave.u) + 1,
    fromL: -Math.ceil(reach / weave.v) - 1,
    toL: Math.ceil(reach / weave.v) + 1,
    point: (k, l) =>
      placed(
        [(k + 0.5 * sin) * weave.u + strayAt(k, l), (l + 0.5 * cos) * weave.v + strayAt(l + 3.1, k - 1.7)],
        block.heading,
        block.middle,
      ),
  }
}

/** How far a lane may be from a great street before it is led on to meet it, m. */
const reachM = 75

/** Streets of one quarter, led on across the great streets around it so that they meet them. */
export function quarterStreets(
  lattice: Lattice,
  { labelAt }: Superblocks,
  isClear: (p: Point) => boolean,
  names: Names,
  random: Random,
): StreetCurve[] {
  const { weave, block } = lattice
  const curves: StreetCurve[] = []
  const isOurs = (p: Point) => labelAt(p) === block.label && isClear(p)
  const add = (isThrough: boolean, points: Point[]) => {
    for (const run of runsWhere(points, isOurs)) {
      const [first, second] = [run[0] as Point, run[1] as Point]
      const [last, before] = [run[run.length - 1] as Point, run[run.length - 2] as Point]
      const on = (from: Point, back: Point): Point => {
        const length = apart(from, back) || 1
        return [from[0] + ((from[0] - back[0]) / length) * reachM, from[1] + ((from[1] - back[1]) / length) * reachM]
      }
      const line = [on(first, second), ...run, on(last, before)]
      const { zh, en } = names.street(line, !isThrough && weave.u < 350)
      const kind: RoadClass = isThrough ? weave.through : 'local'
      curves.push({ name: zh, nameEn: en, class: kind, oneway: false, bridges: false, points: line })
    }
  }
  /** Cuts a lattice line at random stretches left out. */
  const woven = (count: number, from: number, at: (t: number) => Point, isThrough: boolean) => {
    let points: Point[] = []
    const flush = () => {
      if (points.length > 1) add(isThrough, points)
      points = []
    }
    for (let i = 0; i < count; i++) {
      const isGap = !isThrough && random.chance(weave.gaps)
      if (isGap) {
        points.push(at(from + i))
        flush()
        continue
      }
      for (let s = 0; s < 6; s++) points.push(at(from + i + s / 6))
    }
    flush()
  }
  for (let k = lattice.fromK; k <= lattice.toK; k++)
    woven(lattice.toL - lattice.fromL, lattice.fromL, (t) => lattice.point(k, t), k % weave.each === 0)
  for (let l = lattice.fromL; l <= lattice.toL; l++)
    woven(lattice.toK - lattice.fromK, lattice.fromK, (t) => lattice.point(t, l), l % weave.each === 0)
  return curves
}
