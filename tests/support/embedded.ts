/** A real, empty, embedded store for tests: copied from a template that is made once, so that it opens in about a second. */
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Clock } from '../../server/src/ports/clock.ts'
import { hashEvent, hashText } from '../../server/src/platform/event-hash.ts'
import { openDatabase } from '../../server/src/store/open-database.ts'
import { openStore, type Store, type StoreParts } from '../../server/src/store/open-store.ts'
import { migrations } from '../../server/src/store/migrations.ts'

const root = resolve(import.meta.dirname, '../..')

async function makeTemplate(): Promise<string> {
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'),
  ) as { version: string }
  const key = createHash('sha256').update(version).update(JSON.stringify(migrations)).digest('hex').slice(0, 16)
  const cache = join(root, 'node_modules/.cache/tongguan')
  const template = join(cache, `store-${key}`)
  if (await stat(template).catch(() => null)) return template
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, 'draft-'))
  await (await openDatabase({ dataDir: draft, databaseUrl: null })).close()
  // Another run may have been quicker: its template is as good.
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }))
  return template
}

/** A DATA_DIR with an empty, migrated database in it. */
export async function copyDataDir(): Promise<string> {
  const template = await makeTemplate()
  const dataDir = await mkdtemp(join(tmpdir(), 'tongguan-store-'))
  await cp(template, dataDir, { recursive: true })
  return dataDir
}

/** `close` also removes the directory, unless `dataDir` was given. */
export async function openTestStore(
  options: Partial<StoreParts> & { readonly dataDir?: string } = {},
): Promise<Store & { readonly dataDir: string }> {
  const dataDir = options.dataDir ?? (await copyDataDir())
  const clock: Clock = options.clock ?? { now: () => Date.now() }
  const store = await openStore({ clock, hashEvent, hashText, ...options, dataDir, databaseUrl: null })
  const close = async () => {
    await store.close()
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  return { ...store, dataDir, close }
}
