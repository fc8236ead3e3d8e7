/**
 * How often something may happen: a burst, then a steady rate. Buckets by key are bounded; the one unused longest goes first.
 */
import type { Instant } from '../../../shared/model/ids.ts'

export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Takes one from a single bucket; false = empty. */
export function createBucket(rate: Rate): (now: Instant) => boolean {
  let left = rate.burst
  let filledAt = -Infinity
  return (now) => {
    left = Math.min(rate.burst, left + (Math.max(0, now - filledAt) / 1000) * rate.perSecond)
    filledAt = now
    if (left < 1) return false
    left--
    return true
  }
}

/** The same, a bucket a key. */
export function createBuckets(rate: Rate, maxKeys = 10_000): (key: string, now: Instant) => boolean {
  const buckets = new Map<string, (now: Instant) => boolean>()
  return (key, now) => {
    const bucket = buckets.get(key) ?? createBucket(rate)
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value as string)
    return bucket(now)
  }
}
