/**
 * The buckets of what was stored lately, kept ready so that the table need not be read again. Guarantees that it holds exactly the
 * trusted readings after `coversAfter`, or nothing; it may be lost at any time, for the table has them all. Bounded: past its limit
 * it forgets everything and covers from there on.
 */
import type { Reading } from '../../../shared/model/reading.ts'
import { bucketMs, isRolledUp, rollUpParts, sumBound, type BucketRow, type Family } from './bucket.ts'

type Bucket = { -readonly [K in keyof BucketRow]: BucketRow[K] }
const maxBuckets = 25_000

const bound = (sum: number): number => Math.max(Math.min(sum, sumBound), -sumBound)

type Part = Map<number, Bucket>
const emptyParts = (): Part[] => Array.from({ length: rollUpParts }, () => new Map() as Part)
/** Minutes since 1970 stay below this for a century; with it a hundred million sensors' keys are exact numbers. */
const bucketsOfTime = 2 ** 26

export class RollUpMemory {
  readonly #family: Family
  #parts = emptyParts()
  #buckets = 0
  #coversAfter = 0
  #newestId = 0

  constructor(family: Family) {
    this.#family = family
  }

  /** The id up to which everything must be taken from the table. */
  get coversAfter(): number {
    return this.#coversAfter
  }

  /** Covers nothing yet, and everything after this id from now on. */
  restart(newestId = this.#newestId): void {
    this.#parts = emptyParts()
    this.#buckets = 0
    this.#coversAfter = this.#newestId = newestId
  }

  /** What one commit stored, in one call; ids above all that were added before. */
  add(stored: Iterable<Reading>, newestId: number): void {
    for (const reading of stored) if (isRolledUp(reading)) this.#put(reading)
    this.#newestId = newestId
    if (this.#buckets > maxBuckets) this.restart()
  }

  /** Takes one part's buckets out, in the order of their key, and says up to which id they hold its readings. */
  take(part: number): { readonly rows: readonly BucketRow[]; readonly upto: number } {
    const buckets = this.#parts[part] as Part
    this.#parts[part] = new Map()
    this.#buckets -= buckets.size
    // Neighbours in the table's index: a page is looked up once for all that goes into it.
    const rows = [...buckets.values()].sort((a, b) => a.sensorId - b.sensorId || a.bucketAt - b.bucketAt)
    return { rows, upto: this.#newestId }
  }

  #put({ id, sensorId, phenomenonAt, value }: Reading): void {
    const ms = bucketMs[this.#family]
    const bucketAt = phenomenonAt - (phenomenonAt % ms)
    const part = this.#parts[sensorId % rollUpParts] as Part
    // A number: a text would have to be made for every reading.
    const name = sensorId * bucketsOfTime + bucketAt / ms
    const known = part.get(name)
    if (known === undefined) {
      this.#buckets++
      const sum = bound(value)
      part.set(name, {
        sensorId,
        bucketAt,
        n: 1,
        min: value,
        max: value,
        sum,
        last: value,
        lastAt: phenomenonAt,
        lastId: id,
      })
      return
    }
    known.n++
    known.min = Math.min(known.min, value)
    known.max = Math.max(known.max, value)
    known.sum = bound(known.sum + bound(value))
    if (phenomenonAt < known.lastAt || (phenomenonAt === known.lastAt && id < known.lastId)) return
    known.last = value
    known.lastAt = phenomenonAt
    known.lastId = id
  }
}
