/** The baseline of a lived past: PGlite alone, a log and readings of the same sizes, in tables without an index, as fast as they go. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { serveParent } from '../support/child.ts'
import { cpuSeconds } from '../support/measure.ts'

const dir = mkdtempSync(join(tmpdir(), 'tongguan-bare-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
const db = await PGlite.create(dir)
await db.exec(`
  create table bare_event (seq int8 not null, at int8 not null, type text not null, payload text not null, hash text not null);
  create table bare_reading (id int8 not null, sensor_id int8 not null, at int8 not null, value float8 not null)`)
const batch = 5000
/** About as long as an event's text is in the middle. */
const payload = 'x'.repeat(300)
const hash = '0'.repeat(64)

async function insert(sql: string, count: number, row: (n: number) => readonly unknown[]): Promise<void> {
  for (let done = 0; done < count; done += batch) {
    const rows = Array.from({ length: Math.min(batch, count - done) }, (_, n) => row(done + n))
    const columns = (rows[0] ?? []).map((_, column) => rows.map((cells) => cells[column]))
    await db.query(sql, columns)
  }
}

serveParent({}, async (question) => {
  const [startedAt, cpu] = [performance.now(), cpuSeconds(process.pid)]
  await insert(
    'insert into bare_event select * from unnest($1::int8[], $2::int8[], $3::text[], $4::text[], $5::text[])',
    Number(question.events),
    (n) => [n, Date.now(), 'incident.reported', payload, hash],
  )
  await insert(
    'insert into bare_reading select * from unnest($1::int8[], $2::int8[], $3::int8[], $4::float8[])',
    Number(question.readings),
    (n) => [n, n % 600, Date.now(), n / 7],
  )
  return { seconds: (performance.now() - startedAt) / 1000, cpuS: cpuSeconds(process.pid) - cpu }
})
