/** Districts, streets, responsibility grids and unit grids: borders run along great streets and in the middle of the river. */
import type { DivisionFeature, GridFeature } from '../../shared/contract/city-pack.ts'
import { districtsOf } from './division-names.ts'
import { evenSeeds, fillGaps, nearestSeed, tidy } from './label-squares.ts'
import { Mask } from './mask.ts'
import { isInCity, urbanity, type Plan } from './plan.ts'
import { toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Superblocks } from './superblocks.ts'
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
/** A superblock larger than this is shared out square by square, m². */
const largeM2 = 2_200_000
/** Responsibility grids smaller than this have unit grids, m²; and how large those are. */
const denseM2 = 420_000
const unitM2 = 45_000

const geometryOf = (polygons: Polygons): DivisionFeature['geometry'] => {
  const drawn = polygons.map((rings) =>
    rings.map((ring) => [...ring, ring[0] as Point].map((p): [number, number] => [...toLonLat(p)] as [number, number])),
  )
  return drawn.length === 1
    ? { type: 'Polygon', coordinates: drawn[0] as [number, number][][] }
    : { type: 'MultiPolygon', coordinates: drawn }
}

export function divide(
  plan: Plan,
  wave: (angle: number) => number,
  blocks: Superblocks,
  isNorth: (p: Point) => boolean,
  random: Random,
): Divided {
  const board = new Mask(plan.middle, plan.halfX, plan.halfY, squareM)
  const squares = { columns: board.columns, rows: board.rows, centre: (i: number) => board.centre(i) }
  const size = board.cells.length
  const centres = Array.from({ length: size }, (_, i) => board.centre(i))
  const inside = centres.map((p) => isInCity(plan, p, wave))
  const districts = districtsOf(plan.size)
  const apartM = plan.size === 'full' ? 2200 : 900
  const districtAt = (p: Point) => {
    const north = isNorth(p)
    return nearestSeed(
      districts.map((d) => d.at),
      p,
      (k) => (isNorth((districts[k] as (typeof districts)[number]).at) === north ? 0 : apartM),
    )
  }

  // Districts, by superblock.
  const blockList = new Map(blocks.list.map((block) => [block.label, block]))
  const byBlock = (label: (p: Point) => number) => {
    const known = new Map<number, number>()
    return (i: number): number => {
      if (!inside[i]) return 0
      const block = blockList.get(blocks.labelAt(centres[i] as Point))
      if (block === undefined) return -1
      if (block.areaM2 > largeM2) return label(centres[i] as Point)
      const found = known.get(block.label) ?? label(block.middle)
      known.set(block.label, found)
      return found
    }
  }
  const districtLabels = new Int32Array(size)
  const districtOf = byBlock((p) => districtAt(p) + 1)
  for (let i = 0; i < size; i++) districtLabels[i] = districtOf(i)
  fillGaps(squares, districtLabels, () => true)
  tidy(squares, districtLabels, (i) => inside[i] === true)

  // Streets, within districts.
  const streetSeeds = districts.map((district, d) => {
    const points = centres.filter((_, i) => districtLabels[i] === d + 1)
    return evenSeeds(points, (p) => 0.03 + urbanity(p) ** 2, district.streets.length, random)
  })
  const firstStreet = districts.map((_, d) => districts.slice(0, d).reduce((sum, each) => sum + each.streets.length, 0))
  const districtOfStreet = districts.flatMap((d, k) => d.streets.map(() => k + 1))
  const streetLabels = new Int32Array(size)
  {
    const known = new Map<string, number>()
    for (let i = 0; i < size; i++) {
      if (!inside[i]) continue
      const d = (districtLabels[i] as number) - 1
      const seeds = streetSeeds[d] as Point[]
      const label = (p: Point) => (firstStreet[d] as number) + nearestSeed(seeds, p) + 1
      const block = blockList.get(blocks.labelAt(centres[i] as Point))
      if (block === undefined) streetLabels[i] = -1
      else if (block.areaM2 > largeM2) streetLabels[i] = label(centres[i] as Point)
      else {
        const key = `${d}/${block.label}`
        const found = known.get(key) ?? label(block.middle)
        known.set(key, found)
        streetLabels[i] = found
      }
    }
  }
  const sameDistrict = (i: number, street: number) =>
    inside[i] === true && districtLabels[i] === districtOfStreet[street - 1]
  fillGaps(squares, streetLabels, (to, from) => sameDistrict(to, streetLabels[from] as number))
  tidy(squares, streetLabels, sameDistrict)

  // Responsibility grids, within streets; unit grids within the small ones.
  const streetCount = districtOfStreet.length
  const eachGrids = Math.round(plan.grids / streetCount)
  const cellsOf = (labels: Int32Array, count: number) => {
    const lists: number[][] = Array.from({ length: count + 1 }, () => [])
    for (let i = 0; i < size; i++) if ((labels[i] as number) > 0) lists[labels[i] as number]?.push(i)
    return lists
  }
  const shareOut = (cells: readonly number[], labels: Int32Array, first: number, count: number) => {
    const seeds = evenSeeds(
      cells.map((i) => centres[i] as Point),
      (p) => 0.12 + urbanity(p),
      count,
      random,
    )
    for (const i of cells) labels[i] = first + nearestSeed(seeds, centres[i] as Point)
  }
  const gridLabels = new Int32Array(size)
  cellsOf(streetLabels, streetCount).forEach((cells, street) => {
    if (street > 0) shareOut(cells, gridLabels, (street - 1) * eachGrids + 1, eachGrids)
  })
  const streetOfGrid = (grid: number) => Math.floor((grid - 1) / eachGrids) + 1
  tidy(squares, gridLabels, (i, grid) => streetLabels[i] === streetOfGrid(grid))
  const unitLabels = new Int32Array(size)
  const gridOfUnit: number[] = [0]
  cellsOf(gridLabels, streetCount * eachGrids).forEach((cells, grid) => {
    if (grid === 0) return
    const areaM2 = cells.length * squareM * squareM
    const count = areaM2 < denseM2 ? Math.max(2, Math.round(areaM2 / unitM2)) : 1
    if (cells.length > 0) shareOut(cells, unitLabels, gridOfUnit.length, count)
    for (let k = 0; k < count; k++) gridOfUnit.push(grid)
  })
  tidy(squares, unitLabels, (i, unit) => gridLabels[i] === gridOfUnit[unit])

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
    squareM * 0.8,
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
