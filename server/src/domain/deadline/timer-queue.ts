/**
 * Timers by key, the soonest first: a million that wait cost nothing between ticks. Setting, moving and taking one away is O(log n), telling
 * the m that are due O(m log m); those of one instant come in the order of their keys, so that a restart fires them as the first run
 * would have.
 */
import type { Instant } from '../../../../shared/model/ids.ts'
import { Heap } from './heap.ts'

interface Timer {
  readonly key: string
  at: Instant
  index: number
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.key < b.key)

export class TimerQueue {
  readonly #timers = new Heap<Timer>(isBefore, (timer, index) => {
    timer.index = index
  })
  readonly #byKey = new Map<string, Timer>()

  get size(): number {
    return this.#timers.size
  }

  /** Null where none waits. */
  get nextAt(): Instant | null {
    return this.#timers.at(0)?.at ?? null
  }

  /** Sets or moves the timer of a key; null takes it away. */
  set(key: string, at: Instant | null): void {
    const known = this.#byKey.get(key)
    if (at === null) {
      if (known === undefined) return
      this.#byKey.delete(key)
      this.#timers.removeAt(known.index)
    } else if (known === undefined) {
      const timer = { key, at, index: this.size }
      this.#byKey.set(key, timer)
      this.#timers.push(timer)
    } else if (known.at !== at) {
      known.at = at
      this.#timers.moveAt(known.index)
    }
  }

  /** Due before or at `now`, the oldest first, at most so many; they stay until they are moved or taken away. */
  due(now: Instant, most = Infinity): { readonly key: string; readonly at: Instant }[] {
    const due: { readonly key: string; readonly at: Instant }[] = []
    /** Not yet listed, though those they lie under are. */
    const next = new Heap<Timer>(isBefore)
    const consider = (timer: Timer | undefined) => {
      if (timer !== undefined && timer.at <= now) next.push(timer)
    }
    consider(this.#timers.at(0))
    while (due.length < most) {
      const first = next.pop()
      if (first === undefined) break
      due.push({ key: first.key, at: first.at })
      consider(this.#timers.at(2 * first.index + 1))
      consider(this.#timers.at(2 * first.index + 2))
    }
    return due
  }
}
