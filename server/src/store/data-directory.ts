/**
 * Where the embedded database lives. Guarantees a writable DATA_DIR that no other server uses, with a whole database in it: a first
 * start that was cut short leaves nothing a second one could mistake for a database.
 */
import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { lockDirectory } from './directory-lock.ts'
import { workerFile } from './embedded-database.ts'

const draftPrefix = 'database.new-'

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = error as NodeJS.ErrnoException
    throw new Error(`DATA_DIR ${dataDir} cannot be written (${reason.code ?? reason.message})`, { cause: error })
  }
}

export interface DataDirectory {
  /** PostgreSQL's own directory. */
  readonly databaseDir: string
  /** Gives the lock back. */
  release(): void
}

/** Makes an empty database in a process of its own, then moves it into place in one step. */
export async function makeDatabase(databaseDir: string): Promise<void> {
  const draft = join(databaseDir, '..', `${draftPrefix}${process.pid}`)
  const run = promisify(execFile)
  try {
    await run(process.execPath, [workerFile(), 'initdb', draft], { maxBuffer: 1024 * 1024 })
    renameSync(draft, databaseDir)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1)
    throw new Error(`the database could not be made in ${databaseDir}: ${said || String(error)}`, { cause: error })
  }
}

export async function openDirectory(dataDir: string, onProgress: (text: string) => void): Promise<DataDirectory> {
  const whole = resolve(dataDir)
  makeWritable(whole)
  const release = lockDirectory(whole)
  try {
    for (const name of readdirSync(whole)) {
      if (name.startsWith(draftPrefix)) rmSync(join(whole, name), { recursive: true, force: true })
    }
    const databaseDir = join(whole, 'database')
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) {
      onProgress('making the database (first start only, about ten seconds)')
      await makeDatabase(databaseDir)
    }
    return { databaseDir, release }
  } catch (error) {
    release()
    throw error
  }
}
