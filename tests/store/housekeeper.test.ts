import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rm } from 'node:fs/promises'
import { hashEvent, hashText } from '../../server/src/platform/event-hash.ts'
import { openStore, type Store } from '../../server/src/store/open-store.ts'
import { pagesPerRange } from '../../server/src/store/reading-partitions.ts'
import { copyDataDir } from '../support/embedded.ts'
import { emptyBatch, noonAt, sampleReading } from './samples.ts'

const partition = 'reading_20260310'
const many = 20_000

describe('the housekeeper of the embedded database', () => {
  let store: Store
  let dataDir: string
  let sent = 0
  beforeAll(async () => {
    dataDir = await copyDataDir()
    store = await openStore({ clock: { now: () => noonAt }, hashEvent, hashText, dataDir, databaseUrl: null })
    await store.engineStore.open()
  })
  afterAll(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const send = async () => {
    const readings = Array.from({ length: many }, (_, n) =>
      sampleReading({ id: sent + n + 1, phenomenonAt: noonAt + sent + n, value: n }),
    )
    sent += many
    await store.engineStore.commit({ ...emptyBatch, readings })
  }
  const number = async (sql: string) => Number((await store.database.query(sql))[0]?.n)
  const left = async () => {
    const index = `(select indexrelid from pg_index join pg_class on oid = indexrelid
      where indrelid = '${partition}'::regclass and relam = (select oid from pg_am where amname = 'brin'))`
    return number(`select brin_summarize_new_values(${index}) as n`)
  }

  it('sums up the ranges that are full, and goes on where it stopped', async () => {
    for (let turn = 0; turn < 2; turn++) {
      await send()
      const pages = await number(`select pg_relation_size('${partition}') / current_setting('block_size')::int as n`)
      expect(pages).toBeGreaterThan((turn + 1) * 2 * pagesPerRange)
      await store.history.maintain(noonAt)
      // The last one is still being filled.
      expect(await left()).toBeLessThanOrEqual(1)
    }
  })
})
