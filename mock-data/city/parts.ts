/** 部件 along the streets: covers in the carriageway, grates at the kerb, lamps and trees on the pavement. */
import type { PartRow } from '../../shared/contract/city-pack.ts'
import { halfWidthM } from './arterials.ts'
import type { Land } from './land.ts'
import { along, toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'

interface PartKind {
  readonly classCode: string
  readonly share: number
  readonly departmentId: string
  /** How far from the middle of the street, as a part of its half width. */
  readonly off: number
}

const kinds: readonly PartKind[] = (
  [
    ['P0402', 20, 'parks', 0.82],
    ['P0104', 19, 'drainage', 0.6],
    ['P0137', 16, 'lighting', 0.75],
    ['P0102', 12, 'drainage', 0.2],
    ['P0101', 9, 'water', 0.35],
    ['P0305', 6, 'sanitation', 0.85],
    ['P0111', 4, 'gas', 0.45],
    ['P0217', 3, 'traffic', 0.55],
    ['P0212', 2.5, 'roads', 0.9],
    ['P0128', 2, 'power', 0.95],
    ['P0124', 1.7, 'water', 0.8],
    ['P0289', 1.5, 'traffic', 0.65],
    ['P0204', 1.3, 'roads', 0.78],
    ['P0150', 1, 'police', 0.88],
    ['P0408', 0.7, 'parks', 0.97],
    ['P0301', 0.3, 'sanitation', 1],
  ] as const
).map(([classCode, share, departmentId, off]) => ({ classCode, share, departmentId, off }))
const total = kinds.reduce((sum, { share }) => sum + share, 0)

const pick = (random: Random): PartKind => {
  let left = random.next() * total
  for (const kind of kinds) {
    left -= kind.share
    if (left < 0) return kind
  }
  return kinds[0] as PartKind
}

export function makeParts({ plan, stretches, divided }: Land, random: Random): PartRow[] {
  const streets = stretches.filter(({ curve }) => curve.class !== 'motorway')
  const everyM = streets.reduce((sum, { lengthM }) => sum + lengthM, 0) / plan.parts
  const numbers = new Map<string, number>()
  const parts: PartRow[] = []
  let next = everyM / 2
  for (const { points, lengthM, curve } of streets) {
    for (; next < lengthM && parts.length < plan.parts; next += everyM) {
      const kind = pick(random)
      const { at, heading } = along(points, next)
      const off = (random.chance(0.5) ? 1 : -1) * kind.off * halfWidthM[curve.class]
      const spot: Point = [at[0] - Math.sin(heading) * off, at[1] + Math.cos(heading) * off]
      const where = divided.at(spot) ?? divided.at(at)
      if (where === null) continue
      const stem = `${where.districtId}${kind.classCode.slice(1)}`
      const number = (numbers.get(stem) ?? 0) + 1
      numbers.set(stem, number)
      parts.push({
        code: `${stem}${String(number).padStart(6, '0')}`,
        classCode: kind.classCode,
        position: toLonLat(spot),
        gridId: where.gridId,
        departmentId: kind.departmentId,
      })
    }
    next -= lengthM
  }
  return parts
}
