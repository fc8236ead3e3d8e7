/**
 * One observed value, from the moment a door trusts it. Quality is part of the value and travels with it.
 */
import type { Instant, SensorId } from './ids.ts'
import type { Term } from './transition.ts'

/** Quality flags, a bit each; 0 is good. Kept with the value for ever. */
export const quality = {
  good: 0,
  /** Observed more than the kind's late limit before it arrived: history only, raises no alarm. */
  late: 1,
  /** Its time lies ahead of ours: history only. */
  future: 2,
  /** Outside what the instrument can measure. */
  outOfRange: 4,
  /** Has not moved for longer than this kind may. */
  stuck: 8,
  /** Sent in a unit that has no known conversion to the kind's. */
  unitMismatch: 16,
  /** The value is missing or not a number. */
  missing: 32,
  /** Brought by a drill: as good as any, and never taken for a real one. */
  drill: 64,
} as const
export type QualityFlag = Exclude<keyof typeof quality, 'good'>

export const qualityNames: Record<QualityFlag, Term> = {
  late: { zh: '迟到', en: 'late' },
  future: { zh: '时间超前', en: 'in the future' },
  outOfRange: { zh: '超量程', en: 'out of range' },
  stuck: { zh: '卡滞', en: 'stuck' },
  unitMismatch: { zh: '单位不符', en: 'unit mismatch' },
  missing: { zh: '缺值', en: 'missing' },
  drill: { zh: '演练', en: 'drill' },
}

/** May this value raise or clear an alarm? Only where nothing is wrong with it; a drill's value does so among its own. */
export const isTrusted = (flags: number): boolean => (flags & ~quality.drill) === 0
/** Brought by a drill: kept in the history, in no roll-up, and apart from what the sensor really says. */
export const isOfDrill = (flags: number): boolean => (flags & quality.drill) !== 0

export interface Reading {
  /** Given by intake, growing with arrival; the SensorThings Observation id. */
  readonly id: number
  readonly sensorId: SensorId
  /** When the value was true in the world. */
  readonly phenomenonAt: Instant
  /** When a door took it in. */
  readonly receivedAt: Instant
  /** NaN where the result is not a number; then `text` holds it. */
  readonly value: number
  /** The result as sent where it is not a number (JSON text); else null. */
  readonly text: string | null
  readonly quality: number
}
