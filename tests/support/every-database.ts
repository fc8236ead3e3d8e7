/** One suite for every database the store runs on: what is true of one must be true of the other. */
import { afterAll, beforeAll, describe } from 'vitest'
import { rm } from 'node:fs/promises'
import { hashEvent, hashText } from '../../server/src/platform/event-hash.ts'
import { migrate } from '../../server/src/store/migrate.ts'
import { createStore, openStore, type Store, type StoreParts } from '../../server/src/store/open-store.ts'
import { copyDataDir } from './embedded.ts'
import { hasPostgresServer, startPostgresServer, type PostgresServer } from './postgres-server.ts'

export interface StoreFixture {
  /** A store over an empty database. Ends the one before. */
  open(parts?: Partial<StoreParts>): Promise<Store>
  /** Closes and opens again what `open` opened last: memory is lost, what was stored is not. */
  reopen(parts?: Partial<StoreParts>): Promise<Store>
}

interface Place {
  readonly dataDir: string
  readonly databaseUrl: string | null
}

const defaults: StoreParts = { clock: { now: () => 0 }, hashEvent, hashText }

/** One database for all tests of a suite, emptied between them: that is quicker than another. */
function fixture(newPlace: () => Promise<Place>): StoreFixture & { clear(): Promise<void> } {
  let place: Place | null = null
  let store: Store | null = null
  const openAt = async (where: Place, parts: Partial<StoreParts>) => {
    store = await openStore({ ...defaults, ...parts, ...where })
    return store
  }
  return {
    async open(parts = {}) {
      if (place === null) {
        place = await newPlace()
        return openAt(place, parts)
      }
      const { database } = store ?? (await openAt(place, parts))
      await database.script('drop schema public cascade; create schema public')
      await migrate(database, () => undefined)
      store = await createStore(database, { ...defaults, ...parts })
      return store
    },
    async reopen(parts = {}) {
      if (place === null) throw new Error('nothing was opened')
      await store?.close()
      store = null
      return openAt(place, parts)
    },
    async clear() {
      await store?.close()
      if (place?.databaseUrl === null) await rm(place.dataDir, { recursive: true, force: true })
    },
  }
}

/** Runs the suite on the embedded database and, where there is one, on a PostgreSQL server. */
export function onEveryDatabase(title: string, suite: (stores: StoreFixture) => void): void {
  describe(`${title}, embedded`, () => {
    const stores = fixture(async () => ({ dataDir: await copyDataDir(), databaseUrl: null }))
    afterAll(() => stores.clear())
    suite(stores)
  })

  if (!hasPostgresServer) {
    process.stdout.write(`${title}: skipped on a PostgreSQL server, there is none here (package \`postgresql\`)\n`)
  }
  describe.skipIf(!hasPostgresServer)(`${title}, PostgreSQL server`, () => {
    let server: PostgresServer
    const stores = fixture(async () => ({ dataDir: '', databaseUrl: await server.newDatabase() }))
    beforeAll(async () => {
      server = await startPostgresServer()
    })
    afterAll(async () => {
      await stores.clear()
      await server.stop()
    })
    suite(stores)
  })
}
