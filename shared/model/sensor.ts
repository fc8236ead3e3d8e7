/**
 * What a city measures. A sensor here is one SensorThings Datastream with its Thing's name and place.
 */
import type { DistrictId, Instant, SensorId } from './ids.ts'
import type { LonLat } from './geo.ts'
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

/** Kinds of sensor (field reference §1.2). A Datastream names its kind in `properties.kind`, else by its ObservedProperty's definition. */
export const sensorKinds = [
  {
    code: 'water-depth',
    name: { zh: '积水深度', en: 'Ponding depth' },
    group: 'weather-water',
    unit: 'cm',
    intervalMs: min,
    range: [0, 500],
    normal: [0, 5],
    digits: 1,
  },
  {
    code: 'river-level',
    name: { zh: '河道水位', en: 'River level' },
    group: 'weather-water',
    unit: 'm',
    intervalMs: 5 * min,
    range: [-10, 60],
    normal: [2, 3.3],
    stuckAfterMs: 6 * hour,
    digits: 2,
  },
  {
    code: 'rainfall',
    name: { zh: '小时雨强', en: 'Rain intensity' },
    group: 'weather-water',
    unit: 'mm/h',
    intervalMs: 5 * min,
    range: [0, 300],
    normal: [0, 8],
    digits: 1,
  },
  {
    code: 'wind-speed',
    name: { zh: '风速', en: 'Wind speed' },
    group: 'weather-water',
    unit: 'm/s',
    intervalMs: min,
    range: [0, 90],
    normal: [0, 8],
    stuckAfterMs: hour,
    digits: 1,
  },
  {
    code: 'road-speed',
    name: { zh: '路段车速', en: 'Road speed' },
    group: 'traffic',
    unit: 'km/h',
    intervalMs: 5 * min,
    range: [0, 200],
    normal: [35, 120],
    stuckAfterMs: 2 * hour,
    digits: 0,
  },
  {
    code: 'pm25',
    name: { zh: 'PM2.5', en: 'PM2.5' },
    group: 'environment',
    unit: 'µg/m³',
    intervalMs: 5 * min,
    range: [0, 2000],
    normal: [0, 75],
    stuckAfterMs: 3 * hour,
    digits: 0,
  },
  {
    code: 'noise',
    name: { zh: '噪声', en: 'Noise' },
    group: 'environment',
    unit: 'dB(A)',
    intervalMs: min,
    range: [0, 150],
    normal: [35, 65],
    stuckAfterMs: hour,
    digits: 0,
  },
  {
    code: 'crowd-density',
    name: { zh: '客流密度', en: 'Crowd density' },
    group: 'safety',
    unit: 'p/m²',
    intervalMs: min,
    range: [0, 12],
    normal: [0, 2],
    digits: 2,
  },
  {
    code: 'smoke',
    name: { zh: '烟感状态', en: 'Smoke alarm' },
    group: 'safety',
    unit: '',
    intervalMs: 24 * hour,
    range: [0, 1],
    normal: [0, 0],
    digits: 0,
  },
  {
    code: 'methane',
    name: { zh: '可燃气体', en: 'Methane' },
    group: 'lifeline',
    unit: '%LEL',
    intervalMs: min,
    range: [0, 100],
    normal: [0, 5],
    digits: 1,
  },
  {
    code: 'water-pressure',
    name: { zh: '供水压力', en: 'Water pressure' },
    group: 'lifeline',
    unit: 'MPa',
    intervalMs: min,
    range: [0, 2.5],
    normal: [0.2, 0.45],
    stuckAfterMs: hour,
    digits: 3,
  },
  {
    code: 'manhole-tilt',
    name: { zh: '井盖倾角', en: 'Manhole tilt' },
    group: 'appearance',
    unit: '°',
    intervalMs: 6 * hour,
    range: [0, 180],
    normal: [0, 5],
    digits: 0,
  },
  {
    code: 'bin-fill',
    name: { zh: '垃圾满溢', en: 'Bin fill level' },
    group: 'appearance',
    unit: '%',
    intervalMs: 15 * min,
    range: [0, 100],
    normal: [0, 80],
    digits: 0,
  },
  {
    code: 'other',
    name: { zh: '其他', en: 'Other' },
    group: 'system',
    unit: '',
    intervalMs: 5 * min,
    range: [-Number.MAX_VALUE, Number.MAX_VALUE],
    normal: [-Number.MAX_VALUE, Number.MAX_VALUE],
    digits: 2,
  },
] as const satisfies readonly SensorKind[]

export type SensorKindCode = (typeof sensorKinds)[number]['code']

const kindsByCode: ReadonlyMap<string, SensorKind> = new Map(sensorKinds.map((kind) => [kind.code, kind]))

/** The kind with this code; the kind `other` for a code nobody knows. */
export function sensorKind(code: string): SensorKind {
  return kindsByCode.get(code) ?? (kindsByCode.get('other') as SensorKind)
}

/** A sensor as the map, the desk and the rules see it. */
export interface Sensor {
  readonly id: SensorId
  readonly name: string
  readonly kind: string
  /** Unit symbol of the values kept; the kind's own wherever a conversion is known. */
  readonly unit: string
  /** Unit symbol the device sends; differs from `unit` where intake converts. */
  readonly sentUnit: string
  readonly thingId: number
  readonly position: LonLat | null
  readonly districtId: DistrictId | null
  readonly intervalMs: number
  readonly registeredAt: Instant
}
