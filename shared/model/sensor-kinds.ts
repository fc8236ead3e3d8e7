/**
 * Kinds of sensor (field reference §1.2): one row a kind, in the order the wall shows them. A Datastream names its kind in
 * `properties.kind`, else by its ObservedProperty's definition.
 */
import type { Term } from './transition.ts'

/** The eight vital-sign groups of the wall (城市运行数字体征). */
export const vitalGroups = [
  'weather-water',
  'traffic',
  'environment',
  'safety',
  'lifeline',
  'appearance',
  'livelihood',
  'system',
] as const
export type VitalGroup = (typeof vitalGroups)[number]

export const vitalGroupNames: Record<VitalGroup, Term> = {
  'weather-water': { zh: '气象水务', en: 'Weather & water' },
  traffic: { zh: '交通', en: 'Traffic' },
  environment: { zh: '环境', en: 'Environment' },
  safety: { zh: '公共安全', en: 'Public safety' },
  lifeline: { zh: '城市生命线', en: 'Lifelines' },
  appearance: { zh: '市容城管', en: 'City appearance' },
  livelihood: { zh: '民生诉求', en: 'Requests' },
  system: { zh: '系统健康', en: 'System health' },
}

export interface SensorKind {
  readonly code: string
  readonly name: Term
  readonly group: VitalGroup
  /** Unit symbol every value is kept in; `''` for a number without unit. */
  readonly unit: string
  /** How often a healthy sensor reports. No data after three times this is late. */
  readonly intervalMs: number
  /** Values a working instrument can give; outside is flagged, kept, and never alarms as a value. */
  readonly range: readonly [min: number, max: number]
  /** Values of a quiet day, for the band on charts. */
  readonly normal: readonly [min: number, max: number]
  /** Unchanged for this long = stuck; absent where a constant value is normal (rain, states). */
  readonly stuckAfterMs?: number
  /** Decimals worth showing. */
  readonly digits: number
}

const min = 60_000
const hour = 60 * min
const any = Number.MAX_VALUE

type Span = readonly [number, number]
type Row<C extends string> = readonly [
  code: C,
  zh: string,
  en: string,
  group: VitalGroup,
  unit: string,
  intervalMs: number,
  range: Span,
  normal: Span,
  digits: number,
  stuckAfterMs?: number,
]

/** States are numbers without unit: 0 is always the good one. */
const rows = [
  ['water-depth', '积水深度', 'Ponding depth', 'weather-water', 'cm', min, [0, 500], [0, 5], 1],
  ['river-level', '河道水位', 'River level', 'weather-water', 'm', 5 * min, [-10, 60], [2, 3.3], 2, 6 * hour],
  ['rainfall', '小时雨强', 'Rain intensity', 'weather-water', 'mm/h', 5 * min, [0, 300], [0, 8], 1],
  ['wind-speed', '风速', 'Wind speed', 'weather-water', 'm/s', min, [0, 90], [0, 8], 1, hour],
  ['temperature', '气温', 'Air temperature', 'weather-water', '°C', 5 * min, [-60, 60], [-5, 35], 1, 3 * hour],
  // 0 standing, 1 running, 2 failed.
  ['pump', '排水泵站', 'Drainage pump', 'weather-water', '', 5 * min, [0, 2], [0, 1], 0],
  ['road-speed', '路段车速', 'Road speed', 'traffic', 'km/h', 5 * min, [0, 200], [35, 120], 0, 2 * hour],
  // 0 free, 1 taken.
  ['parking', '停车占用', 'Parking bay', 'traffic', '', 15 * min, [0, 1], [0, 1], 0],
  ['pm25', 'PM2.5', 'PM2.5', 'environment', 'µg/m³', 5 * min, [0, 2000], [0, 75], 0, 3 * hour],
  ['aqi', '空气质量指数', 'Air quality index', 'environment', '', hour, [0, 500], [0, 100], 0],
  ['ozone', '臭氧', 'Ozone', 'environment', 'µg/m³', 5 * min, [0, 1000], [0, 160], 0, 6 * hour],
  ['dust', '工地扬尘', 'Site dust (TSP)', 'environment', 'µg/m³', 15 * min, [0, 20_000], [0, 500], 0, 6 * hour],
  ['noise', '噪声', 'Noise', 'environment', 'dB(A)', min, [0, 150], [35, 65], 0, hour],
  ['crowd-density', '客流密度', 'Crowd density', 'safety', 'p/m²', min, [0, 12], [0, 2], 2],
  ['smoke', '烟感状态', 'Smoke alarm', 'safety', '', 24 * hour, [0, 1], [0, 0], 0],
  ['leakage-current', '剩余电流', 'Leakage current', 'safety', 'mA', 5 * min, [0, 5000], [0, 200], 0],
  ['cable-temperature', '线缆温度', 'Cable temperature', 'safety', '°C', 5 * min, [-40, 300], [0, 55], 1],
  // Hours since anything moved in the home of somebody who lives alone.
  ['home-care', '居家无活动', 'No motion at home', 'safety', 'h', hour, [0, 240], [0, 10], 1],
  ['methane', '可燃气体', 'Methane', 'lifeline', '%LEL', min, [0, 100], [0, 5], 1],
  ['gas-pressure', '燃气压力', 'Gas pressure', 'lifeline', 'MPa', min, [0, 4], [0.2, 0.4], 3, 6 * hour],
  ['water-pressure', '供水压力', 'Water pressure', 'lifeline', 'MPa', min, [0, 2.5], [0.2, 0.45], 3, hour],
  ['supply-voltage', '供电电压', 'Supply voltage', 'lifeline', 'V', 5 * min, [0, 480], [210, 240], 0],
  // 0 in order, 1 somebody is trapped, 2 out of service.
  ['elevator', '电梯状态', 'Lift', 'lifeline', '', 24 * hour, [0, 2], [0, 0], 0],
  // Part of the strain it was designed for.
  ['bridge-strain', '桥梁应变', 'Bridge strain', 'lifeline', '%', min, [0, 300], [0, 60], 1, 3 * hour],
  ['manhole-tilt', '井盖倾角', 'Manhole tilt', 'appearance', '°', 6 * hour, [0, 180], [0, 5], 0],
  ['bin-fill', '垃圾满溢', 'Bin fill level', 'appearance', '%', 15 * min, [0, 100], [0, 80], 0],
  // 0 as the schedule says, 1 not.
  ['street-light', '路灯状态', 'Street light', 'appearance', '', 15 * min, [0, 1], [0, 0], 0],
  ['other', '其他', 'Other', 'system', '', 5 * min, [-any, any], [-any, any], 2],
] as const satisfies readonly Row<string>[]

export type SensorKindCode = (typeof rows)[number][0]

export const sensorKinds: readonly (SensorKind & { readonly code: SensorKindCode })[] = (
  rows as readonly Row<SensorKindCode>[]
).map(([code, zh, en, group, unit, intervalMs, range, normal, digits, stuckAfterMs]) => ({
  code,
  name: { zh, en },
  group,
  unit,
  intervalMs,
  range,
  normal,
  digits,
  ...(stuckAfterMs === undefined ? {} : { stuckAfterMs }),
}))

const kindsByCode: ReadonlyMap<string, SensorKind> = new Map(sensorKinds.map((kind) => [kind.code, kind]))

/** The kind with this code; the kind `other` for a code nobody knows. */
export function sensorKind(code: string): SensorKind {
  return kindsByCode.get(code) ?? (kindsByCode.get('other') as SensorKind)
}
