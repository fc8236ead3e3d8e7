/**
 * Readings on their way into the table. Guarantees that one reading (sensor, time, result) is stored once among those that arrived
 * today and yesterday, and that ids only grow, which the roll-ups rest on. Refuses to know what a value means.
 *
 * Intake has mostly seen repeats before, so readings are inserted as if there were none, and only where the table's key then refuses one
 * is the insert made again with a check of each: that check is a third of its cost. As a refused insert leaves dead rows behind, so
 * goes the next while, too.
 */
import { isOfDrill, type Reading } from '../../../shared/model/reading.ts'
import type { Database, Row, Statement } from '../ports/store.ts'
import { BinaryArray, type NumberType } from './binary-array.ts'
import { DatabaseFault } from './worker-protocol.ts'
import { dayOf, readingPartition, startOfDay, type ReadingPartitions } from './reading-partitions.ts'
import type { BucketPartitions } from './bucket-partitions.ts'
import { resultKey } from './result-key.ts'
import type { RollUp } from './roll-up.ts'

/** SQLSTATE: a unique index has the key already. */
const uniqueViolation = '23505'

interface Keyed {
  readonly index: number
  readonly reading: Reading
  readonly key: number
}

/** What to run in the commit's transaction, and what its rows mean. */
export interface ReadingPlan {
  readonly statements: readonly Statement[]
  /** The same with a check of each reading; null where that is what the statements are. */
  readonly checked: readonly Statement[] | null
  /** After the transaction: index → id of the reading that was there before. `checkedRows`: null where nothing was checked. */
  settle(checkedRows: readonly Row[][] | null): Promise<ReadonlyMap<number, number>>
}

/** Commits that are checked after one that was refused. */
const carefulCommits = 500

const insertSql = (day: number): string => `
  insert into ${readingPartition(day)}
    (id, sensor_id, phenomenon_at, received_at, value, result_key, quality, text, received_day)
  select *, ${day} from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::float8[], $6::int[],
    $7::smallint[], $8::text[])`

const checkedSql = (day: number): string => `
  with stored as (${insertSql(day)} on conflict do nothing returning 1)
  select count(*) as stored from stored`

const findSql = (day: number): string => `
  select sent.at, found.id from unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[])
    as sent(at, id, sensor_id, phenomenon_at, result_key)
  cross join lateral (
    select id from ${readingPartition(day)} as r where r.sensor_id = sent.sensor_id
      and r.phenomenon_at = sent.phenomenon_at and r.result_key = sent.result_key limit 1) as found
  where found.id <> sent.id`

function columns(items: readonly Keyed[]): unknown[] {
  const column = (type: NumberType, of: (item: Keyed) => number) => BinaryArray.ofNumbers(type, items.map(of))
  return [
    column('int8', ({ reading }) => reading.id),
    column('int8', ({ reading }) => reading.sensorId),
    column('int8', ({ reading }) => reading.phenomenonAt),
    column('int8', ({ reading }) => reading.receivedAt),
    column('float8', ({ reading }) => reading.value),
    column('int4', ({ key }) => key),
    column('int2', ({ reading }) => reading.quality),
    // unnest pads the shorter array with nulls: numbers have no text.
    items.some(({ reading }) => reading.text !== null) ? items.map(({ reading }) => reading.text) : null,
  ]
}

export class ReadingWriter {
  readonly #database: Database
  readonly #partitions: ReadingPartitions
  readonly #buckets: BucketPartitions
  readonly #rollUp: RollUp
  #maxId = 0
  #isUncertain = false
  #carefulLeft = 0

  constructor(database: Database, partitions: ReadingPartitions, buckets: BucketPartitions, rollUp: RollUp) {
    this.#database = database
    this.#partitions = partitions
    this.#buckets = buckets
    this.#rollUp = rollUp
  }

  /** The greatest id stored before this start. */
  continueFrom(maxId: number): void {
    this.#maxId = maxId
    this.#rollUp.continueFrom(maxId)
  }

  /** A commit failed, and may yet have happened: from here on the table must be asked. */
  doubt(): void {
    this.#isUncertain = true
  }

  /** Was this a reading that the table has already? From here on they are checked for a while. */
  isRepeat(error: unknown, { statements, checked }: ReadingPlan): boolean {
    if (checked === null || !(error instanceof DatabaseFault) || error.code !== uniqueViolation) return false
    if (!statements.some(({ sql }) => error.sql !== null && sql.startsWith(error.sql))) return false
    this.#carefulLeft = carefulCommits
    return true
  }

  async plan(readings: readonly Reading[]): Promise<ReadingPlan> {
    const duplicates = new Map<number, number>()
    const repeats: [index: number, first: Keyed][] = []
    const firsts = new Map<string, Keyed>()
    let maxId = this.#maxId
    for (const [index, reading] of readings.entries()) {
      if (reading.id <= this.#maxId) throw new Error(`reading ids must grow: ${reading.id} after ${this.#maxId}`)
      maxId = Math.max(maxId, reading.id)
      const key = resultKey(reading.value, reading.text, isOfDrill(reading.quality))
      const name = `${reading.sensorId} ${reading.phenomenonAt} ${key}`
      const first = firsts.get(name)
      if (first === undefined) firsts.set(name, { index, reading, key })
      else repeats.push([index, first])
    }

    const byDay = new Map<number, Keyed[]>()
    for (const item of firsts.values()) {
      const day = dayOf(item.reading.receivedAt)
      const items = byDay.get(day)
      if (items === undefined) byDay.set(day, [item])
      else items.push(item)
    }
    const batches: { readonly day: number; readonly items: readonly Keyed[] }[] = []
    for (const [day, items] of byDay) {
      await this.#partitions.ensure(day)
      const isOld = ({ reading }: Keyed) => reading.phenomenonAt < startOfDay(day)
      if (this.#partitions.has(day - 1)) await this.#find(day - 1, items.filter(isOld), duplicates)
      const fresh = items.filter(({ index }) => !duplicates.has(index))
      if (fresh.length > 0) batches.push({ day, items: fresh })
    }
    await this.#buckets.ensureFor(readings)
    const filled = batches.map(({ day, items }) => ({ day, params: columns(items) }))
    const plain = filled.map(({ day, params }) => ({ sql: insertSql(day), params }))
    const checked = filled.map(({ day, params }) => ({ sql: checkedSql(day), params }))
    const isCareful = this.#carefulLeft > 0
    if (isCareful) this.#carefulLeft--

    const settle = async (checkedRows: readonly Row[][] | null): Promise<ReadonlyMap<number, number>> => {
      for (const [at, { day, items }] of batches.entries()) {
        if (checkedRows !== null && Number(checkedRows[at]?.[0]?.stored) < items.length)
          await this.#find(day, items, duplicates)
      }
      for (const [index, first] of repeats) duplicates.set(index, duplicates.get(first.index) ?? first.reading.id)
      this.#maxId = maxId
      if (this.#isUncertain) this.#rollUp.continueFrom(maxId)
      else
        this.#rollUp.add(
          readings.filter((_, index) => !duplicates.has(index)),
          maxId,
        )
      this.#isUncertain = false
      return duplicates
    }
    return isCareful ? { statements: checked, checked: null, settle } : { statements: plain, checked, settle }
  }

  /** A row with the same id is this very reading, stored by a commit whose answer was lost: not a duplicate. */
  async #find(day: number, items: readonly Keyed[], into: Map<number, number>): Promise<void> {
    if (items.length === 0) return
    const rows = await this.#database.query(findSql(day), [
      items.map(({ index }) => index),
      items.map(({ reading }) => reading.id),
      items.map(({ reading }) => reading.sensorId),
      items.map(({ reading }) => reading.phenomenonAt),
      items.map(({ key }) => key),
    ])
    for (const row of rows) into.set(Number(row.at), Number(row.id))
  }
}
