/**
 * Minutes and hours of trusted readings. Guarantees that every stored reading is in its minute and its hour exactly once, however late
 * it came and whenever the process was killed: buckets and the mark that says up to which id they are made change in one transaction,
 * and merging is the same whichever order they come in. Refuses to lean on memory: it saves work, the table and the marks are the truth.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Database } from '../ports/store.ts'
import { rollUpParts, type Family } from './bucket.ts'
import { RollUpMemory } from './roll-up-memory.ts'
import { catchUp, mergePart } from './roll-up-sql.ts'

/** Readings taken from the table in one transaction: what a commit may have to wait for. */
const sliceReadings = 3_000

export class RollUp {
  readonly #database: Database
  readonly #memory: Record<Family, RollUpMemory> = {
    minute: new RollUpMemory('minute'),
    hour: new RollUpMemory('hour'),
  }

  constructor(database: Database) {
    this.#database = database
  }

  /** The greatest id stored before this start: what is not rolled up of it will be read from the table. */
  continueFrom(newestId: number): void {
    this.#memory.minute.restart(newestId)
    this.#memory.hour.restart(newestId)
  }

  /** Told of each commit once it is stored. */
  add(stored: readonly Reading[], newestId: number): void {
    this.#memory.minute.add(stored, newestId)
    this.#memory.hour.add(stored, newestId)
  }

  /** Up to which id every reading is in its buckets. */
  async rolledId(): Promise<number> {
    const [row] = await this.#database.query('select min(rolled_id) as rolled from rolled')
    return Number(row?.rolled)
  }

  /** Rolls up what is stored, in at most `maxSlices` reads of the table; answers whether nothing was left behind. */
  async advance(family: Family, keepFrom: Instant, maxSlices: number): Promise<boolean> {
    const memory = this.#memory[family]
    for (let slice = 0; ; slice++) {
      const from = await this.#lowestMark(family)
      if (from >= memory.coversAfter) break
      if (slice >= maxSlices) return false
      await this.#readSlice(family, from, memory.coversAfter, keepFrom)
    }
    for (let part = 0; part < rollUpParts; part++) {
      const { rows, upto } = memory.take(part)
      const kept = rows.filter((row) => row.bucketAt >= keepFrom)
      try {
        await this.#database.transaction(mergePart(family, part, kept, upto))
      } catch (error) {
        // What was taken may or may not be in the table: only the marks know, so the table is read from them.
        memory.restart()
        throw error
      }
    }
    return true
  }

  async #lowestMark(family: Family): Promise<number> {
    const [row] = await this.#database.query('select min(rolled_id) as rolled from rolled where family = $1', [family])
    return Number(row?.rolled)
  }

  async #readSlice(family: Family, from: number, coversAfter: number, keepFrom: Instant): Promise<void> {
    // Ids count up but may jump: a slice begins at the next reading there is.
    const [next] = await this.#database.query('select id from reading where id > $1 and id <= $2 order by id limit 1', [
      from,
      coversAfter,
    ])
    const upto = next === undefined ? coversAfter : Math.min(Number(next.id) + sliceReadings - 1, coversAfter)
    await this.#database.transaction(catchUp(family, from, upto, keepFrom))
  }
}
