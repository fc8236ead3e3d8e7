/** Everything that is kept, opened in one go. */
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  Accounts,
  AuditLog,
  Bulletins,
  Database,
  EngineStore,
  EventHasher,
  History,
  KpiViews,
  ReadModels,
  TextHasher,
} from '../ports/store.ts'
import { prepareAlarmCells } from './alarm-cells.ts'
import { createAuditLog } from './audit-log.ts'
import { BucketPartitions } from './bucket-partitions.ts'
import { createBulletins } from './bulletins.ts'
import { createEngineStore } from './engine-store.ts'
import { createHistory, defaultRetention, type Retention } from './history.ts'
import { Housekeeper } from './housekeeper.ts'
import { KpiCells } from './kpi-cells.ts'
import { prepareKpi } from './kpi-rebuild.ts'
import { openDatabase, type DatabaseOptions } from './open-database.ts'
import { createKpiViews } from './kpi-views.ts'
import { createReadModels } from './read-models.ts'
import { ReadingPartitions } from './reading-partitions.ts'
import { ReadingWriter } from './reading-writer.ts'
import { RollUp } from './roll-up.ts'
import { createAccounts } from './stored-accounts.ts'

export interface StoreParts {
  readonly clock: Clock
  readonly hashEvent: EventHasher
  readonly hashText: TextHasher
  readonly retention?: Partial<Retention>
  /** The city's zone, by whose days evaluation counts; left out: as it counts already. Another than before has all cases counted anew. */
  readonly timeZone?: string | Promise<string>
  /** What the city holds its crews to, likewise. */
  readonly timeTargets?: readonly TimeTarget[] | Promise<readonly TimeTarget[]>
  readonly onProgress?: (text: string) => void
}

export interface Store {
  readonly database: Database
  readonly engineStore: EngineStore
  readonly history: History
  readonly readModels: ReadModels
  readonly auditLog: AuditLog
  readonly accounts: Accounts
  readonly kpiViews: KpiViews
  readonly bulletins: Bulletins
  /** Ends the database and gives DATA_DIR back. */
  close(): Promise<void>
}

/** The store over a database that is open and migrated. */
export async function createStore(database: Database, parts: StoreParts): Promise<Store> {
  const readings = new ReadingPartitions(database)
  const buckets = new BucketPartitions(database)
  const rollUp = new RollUp(database)
  const cells = new KpiCells(database)
  await Promise.all([readings.load(), buckets.load()])
  const basis = { timeZone: (await parts.timeZone) ?? null, timeTargets: (await parts.timeTargets) ?? null }
  await prepareKpi(database, cells, basis, parts.onProgress)
  await prepareAlarmCells(database, parts.onProgress)
  return {
    database,
    engineStore: createEngineStore(
      database,
      parts.hashEvent,
      new ReadingWriter(database, readings, buckets, rollUp),
      cells,
    ),
    history: createHistory({
      database,
      readings,
      buckets,
      rollUp,
      housekeeper: new Housekeeper(database),
      retention: { ...defaultRetention, ...parts.retention },
    }),
    readModels: createReadModels(database, parts.clock),
    auditLog: createAuditLog(database, parts.hashText),
    accounts: createAccounts(database),
    kpiViews: createKpiViews(database),
    bulletins: createBulletins(database),
    close: () => database.close(),
  }
}

export async function openStore(options: DatabaseOptions & StoreParts): Promise<Store> {
  const database = await openDatabase(options)
  try {
    return await createStore(database, options)
  } catch (error) {
    await database.close()
    throw error
  }
}
