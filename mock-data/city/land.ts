/** The bare city: ground, streets, tracks and houses, before anybody works or measures there. */
import { arterials, halfWidthM, isNetWanted, type StreetCurve } from './arterials.ts'
import { buildBlock, buildQuarter, type BlockCorners, type Building } from './buildings.ts'
import { runsWhere } from './clip-curves.ts'
import { divide, type Divided } from './divide.ts'
import { makeFields, makeVerges, type Green } from './greens.ts'
import { ground, Mask } from './mask.ts'
import { makeNames, type Names } from './names.ts'
import { outlineOf } from './outline.ts'
import type { Plan } from './plan.ts'
import { lengthOf, placed, type Point } from './plane.ts'
import { carriageways, interchanges } from './motorways.ts'
import { makeParks } from './parks.ts'
import { latticeOf, quarterStreets, weaves, type Lattice } from './quarter-streets.ts'
import { tracks, type Track } from './rail.ts'
import { seededRandom, seedFrom } from './random.ts'
import { streetNetwork, streetReach, type Stretch } from './street-network.ts'
import { superblocks, type Superblocks } from './superblocks.ts'
import { bedOf, makeTerrain, type Ring, type Terrain } from './terrain.ts'
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
  /** In parks. */
  readonly ponds: readonly Ring[]
  readonly villages: readonly Village[]
  readonly buildings: readonly Building[]
  /** Whether a street runs within so many metres. */
  readonly isReached: (p: Point, withinM: number) => boolean
  readonly divided: Divided
}

const squareM = 6
/** No house stands further from a street, m. */
const houseReachM = 230
/** Great streets go through a wooded hill, lesser ones round it. */
const piercing = new Set(['motorway', 'trunk', 'primary'])

function paintGround(plan: Plan, terrain: Terrain, outline: readonly Point[]): Mask {
  const mask = new Mask(plan.middle, plan.halfX, plan.halfY, squareM)
  const [x, y] = plan.middle
  const [dx, dy] = [plan.halfX + squareM, plan.halfY + squareM]
  const board: Point[] = [
    [x - dx, y - dy],
    [x + dx, y - dy],
    [x + dx, y + dy],
    [x - dx, y + dy],
  ]
  mask.paintArea([board, outline], ground.outside)
  for (const hill of terrain.hills) mask.paintArea(hill.rings, ground.hill)
  for (const { rings } of terrain.waters) mask.paintArea(rings, ground.water | ground.deep)
  for (const water of terrain.waterways) {
    const bed = bedOf(water)
    mask.paintArea(bed, ground.water)
    mask.paintLine(water.middle, Math.min(...water.middle.map((_, i) => water.halfWidthM(i))), ground.water)
  }
  return mask
}

/** The parts of the great streets that are built; `leadsOut` = motorways go on beyond the city. */
function builtParts(curves: readonly StreetCurve[], mask: Mask, leadsOut: boolean): StreetCurve[] {
  return curves.flatMap((curve) => {
    const isNet = curve.class === 'secondary' && curve.points.length > 700
    const isWanted = (p: Point): boolean => {
      const here = mask.at(p)
      if (leadsOut && curve.class === 'motorway' && here & ground.outside) return true
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
  const terrain = makeTerrain(stream('terrain'), seed)
  const mask = paintGround(plan, terrain, outlineOf(plan, seed))
  const names = makeNames(stream('names'))
  const built = builtParts(arterials(terrain, names, stream('arterials')), mask, plan.size === 'full')
  const motorways = built.filter((curve) => curve.class === 'motorway')
  const streetsBuilt = built.filter((curve) => curve.class !== 'motorway')
  const { ramps, leaves } = interchanges(
    motorways,
    streetsBuilt.filter((curve) => curve.class === 'trunk' || curve.class === 'primary'),
    (p) => !mask.is(p, ground.outside | ground.water | ground.hill),
  )
  const great = [...motorways.flatMap(carriageways), ...ramps, ...streetsBuilt]
  const lines = tracks()
  const surface = lines.flatMap(({ line, isBelow }) => runsWhere(line, (p) => !isBelow(p)))
  const blocks = superblocks(
    plan,
    great.map(({ points }) => points),
    (p) => mask.is(p, ground.outside | ground.water),
  )
  for (const line of surface) mask.paintLine(line, 15, ground.rail)
  for (const { points, class: kind } of great) mask.paintLine(points, halfWidthM[kind], ground.road)
  const verges = makeVerges(terrain, leaves, mask, seedFrom(seed, 'verges'), stream('verges'))
  const lattices: Lattice[] = blocks.list.flatMap((block) => {
    const weave = weaves[block.style]
    return weave === null ? [] : [latticeOf(block, weave, seedFrom(seed, `block ${block.label}`) % 1000)]
  })
  const { parks, ponds } = makeParks(lattices, blocks, mask, names, stream('greens'), seedFrom(seed, 'ponds'))

  const streets = stream('streets')
  const notHere = ground.outside | ground.water | ground.road | ground.green | ground.rail | ground.hill
  const lanes = lattices.flatMap((lattice) =>
    quarterStreets(lattice, blocks, (p) => !mask.is(p, notHere), names, streets),
  )
  const hamlets = makeVillages(blocks, mask, names, stream('villages'))
  const isDry = (points: readonly Point[]) => points.every((p) => !mask.is(p, ground.water | ground.outside))
  const stretches = streetNetwork([...great, ...lanes, ...villageLanes(hamlets, mask)], {
    stubM: 70,
    isWanted: (s) => s.curve.bridges || isDry(s.points),
  })
  for (const s of stretches) mask.paintLine(s.points, halfWidthM[s.curve.class], ground.road)

  const isReached = streetReach(stretches)
  // A village whose lane found no way to the city was never built.
  const villages = hamlets.filter(({ at }) => isReached(at, 60))
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
  const reachable = buildings.filter(({ centre }) => isReached(centre, houseReachM))
  const fields = makeFields(blocks, mask, seedFrom(seed, 'bends'), stream('fields'))
  const divided = divide(
    { plan, mask, terrain, great, motorways, stretches },
    seedFrom(seed, 'borders'),
    stream('divisions'),
  )
  return {
    plan,
    terrain,
    mask,
    names,
    blocks,
    stretches,
    tracks: lines,
    villages,
    buildings: reachable,
    isReached,
    divided,
    greens: [...verges, ...parks, ...fields],
    ponds,
  }
}
