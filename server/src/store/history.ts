/**
 * Everything observed. Guarantees that keeping house (rolling up, dropping days) runs in slices a commit can pass between, and never
 * twice at once. Refuses to know what the values mean.
 */
import type { Instant } from '../../../shared/model/ids.ts'
import type { Database, History } from '../ports/store.ts'
import { monthOf, type BucketPartitions } from './bucket-partitions.ts'
import { dayOf, type ReadingPartitions } from './reading-partitions.ts'
import { families } from './bucket.ts'
import type { RollUp } from './roll-up.ts'
import { tableSizes } from './sizes.ts'
import { findReadings } from './stored-readings.ts'
import { readHourMeans, readSeries } from './series.ts'
import type { Housekeeper } from './housekeeper.ts'

const dayMs = 86_400_000

export interface Retention {
  readonly rawRetentionMs: number
  readonly rollupRetentionMs: number
}
export const defaultRetention: Retention = { rawRetentionMs: dayMs, rollupRetentionMs: 400 * dayMs }

/** Reads of the table a call, after a start or a flood of odd times: above a minute of the highest load, so that it catches up. */
const maxSlices = 400
const hourEveryMs = 10 * 60_000
const daysAhead = 2

interface Parts {
  readonly database: Database
  readonly readings: ReadingPartitions
  readonly buckets: BucketPartitions
  readonly rollUp: RollUp
  readonly housekeeper: Housekeeper
  readonly retention: Retention
}

export function createHistory({ database, readings, buckets, rollUp, housekeeper, retention }: Parts): History {
  let hourDueAt: Instant = Number.NEGATIVE_INFINITY
  let running: Promise<{ readonly droppedPartitions: readonly string[] }> | null = null

  async function maintain(now: Instant): Promise<{ readonly droppedPartitions: readonly string[] }> {
    for (let ahead = 0; ahead <= daysAhead; ahead++) await readings.ensure(dayOf(now) + ahead)
    for (const family of families) await buckets.ensure(family, monthOf.at(now + dayMs))
    // Of a month that begins to go, no more is rolled up.
    const keepFrom = monthOf.start(monthOf.at(now - retention.rollupRetentionMs))
    await rollUp.advance('minute', keepFrom, maxSlices)
    if (now >= hourDueAt && (await rollUp.advance('hour', keepFrom, maxSlices))) hourDueAt = now + hourEveryMs
    const droppedDays = await readings.drop(now - retention.rawRetentionMs, await rollUp.rolledId())
    const droppedMonths = await buckets.drop(now - retention.rollupRetentionMs)
    await housekeeper.run(dayOf(now))
    return { droppedPartitions: [...droppedDays, ...droppedMonths] }
  }

  return {
    series: (sensorId, from, to, bucket, limit) => readSeries(database, sensorId, from, to, bucket, limit),
    hourMeans: (sensorIds, from, to) => readHourMeans(database, sensorIds, from, to),
    readings: (query) => findReadings(database, query),
    maintain(now) {
      running ??= maintain(now).finally(() => {
        running = null
      })
      return running
    },
    sizes: () => tableSizes(database),
  }
}
