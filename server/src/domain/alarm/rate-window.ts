/**
 * How far a value has risen, or fallen, within a window of time. Keeps only readings that may still be the lowest (highest) of the window,
 * at most so many: where there would be more, the middle is thinned, so that a change may be told late, never too large.
 */
import type { Instant } from '../../../../shared/model/ids.ts'

const mostKept = 24

export class RateWindow {
  readonly #sign: 1 | -1
  readonly #windowMs: number
  readonly #at: Instant[] = []
  /** Growing from the first to the last, by the sign. */
  readonly #value: number[] = []

  constructor(sense: 'rise' | 'fall', windowMs: number) {
    this.#sign = sense === 'rise' ? 1 : -1
    this.#windowMs = windowMs
  }

  /** Takes a reading in; the change from the lowest (highest) within the window, 0 for none. A reading just `windowMs` old is within. */
  change(value: number, at: Instant): number {
    const signed = value * this.#sign
    while (this.#value.length > 0 && (this.#value.at(-1) as number) >= signed) {
      this.#value.pop()
      this.#at.pop()
    }
    while (this.#at.length > 0 && (this.#at[0] as number) < at - this.#windowMs) {
      this.#value.shift()
      this.#at.shift()
    }
    if (this.#at.length >= mostKept) {
      this.#value.splice(1, 1)
      this.#at.splice(1, 1)
    }
    this.#value.push(signed)
    this.#at.push(at)
    return signed - (this.#value[0] as number)
  }

  get size(): number {
    return this.#at.length
  }
}
