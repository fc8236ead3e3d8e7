/** The streets a stranger would learn first: rings, radials, expressways, river roads, and the wide-meshed net between them. */
import type { RoadClass } from '../../shared/model/roads.ts'
import type { Names } from './names.ts'
import { urbanity, oldTown } from './plan.ts'
import { beside, smoothLine, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Terrain } from './terrain.ts'

export interface StreetCurve {
  readonly name: string
  readonly nameEn: string
  readonly class: RoadClass
  readonly oneway: boolean
  /** May bridge the water; else it ends at the bank. */
  readonly bridges: boolean
  /** Of a ramp: the names of the two it joins; it meets nothing else. */
  readonly joins?: readonly string[]
  /** Where it is not its class's. */
  readonly speedKmh?: number
  /** Made for the whole way: kept through parks and beyond the last crossing. */
  readonly points: readonly Point[]
}

export const speedKmh: Record<RoadClass, number> = {
  motorway: 80,
  trunk: 65,
  primary: 55,
  secondary: 45,
  tertiary: 35,
  local: 25,
}

/** Half the width of the ground a street takes, its pavements with it. */
export const halfWidthM: Record<RoadClass, number> = {
  motorway: 16,
  trunk: 22,
  primary: 20,
  secondary: 15,
  tertiary: 11,
  local: 7,
}

const stepM = 30

interface Drawn {
  readonly name: readonly [zh: string, en: string]
  readonly class: RoadClass
  readonly closed?: true
  readonly corners: readonly Point[]
}

const oval = (middle: Point, rx: number, ry: number, corners: number, bend: (a: number) => number): Point[] =>
  Array.from({ length: corners }, (_, i) => {
    const a = (i / corners) * 2 * Math.PI
    return [middle[0] + rx * bend(a) * Math.cos(a), middle[1] + ry * bend(a) * Math.sin(a)]
  })

function drawn(random: Random): Drawn[] {
  const [p, q] = [random.between(0, 6), random.between(0, 6)]
  return [
    { name: ['绕城高速', 'Ring Expressway'], class: 'motorway', closed: true,
      corners: oval([-100, -200], 8050, 6900, 24, (a) => 1 + 0.035 * Math.sin(3 * a + p) + 0.02 * Math.sin(5 * a + q)) },
    { name: ['澜汀高速', 'Lanting Expressway'], class: 'motorway',
      corners: [[-2000, 56000], [-3000, 42000], [-800, 33000], [-2800, 24000], [-1800, 15500], [-3300, 10500], [-2500, 7800], [-2250, 6200], [-1700, 4700], [-2050, 2600], [-1900, 900], [-1650, -700], [-1900, -2300], [-1500, -4200], [-1900, -6200], [-1700, -8200], [-2300, -12000], [1500, -16500], [3300, -22000], [2500, -30000], [5500, -40000], [4000, -56000]] },
    { name: ['临港高速', 'Port Expressway'], class: 'motorway',
      corners: [[-56000, -1500], [-43000, 500], [-33500, -2200], [-24000, -400], [-17000, -2900], [-11800, -3500], [-8600, -3150], [-5800, -3300], [-3600, -3700], [-1500, -4150], [1000, -3700], [2800, -3900], [4700, -3700], [6300, -4000], [7500, -4300], [8450, -4500]] },
    { name: ['环城路', 'Huancheng Road'], class: 'trunk', closed: true,
      corners: oval([250, 350], 2950, 2650, 16, (a) => 1 + 0.05 * Math.sin(2 * a + 0.6) + 0.03 * Math.sin(3 * a + q)) },
    { name: ['护城路', 'Hucheng Road'], class: 'secondary', closed: true,
      corners: oval(oldTown.middle, oldTown.rx + 150, oldTown.ry + 150, 16, (a) => 1 + 0.03 * Math.sin(3 * a + p)) },
    { name: ['人民路', 'Renmin Road'], class: 'primary',
      corners: [[-230, 9000], [-60, 7000], [250, 5000], [120, 3200], [-140, 2100], [-150, 1250], [-90, 400], [40, -900], [300, -2500], [150, -4500], [500, -7000], [300, -9600]] },
    { name: ['中山路', 'Zhongshan Road'], class: 'primary',
      corners: [[-11800, 900], [-9500, 800], [-7000, 600], [-4600, 1050], [-2600, 1350], [-150, 1250], [2000, 1450], [4200, 1600], [6400, 1500], [8300, 1750], [9500, 1650]] },
    { name: ['澜江大道', 'Lanjiang Avenue'], class: 'primary',
      corners: [[-11800, -2000], [-9000, -2350], [-6600, -2600], [-4200, -2900], [-2200, -2200], [200, -1700], [2400, -1650], [4300, -2000], [6200, -3200], [7900, -3700], [8700, -4100]] },
    { name: ['望海大道', 'Wanghai Avenue'], class: 'primary',
      corners: [[1900, 2900], [3300, 4000], [4700, 5000], [6000, 6300], [7400, 6600], [9300, 6500]] },
    { name: ['云岫大道', 'Yunxiu Avenue'], class: 'primary',
      corners: [[-2100, 2700], [-3200, 4300], [-4600, 5200], [-6200, 5050], [-7700, 4700], [-9600, 3900], [-11600, 4300]] },
    { name: ['南塘大道', 'Nantang Avenue'], class: 'primary',
      corners: [[-1900, -1900], [-3100, -3300], [-4400, -4300], [-6100, -5000], [-7600, -6200], [-8600, -8000], [-8900, -9700]] },
    { name: ['扶光大道', 'Fuguang Avenue'], class: 'primary',
      corners: [[1900, -2100], [2900, -3300], [3700, -4700], [4200, -6300], [5100, -7900], [5400, -9600]] },
    { name: ['滨海大道', 'Binhai Avenue'], class: 'primary',
      corners: [[9700, 9000], [9400, 7600], [9600, 5700], [9050, 3900], [9150, 2200], [8700, 700], [8250, -900], [8200, -2600], [8250, -4300], [8150, -6200], [8000, -8100], [7600, -9500]] },
    { name: ['星渚大道', 'Xingzhu Avenue'], class: 'primary',
      corners: [[4900, 9300], [5300, 7600], [5000, 5500], [5400, 3600], [5250, 1500], [4950, -600], [5400, -2700], [5900, -4700], [6500, -6700], [6300, -9400]] },
    { name: ['学府大道', 'Xuefu Avenue'], class: 'primary',
      corners: [[-10900, -4700], [-9200, -4400], [-7300, -3900], [-5500, -3800], [-3600, -4800], [-1700, -5200], [400, -4900], [2400, -5200], [4500, -4750], [6400, -5300], [8200, -5000]] },
    { name: ['北环路', 'Beihuan Road'], class: 'trunk',
      corners: [[-10100, 3850], [-8200, 3650], [-6400, 4100], [-5200, 4350], [-3700, 5200], [-1700, 5600], [300, 5300], [2600, 5200], [4700, 4500], [6900, 4800], [9300, 4700]] },
    { name: ['栖云大道', 'Qiyun Avenue'], class: 'primary',
      corners: [[-6900, 9000], [-6700, 5200], [-6900, 3600], [-7600, 900], [-7300, -1300], [-7500, -3600], [-6800, -5600], [-6900, -7600], [-6400, -9500]] },
    { name: ['临江大道', 'Linjiang Avenue'], class: 'primary',
      corners: [[-3100, 9500], [-3800, 7500], [-3900, 5500], [-4000, 4100], [-3900, 2000], [-3500, 300], [-3600, -1400], [-3300, -3600], [-3700, -6000], [-3500, -9300]] },
    { name: ['春和大道', 'Chunhe Avenue'], class: 'secondary',
      corners: [[1600, 9300], [2000, 7200], [1700, 5200], [2050, 3300], [1900, 1500], [1600, -400], [2000, -2200], [2100, -4200], [2600, -6400], [2400, -9200]] },
    { name: ['港城大道', 'Gangcheng Avenue'], class: 'trunk',
      corners: [[2500, -7400], [4300, -7300], [6200, -6700], [8150, -6200], [8500, -6000]] },
    { name: ['疏港路', 'Shugang Road'], class: 'secondary',
      corners: [[7350, -4500], [7300, -5700], [7400, -6900], [7300, -8300]] },
  ] // prettier-ignore
}

/** Both roads along a waterway, `awayM` from its edge. */
function bankRoads(terrain: Terrain): readonly [string, string, RoadClass, Point[]][] {
  const [river, ...canals] = terrain.waterways
  const bank = (side: 1 | -1, water: typeof terrain.river, awayM: number) =>
    smoothLine(
      beside(water.middle, (i) => side * (water.halfWidthM(i) + awayM)).filter((_, i) => i % 5 === 0),
      stepM,
    )
  return [
    ['滨江北路', 'Binjiang North Road', 'secondary', bank(1, river as typeof terrain.river, 58)],
    ['滨江南路', 'Binjiang South Road', 'secondary', bank(-1, river as typeof terrain.river, 58)],
    ...canals
      .filter(({ kind }) => kind === 'canal')
      .flatMap((canal): [string, string, RoadClass, Point[]][] => [
        [
          `${canal.name.slice(0, -1)}东路`,
          `${canal.nameEn.split(' ')[0] as string} East Road`,
          'tertiary',
          bank(1, canal, 34),
        ],
        [
          `${canal.name.slice(0, -1)}西路`,
          `${canal.nameEn.split(' ')[0] as string} West Road`,
          'tertiary',
          bank(-1, canal, 34),
        ],
      ]),
  ]
}

/** The net between: about `meshM` wide, turned and bent as the land is. */
function netLines(random: Random): { readonly points: Point[]; readonly bridges: boolean }[] {
  const meshM = 860
  const [a, b, c, d] = [0, 1, 2, 3].map(() => random.between(0, 2 * Math.PI)) as [number, number, number, number]
  const turn = -0.1
  const warp = (u: number, v: number): Point => {
    const x = u + 330 * Math.sin(v / 2600 + a) + 120 * Math.sin(v / 1100 + u / 1900 + b)
    const y = v + 330 * Math.sin(u / 3000 + c) + 120 * Math.sin(u / 1200 + v / 2100 + d)
    return [Math.cos(turn) * x - Math.sin(turn) * y, Math.sin(turn) * x + Math.cos(turn) * y]
  }
  const span = (from: number, to: number, at: (t: number) => Point) =>
    Array.from({ length: Math.round((to - from) / stepM) + 1 }, (_, i) => at(from + i * stepM))
  const lines: { points: Point[]; bridges: boolean }[] = []
  for (let k = -15; k <= 15; k++)
    lines.push({ points: span(-12000, 12000, (v) => warp((k + 0.35) * meshM, v)), bridges: k % 3 === 0 })
  for (let k = -13; k <= 13; k++)
    lines.push({ points: span(-14000, 14000, (u) => warp(u, (k + 0.4) * meshM)), bridges: k % 3 === 1 })
  return lines
}

/** Every great street as one long curve, from the greatest down; a motorway by its middle. */
export function arterials(terrain: Terrain, names: Names, random: Random): StreetCurve[] {
  const curves: StreetCurve[] = []
  for (const { name, class: kind, corners, closed } of drawn(random)) {
    const shape = smoothLine(
      closed ? corners : corners.map(([x, y]): Point => [x + random.between(-50, 50), y + random.between(-50, 50)]),
      stepM,
      closed ?? false,
    )
    curves.push({ name: name[0], nameEn: name[1], class: kind, oneway: false, bridges: true, points: shape })
  }
  for (const [name, nameEn, kind, points] of bankRoads(terrain))
    curves.push({ name, nameEn, class: kind, oneway: false, bridges: name.startsWith('滨江') ? false : true, points })
  for (const { points, bridges } of netLines(random)) {
    const { zh, en } = names.street(points)
    curves.push({ name: zh, nameEn: en, class: 'secondary', oneway: false, bridges, points })
  }
  return curves
}

/** The net thins out in the fields and stops at the old town's moat. */
export const isNetWanted = (p: Point): boolean =>
  urbanity(p) > 0.17 &&
  ((p[0] - oldTown.middle[0]) / (oldTown.rx + 60)) ** 2 + ((p[1] - oldTown.middle[1]) / (oldTown.ry + 60)) ** 2 > 1
