/**
 * Items in a heap, the first by the given order on top: adding and taking out are O(log n). Knows nothing of what it holds; whoever must
 * find an item again is told each new place.
 */
export class Heap<T> {
  readonly #items: T[] = []
  readonly #isBefore: (a: T, b: T) => boolean
  readonly #placed: (item: T, index: number) => void

  /** `isBefore` must be a strict order; `placed` hears where an item came to lie, each time it does. */
  constructor(isBefore: (a: T, b: T) => boolean, placed: (item: T, index: number) => void = () => {}) {
    this.#isBefore = isBefore
    this.#placed = placed
  }

  get size(): number {
    return this.#items.length
  }

  /** The item at a place, the top being 0: those right below it are at 2i + 1 and 2i + 2. */
  at(index: number): T | undefined {
    return this.#items[index]
  }

  push(item: T): void {
    this.#settle(item, this.#items.length)
  }

  /** Takes out the first, or answers undefined. */
  pop(): T | undefined {
    const first = this.#items[0]
    if (first !== undefined) this.removeAt(0)
    return first
  }

  removeAt(index: number): void {
    const last = this.#items.pop() as T
    if (index < this.#items.length) this.#settle(last, index)
  }

  /** The order of the item at this place has changed. */
  moveAt(index: number): void {
    this.#settle(this.#items[index] as T, index)
  }

  /** Puts an item where it belongs, beginning at a place that is free for it. */
  #settle(item: T, from: number): void {
    let index = from
    while (index > 0) {
      const above = (index - 1) >> 1
      if (!this.#isBefore(item, this.#items[above] as T)) break
      this.#put(this.#items[above] as T, index)
      index = above
    }
    for (;;) {
      const below = this.#firstBelow(index)
      if (below === null || !this.#isBefore(this.#items[below] as T, item)) break
      this.#put(this.#items[below] as T, index)
      index = below
    }
    this.#put(item, index)
  }

  #firstBelow(index: number): number | null {
    const [left, right] = [2 * index + 1, 2 * index + 2]
    if (left >= this.#items.length) return null
    const isRight = right < this.#items.length && this.#isBefore(this.#items[right] as T, this.#items[left] as T)
    return isRight ? right : left
  }

  #put(item: T, index: number): void {
    this.#items[index] = item
    this.#placed(item, index)
  }
}
