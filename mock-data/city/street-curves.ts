/** Every street as one long curve, before they are cut where they meet: a bent grid, a ring, radials, both banks, a viaduct. */
import type { RoadClass } from '../../shared/contract/city-pack.ts'
import { endings, streetWords } from './names.ts'
import type { Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Terrain } from './terrain.ts'

export interface StreetCurve {
  readonly name: string
  readonly class: RoadClass
  /** `grid-ns` may bridge the river when `bridges`; `grid-ew` never does. */
  readonly role: 'grid-ns' | 'grid-ew' | 'bank' | 'ring' | 'radial' | 'viaduct'
  readonly bridges: boolean
  readonly points: readonly Point[]
}

export const cellM = 250
export const speedKmh: Record<RoadClass, number> = {
  motorway: 80,
  trunk: 70,
  primary: 55,
  secondary: 45,
  tertiary: 35,
  local: 28,
}

/** From the grid's own coordinates (metres along its two ways) to the drawing board: turned and bent. */
export type Warp = (u: number, v: number) => Point

export function makeWarp(random: Random): Warp {
  const turn = (random.between(5, 9) * Math.PI) / 180
  const [a, b] = [random.between(0, 6), random.between(0, 6)]
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return (u, v) => {
    const x = u + 85 * Math.sin(v / 980 + a)
    const y = v + 105 * Math.sin(u / 1180 + b)
    return [cos * x - sin * y, sin * x + cos * y]
  }
}

const sampled = (from: number, to: number, step: number, at: (t: number) => Point) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => at(from + i * step))

export function streetCurves(terrain: Terrain, warp: Warp, random: Random): StreetCurve[] {
  const words = random.shuffled(streetWords)
  const word = () => words.pop() ?? '新'
  const classOf = (k: number): RoadClass =>
    k % 6 === 0 ? 'primary' : k % 3 === 0 ? 'secondary' : k % 2 === 0 ? 'tertiary' : 'local'
  const curves: StreetCurve[] = []
  for (let k = -16; k <= 16; k++) {
    const kind = classOf(k)
    curves.push({
      name: word() + (kind === 'primary' ? endings.avenue : endings.northSouth),
      class: kind,
      role: 'grid-ns',
      bridges: kind === 'primary' || k === 3 || k === -3,
      points: sampled(-4200, 4200, 25, (v) => warp(k * cellM, v)),
    })
  }
  for (let k = -14; k <= 14; k++) {
    const kind = classOf(k + 2)
    curves.push({
      name: word() + (kind === 'primary' ? endings.avenue : endings.eastWest),
      class: kind,
      role: 'grid-ew',
      bridges: false,
      points: sampled(-5000, 5000, 25, (u) => warp(u, k * cellM)),
    })
  }
  for (const [side, name] of [
    [1, '滨江北路'],
    [-1, '滨江南路'],
  ] as const) {
    curves.push({
      name,
      class: 'secondary',
      role: 'bank',
      bridges: false,
      points: sampled(-4400, 4400, 25, (x) => {
        const slope = (terrain.riverY(x + 20) - terrain.riverY(x - 20)) / 40
        const away = (terrain.riverHalfWidth(x) + 52) * side
        const length = Math.hypot(1, slope)
        return [x - (away * slope) / length, terrain.riverY(x) + away / length]
      }),
    })
  }
  const ringAt = (a: number, scale = 1): Point => [
    60 + scale * (2160 + 60 * Math.sin(3 * a)) * Math.cos(a),
    60 + scale * 1560 * Math.sin(a),
  ]
  curves.push({
    name: '环城路',
    class: 'trunk',
    role: 'ring',
    bridges: true,
    points: sampled(0, 2 * Math.PI, Math.PI / 240, (a) => ringAt(a)),
  })
  for (const [degrees, name] of [
    [28, '云岫大道'],
    [152, '澜北大道'],
    [208, '棠岸大道'],
    [330, '扶光大道'],
  ] as const) {
    const a = (degrees * Math.PI) / 180
    curves.push({
      name,
      class: 'primary',
      role: 'radial',
      bridges: true,
      points: sampled(0.985, 2.2, 0.01, (s) => {
        const [x, y] = ringAt(a, s)
        return [x, y + 90 * Math.sin((s - 1) * 3)]
      }),
    })
  }
  curves.push({
    name: '澜汀高架',
    class: 'motorway',
    role: 'viaduct',
    bridges: true,
    points: sampled(-4000, 4000, 25, (y) => [-2780 + 190 * Math.sin(y / 1250) + 0.05 * y, y]),
  })
  return curves
}
