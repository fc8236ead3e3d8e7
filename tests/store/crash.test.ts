import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { copyDataDir, openTestStore } from '../support/embedded.ts'
import { noonAt } from './samples.ts'

const root = resolve(import.meta.dirname, '../..')
// As deep below the root as the adapter's sources: it finds the built worker from there.
const outDir = resolve(root, 'dist/tests/crash')

beforeAll(async () => {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: resolve(import.meta.dirname, 'crash-writer.ts'), outDir, emptyOutDir: true, target: 'node20' },
  })
})

/** Lets the writer work until it has acknowledged so many commits, then kills it; answers the last acknowledged numbers. */
async function killAfter(dataDir: string, commits: number): Promise<{ seq: number; id: number }> {
  const writer = spawn(process.execPath, [resolve(outDir, 'crash-writer.js'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise((done) => writer.once('exit', done))
  let last = ''
  let count = 0
  for await (const line of createInterface({ input: writer.stdout })) {
    last = line
    if (++count === commits) writer.kill('SIGKILL')
  }
  await exited
  expect(count).toBeGreaterThanOrEqual(commits)
  const [seq, id] = last.split(' ').map(Number)
  return { seq: seq ?? 0, id: id ?? 0 }
}

it(
  'loses nothing acknowledged, and rolls up each reading once, however often the process is killed',
  { timeout: 300_000 },
  async () => {
    const dataDir = await copyDataDir()
    for (const commits of [3, 40, 17, 120, 1, 75]) {
      const acknowledged = await killAfter(dataDir, commits)
      const store = await openTestStore({ dataDir, clock: { now: () => noonAt } })
      const { engineStore, auditLog, history, database } = store
      const { headSeq, maxReadingId } = await engineStore.open()
      expect(headSeq).toBeGreaterThanOrEqual(acknowledged.seq)
      expect(maxReadingId).toBeGreaterThanOrEqual(acknowledged.id)
      expect(await auditLog.verify()).toMatchObject({ ok: true, checked: headSeq })
      // An event and its forty readings are one commit: both or neither.
      expect(maxReadingId).toBe(headSeq * 40)
      const [stored] = await database.query('select count(*) as n, count(distinct id) as ids from reading')
      expect(stored).toEqual({ n: maxReadingId, ids: maxReadingId })

      await history.maintain(noonAt)
      for (const [family, width] of [
        ['minute', 60_000],
        ['hour', 3_600_000],
      ] as const) {
        const wrong = await database.query(
          `select * from (
          select sensor_id, phenomenon_at - mod(phenomenon_at, $1::bigint) as bucket_at, count(*) as n, sum(value) as sum,
            min(value) as min, max(value) as max, max(phenomenon_at) as last_at from reading group by 1, 2) as raw
        full join ${family} as rolled using (sensor_id, bucket_at)
        where (raw.n, raw.sum, raw.min, raw.max, raw.last_at) is distinct from
          (rolled.n::bigint, rolled.sum, rolled.min, rolled.max, rolled.last_at)`,
          [width],
        )
        expect(wrong).toEqual([])
      }
      await store.close()
    }
    await rm(dataDir, { recursive: true })
  },
)
