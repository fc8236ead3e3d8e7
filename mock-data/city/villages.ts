/** Villages in the fields: where they lie, and the lanes that lead there. */
import type { StreetCurve } from './arterials.ts'
import { ground, type Mask } from './mask.ts'
import type { Names } from './names.ts'
import { apart, placed, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Superblocks } from './superblocks.ts'

export interface Village {
  readonly name: string
  readonly nameEn: string
  readonly at: Point
  readonly heading: number
  readonly radiusM: number
}

const bad = ground.outside | ground.water | ground.hill | ground.green
const apartM = 1050

export function makeVillages(blocks: Superblocks, mask: Mask, names: Names, random: Random): Village[] {
  const villages: Village[] = []
  for (const block of blocks.list) {
    if (block.style !== 'village' || block.areaM2 < 250_000) continue
    const tries = Math.ceil(block.areaM2 / 60_000)
    for (let i = 0; i < tries; i++) {
      const at: Point = [random.between(block.west, block.east), random.between(block.south, block.north)]
      const radiusM = random.between(85, 170)
      const edge = Array.from({ length: 8 }, (_, k) => placed([radiusM, 0], (k * Math.PI) / 4, at))
      if (blocks.labelAt(at) !== block.label) continue
      if ([at, ...edge].some((p) => mask.is(p, bad | ground.road | ground.rail))) continue
      if (villages.some((other) => apart(other.at, at) < apartM)) continue
      const { zh, en } = names.with('村', 'Village')
      villages.push({ name: zh, nameEn: en, at, heading: random.between(0, Math.PI / 2), radiusM })
    }
  }
  return villages
}

/** Two lanes across the village, led on until they meet a greater road; and one more through its rows. */
export function villageLanes(villages: readonly Village[], mask: Mask): StreetCurve[] {
  const leadM = 1500
  const lane = (name: string, nameEn: string, points: Point[]): StreetCurve => ({
    ...{ name, nameEn, class: 'local', oneway: false, bridges: false, points },
  })
  return villages.flatMap(({ name, nameEn, at, heading, radiusM }) => {
    const from = (start: Point, angle: number): Point[] => {
      const points: Point[] = [start]
      for (let d = 25; d < leadM; d += 25) {
        const p = placed([d, 14 * Math.sin(d / 90)], angle, start)
        if (mask.is(p, ground.outside | ground.water | ground.hill)) break
        points.push(p)
        if (d > radiusM && mask.is(p, ground.road)) {
          points.push(placed([d + 30, 0], angle, start), placed([d + 60, 0], angle, start))
          break
        }
      }
      return points
    }
    const through = (start: Point, angle: number) => [
      ...from(start, angle + Math.PI).reverse(),
      ...from(start, angle).slice(1),
    ]
    return [
      lane(`${name}路`, nameEn.replace('Village', 'Village Road'), through(at, heading)),
      lane(
        '',
        '',
        [-1, 1].map((side) => placed([0, side * radiusM], heading, at)),
      ),
      lane(
        '',
        '',
        [-1, 1].map((side) => placed([side * radiusM * 0.8, radiusM * 0.45], heading, at)),
      ),
      lane(
        '',
        '',
        [-1, 1].map((side) => placed([side * radiusM * 0.8, -radiusM * 0.45], heading, at)),
      ),
      lane(
        '',
        '',
        [-1, 1].map((side) => placed([radiusM * 0.5, side * radiusM * 0.8], heading, at)),
      ),
    ]
  })
}
