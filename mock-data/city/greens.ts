/** Parks, the hill and the green along both banks. */
import type { GroundFeature } from '../../shared/contract/city-pack.ts'
import { toRing, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { cellM, type Warp } from './street-curves.ts'
import type { Terrain } from './terrain.ts'

export interface Green {
  readonly kind: 'park' | 'forest' | 'riverside'
  readonly name: string
  readonly ring: readonly Point[]
}

/** A rectangle of grid cells, its sides bent as the streets around it; `insetM` leaves room for the pavement. */
export function cellRect(warp: Warp, k: number, l: number, wide: number, high: number, insetM: number): Point[] {
  const [u0, u1] = [k * cellM + insetM, (k + wide) * cellM - insetM]
  const [v0, v1] = [l * cellM + insetM, (l + high) * cellM - insetM]
  const steps = 8
  const part = (a: number, b: number, i: number) => a + ((b - a) * i) / steps
  const sides: Point[][] = [
    Array.from({ length: steps }, (_, i) => warp(part(u0, u1, i), v0)),
    Array.from({ length: steps }, (_, i) => warp(u1, part(v0, v1, i))),
    Array.from({ length: steps }, (_, i) => warp(part(u1, u0, i), v1)),
    Array.from({ length: steps }, (_, i) => warp(u0, part(v1, v0, i))),
  ]
  return sides.flat()
}

const parkCells: readonly (readonly [k: number, l: number, wide: number, high: number, name: string])[] = [
  [1, 2, 2, 2, '汀兰中央公园'],
  [6, 4, 2, 1, '望舒公园'],
  [-7, -7, 2, 2, '雁浦公园'],
  [2, -8, 2, 1, '扶光文化公园'],
  [9, -6, 1, 2, '采薇植物园'],
  [-4, 1, 1, 1, '古渡遗址公园'],
  [10, 7, 2, 2, '栖云湿地公园'],
]

export function makeGreens(terrain: Terrain, warp: Warp, random: Random): Green[] {
  const greens: Green[] = [
    { kind: 'park', name: '镜澜湖公园', ring: terrain.lakePark },
    { kind: 'forest', name: '云岫山', ring: terrain.hill },
  ]
  for (const [k, l, wide, high, name] of parkCells) {
    const ring = cellRect(warp, k, l, wide, high, 16)
    if (ring.some((p) => terrain.offRiver(p) < 15)) continue
    greens.push({ kind: 'park', name, ring })
  }
  for (const side of [1, -1] as const) {
    for (let x = -3300; x < 3300;) {
      const length = random.between(280, 900)
      const strip: Point[] = []
      const back: Point[] = []
      for (let i = 0; i <= 12; i++) {
        const at = x + (length * i) / 12
        const y = terrain.riverY(at)
        const half = terrain.riverHalfWidth(at)
        strip.push([at, y + side * (half + 2)])
        back.push([at, y + side * (half + 36)])
      }
      greens.push({ kind: 'riverside', name: '滨江绿带', ring: [...strip, ...back.reverse()] })
      x += length + random.between(60, 240)
    }
  }
  return greens
}

export const greenFeature = ({ kind, name, ring }: Green): GroundFeature => ({
  type: 'Feature',
  properties: { kind, name, nameEn: '' },
  geometry: { type: 'Polygon', coordinates: [toRing(ring).map(([lon, lat]) => [lon, lat])] },
})
