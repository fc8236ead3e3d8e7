/** The ground the city stands on: its outline, river, canal, lake and hill, as curves on the drawing board. */
import type { Random } from './random.ts'
import { blob, isInside, type Point } from './plane.ts'

export interface Terrain {
  /** Middle of the river at x, north of which lies the old city. */
  riverY(x: number): number
  riverHalfWidth(x: number): number
  /** Middle of the canal at y; it runs from the north into the river. */
  canalX(y: number): number
  readonly canalHalfWidth: number
  /** The rows' edges from south to north: the second is the river. */
  readonly rows: readonly ((x: number) => number)[]
  readonly river: readonly Point[]
  readonly canal: readonly Point[]
  readonly lake: readonly Point[]
  readonly lakePark: readonly Point[]
  readonly hill: readonly Point[]
  /** How far beyond the river's edge a point is; negative in the water. */
  offRiver(p: Point): number
  isWet(p: Point): boolean
}

export const halfWidthM = 3500

export function makeTerrain(random: Random): Terrain {
  const phase = () => random.between(0, 2 * Math.PI)
  const [r1, r2, c1, o1, o2, o3] = [
    random.between(0.2, 0.7),
    random.between(-0.4, 0.4),
    phase(),
    phase(),
    phase(),
    phase(),
  ]
  const bend = random.between(300, 360)
  const riverY = (x: number) => -560 + bend * Math.sin(x / 1250 + r1) + 95 * Math.sin(x / 540 + r2)
  const riverHalfWidth = (x: number) => 78 + 18 * Math.sin(x / 830 + r2)
  const canalX = (y: number) => 1480 + 190 * Math.sin(y / 640 + c1) + 40 * Math.sin(y / 260)
  const canalHalfWidth = 16
  const along = (from: number, to: number, step: number) =>
    Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step)
  const xs = along(-4600, 4600, 40)
  const bank = (side: 1 | -1) => xs.map((x): Point => [x, riverY(x) + side * riverHalfWidth(x)])
  const mouthY = riverY(canalX(-300))
  const ys = along(mouthY, 3400, 30)
  const canalBank = (side: 1 | -1) => ys.map((y): Point => [canalX(y) + side * canalHalfWidth, y])
  const lakeCentre: Point = [-1780 + random.between(-120, 120), 1430 + random.between(-80, 80)]
  const lake = blob(lakeCentre, 330, 235, 0.16, o1)
  const river = [...bank(1), ...bank(-1).reverse()]
  const offRiver = ([x, y]: Point) => {
    // The slope shortens the way to a leaning bank.
    const slope = (riverY(x + 20) - riverY(x - 20)) / 40
    return Math.abs(y - riverY(x)) / Math.hypot(1, slope) - riverHalfWidth(x)
  }
  return {
    riverY,
    riverHalfWidth,
    canalX,
    canalHalfWidth,
    rows: [
      (x) => -2580 + 170 * Math.sin(x / 930 + o1) + 70 * Math.sin(x / 370 + o2),
      riverY,
      (x) => 880 + 130 * Math.sin(x / 1080 + o2),
      (x) => 2520 + 140 * Math.sin(x / 980 + o3) + 70 * Math.sin(x / 410 + o1),
    ],
    river,
    canal: [...canalBank(1), ...canalBank(-1).reverse()],
    lake,
    lakePark: blob(lakeCentre, 480, 380, 0.1, o1 + 0.4),
    hill: blob([420 + random.between(-150, 150), 2420], 760, 330, 0.18, o3),
    offRiver,
    isWet: (p) =>
      offRiver(p) < 0 ||
      (p[1] > riverY(p[0]) && Math.abs(p[0] - canalX(p[1])) < canalHalfWidth + 4) ||
      isInside(lake, p),
  }
}
