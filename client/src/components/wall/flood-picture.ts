/** What a flood is looked at by: gauges against their limits, cases of water where none belongs. Pure. */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Priority } from '../../../../shared/model/priority.ts'
import type { SensorId } from '../../../../shared/model/ids.ts'
import { gaugesTold, type GaugeReading } from '../../../../shared/model/city-vitals.ts'

/** Of the built-in class table: 排水管道堵塞, 道路积水, 河道超警, 雨水箅子, 防汛墙, 排水泵站. */
const floodClasses = ['E0503', 'E0506', 'E0512', 'P0104', 'P0508', 'P0597']
export const isFloodCase = (classCode: string): boolean => floodClasses.some((prefix) => classCode.startsWith(prefix))

export const isFloodSensor = (kind: string): boolean => kind === 'pump' || kind in gaugesTold

/** What a gauge says, beside what it is held to. */
export interface Gauge extends GaugeReading {
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

/** The gauges that were told, each with the limits of its kind and the level that stands at it. */
export function heldGauges(
  readings: readonly GaugeReading[],
  rules: readonly AlarmRule[],
  levelOf: (id: SensorId) => Priority | null,
): Gauge[] {
  return readings.map((reading) => {
    const limits = limitsOf(reading.kind, rules)
    return { ...reading, limit: limits[0] ?? null, topLimit: limits.at(-1) ?? null, level: levelOf(reading.id) }
  })
}
