/** Districts, streets, responsibility grids and unit grids: borders run along great streets and in the middle of the river. */
import type { DivisionFeature, GridFeature } from '../../shared/contract/city-pack.ts'
import type { RoadClass } from '../../shared/model/roads.ts'
import type { StreetCurve } from './arterials.ts'
import { districtsOf } from './division-names.ts'
import { blocksOf, shareOut, squareNear, type Seed } from './growth.ts'
import { evenSeeds } from './label-squares.ts'
import { ground, Mask } from './mask.ts'
import { roughness } from './noise.ts'
import { urbanity, type Plan } from './plan.ts'
import { toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Stretch } from './street-network.ts'
import { bedOf, type Terrain } from './terrain.ts'
import { areaTracer, type Polygons } from './trace-areas.ts'

export interface Grid {
  readonly id: string
  readonly name: string
  readonly level: 4 | 5
  readonly parentId: string
}

export interface Divided {
  readonly divisions: DivisionFeature[]
  readonly grids: GridFeature[]
  /** Responsibility grid and district at a point; null outside the city. */
  at(p: Point): { readonly gridId: string; readonly streetId: string; readonly districtId: string } | null
  readonly streetNames: ReadonlyMap<string, string>
  readonly streetNamesEn: ReadonlyMap<string, string>
}

const squareM = 25
/** Blocks up to this size are not cut between districts or between streets, m². */
const wholeM2 = 2_200_000
/** The same for responsibility grids and for unit grids. */
const wholeGridM2 = 110_000
const wholeUnitM2 = 30_000
/** Responsibility grids smaller than this have unit grids, m²; and how large those are. */
const denseM2 = 420_000
const unitM2 = 45_000

/** How hard a border is to push across a square of these, next to open ground. */
const hindrance = { motorway: 30, great: 16, street: 2, lane: 1, river: 30, brook: 26, ridge: 9 } as const

const geometryOf = (polygons: Polygons): DivisionFeature['geometry'] => {
  const drawn = polygons.map((rings) =>
    rings.map((ring) => [...ring, ring[0] as Point].map((p): [number, number] => [...toLonLat(p)] as [number, number])),
  )
  return drawn.length === 1
    ? { type: 'Polygon', coordinates: drawn[0] as [number, number][][] }
    : { type: 'MultiPolygon', coordinates: drawn }
}

export interface DivideGround {
  readonly plan: Plan
  readonly mask: Mask
  readonly terrain: Terrain
  readonly great: readonly StreetCurve[]
  /** Their middle lines. */
  readonly motorways: readonly StreetCurve[]
  readonly stretches: readonly Stretch[]
}

const painted = { motorway: 1, great: 2, street: 4, lane: 8, river: 16, brook: 32 } as const
const paintOf = (kind: RoadClass): keyof typeof painted =>
  kind === 'motorway'
    ? 'motorway'
    : kind === 'trunk' || kind === 'primary'
      ? 'great'
      : kind === 'secondary'
        ? 'street'
        : 'lane'

/** What borders follow, on squares of their own. */
function hindrances({ plan, mask, terrain, great, stretches }: DivideGround, seed: number) {
  const board = new Mask(plan.middle, plan.halfX, plan.halfY, squareM)
  // Wide enough that nothing slips through between two squares that touch at a corner.
  const wide = squareM * 0.72
  for (const { points, class: kind, joins } of great) if (!joins) board.paintLine(points, wide, painted[paintOf(kind)])
  for (const { points, curve } of stretches)
    if (paintOf(curve.class) === 'lane') board.paintLine(points, wide, painted.lane)
  for (const water of terrain.waterways)
    if (water.kind === 'river') board.paintArea(bedOf(water), painted.river)
    else board.paintLine(water.middle, wide, painted.brook)
  const rough = roughness(seed, 500, 3)
  const size = board.cells.length
  const inside = new Int32Array(size)
  const cost = new Float32Array(size)
  for (let i = 0; i < size; i++) {
    const p = board.centre(i)
    inside[i] = mask.is(p, ground.outside) ? 0 : 1
    if (inside[i] === 0) continue
    const here = board.cells[i] as number
    cost[i] = 1 + 0.7 * rough(p[0], p[1]) + hindrance.ridge * terrain.height(p) ** 1.5
    for (const word of Object.keys(painted) as (keyof typeof painted)[])
      if (here & painted[word]) cost[i] = (cost[i] as number) + hindrance[word]
  }
  return { board, inside, cost }
}

export function divide(city: DivideGround, seed: number, random: Random): Divided {
  const { plan, mask, terrain, motorways, stretches } = city
  const { board, inside, cost } = hindrances(city, seed)
  const squares = { columns: board.columns, rows: board.rows, centre: (i: number) => board.centre(i), cost }
  const size = board.cells.length
  const streetOrWater = painted.motorway | painted.great | painted.street | painted.river | painted.brook
  const quarters = blocksOf(squares, (i) => inside[i] === 0 || ((board.cells[i] as number) & streetOrWater) !== 0)
  const blocks = blocksOf(squares, (i) => inside[i] === 0 || board.cells[i] !== 0)
  const cellsOf = (labels: Int32Array, count: number) => {
    const lists: number[][] = Array.from({ length: count + 1 }, () => [])
    for (let i = 0; i < size; i++) if ((labels[i] as number) > 0) lists[labels[i] as number]?.push(i)
    return lists
  }
  const squaresOf = (m2: number) => Math.round(m2 / (squareM * squareM))
  /** Seeds in each parent, as many as `count` says, denser where `weight` is greater. */
  const seedsIn = (parents: readonly number[][], count: (parent: number) => number, weight: (p: Point) => number) => {
    const seeds: Seed[] = []
    const parentOf: number[] = [0]
    const taken = new Set<number>()
    parents.forEach((cells, parent) => {
      if (parent === 0) return
      const points = cells.map((i) => board.centre(i))
      const at = cells.length > 0 ? evenSeeds(points, weight, count(parent), random) : []
      for (let k = 0; k < count(parent); k++) {
        parentOf.push(parent)
        const wanted = at[k]
        if (wanted === undefined) continue
        const square = squareNear(squares, wanted, cells, taken)
        taken.add(square)
        seeds.push({ square, label: parentOf.length - 1 })
      }
    })
    return { seeds, parentOf }
  }

  const districts = districtsOf(plan.size)
  const everywhere = cellsOf(inside, 1)[1] as number[]
  const districtLabels = shareOut(
    squares,
    districts.map(({ at }, k) => ({ square: squareNear(squares, at, everywhere), label: k + 1 })),
    quarters,
    squaresOf(wholeM2),
    inside,
    () => 1,
  )
  const inDistricts = seedsIn(
    cellsOf(districtLabels, districts.length),
    (district) => (districts[district - 1] as (typeof districts)[number]).streets.length,
    (p) => (0.03 + urbanity(p) ** 2) * (mask.is(p, ground.hill | ground.water) ? 0.1 : 1),
  )
  const districtOfStreet = inDistricts.parentOf.slice(1)
  const streetLabels = shareOut(
    squares,
    inDistricts.seeds,
    quarters,
    squaresOf(wholeM2 / 2),
    districtLabels,
    (street) => inDistricts.parentOf[street] as number,
  )
  const streetCount = districtOfStreet.length
  const eachGrids = Math.round(plan.grids / streetCount)
  const streetOfGrid = (grid: number) => Math.floor((grid - 1) / eachGrids) + 1
  const inStreets = seedsIn(
    cellsOf(streetLabels, streetCount),
    () => eachGrids,
    (p) => (0.12 + urbanity(p)) * (mask.is(p, ground.hill | ground.deep) ? 0.2 : 1),
  )
  const gridLabels = shareOut(squares, inStreets.seeds, blocks, squaresOf(wholeGridM2), streetLabels, streetOfGrid)
  const grids4 = cellsOf(gridLabels, streetCount * eachGrids)
  const inGrids = seedsIn(
    grids4,
    (grid) => {
      const areaM2 = (grids4[grid] as number[]).length * squareM * squareM
      return areaM2 < denseM2 ? Math.max(2, Math.round(areaM2 / unitM2)) : 1
    },
    () => 1,
  )
  const gridOfUnit = inGrids.parentOf
  const unitLabels = shareOut(
    squares,
    inGrids.seeds,
    blocks,
    squaresOf(wholeUnitM2),
    gridLabels,
    (unit) => gridOfUnit[unit] as number,
  )

  // Codes and polygons.
  const flatStreets = districts.flatMap((d) =>
    d.streets.map((street, k) => ({ ...street, id: `${d.id}${String(k + 1).padStart(3, '0')}`, districtId: d.id })),
  )
  const gridId = (grid: number) =>
    `${(flatStreets[streetOfGrid(grid) - 1] as { id: string }).id}${String(((grid - 1) % eachGrids) + 1).padStart(2, '0')}`
  const trace = areaTracer(
    {
      columns: board.columns,
      rows: board.rows,
      labels: unitLabels,
      corner: (column, row) => [
        plan.middle[0] - plan.halfX + column * squareM,
        plan.middle[1] - plan.halfY + row * squareM,
      ],
    },
    [
      ...stretches.filter(({ curve }) => curve.class !== 'motorway').map(({ points }) => points),
      ...motorways.map(({ points }) => points),
      ...terrain.waterways.map(({ middle }) => middle),
    ],
  )
  const gridOf = (unit: number) => gridOfUnit[unit] as number
  const districtAreas = trace((unit) => districtOfStreet[streetOfGrid(gridOf(unit)) - 1] as number)
  const streetAreas = trace((unit) => streetOfGrid(gridOf(unit)))
  const gridAreas = trace(gridOf)
  const unitAreas = trace((unit) => unit)
  const unitsOf = new Map<number, number[]>()
  gridOfUnit.forEach((grid, unit) => unit > 0 && unitsOf.set(grid, [...(unitsOf.get(grid) ?? []), unit]))
  const divisions = [
    ...districts.map((d, k): DivisionFeature => ({
      type: 'Feature',
      properties: { id: d.id, name: d.name, nameEn: d.nameEn, level: 2, parentId: null },
      geometry: geometryOf(districtAreas.get(k + 1) ?? []),
    })),
    ...flatStreets.map((street, k): DivisionFeature => ({
      type: 'Feature',
      properties: { id: street.id, name: street.name, nameEn: street.nameEn, level: 3, parentId: street.districtId },
      geometry: geometryOf(streetAreas.get(k + 1) ?? []),
    })),
  ]
  const grids: GridFeature[] = []
  for (const [grid, polygons] of [...gridAreas].sort((a, b) => a[0] - b[0])) {
    const street = flatStreets[streetOfGrid(grid) - 1] as (typeof flatStreets)[number]
    const name = `${street.name}第${((grid - 1) % eachGrids) + 1}网格`
    grids.push({
      type: 'Feature',
      properties: { id: gridId(grid), name, level: 4, parentId: street.id },
      geometry: geometryOf(polygons),
    })
    const units = (unitsOf.get(grid) ?? []).filter((unit) => unitAreas.has(unit))
    if (units.length > 1)
      units.forEach((unit, k) =>
        grids.push({
          type: 'Feature',
          properties: {
            id: `${gridId(grid)}${String(k + 1).padStart(3, '0')}`,
            name: '',
            level: 5,
            parentId: gridId(grid),
          },
          geometry: geometryOf(unitAreas.get(unit) ?? []),
        }),
      )
  }
  return {
    divisions,
    grids,
    streetNames: new Map(flatStreets.map((street) => [street.id, street.name])),
    streetNamesEn: new Map(flatStreets.map((street) => [street.id, street.nameEn.split(' ')[0] as string])),
    at(p) {
      const index = board.index(p)
      const grid = index < 0 ? 0 : (gridLabels[index] as number)
      if (grid <= 0) return null
      const street = flatStreets[streetOfGrid(grid) - 1] as (typeof flatStreets)[number]
      return { gridId: gridId(grid), streetId: street.id, districtId: street.districtId }
    },
  }
}
