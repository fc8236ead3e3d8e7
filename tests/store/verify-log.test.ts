import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyDataDir, openTestStore } from '../support/embedded.ts'
import { chain, emptyBatch, noted } from './samples.ts'

const program = resolve(import.meta.dirname, '../../dist/server/verify-log.js')
let dataDir: string
beforeAll(async () => {
  dataDir = await copyDataDir()
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

/** As `npm run log -- …` runs it. */
const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' }
    execFile(process.execPath, [program, ...args], { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })

it('says that the log holds, where it breaks, and when it cannot look', async () => {
  expect(await run('verify')).toEqual({ code: 0, out: `ok 0 events, head ${'0'.repeat(64)}\n`, err: '' })
  expect(await run()).toEqual({ code: 2, out: '', err: 'usage: npm run log -- verify\n' })

  const store = await openTestStore({ dataDir })
  const events = chain(Array.from({ length: 5_000 }, (_, index) => noted(`person ${index}`)))
  await store.engineStore.commit({ ...emptyBatch, events })
  const locked = await run('verify')
  expect(locked).toMatchObject({ code: 2, out: '' })
  expect(locked.err).toMatch(/^DATA_DIR .+ is in use by another server \(process \d+\): stop it first\n$/)
  await store.close()

  const whole = await run('verify')
  expect(whole.out).toBe(
    `checked 2000 of 5000 events (40 %)\nchecked 4000 of 5000 events (80 %)\nok 5000 events, head ${events.at(-1)?.hash}\n`,
  )
  expect([whole.code, whole.err]).toEqual([0, ''])

  const again = await openTestStore({ dataDir })
  await again.database.query('delete from event where seq = 1234')
  await again.close()
  const broken = await run('verify')
  expect(broken.code).toBe(1)
  expect(broken.out).toContain(
    'broken at event 1234: event 1234 is missing: 1235 follows 1233 (1233 events before it hold)',
  )
})
