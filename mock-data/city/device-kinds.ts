/** Kinds of device by number, and who answers for them; where each stands is device-sites.ts's. */
import type { SensorKindCode } from '../../shared/model/sensor-kinds.ts'

export interface DeviceKind {
  readonly kind: SensorKindCode
  readonly prefix: string
  /** What it is called after its site. */
  readonly words: string
  /** In the whole city. */
  readonly count: number
  /** Of a kind, no two stand closer, m. */
  readonly apartM: number
  readonly departmentId: string
  /** What shares gateways. */
  readonly family: 'WATER' | 'ROAD' | 'AIR' | 'SAFE' | 'PIPE' | 'LOOK'
}

type Row = readonly [
  kind: SensorKindCode,
  prefix: string,
  words: string,
  count: number,
  apartM: number,
  departmentId: string,
  family: DeviceKind['family'],
]

const rows: readonly Row[] = [
  ['water-depth', 'WD', '积水监测', 460, 120, 'drainage', 'WATER'],
  ['river-level', 'RL', '水位站', 40, 350, 'drainage', 'WATER'],
  ['rainfall', 'RF', '雨量站', 60, 1100, 'drainage', 'WATER'],
  ['wind-speed', 'WS', '风速仪', 40, 1300, 'environment', 'AIR'],
  ['temperature', 'TP', '气象站', 30, 1600, 'environment', 'AIR'],
  ['pump', 'PU', '泵站机组', 84, 0, 'drainage', 'WATER'],
  ['road-speed', 'RS', '车速检测', 700, 160, 'traffic', 'ROAD'],
  ['parking', 'PK', '停车地磁', 900, 0, 'traffic', 'ROAD'],
  ['pm25', 'PM', '空气微站', 120, 700, 'environment', 'AIR'],
  ['aqi', 'AQ', '空气站', 20, 2000, 'environment', 'AIR'],
  ['ozone', 'OZ', '臭氧监测', 40, 1400, 'environment', 'AIR'],
  ['dust', 'DU', '扬尘监测', 120, 0, 'environment', 'AIR'],
  ['noise', 'NS', '噪声监测', 160, 500, 'environment', 'AIR'],
  ['crowd-density', 'CD', '客流计数', 150, 0, 'police', 'SAFE'],
  ['smoke', 'SM', '烟感', 1756, 0, 'fire', 'SAFE'],
  ['leakage-current', 'EL', '电气火灾监测', 500, 40, 'fire', 'SAFE'],
  ['cable-temperature', 'CT', '线缆测温', 320, 60, 'fire', 'SAFE'],
  ['home-care', 'HC', '居家看护', 420, 0, 'civil', 'SAFE'],
  ['methane', 'CH', '燃气井监测', 700, 150, 'gas', 'PIPE'],
  ['gas-pressure', 'GP', '燃气压力', 140, 0, 'gas', 'PIPE'],
  ['water-pressure', 'WP', '管网压力', 420, 250, 'water', 'PIPE'],
  ['supply-voltage', 'SV', '配电监测', 220, 0, 'power', 'PIPE'],
  ['elevator', 'LF', '电梯监测', 480, 0, 'market', 'SAFE'],
  ['bridge-strain', 'BR', '结构监测', 120, 0, 'roads', 'ROAD'],
  ['manhole-tilt', 'MH', '智能井盖', 1500, 60, 'roads', 'LOOK'],
  ['bin-fill', 'BF', '智能垃圾桶', 900, 80, 'sanitation', 'LOOK'],
  ['street-light', 'LT', '单灯控制', 1600, 50, 'lighting', 'LOOK'],
]

export const deviceKinds: readonly DeviceKind[] = rows.map(
  ([kind, prefix, words, count, apartM, departmentId, family]) => ({
    ...{ kind, prefix, words, count, apartM, departmentId, family },
  }),
)
