/** The bare city: ground, streets, tracks and houses, before anybody works or measures there. */
import { arterials, halfWidthM, isNetWanted, type StreetCurve } from './arterials.ts'
import { buildBlock, buildQuarter, type BlockCorners, type Building } from './buildings.ts'
import { runsWhere } from './clip-curves.ts'
import { divide, type Divided } from './divide.ts'
import { makeFields, makeParks, type Green } from './greens.ts'
import { ground, Mask } from './mask.ts'
import { makeNames, type Names } from './names.ts'
import { isInCity, type Plan } from './plan.ts'
import { lengthOf, placed, type Point } from './plane.ts'
import { latticeOf, quarterStreets, weaves, type Lattice } from './quarter-streets.ts'
import { tracks, type Track } from './rail.ts'
import { seededRandom, seedFrom } from './random.ts'
import { streetNetwork, type Stretch } from './street-network.ts'
import { superblocks, type Superblocks } from './superblocks.ts'
import { bedOf, makeTerrain, type Terrain } from './terrain.ts'
import { makeVillages, villageLanes, type Village } from './villages.ts'

export interface Land {
  readonly plan: Plan
  readonly terrain: Terrain
  readonly mask: Mask
  readonly names: Names
  readonly blocks: Superblocks
  readonly stretches: readonly Stretch[]
  readonly tracks: readonly Track[]
  readonly greens: readonly Green[]
  readonly villages: readonly Village[]
  readonly buildings: readonly Building[]
  readonly divided: Divided
}

const squareM = 6
/** Great streets go through a wooded hill, lesser ones round it. */
const piercing = new Set(['motorway', 'trunk', 'primary'])

function paintGround(plan: Plan, terrain: Terrain, wave: (angle: number) => number): Mask {
  const mask = new Mask(plan.middle, plan.halfX, plan.halfY, squareM)
  for (let i = 0; i < mask.cells.length; i++) if (!isInCity(plan, mask.centre(i), wave)) mask.cells[i] = ground.outside
  for (const hill of terrain.hills) mask.paintArea(hill.rings, ground.hill)
  for (const { rings } of terrain.waters) mask.paintArea(rings, ground.water | ground.deep)
  for (const water of terrain.waterways) {
    const bed = bedOf(water)
    mask.paintArea(bed, ground.water)
    mask.paintLine(water.middle, Math.min(...water.middle.map((_, i) => water.halfWidthM(i))), ground.water)
  }
  return mask
}

/** The parts of the great streets that are built. */
function builtParts(curves: readonly StreetCurve[], mask: Mask): StreetCurve[] {
  return curves.flatMap((curve) => {
    const isNet = curve.class === 'secondary' && curve.points.length > 700
    const isWanted = (p: Point): boolean => {
      const here = mask.at(p)
      if (here & (ground.outside | ground.deep)) return false
      if (here & ground.water && !curve.bridges) return false
      if (here & ground.hill && !piercing.has(curve.class)) return false
      return !isNet || isNetWanted(p)
    }
    return runsWhere(curve.points, isWanted)
      .filter((run) => lengthOf(run) > 120)
      .map((points) => ({ ...curve, points }))
  })
}

export function makeLand(plan: Plan, seed: number): Land {
  const stream = (word: string) => seededRandom(seedFrom(seed, word))
  const terrain = makeTerrain(stream('terrain'))
  const waves = stream('outline')
  const [p1, p2] = [waves.between(0, 6), waves.between(0, 6)]
  const wave = (a: number) => 0.6 * Math.sin(5 * a + p1) + 0.4 * Math.sin(9 * a + p2)
  const mask = paintGround(plan, terrain, wave)
  const names = makeNames(stream('names'))
  const great = builtParts(arterials(terrain, names, stream('arterials')), mask)
  const lines = tracks()
  const surface = lines.flatMap(({ line, isBelow }) => runsWhere(line, (p) => !isBelow(p)))
  const blocks = superblocks(
    plan,
    great.map(({ points }) => points),
    (p) => mask.is(p, ground.outside | ground.water),
  )
  for (const line of surface) mask.paintLine(line, 15, ground.rail)
  for (const { points, class: kind } of great) mask.paintLine(points, halfWidthM[kind], ground.road)
  const parks = makeParks(blocks, terrain, mask, names, stream('greens'))
  for (const { rings } of parks) mask.paintArea(rings, ground.green)

  const lattices: Lattice[] = blocks.list.flatMap((block) => {
    const weave = weaves[block.style]
    return weave === null ? [] : [latticeOf(block, weave, seedFrom(seed, `block ${block.label}`) % 1000)]
  })
  const streets = stream('streets')
  const notHere = ground.outside | ground.water | ground.road | ground.green | ground.rail | ground.hill
  const lanes = lattices.flatMap((lattice) =>
    quarterStreets(lattice, blocks, (p) => !mask.is(p, notHere), names, streets),
  )
  const villages = makeVillages(blocks, mask, names, stream('villages'))
  const isDry = (points: readonly Point[]) => points.every((p) => !mask.is(p, ground.water | ground.outside))
  const stretches = streetNetwork([...great, ...lanes, ...villageLanes(villages, mask)], {
    stubM: 70,
    isWanted: (s) => s.curve.bridges || isDry(s.points),
  })
  for (const s of stretches) mask.paintLine(s.points, halfWidthM[s.curve.class], ground.road)

  const random = stream('buildings')
  const buildings = lattices.flatMap((lattice) => buildQuarter(lattice, blocks, mask, random))
  for (const { at, heading, radiusM } of villages) {
    const corners = [
      [-radiusM, -radiusM * 0.8],
      [radiusM, -radiusM * 0.8],
      [radiusM, radiusM * 0.8],
      [-radiusM, radiusM * 0.8],
    ].map((p) => placed(p as unknown as Point, heading, at)) as unknown as BlockCorners
    buildings.push(...buildBlock(corners, 'village', mask, random))
  }
  const fields = makeFields(blocks, mask, stream('fields'))
  const isNorth = ([x, y]: Point) => y > riverY(terrain, x)
  const divided = divide(plan, wave, blocks, isNorth, stream('divisions'))
  return {
    plan,
    terrain,
    mask,
    names,
    blocks,
    stretches,
    tracks: lines,
    villages,
    buildings,
    divided,
    greens: [...parks, ...fields],
  }
}

function riverY({ river }: Terrain, x: number): number {
  const line = river.middle
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point]
    if (x <= b[0]) return a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0] || 1)
  }
  return (line.at(-1) as Point)[1]
}
