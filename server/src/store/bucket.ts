/** What a bucket of readings is, wherever it is made. */
import type { Reading } from '../../../shared/model/reading.ts'

export type Family = 'minute' | 'hour'
export const families: readonly Family[] = ['minute', 'hour']
export const bucketMs: Record<Family, number> = { minute: 60_000, hour: 3_600_000 }

/** How far a trusted reading's time may lie from its arrival, so that no sender's clock makes partitions. */
export const trustedPastMs = 400 * 86_400_000
export const trustedFutureMs = 86_400_000
/** PostgreSQL refuses to add past the largest double; sums stay far below. */
export const sumBound = 1e290
/** Sensors are rolled up in this many parts, each with a mark of its own: what one transaction moves stays small. */
export const rollUpParts = 16

/** Only what nothing is wrong with, a number, at a time that a sane clock may give. */
export const isRolledUp = ({ quality, value, phenomenonAt, receivedAt }: Reading): boolean =>
  quality === 0 &&
  !Number.isNaN(value) &&
  phenomenonAt >= Math.max(0, receivedAt - trustedPastMs) &&
  phenomenonAt <= receivedAt + trustedFutureMs

export interface BucketRow {
  readonly sensorId: number
  readonly bucketAt: number
  readonly n: number
  readonly min: number
  readonly max: number
  readonly sum: number
  readonly last: number
  readonly lastAt: number
  readonly lastId: number
}
