/**
 * The days readings are kept in: one partition for each UTC day of arrival. Guarantees a partition for the day that is asked for, and
 * that a day is dropped only when all of it is past its retention and rolled up.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import type { Database } from '../ports/store.ts'

const dayMs = 86_400_000
/** Pages that one entry of a day's index over phenomenon times speaks for. */
export const pagesPerRange = 64

export const dayOf = (at: Instant): number => Math.floor(at / dayMs)
export const startOfDay = (day: number): Instant => day * dayMs

const prefix = 'reading_'
/** `reading_20260131` */
export const readingPartition = (day: number): string =>
  prefix + new Date(startOfDay(day)).toISOString().slice(0, 10).replaceAll('-', '')

export class ReadingPartitions {
  readonly #database: Database
  readonly #days = new Set<number>()

  constructor(database: Database) {
    this.#database = database
  }

  async load(): Promise<void> {
    const rows = await this.#database.query(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'reading'::regclass`,
    )
    for (const { name } of rows) {
      const date = String(name).slice(prefix.length)
      const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`
      this.#days.add(dayOf(Date.parse(iso)))
    }
  }

  has(day: number): boolean {
    return this.#days.has(day)
  }

  /** Oldest first. */
  days(): number[] {
    return [...this.#days].sort((a, b) => a - b)
  }

  async ensure(day: number): Promise<void> {
    if (this.#days.has(day)) return
    const name = readingPartition(day)
    await this.#database.script(`create table if not exists ${name} partition of reading for values in (${day})`)
    this.#days.add(day)
  }

  /** Drops the days that ended before `keepFrom` and whose every reading is rolled up; answers their names. */
  async drop(keepFrom: Instant, rolledId: number): Promise<string[]> {
    const dropped: string[] = []
    for (const day of this.days().filter((candidate) => startOfDay(candidate + 1) <= keepFrom)) {
      const name = readingPartition(day)
      const [row] = await this.#database.query(`select coalesce(max(id), 0) as newest from ${name}`)
      if (Number(row?.newest) > rolledId) continue
      await this.#database.script(`drop table ${name}`)
      this.#days.delete(day)
      dropped.push(name)
    }
    return dropped
  }
}
