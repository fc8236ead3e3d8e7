/** What a flood is looked at by: gauges against their limits, pumps, cases of water where none belongs. Pure. */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Priority } from '../../../../shared/model/priority.ts'
import type { SensorId } from '../../../../shared/model/ids.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { isOfDrill, isTrusted } from '../../../../shared/model/reading.ts'
import { sensorKind } from '../../../../shared/model/sensor-kinds.ts'
import { lateAfterIntervals, type VitalInput } from './vital-signs.ts'

/** Of the built-in class table: 排水管道堵塞, 道路积水, 河道超警, 雨水箅子, 防汛墙, 排水泵站. */
const floodClasses = ['E0503', 'E0506', 'E0512', 'P0104', 'P0508', 'P0597']
export const isFloodCase = (classCode: string): boolean => floodClasses.some((prefix) => classCode.startsWith(prefix))

/** Gauges of each kind on the wall, in this order. */
export const gaugesShown = { 'water-depth': 4, 'river-level': 3, rainfall: 2 } as const
export type GaugeKind = keyof typeof gaugesShown
export const gaugeKinds = Object.keys(gaugesShown) as GaugeKind[]
export const isFloodSensor = (kind: string): boolean => kind === 'pump' || kind in gaugesShown

export interface Gauge {
  readonly id: SensorId
  readonly kind: GaugeKind
  readonly name: string
  readonly districtId: string | null
  /** Null where it never spoke, or said what nobody trusts. */
  readonly value: number | null
  readonly atMs: number | null
  readonly isLate: boolean
  /** Said by a drill, and marked as such. */
  readonly isDrill: boolean
  /** The mildest and the gravest limit its kind is held to; null = no rule. */
  readonly limit: number | null
  readonly topLimit: number | null
  readonly level: Priority | null
}

/** The limits a kind's values must stay below, the lowest first. A rule that rests, or that holds in some places only, is no limit of the kind. */
export function limitsOf(kind: string, rules: readonly AlarmRule[]): number[] {
  return rules
    .filter((rule) => rule.kind === kind && rule.sense === 'high' && rule.enabled !== false && rule.scope === undefined)
    .map((rule) => rule.limit)
    .sort((a, b) => a - b)
}

/** The highest of each kind, measured by its limit; what is late or says nothing behind what speaks. */
export function worstGauges(input: VitalInput, levelOf: (id: SensorId) => Priority | null): Gauge[] {
  const limits = new Map(gaugeKinds.map((kind) => [kind, limitsOf(kind, input.rules)] as const))
  const gauges = new Map<GaugeKind, Gauge[]>(gaugeKinds.map((kind) => [kind, []]))
  for (const sensor of input.sensors) {
    const kind = gaugeKinds.find((code) => code === sensor.kind)
    if (kind === undefined) continue
    gauges.get(kind)?.push(gaugeOf(sensor, kind, limits.get(kind) ?? [], input, levelOf(sensor.id)))
  }
  const heightOf = ({ value, isLate }: Gauge) => (value === null ? -Infinity : isLate ? -1e9 + value : value)
  return gaugeKinds.flatMap((kind) =>
    (gauges.get(kind) ?? []).sort((a, b) => heightOf(b) - heightOf(a) || a.id - b.id).slice(0, gaugesShown[kind]),
  )
}

function gaugeOf(
  sensor: Sensor,
  kind: GaugeKind,
  limits: readonly number[],
  { latestOf, nowAt }: VitalInput,
  level: Priority | null,
): Gauge {
  const latest = latestOf(sensor.id)
  const isGood = latest !== undefined && isTrusted(latest.quality) && Number.isFinite(latest.value)
  const intervalMs = sensor.intervalMs || sensorKind(kind).intervalMs
  return {
    id: sensor.id,
    kind,
    name: sensor.name,
    districtId: sensor.districtId,
    value: isGood ? latest.value : null,
    atMs: latest?.phenomenonAt ?? null,
    isLate: latest !== undefined && nowAt - latest.phenomenonAt > lateAfterIntervals * intervalMs,
    isDrill: latest !== undefined && isOfDrill(latest.quality),
    limit: limits[0] ?? null,
    topLimit: limits.at(-1) ?? null,
    level,
  }
}

export interface PumpCounts {
  readonly registered: number
  readonly running: number
  readonly standing: number
  readonly failed: number
  /** Late or without a value: nobody knows. */
  readonly unknown: number
}

/** Pumps: 0 standing, 1 running, 2 failed. A drill's values are no pump's. */
export function countPumps(input: Pick<VitalInput, 'sensors' | 'latestOf' | 'nowAt'>): PumpCounts {
  const counts = { registered: 0, running: 0, standing: 0, failed: 0, unknown: 0 }
  for (const sensor of input.sensors) {
    if (sensor.kind !== 'pump') continue
    counts.registered += 1
    const latest = input.latestOf(sensor.id)
    const lateAfterMs = lateAfterIntervals * (sensor.intervalMs || sensorKind('pump').intervalMs)
    const isKnown =
      latest !== undefined &&
      !isOfDrill(latest.quality) &&
      isTrusted(latest.quality) &&
      input.nowAt - latest.phenomenonAt <= lateAfterMs
    if (!isKnown) counts.unknown += 1
    else if (latest.value === 0) counts.standing += 1
    else if (latest.value === 1) counts.running += 1
    else counts.failed += 1
  }
  return counts
}
