/** How fast readings are being stored, to tell a refused sender when to come again. */
import type { Clock } from '../ports/clock.ts'

const windowMs = 5_000
const longestS = 30

export class PaceMeter {
  readonly #clock: Clock
  #from: number
  #passed = 0
  /** Readings a second over the last full window. */
  #rate = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#from = clock.now()
  }

  passed(count: number): void {
    this.#passed += count
    const now = this.#clock.now()
    const lasted = now - this.#from
    if (lasted < windowMs) return
    this.#rate = (this.#passed * 1000) / lasted
    this.#passed = 0
    this.#from = now
  }

  /** Whole seconds until so many have passed, between 1 and 30. */
  secondsFor(count: number): number {
    return this.#rate === 0 ? 1 : Math.min(longestS, Math.max(1, Math.ceil(count / this.#rate)))
  }
}
