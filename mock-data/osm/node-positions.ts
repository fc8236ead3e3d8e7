/**
 * Where the points of ways lie, for millions of them: ids sorted in one typed array, positions beside it. Guarantees 16 bytes
 * a point, and that a point the file does not have is known as missing.
 */
const unitsPerDegree = 1e7
const missing = 0x7fffffff

/** A list of numbers that grows without an object a number. */
export class NumberList {
  #values = new Float64Array(1024)
  length = 0
  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length++] = value
  }
  slice(from: number, to: number): Float64Array {
    return this.#values.subarray(from, to)
  }
}

export class NodePositions {
  readonly #ids: Float64Array
  readonly #lons: Int32Array
  readonly #lats: Int32Array
  /** Files are sorted by id: the next one asked for is most often just behind. */
  #last = 0

  /** For the points with these ids, in any order, with repetitions. */
  constructor(wanted: Float64Array) {
    const sorted = wanted.slice().sort()
    let count = 0
    for (let i = 0; i < sorted.length; i++)
      if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i] as number
    this.#ids = sorted.slice(0, count)
    this.#lons = new Int32Array(count).fill(missing)
    this.#lats = new Int32Array(count)
  }

  get size(): number {
    return this.#ids.length
  }

  /** Index of a wanted point, or -1. */
  #indexOf(id: number): number {
    const ids = this.#ids
    let low = 0
    let high = ids.length - 1
    const near = ids[this.#last]
    if (near !== undefined && near <= id) {
      // Steps that double from the last find, then a search between.
      low = this.#last
      let step = 1
      while (low + step <= high && (ids[low + step] as number) <= id) {
        low += step
        step *= 2
      }
      high = Math.min(high, low + step)
    }
    while (low <= high) {
      const middle = (low + high) >> 1
      const at = ids[middle] as number
      if (at === id) return (this.#last = middle)
      if (at < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** Notes where a point lies, if it is wanted and on this earth. */
  put(id: number, lon: number, lat: number): void {
    const index = this.#indexOf(id)
    if (index < 0 || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return
    this.#lons[index] = Math.round(lon * unitsPerDegree)
    this.#lats[index] = Math.round(lat * unitsPerDegree)
  }

  /** Degrees; null where the file did not have the point. */
  at(id: number): [lon: number, lat: number] | null {
    const index = this.#indexOf(id)
    if (index < 0 || this.#lons[index] === missing) return null
    return [(this.#lons[index] as number) / unitsPerDegree, (this.#lats[index] as number) / unitsPerDegree]
  }
}
