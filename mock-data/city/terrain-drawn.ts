/** Where waters and hills lie: what is drawn by hand before the seed weathers it. Metres east and north of the city's middle. */
import type { Lump } from './natural-shapes.ts'
import type { Point } from './plane.ts'

export const riverCorners: readonly Point[] = [
  [-56000, 9500], [-50000, 5500], [-44500, 9800], [-38500, 6000], [-33000, 9600], [-27500, 5200], [-22500, 7200], [-17500, 3200],
  [-13500, 2900], [-11200, 1700], [-9300, 2500], [-7300, 1900], [-5900, 200], [-4300, -1100], [-2600, -850],
  [-1100, -80], [600, -330], [1750, -420], [3000, 250], [4400, 320], [5500, -900], [6600, -2150], [8200, -2600],
  [9700, -3100], [11500, -3700], [13800, -4300],
] // prettier-ignore
/** Islands in the river: from this x on, and how long. */
export const eyots: readonly (readonly [x: number, lengthM: number])[] = [
  [-10600, 900],
  [6750, 1150],
]

interface DrawnWater {
  readonly kind: 'canal' | 'stream'
  readonly name: string
  readonly nameEn: string
  readonly halfM: number
  readonly corners: readonly Point[]
}
export const canals: readonly DrawnWater[] = [
  { kind: 'canal', name: '棠溪河', nameEn: 'Tangxi River', halfM: 27,
    corners: [[5200, 21000], [4300, 17000], [4900, 13200], [3700, 10500], [3300, 8600], [3900, 7000], [3300, 5400], [3600, 3900], [2900, 2500], [3250, 1300], [3150, 300]] },
  { kind: 'canal', name: '南塘河', nameEn: 'Nantang River', halfM: 24,
    corners: [[-8200, -24000], [-6300, -19500], [-7400, -15000], [-5200, -12500], [-5400, -10500], [-5000, -8300], [-5600, -6500], [-4700, -4900], [-5000, -3400], [-4350, -1100]] },
  { kind: 'canal', name: '云浦河', nameEn: 'Yunpu River', halfM: 18,
    corners: [[3700, 4200], [5200, 4500], [6800, 4000], [8300, 4300], [9300, 3600], [10400, 3500]] },
  { kind: 'stream', name: '石梁溪', nameEn: 'Shiliang Stream', halfM: 8,
    corners: [[-7900, 8700], [-6900, 7700], [-7100, 6500], [-6200, 5600], [-6100, 4500], [-5500, 3500]] },
  { kind: 'stream', name: '松溪', nameEn: 'Song Stream', halfM: 9,
    corners: [[-8600, 5300], [-9400, 4400], [-8900, 3500], [-9250, 2550]] },
  { kind: 'stream', name: '鹿鸣溪', nameEn: 'Luming Stream', halfM: 8,
    corners: [[-10900, -6300], [-10100, -5200], [-10000, -3500], [-8700, -2700], [-8100, -1500], [-6700, -900], [-5900, 200]] },
  { kind: 'stream', name: '盐田溪', nameEn: 'Yantian Stream', halfM: 9,
    corners: [[900, -10800], [1300, -9400], [2500, -8700], [4100, -8900], [5900, -8600], [7300, -9100], [9300, -8900], [10300, -9300]] },
] // prettier-ignore

/** From the far north to the mouth. */
export const coastNorth: readonly Point[] = [
  [25000, 60000], [21000, 46000], [24500, 37000], [20000, 30500], [21500, 24500], [16800, 21500], [18800, 17500], [20500, 14500], [17500, 12600],
  [14200, 12900], [12600, 10900], [11100, 9900], [11150, 8700], [10300, 7300], [10600, 5900], [9950, 4300], [10150, 2700], [9650, 950], [9350, -700],
  [9550, -2000], [9900, -2500],
] // prettier-ignore
/** Walls and quays of the port. */
export const coastQuay: readonly Point[] = [[9900, -2500], [9900, -3900], [9750, -4600], [9750, -8700]] // prettier-ignore
export const coastSouth: readonly Point[] = [
  [9750, -8700], [10300, -9400], [10500, -10900], [12800, -12300], [15800, -11900], [19300, -14200], [17800, -17600], [14900, -19800], [18500, -25500],
  [16000, -32500], [20500, -39500], [17000, -48000], [21000, -60000],
] // prettier-ignore
export const dockYs: readonly number[] = [-5200, -6350, -7500]

type Named<T> = T & { readonly name: string; readonly nameEn: string }

export const isles: readonly Named<Lump>[] = [
  { name: '东屏岛', nameEn: 'Dongping Isle', at: [15900, 3300], rx: 1700, ry: 900, turn: 0.5, rough: 0.4 },
  { name: '小屏岛', nameEn: 'Xiaoping Isle', at: [13500, 5000], rx: 420, ry: 300, turn: 0.2, rough: 0.4 },
  { name: '灯塔屿', nameEn: 'Dengta Islet', at: [12300, -1500], rx: 300, ry: 190, turn: -0.4, rough: 0.4 },
  { name: '望汐岛', nameEn: 'Wangxi Isle', at: [21500, -5200], rx: 2500, ry: 1300, turn: -0.6, rough: 0.42 },
  { name: '双礁', nameEn: 'Twin Rocks', at: [18900, 8300], rx: 700, ry: 380, turn: 1.1, rough: 0.5 },
  { name: '鲸背岛', nameEn: 'Whaleback Isle', at: [27500, 4800], rx: 1900, ry: 800, turn: 0.9, rough: 0.42 },
  { name: '', nameEn: '', at: [24500, -10500], rx: 800, ry: 500, turn: 0.1, rough: 0.45 },
  { name: '', nameEn: '', at: [30500, -2500], rx: 900, ry: 600, turn: 0.7, rough: 0.45 },
] // prettier-ignore

export const lakes: readonly Named<Lump & { readonly isle?: Lump }>[] = [
  { name: '镜澜湖', nameEn: 'Jinglan Lake', at: [-5250, 2950], rx: 1080, ry: 620, turn: 0.12, rough: 0.2,
    isle: { at: [-5050, 2900], rx: 150, ry: 95, turn: 0.5, rough: 0.25 } },
  { name: '荷塘', nameEn: 'Lotus Pond', at: [-7500, -4700], rx: 340, ry: 200, turn: 0.4, rough: 0.3 },
  { name: '月湖', nameEn: 'Moon Lake', at: [3350, -6050], rx: 430, ry: 230, turn: -0.3, rough: 0.24 },
  { name: '松涛水库', nameEn: 'Songtao Reservoir', at: [-8650, 5600], rx: 640, ry: 300, turn: 0.5, rough: 0.5 },
  { name: '青崖水库', nameEn: 'Qingya Reservoir', at: [-18800, 11500], rx: 2000, ry: 700, turn: -0.7, rough: 0.55 },
  { name: '南浦荡', nameEn: 'Nanpu Mere', at: [6200, -15500], rx: 1700, ry: 1000, turn: 0.3, rough: 0.35 },
] // prettier-ignore

export const hills: readonly Named<Lump>[] = [
  { name: '云岫山', nameEn: 'Yunxiu Hills', at: [-8300, 7500], rx: 3000, ry: 1650, turn: 0.15, rough: 0.4 },
  { name: '栖霞岭', nameEn: 'Qixia Ridge', at: [-1700, 8750], rx: 2100, ry: 850, turn: -0.1, rough: 0.36 },
  { name: '鹿鸣山', nameEn: 'Luming Hill', at: [-10300, -7500], rx: 1800, ry: 1300, turn: 0.7, rough: 0.36 },
  { name: '望海山', nameEn: 'Wanghai Hill', at: [7100, 8400], rx: 1700, ry: 850, turn: 0.3, rough: 0.36 },
  { name: '南屏山', nameEn: 'Nanping Hill', at: [-1400, -8500], rx: 1700, ry: 720, turn: -0.15, rough: 0.36 },
  { name: '观澜山', nameEn: 'Guanlan Hill', at: [-2650, 3600], rx: 640, ry: 390, turn: 0.4, rough: 0.28 },
  { name: '苍屏山', nameEn: 'Cangping Mountains', at: [-21000, 12500], rx: 8200, ry: 4200, turn: 0.3, rough: 0.42 },
  { name: '雾隐岭', nameEn: 'Wuyin Range', at: [-5500, 18000], rx: 9500, ry: 3600, turn: -0.12, rough: 0.42 },
  { name: '朝岩山', nameEn: 'Chaoyan Mountain', at: [14500, 16800], rx: 3600, ry: 2300, turn: 0.9, rough: 0.4 },
  { name: '石坞岭', nameEn: 'Shiwu Range', at: [-21500, -8500], rx: 6500, ry: 3900, turn: 0.8, rough: 0.42 },
  { name: '青崖山', nameEn: 'Qingya Mountain', at: [-5000, -19500], rx: 7500, ry: 3000, turn: -0.2, rough: 0.42 },
  { name: '白石岭', nameEn: 'Baishi Range', at: [12500, -18500], rx: 3600, ry: 2100, turn: 0.5, rough: 0.42 },
  { name: '', nameEn: '', at: [-37000, 17000], rx: 9000, ry: 5500, turn: -0.4, rough: 0.45 },
  { name: '', nameEn: '', at: [-38500, -11000], rx: 8500, ry: 6000, turn: 0.6, rough: 0.45 },
  { name: '', nameEn: '', at: [9000, 28500], rx: 8000, ry: 4200, turn: 0.5, rough: 0.45 },
  { name: '', nameEn: '', at: [-17000, -24000], rx: 7000, ry: 3600, turn: 0.3, rough: 0.45 },
] // prettier-ignore
