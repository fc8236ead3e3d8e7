/**
 * Timers by key, the soonest first: a million that wait cost nothing between ticks. Setting, moving and taking one away is O(log n);
 * those of one instant come in the order of their keys, so that a restart fires them as the first run would have.
 */
import type { Instant } from '../../../../shared/model/ids.ts'

interface Timer {
  readonly key: string
  at: Instant
  index: number
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.key < b.key)

export class TimerQueue {
  readonly #heap: Timer[] = []
  readonly #byKey = new Map<string, Timer>()

  get size(): number {
    return this.#heap.length
  }

  /** Null where none waits. */
  get nextAt(): Instant | null {
    return this.#heap[0]?.at ?? null
  }

  /** Sets or moves the timer of a key; null takes it away. */
  set(key: string, at: Instant | null): void {
    const known = this.#byKey.get(key)
    if (at === null) {
      if (known !== undefined) this.#remove(known)
    } else if (known === undefined) {
      const timer = { key, at, index: this.#heap.length }
      this.#heap.push(timer)
      this.#byKey.set(key, timer)
      this.#rise(timer)
    } else if (known.at !== at) {
      known.at = at
      this.#rise(known)
      this.#sink(known)
    }
  }

  /** Due before or at `now`, the oldest first, at most so many; they stay until they are moved or taken away. */
  due(now: Instant, most = Infinity): { readonly key: string; readonly at: Instant }[] {
    const due: Timer[] = []
    /** Not yet listed, though their parents are: the soonest last. */
    const next: Timer[] = []
    const consider = (timer: Timer | undefined) => {
      if (timer === undefined || timer.at > now) return
      const place = next.findLastIndex((other) => isBefore(timer, other))
      next.splice(place + 1, 0, timer)
    }
    consider(this.#heap[0])
    for (let first = next.pop(); first !== undefined && due.length < most; first = next.pop()) {
      due.push(first)
      consider(this.#heap[2 * first.index + 1])
      consider(this.#heap[2 * first.index + 2])
    }
    return due.map(({ key, at }) => ({ key, at }))
  }

  #remove(timer: Timer): void {
    this.#byKey.delete(timer.key)
    const last = this.#heap.pop() as Timer
    if (last === timer) return
    last.index = timer.index
    this.#heap[last.index] = last
    this.#rise(last)
    this.#sink(last)
  }

  #swap(a: Timer, b: Timer): void {
    const { index } = a
    a.index = b.index
    b.index = index
    this.#heap[a.index] = a
    this.#heap[b.index] = b
  }

  #rise(timer: Timer): void {
    while (timer.index > 0) {
      const parent = this.#heap[(timer.index - 1) >> 1] as Timer
      if (!isBefore(timer, parent)) return
      this.#swap(timer, parent)
    }
  }

  #sink(timer: Timer): void {
    for (;;) {
      const left = this.#heap[2 * timer.index + 1]
      const right = this.#heap[2 * timer.index + 2]
      if (left === undefined) return
      const least = right !== undefined && isBefore(right, left) ? right : left
      if (!isBefore(least, timer)) return
      this.#swap(least, timer)
    }
  }
}
