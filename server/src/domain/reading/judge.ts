/**
 * What is wrong with a value, as flags that stay with it for ever. Works on plain numbers; costs well under a
 * microsecond.
 */
import type { Instant } from '../../../../shared/model/ids.ts'
import type { SensorKind } from '../../../../shared/model/sensor-kinds.ts'
import { quality } from '../../../../shared/model/reading.ts'

const min = 60_000
/** A sender's clock may run ahead of ours by this much. */
export const futureToleranceMs = min
/**
 * A value is late when it is older than three reports of its sensor, yet never before 5 minutes nor after an hour: a
 * device that speaks once a day must not ring for what was so this morning.
 */
export const lateAfterMs = (intervalMs: number): number => Math.min(60 * min, Math.max(5 * min, 3 * intervalMs))

/** Flags for an instant: it may be late, or ahead, or neither. */
export function judgeTime(phenomenonAt: Instant, receivedAt: Instant, intervalMs: number): number {
  if (phenomenonAt > receivedAt + futureToleranceMs) return quality.future
  return receivedAt - phenomenonAt > lateAfterMs(intervalMs) ? quality.late : quality.good
}

/** Flags for a value in the kind's unit. Its range is closed: both ends can be measured. */
export function judgeValue(value: number, kind: SensorKind): number {
  if (Number.isNaN(value)) return quality.missing
  return value < kind.range[0] || value > kind.range[1] ? quality.outOfRange : quality.good
}

/** How long a sensor has said the same. */
export interface Steady {
  value: number
  since: Instant
}

/** Takes the next value in; stuck where it has not moved for as long as its kind must move. */
export function judgeSteady(steady: Steady, value: number, at: Instant, stuckAfterMs: number | undefined): number {
  if (value !== steady.value) {
    steady.value = value
    steady.since = at
    return quality.good
  }
  return stuckAfterMs !== undefined && at - steady.since >= stuckAfterMs ? quality.stuck : quality.good
}
