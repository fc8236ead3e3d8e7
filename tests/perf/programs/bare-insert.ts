/** The other baseline of ingest: PGlite alone, one table, rows inserted in batches as fast as they go. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { serveParent } from '../support/child.ts'

const dir = mkdtempSync(join(tmpdir(), 'tongguan-bare-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
const db = await PGlite.create(dir)
await db.exec('create table bare (sensor_id int4 not null, at timestamptz not null, value float8 not null)')

serveParent({}, async (question) => {
  const forMs = Number(question.forMs)
  const size = Number(question.batch)
  const ids = Array.from({ length: size }, (_, i) => i)
  const values = ids.map((i) => i / 7)
  let rows = 0
  const startedAt = performance.now()
  while (performance.now() - startedAt < forMs) {
    const times = ids.map((i) => new Date(Date.now() + i).toISOString())
    await db.query('insert into bare select * from unnest($1::int4[], $2::timestamptz[], $3::float8[])', [
      ids,
      times,
      values,
    ])
    rows += size
  }
  return { rows }
})
