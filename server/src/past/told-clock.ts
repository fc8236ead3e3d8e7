import type { Instant } from '../../../shared/model/ids.ts'
import type { Clock } from '../ports/clock.ts'

/** A clock that stands still until it is told. It never goes back. */
export class ToldClock implements Clock {
  #at: Instant

  constructor(at: Instant) {
    this.#at = at
  }

  now(): Instant {
    return this.#at
  }

  tell(at: Instant): void {
    this.#at = Math.max(this.#at, at)
  }
}
