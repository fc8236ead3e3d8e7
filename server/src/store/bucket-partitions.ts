/** The months minutes and hours are kept in, by UTC. A month is dropped whole when all of it is past its retention. */
import type { Instant } from '../../../shared/model/ids.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Database } from '../ports/store.ts'
import { isRolledUp, type Family } from './bucket.ts'

/** A month as a number: months since year 0. */
export const monthOf = {
  at: (at: Instant): number => {
    const date = new Date(at)
    return date.getUTCFullYear() * 12 + date.getUTCMonth()
  },
  start: (month: number): Instant => Date.UTC(Math.floor(month / 12), month % 12, 1),
}

/** Every month from one instant to another, both included. */
export function monthsOf(first: Instant, last: Instant): number[] {
  const from = monthOf.at(first)
  return Array.from({ length: monthOf.at(last) - from + 1 }, (_, index) => from + index)
}

/** `minute_202601` */
export const bucketPartition = (family: Family, month: number): string =>
  `${family}_${String(Math.floor(month / 12)).padStart(4, '0')}${String((month % 12) + 1).padStart(2, '0')}`

export class BucketPartitions {
  readonly #database: Database
  readonly #known = new Set<string>()

  constructor(database: Database) {
    this.#database = database
  }

  async load(): Promise<void> {
    const rows = await this.#database.query(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent in ('minute'::regclass, 'hour'::regclass)`,
    )
    for (const row of rows) this.#known.add(String(row.name))
  }

  async ensure(family: Family, month: number): Promise<void> {
    const name = bucketPartition(family, month)
    if (this.#known.has(name)) return
    await this.#database.script(
      `create table if not exists ${name} partition of ${family}
      for values from (${monthOf.start(month)}) to (${monthOf.start(month + 1)}) with (fillfactor = 80)`,
    )
    this.#known.add(name)
  }

  /** Before readings are stored: rolling them up later must find their months. */
  async ensureFor(readings: readonly Reading[]): Promise<void> {
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const reading of readings) {
      if (!isRolledUp(reading)) continue
      first = Math.min(first, reading.phenomenonAt)
      last = Math.max(last, reading.phenomenonAt)
    }
    if (first > last) return
    for (const month of monthsOf(first, last)) {
      for (const family of ['minute', 'hour'] as const) await this.ensure(family, month)
    }
  }

  async drop(keepFrom: Instant): Promise<string[]> {
    const past = [...this.#known].filter((name) => {
      const digits = name.slice(name.indexOf('_') + 1)
      const month = Number(digits.slice(0, -2)) * 12 + Number(digits.slice(-2)) - 1
      return monthOf.start(month + 1) <= keepFrom
    })
    for (const name of past) {
      await this.#database.script(`drop table ${name}`)
      this.#known.delete(name)
    }
    return past.sort()
  }
}
