/** Readings a flood lost, by the minute: over the limit is an alarm, a minute without loss ends it. */
import type { Instant } from '../../../shared/model/ids.ts'

const minuteMs = 60_000

export class DropMeter {
  readonly #limit: number
  #total = 0
  #sinceAt: Instant | null = null
  #lastLossAt: Instant | null = null
  #inWindow = 0
  #isOn = false

  constructor(limitPerMinute: number) {
    this.#limit = limitPerMinute
  }

  lost(count: number): void {
    this.#total += count
  }

  /** What to tell the alarm, or null: nothing has changed. */
  tick(now: Instant): { readonly holds: boolean; readonly value: number; readonly limit: number } | null {
    if (this.#total > 0) this.#lastLossAt = now
    if (this.#sinceAt === null || now - this.#sinceAt >= minuteMs) {
      this.#sinceAt = now
      this.#inWindow = 0
    }
    this.#inWindow += this.#total
    this.#total = 0
    const limit = this.#limit
    if (!this.#isOn && this.#inWindow >= limit) return { holds: true, value: this.#inWindow, limit }
    const isQuiet = this.#lastLossAt === null || now - this.#lastLossAt >= minuteMs
    return this.#isOn && isQuiet ? { holds: false, value: 0, limit } : null
  }

  /** The alarm was told. */
  told(holds: boolean): void {
    this.#isOn = holds
  }
}
