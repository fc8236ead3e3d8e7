/** The one way to a database: embedded in DATA_DIR, or the server that DATABASE_URL names. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../ports/store.ts'
import { openDirectory } from './data-directory.ts'
import { EmbeddedDatabase } from './embedded-database.ts'
import { migrate, newestVersion, schemaVersion } from './migrate.ts'
import { ServerDatabase } from './server-database.ts'

export interface DatabaseOptions {
  readonly dataDir: string
  /** PostgreSQL server; null = the embedded one. */
  readonly databaseUrl: string | null
  /** What a person may want to know while waiting. */
  readonly onProgress?: (text: string) => void
}

async function start({ dataDir, databaseUrl, onProgress = () => undefined }: DatabaseOptions): Promise<Database> {
  if (databaseUrl !== null) return ServerDatabase.connect(databaseUrl, true)
  const directory = await openDirectory(dataDir, onProgress)
  try {
    return await EmbeddedDatabase.start(directory.databaseDir, directory.release)
  } catch (error) {
    directory.release()
    throw new Error(`the database in DATA_DIR ${dataDir} does not start: ${(error as Error).message}`, { cause: error })
  }
}

/** Opens, locks and migrates. Throws one line that names the setting to change. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = await start(options)
  try {
    await migrate(database, options.onProgress ?? (() => undefined))
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Opens what exists, for reading: makes nothing, changes nothing. A PostgreSQL server may go on serving meanwhile. */
export async function openExisting(options: DatabaseOptions): Promise<Database> {
  const { dataDir, databaseUrl } = options
  if (databaseUrl === null && !existsSync(join(dataDir, 'database', 'PG_VERSION'))) {
    throw new Error(`DATA_DIR ${dataDir} holds no database`)
  }
  const database = databaseUrl === null ? await start(options) : await ServerDatabase.connect(databaseUrl, false)
  const version = await schemaVersion(database)
  if (version === newestVersion()) return database
  await database.close()
  throw new Error(
    `the data has tables of version ${version}, this program needs ${newestVersion()}: start the server once`,
  )
}
