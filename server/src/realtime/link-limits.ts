/** How much one socket may ask for: events a second, and how many at once. Past it the answer is a refusal, not a queue. */
import { refuse, type Refusal } from '../../../shared/model/refusal.ts'
import { createBucket } from '../access/token-bucket.ts'
import type { Clock } from '../ports/clock.ts'

const rates = { hello: { burst: 20, perSecond: 5 }, command: { burst: 200, perSecond: 50 } }
const atOnce = 64

export interface LinkLimits {
  /** Null = go on, and call `leave` when done. */
  enter(kind: keyof typeof rates): Refusal | null
  leave(): void
}

export function createLinkLimits(clock: Clock): LinkLimits {
  const buckets = { hello: createBucket(rates.hello), command: createBucket(rates.command) }
  let running = 0
  return {
    enter(kind) {
      if (!buckets[kind](clock.now())) return refuse('TOO_MANY', 'slower, please', { retryAfterS: 1 })
      if (running >= atOnce) return refuse('BUSY', 'too many unanswered requests', { retryAfterS: 1 })
      running++
      return null
    },
    leave: () => void running--,
  }
}
