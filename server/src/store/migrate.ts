/** Brings the tables up to date. Guarantees that each migration happens once and whole, and that older code never opens newer tables. */
import { randomUUID } from 'node:crypto'
import type { Database } from '../ports/store.ts'
import { migrations } from './migrations.ts'

export async function schemaVersion(database: Database): Promise<number> {
  const [known] = await database.query("select to_regclass('schema_version') is not null as known")
  if (known?.known !== true) return 0
  const [row] = await database.query('select coalesce(max(version), 0) as version from schema_version')
  return Number(row?.version ?? 0)
}

export const newestVersion = (): number => Math.max(...migrations.map((migration) => migration.version))

export async function migrate(database: Database, onProgress: (text: string) => void): Promise<void> {
  const version = await schemaVersion(database)
  if (version > newestVersion()) {
    throw new Error(
      `the data was written by a newer version (tables ${version}, this program knows ${newestVersion()})`,
    )
  }
  for (const migration of migrations.filter((candidate) => candidate.version > version)) {
    onProgress(`updating the tables to version ${migration.version}`)
    await database.script(`
      begin;
      create table if not exists schema_version (version int primary key, applied_at timestamptz not null default now());
      ${migration.sql}
      insert into schema_version (version) values (${migration.version});
      commit;`)
  }
  await database.query('insert into store_state (epoch) values ($1) on conflict do nothing', [randomUUID()])
}
