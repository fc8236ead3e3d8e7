/**
 * What is drawn by hand and what is counted: the two sizes of the city, and where its quarters lie. The small city is the
 * middle of the whole one, with fewer of everything, for tests and quick starts.
 */
import type { Point } from './plane.ts'

export const citySizes = ['small', 'full'] as const
export type CitySize = (typeof citySizes)[number]

export interface Plan {
  readonly size: CitySize
  /** Half the board's width and height: nothing is drawn beyond. */
  readonly halfX: number
  readonly halfY: number
  readonly middle: Point
  readonly streets: number
  readonly grids: number
  readonly cameras: number
  readonly parts: number
  /** Of crews and of most devices, next to the whole city. */
  readonly share: number
}

export const plans: Readonly<Record<CitySize, Plan>> = {
  small: {
    ...{ size: 'small', halfX: 3100, halfY: 2500, middle: [150, 150] },
    ...{ streets: 9, grids: 36, cameras: 60, parts: 1200, share: 0.045 },
  },
  full: {
    ...{ size: 'full', halfX: 12000, halfY: 10000, middle: [-200, 0] },
    ...{ streets: 48, grids: 480, cameras: 900, parts: 40_000, share: 1 },
  },
}

/** Middle of the old town, inside its moat. */
export const oldTown = { middle: [-150, 1250] as Point, rx: 1010, ry: 820 }

/** Where the city is dense: each with a reach in metres and a weight. */
export const cores: readonly { readonly at: Point; readonly reach: number; readonly weight: number }[] = [
  { at: [-150, 1250], reach: 3300, weight: 1.05 },
  { at: [2700, -1500], reach: 2600, weight: 0.95 },
  { at: [-3300, -2900], reach: 2300, weight: 0.8 },
  { at: [5600, 2700], reach: 2300, weight: 0.75 },
  { at: [-5400, 4700], reach: 1700, weight: 0.5 },
  { at: [4200, -6200], reach: 2500, weight: 0.62 },
  { at: [8700, -5800], reach: 2200, weight: 0.55 },
  { at: [-7300, -5300], reach: 1800, weight: 0.6 },
  { at: [-8300, 200], reach: 1600, weight: 0.52 },
  { at: [1800, 6000], reach: 2200, weight: 0.6 },
  { at: [8300, 5600], reach: 1600, weight: 0.5 },
]

/** 0 in the fields, about 1 in the middle. */
export const urbanity = ([x, y]: Point): number =>
  Math.min(
    1,
    cores.reduce(
      (sum, { at, reach, weight }) =>
        Math.max(sum, weight * Math.exp(-((x - at[0]) ** 2 + (y - at[1]) ** 2) / (2 * (reach * 0.8) ** 2))),
      0,
    ),
  )

export const quarterStyles = [
  'old',
  'centre',
  'mixed',
  'estate',
  'campus',
  'zone',
  'industry',
  'port',
  'village',
] as const
export type QuarterStyle = (typeof quarterStyles)[number]

const within = (p: Point, at: Point, rx: number, ry = rx) => ((p[0] - at[0]) / rx) ** 2 + ((p[1] - at[1]) / ry) ** 2 < 1

/** How a quarter is built, by where it lies. */
export function styleAt(p: Point): QuarterStyle {
  if (within(p, oldTown.middle, oldTown.rx, oldTown.ry)) return 'old'
  if (p[0] > 7300 && p[1] < -4300) return 'port'
  if (within(p, [2700, -1350], 1250, 950) || within(p, [1450, 2350], 750, 600)) return 'centre'
  if (within(p, [-7300, -5300], 1900, 1500)) return 'campus'
  if (within(p, [4300, -6300], 2300, 1900)) return 'zone'
  if (within(p, [6300, -4300], 1500, 1200) || within(p, [8500, 5600], 1300, 1300) || within(p, [-8600, 100], 900, 900))
    return 'industry'
  const dense = urbanity(p)
  if (dense > 0.72) return 'mixed'
  return dense > 0.3 ? 'estate' : 'village'
}
