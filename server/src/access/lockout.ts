/**
 * Counts failures by a key and locks it for a while when there are too many in a window. Memory is bounded: past the
 * limit the key that failed longest ago is forgotten.
 */
import type { Instant } from '../../../shared/model/ids.ts'

export interface LockoutLimits {
  readonly failures: number
  readonly windowMs: number
  readonly lockMs: number
  readonly maxKeys: number
}
/** 5 failures within 15 minutes lock for 30. */
export const accountLimits: LockoutLimits = { failures: 5, windowMs: 15 * 60_000, lockMs: 30 * 60_000, maxKeys: 10_000 }
/** One address trying many names. */
export const addressLimits: LockoutLimits = { ...accountLimits, failures: 50 }

export interface Lockout {
  /** Until when the key is locked; null = it is not. */
  lockedUntil(key: string, now: Instant): Instant | null
  /** Counts a failure. True when this one locked the key. */
  failed(key: string, now: Instant): boolean
  succeeded(key: string): void
  readonly size: number
}

export function createLockout(limits: LockoutLimits): Lockout {
  const entries = new Map<string, { failedAt: Instant[]; lockedUntil: Instant }>()
  return {
    lockedUntil(key, now) {
      const until = entries.get(key)?.lockedUntil ?? 0
      return until > now ? until : null
    },
    failed(key, now) {
      const before = entries.get(key)
      const failedAt = [...(before?.failedAt.filter((at) => at > now - limits.windowMs) ?? []), now]
      const isLocked = failedAt.length >= limits.failures
      entries.delete(key)
      entries.set(key, isLocked ? { failedAt: [], lockedUntil: now + limits.lockMs } : { failedAt, lockedUntil: 0 })
      if (entries.size > limits.maxKeys) entries.delete(entries.keys().next().value as string)
      return isLocked
    },
    succeeded: (key) => void entries.delete(key),
    get size() {
      return entries.size
    },
  }
}
