/**
 * Timers of very many things known by number, one each, in plain arrays: twelve bytes a timer. None is moved or taken away: whoever is
 * told that one is due looks whether it still is, and sets it again. The soonest first; those of one instant by number.
 */
import type { Instant } from '../../../../shared/model/ids.ts'

export class IdTimers {
  #at = new Float64Array(16)
  #id = new Uint32Array(16)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(id: number, at: Instant): void {
    if (this.#size === this.#at.length) this.#grow()
    let index = this.#size++
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#isBefore(id, at, parent)) break
      this.#put(index, this.#id[parent] as number, this.#at[parent] as number)
      index = parent
    }
    this.#put(index, id, at)
  }

  /** Takes out the soonest that is due, or answers undefined. */
  takeDue(now: Instant): number | undefined {
    if (this.#size === 0 || (this.#at[0] as number) > now) return undefined
    const first = this.#id[0] as number
    const [id, at] = [this.#id[--this.#size] as number, this.#at[this.#size] as number]
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= this.#size) break
      if (child + 1 < this.#size && this.#isBefore(this.#id[child + 1] as number, this.#at[child + 1] as number, child))
        child++
      if (this.#isBefore(id, at, child)) break
      this.#put(index, this.#id[child] as number, this.#at[child] as number)
      index = child
    }
    this.#put(index, id, at)
    return first
  }

  #isBefore(id: number, at: Instant, other: number): boolean {
    const otherAt = this.#at[other] as number
    return at < otherAt || (at === otherAt && id < (this.#id[other] as number))
  }

  #put(index: number, id: number, at: Instant): void {
    this.#id[index] = id
    this.#at[index] = at
  }

  /** By half: doubling would hold twice as much as a city needs. */
  #grow(): void {
    const room = Math.ceil(this.#at.length * 1.5)
    const [at, id] = [new Float64Array(room), new Uint32Array(room)]
    at.set(this.#at)
    id.set(this.#id)
    this.#at = at
    this.#id = id
  }
}
