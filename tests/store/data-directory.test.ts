import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDirectory } from '../../server/src/store/directory-lock.ts'
import { migrations } from '../../server/src/store/migrations.ts'
import { openDatabase, openExisting } from '../../server/src/store/open-database.ts'
import { copyDataDir } from '../support/embedded.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tongguan-dir-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const oneLine = async (opening: Promise<unknown>): Promise<string> => {
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason as Error,
  )
  expect(error?.message).toBeDefined()
  expect(error?.message).not.toContain('\n')
  return error?.message ?? ''
}
const open = () => openDatabase({ dataDir, databaseUrl: null })

it('makes a database where there is none, and says so', async () => {
  await mkdir(join(dataDir, 'database.new-1'))
  const told: string[] = []
  const database = await openDatabase({ dataDir, databaseUrl: null, onProgress: (text) => told.push(text) })
  const steps = migrations.map(({ version }) => expect.stringContaining(`version ${version}`) as string)
  expect(told).toEqual([expect.stringContaining('making the database'), ...steps])
  expect((await readdir(dataDir)).sort()).toEqual(['database', 'database.lock'])
  await database.close()
  // What a first start that was cut short left is gone, and so is the lock.
  expect(await readdir(dataDir)).toEqual(['database'])
})

it('knows of a city from before there were drills that a case marked as one is in no number', async () => {
  const database = await openDatabase({ dataDir: await copyDataDir(), databaseUrl: null })
  await database.script(`
    alter table incident drop column in_kpi;
    drop table drill;
    insert into incident (id, version, state, is_open, class_code, priority, source, reported_at, ending, is_overdue, is_drill)
      select id, 1, 'closed', false, 'E', 3, 'iot', 1, 1, false, id = 'drill' from unnest(array['drill', 'real']) as id;`)
  await database.script(migrations.find(({ version }) => version === 2)?.sql ?? '')
  const rows = await database.query('select id, in_kpi from incident order by id')
  expect(rows).toEqual([
    { id: 'drill', in_kpi: false },
    { id: 'real', in_kpi: true },
  ])
  await database.close()
})

it('names DATA_DIR when it cannot be written', async () => {
  const file = join(dataDir, 'file')
  await writeFile(file, '')
  for (const place of [file, join(file, 'below')]) {
    const line = await oneLine(openDatabase({ dataDir: place, databaseUrl: null }))
    expect(line).toContain(`DATA_DIR ${place} cannot be written`)
  }
})

it('does not open one directory twice, from this process or another', async () => {
  const copy = await copyDataDir()
  const database = await openDatabase({ dataDir: copy, databaseUrl: null })
  const second = await oneLine(openDatabase({ dataDir: copy, databaseUrl: null }))
  expect(second).toBe(`DATA_DIR ${copy} is in use by another server (process ${process.pid}): stop it first`)
  await database.close()
  await (await openDatabase({ dataDir: copy, databaseUrl: null })).close()
  await rm(copy, { recursive: true })
})

it('takes over the lock of a process that was killed, and of one whose number another has now', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const lock = join(dataDir, 'database.lock')
  await writeFile(lock, String(child.pid))
  expect(() => lockDirectory(dataDir)).toThrow(`process ${child.pid}`)
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exited
  const release = lockDirectory(dataDir)
  expect(await readFile(lock, 'utf8')).toMatch(new RegExp(`^${process.pid}( |$)`))
  release()
  expect(existsSync(lock)).toBe(false)

  await writeFile(lock, `${process.pid} 1`)
  lockDirectory(dataDir)()
  await writeFile(lock, 'not a lock')
  lockDirectory(dataDir)()
})

it('opens what exists, or says that nothing does', async () => {
  expect(await oneLine(openExisting({ dataDir, databaseUrl: null }))).toBe(`DATA_DIR ${dataDir} holds no database`)
  expect(await readdir(dataDir)).toEqual([])
})

it('says what is wrong with a database that does not start', async () => {
  await mkdir(join(dataDir, 'database'))
  await writeFile(join(dataDir, 'database', 'PG_VERSION'), '12\n')
  expect(await oneLine(open())).toContain(`DATA_DIR ${dataDir}`)
  // Nothing is left locked.
  expect(existsSync(join(dataDir, 'database.lock'))).toBe(false)
})

it('names DATABASE_URL when nobody answers there', async () => {
  const databaseUrl = `postgres://someone:secret@localhost/none?host=${encodeURIComponent(dataDir)}`
  const line = await oneLine(openDatabase({ dataDir, databaseUrl }))
  expect(line).toContain('DATABASE_URL cannot be reached')
  expect(line).not.toContain('secret')
})
