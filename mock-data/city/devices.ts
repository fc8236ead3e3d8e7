/** What stands in the streets and measures: where each kind of sensor belongs, in a number a small city would have. */
import type { DeviceRow, RoadClass } from '../../shared/contract/city-pack.ts'
import type { SensorKindCode } from '../../shared/model/sensor-kinds.ts'
import type { Building } from './buildings.ts'
import type { Stretch } from './cut-streets.ts'
import { apart, isInside, toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Terrain } from './terrain.ts'

export interface Site {
  readonly at: Point
  readonly words: string
}

const prefixes: Record<Exclude<SensorKindCode, 'other'>, readonly [prefix: string, words: string]> = {
  'water-depth': ['WD', '积水监测'],
  'river-level': ['RL', '水位站'],
  rainfall: ['RF', '雨量站'],
  'wind-speed': ['WS', '风速仪'],
  'road-speed': ['RS', '车速检测'],
  pm25: ['PM', '空气微站'],
  noise: ['NS', '噪声监测'],
  'crowd-density': ['CD', '客流计数'],
  smoke: ['SM', '烟感'],
  methane: ['CH', '燃气井监测'],
  'water-pressure': ['WP', '管网压力'],
  'manhole-tilt': ['MH', '智能井盖'],
  'bin-fill': ['BF', '智能垃圾桶'],
  temperature: ['TP', '气象站'],
  pump: ['PU', '泵站机组'],
  parking: ['PK', '停车地磁'],
  aqi: ['AQ', '空气站'],
  ozone: ['OZ', '臭氧监测'],
  dust: ['DU', '扬尘监测'],
  'leakage-current': ['EL', '电气火灾监测'],
  'cable-temperature': ['CT', '线缆测温'],
  'home-care': ['HC', '居家看护'],
  'gas-pressure': ['GP', '燃气压力'],
  'supply-voltage': ['SV', '配电监测'],
  elevator: ['LF', '电梯监测'],
  'bridge-strain': ['BR', '桥梁健康监测'],
  'street-light': ['LT', '单灯控制'],
}

/** Street corners with the names of the two streets that meet there. */
export function cornerSites(stretches: readonly Stretch[]): Site[] {
  const corners = new Map<string, { at: Point; names: Set<string> }>()
  for (const s of stretches) {
    for (const [id, at] of [
      [s.from, s.points[0]],
      [s.to, s.points[s.points.length - 1]],
    ] as const) {
      const corner = corners.get(id) ?? { at: at as Point, names: new Set<string>() }
      corner.names.add(s.curve.name)
      corners.set(id, corner)
    }
  }
  return [...corners.values()]
    .filter(({ names }) => names.size >= 2)
    .map(({ at, names }) => ({ at, words: `${[...names].slice(0, 2).join('与')}口` }))
}

const midSites = (stretches: readonly Stretch[], classes: readonly RoadClass[]): Site[] =>
  stretches
    .filter((s) => classes.includes(s.curve.class) && s.lengthM > 120)
    .map((s) => ({ at: s.points[Math.floor(s.points.length / 2)] as Point, words: `${s.curve.name}` }))

/** Picks sites that keep their distance from each other, as planners do; fewer when the city has no more room. */
function spread(sites: readonly Site[], count: number, apartM: number, random: Random): Site[] {
  const chosen: Site[] = []
  for (const site of random.shuffled(sites)) {
    if (chosen.length === count) break
    if (chosen.every((other) => apart(other.at, site.at) >= apartM)) chosen.push(site)
  }
  return chosen
}

export interface City {
  readonly terrain: Terrain
  readonly stretches: readonly Stretch[]
  readonly buildings: readonly Building[]
  readonly places: readonly Site[]
  readonly outline: readonly Point[]
}

export function makeDevices({ terrain, stretches, buildings, places, outline }: City, random: Random): DeviceRow[] {
  const corners = cornerSites(stretches)
  const streets = midSites(stretches, ['primary', 'secondary', 'tertiary', 'local'])
  const nudged = (site: Site): Site => ({
    ...site,
    at: [site.at[0] + random.between(-14, 14), site.at[1] + random.between(-14, 14)],
  })
  const low = [...corners, ...streets].filter(({ at }) => terrain.offRiver(at) < 900 || random.chance(0.25))
  const river: Site[] = [-3200, -2300, -1500, -800, -100, 600, 1400, 2100, 2700, 3200].map((x) => ({
    at: [x, terrain.riverY(x) + terrain.riverHalfWidth(x) * 0.9],
    words: '澜江',
  }))
  const canal: Site[] = [300, 1100, 1900].map((y) => ({ at: [terrain.canalX(y), y], words: '棠溪河' }))
  const houses: Site[] = buildings
    .filter((b) => b.heightM >= 18)
    .map((b) => {
      const street = corners.reduce((near, c) => (apart(c.at, b.centre) < apart(near.at, b.centre) ? c : near))
      return { at: b.centre, words: `${street.words.split('与')[0] as string}${b.heightM > 80 ? '大厦' : '小区'}` }
    })
  const wanted: readonly (readonly [keyof typeof prefixes, Site[]])[] = [
    ['water-depth', spread(low, 64, 140, random)],
    ['river-level', [...river, ...canal].filter(({ at }) => isInside(outline, at))],
    ['rainfall', spread(corners, 12, 1000, random)],
    ['wind-speed', spread(corners, 8, 1200, random)],
    ['road-speed', spread(midSites(stretches, ['motorway', 'trunk', 'primary', 'secondary']), 92, 130, random)],
    ['pm25', spread(corners, 26, 600, random)],
    ['noise', spread(corners, 24, 500, random)],
    ['crowd-density', [...places.slice(0, 12), ...spread(corners, 6, 900, random)]],
    ['smoke', spread(houses, 76, 90, random)],
    ['methane', spread(corners, 68, 200, random)],
    ['water-pressure', spread(corners, 38, 350, random)],
    ['manhole-tilt', spread([...corners, ...streets], 42, 200, random)],
    ['bin-fill', spread([...corners, ...streets], 60, 160, random)],
    ...(
      [
        ['temperature', 2],
        ['pump', 4],
        ['parking', 8],
        ['aqi', 2],
        ['ozone', 4],
        ['dust', 4],
        ['leakage-current', 6],
        ['cable-temperature', 6],
        ['home-care', 6],
        ['gas-pressure', 6],
        ['supply-voltage', 6],
        ['elevator', 8],
        ['bridge-strain', 4],
        ['street-light', 8],
      ] as const
    ).map(([kind, count]) => [kind, spread(corners, count, 300, random)] as const),
  ]
  return wanted.flatMap(([kind, sites]) => {
    const [prefix, words] = prefixes[kind]
    return sites.map((chosen, n): DeviceRow => {
      const site = kind === 'river-level' || kind === 'smoke' || kind === 'road-speed' ? chosen : nudged(chosen)
      const number = String(n + 1).padStart(3, '0')
      return {
        code: `${prefix}-${number}`,
        name: `${site.words}${words}${number}`,
        kind,
        position: toLonLat(site.at),
        site: site.words,
        gateway: '',
        departmentId: null,
      }
    })
  })
}
