/** The ground the city stands on: river, canals, moat, lake, sea with its docks, hills. Drawn by hand, moved by the seed. */
import { beside, blob, smoothLine, type Point } from './plane.ts'
import { oldTown } from './plan.ts'
import type { Random } from './random.ts'

export interface Waterway {
  readonly kind: 'river' | 'canal' | 'moat'
  readonly name: string
  readonly nameEn: string
  readonly middle: readonly Point[]
  readonly halfWidthM: (index: number) => number
}

export interface Ring {
  readonly kind: string
  readonly name: string
  readonly nameEn: string
  /** The outer ring first, then holes. */
  readonly rings: readonly (readonly Point[])[]
}

export interface Terrain {
  readonly river: Waterway
  readonly waterways: readonly Waterway[]
  /** Lake, ponds, sea and docks. */
  readonly waters: readonly Ring[]
  readonly hills: readonly Ring[]
  readonly coast: readonly Point[]
}

const riverCorners: readonly Point[] = [
  [-13500, 2900], [-11200, 1700], [-9300, 2500], [-7300, 1900], [-5900, 200], [-4300, -1100], [-2600, -850],
  [-1100, -80], [600, -330], [1750, -420], [3000, 250], [4400, 320], [5500, -900], [6600, -2150], [8200, -2600],
  [9700, -3100], [11500, -3700], [13800, -4300],
] // prettier-ignore
const northCanal: readonly Point[] = [
  [3700, 10500], [3300, 8600], [3900, 7000], [3300, 5400], [3600, 3900], [2900, 2500], [3250, 1300], [3150, 300],
] // prettier-ignore
const southCanal: readonly Point[] = [
  [-5400, -10500], [-5000, -8300], [-5600, -6500], [-4700, -4900], [-5000, -3400], [-4350, -1100],
] // prettier-ignore
const eastCanal: readonly Point[] = [
  [3700, 4200], [5200, 4500], [6800, 4000], [8300, 4300], [9300, 3600], [10400, 3500],
] // prettier-ignore
const coastCorners: readonly Point[] = [
  [11200, 11000], [10900, 9000], [10200, 7300], [10500, 5700], [9900, 4200], [10100, 2600], [9600, 900], [9300, -700],
  [9550, -2000], [9900, -2500],
] // prettier-ignore

const ringOf = (kind: string, name: string, nameEn: string, ...rings: readonly (readonly Point[])[]): Ring => ({
  kind,
  name,
  nameEn,
  rings,
})
const box = (west: number, south: number, east: number, north: number): Point[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]

export function makeTerrain(random: Random): Terrain {
  const moved = (points: readonly Point[], by: number) =>
    points.map(([x, y]): Point => [x + random.between(-by, by), y + random.between(-by, by)])
  const phase = () => random.between(0, 2 * Math.PI)
  const riverLine = smoothLine(moved(riverCorners, 70), 40)
  const wave = phase()
  const river: Waterway = {
    ...{ kind: 'river', name: '澜江', nameEn: 'Lan River', middle: riverLine },
    halfWidthM: (i) => {
      const x = (riverLine[i] as Point)[0]
      const grown = 72 + 44 / (1 + Math.exp(-(x + 2000) / 2500)) + 55 / (1 + Math.exp(-(x - 5200) / 500))
      return grown + Math.max(0, x - 7600) * 0.2 + 9 * Math.sin(x / 830 + wave)
    },
  }
  const canal = (name: string, nameEn: string, corners: readonly Point[], half: number): Waterway => ({
    ...{
      kind: 'canal',
      name,
      nameEn,
      middle: smoothLine(moved(corners.slice(0, -1), 60).concat(corners.slice(-1)), 40),
    },
    halfWidthM: () => half,
  })
  const moatPhase = phase()
  const moatLine = smoothLine(
    blob(oldTown.middle, oldTown.rx + 45, oldTown.ry + 45, 0.06, moatPhase).filter((_, i) => i % 3 === 0),
    40,
    true,
  )
  const moat: Waterway = { kind: 'moat', name: '护城河', nameEn: 'City Moat', middle: moatLine, halfWidthM: () => 17 }
  const coast = smoothLine(moved(coastCorners, 90), 60)
  const sea: Point[] = [
    ...coast,
    [9900, -3900],
    [9750, -4600],
    [9750, -8700],
    [10300, -9400],
    [10500, -11000],
    [14000, -11000],
    [14000, 11000],
  ]
  const docks = [-5200, -6350, -7500].map((y) => ringOf('dock', '', '', box(8620, y - 130, 9800, y + 130)))
  const lake = blob([-5250 + random.between(-80, 80), 2950], 1050, 640, 0.17, phase())
  const isle = blob([-5050, 2900], 130, 85, 0.2, phase())
  return {
    river,
    waterways: [
      river,
      canal('棠溪河', 'Tangxi River', northCanal, 27),
      canal('南塘河', 'Nantang River', southCanal, 24),
      canal('云浦河', 'Yunpu River', eastCanal, 18),
      moat,
    ],
    waters: [
      ringOf('lake', '镜澜湖', 'Jinglan Lake', lake, isle),
      ringOf('lake', '荷塘', 'Lotus Pond', blob([-7500, -4700], 330, 210, 0.2, phase())),
      ringOf('lake', '月湖', 'Moon Lake', blob([3350, -6050], 420, 250, 0.15, phase())),
      ringOf('lake', '松涛水库', 'Songtao Reservoir', blob([-8650, 5500], 520, 300, 0.25, phase())),
      ringOf('sea', '澜汀湾', 'Lanting Bay', sea),
      ...docks,
    ],
    hills: [
      ringOf('forest', '云岫山', 'Yunxiu Hills', blob([-7900, 7300], 2900, 1900, 0.16, phase())),
      ringOf('forest', '栖霞岭', 'Qixia Ridge', blob([-1500, 8600], 1900, 950, 0.2, phase())),
      ringOf('forest', '鹿鸣山', 'Luming Hill', blob([-10300, -7200], 1700, 1500, 0.2, phase())),
      ringOf('forest', '望海山', 'Wanghai Hill', blob([7000, 8200], 1500, 1000, 0.18, phase())),
      ringOf('forest', '南屏山', 'Nanping Hill', blob([-1300, -8300], 1500, 800, 0.2, phase())),
      ringOf('forest', '观澜山', 'Guanlan Hill', blob([-2650, 3500], 620, 420, 0.18, phase())),
    ],
    coast,
  }
}

/** A waterway as an area. */
export function bedOf({ middle, halfWidthM, kind }: Waterway): readonly (readonly Point[])[] {
  const left = beside(middle, halfWidthM)
  const right = beside(middle, (i) => -halfWidthM(i))
  // A moat goes round against the clock: on its right lies what is outside.
  return kind === 'moat' ? [right, left] : [[...left, ...right.reverse()]]
}
