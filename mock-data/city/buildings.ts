/** Houses in their blocks, never in water, on a street or track, in a park, or in one another. */
import type { BuildingFeature } from '../../shared/contract/city-pack.ts'
import { fillBlock, type Footprint } from './block-styles.ts'
import { ground, type Mask } from './mask.ts'
import { urbanity, type QuarterStyle } from './plan.ts'
import { middleOf, toLonLat, type Point } from './plane.ts'
import type { Lattice } from './quarter-streets.ts'
import type { Random } from './random.ts'
import type { Superblocks } from './superblocks.ts'

export interface Building {
  readonly centre: Point
  readonly heightM: number
  readonly style: QuarterStyle
  readonly rings: readonly (readonly Point[])[]
}

/** A block's corners, counter-clockwise from its own lower left. */
export type BlockCorners = readonly [Point, Point, Point, Point]

const blocked = ground.outside | ground.water | ground.road | ground.green | ground.building | ground.rail | ground.hill

/** Fills one block; what is in the way of a house leaves it out. */
export function buildBlock(
  corners: BlockCorners,
  style: QuarterStyle,
  mask: Mask,
  random: Random,
  isOurs: (p: Point) => boolean = () => true,
): Building[] {
  const [a, b, c, d] = corners
  const widthM = Math.hypot(b[0] - a[0], b[1] - a[1])
  const depthM = Math.hypot(d[0] - a[0], d[1] - a[1])
  const on = ([x, y]: Point): Point => {
    const [s, t] = [x / widthM, y / depthM]
    const part = (axis: 0 | 1) =>
      a[axis] * (1 - s) * (1 - t) + b[axis] * s * (1 - t) + c[axis] * s * t + d[axis] * (1 - s) * t
    return [part(0), part(1)]
  }
  const middle = middleOf(corners)
  const frame = {
    ...{ widthM, depthM, urbanity: urbanity(middle) },
    isWidthEast: Math.abs(b[0] - a[0]) >= Math.abs(b[1] - a[1]),
  }
  const built: Building[] = []
  let isBaseBuilt = false
  const build = ({ rings, heightM, isOnTop }: Footprint) => {
    const drawn = rings.map((ring) => ring.map(on))
    const outer = drawn[0] as Point[]
    if (isOnTop ? !isBaseBuilt : !mask.isFree(outer, blocked) || !outer.every(isOurs)) {
      if (!isOnTop) isBaseBuilt = false
      return
    }
    isBaseBuilt = true
    built.push({ centre: middleOf(outer), heightM, style, rings: drawn })
    if (!isOnTop) mask.paintArea([outer], ground.building)
  }
  for (const footprint of fillBlock[style](frame, random)) build(footprint)
  return built
}

/** Every block of a quarter. */
export function buildQuarter(lattice: Lattice, { labelAt }: Superblocks, mask: Mask, random: Random): Building[] {
  const built: Building[] = []
  const isOurs = (p: Point) => labelAt(p) === lattice.block.label
  for (let k = lattice.fromK; k < lattice.toK; k++)
    for (let l = lattice.fromL; l < lattice.toL; l++) {
      const corners: BlockCorners = [
        lattice.point(k, l),
        lattice.point(k + 1, l),
        lattice.point(k + 1, l + 1),
        lattice.point(k, l + 1),
      ]
      if (![...corners, middleOf(corners)].some(isOurs)) continue
      built.push(...buildBlock(corners, lattice.block.style, mask, random, isOurs))
    }
  return built
}

export const buildingFeature = ({ heightM, rings }: Building): BuildingFeature => ({
  type: 'Feature',
  properties: { height: heightM, name: '' },
  geometry: {
    type: 'Polygon',
    coordinates: rings.map((ring, index) => {
      const drawn = (index === 0 ? ring : ring.toReversed()).map(
        (p): [number, number] => [...toLonLat(p)] as [number, number],
      )
      return [...drawn, drawn[0] as [number, number]]
    }),
  },
})
