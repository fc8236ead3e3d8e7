/**
 * A PostgreSQL server, through `pg`. Guarantees that transactions run one after another on one connection, which holds the lock that
 * keeps a second server out of this database; questions have connections of their own. Refuses to know what is stored.
 */
import pg from 'pg'
import type { Database, Row, Statement } from '../ports/store.ts'
import { encodeParameter } from './encode-parameter.ts'
import { DatabaseBusy, DatabaseFault } from './worker-protocol.ts'

/** Any number two servers of this program agree on. */
const lockKey = 7_436_201
const maxWaiting = 2_000

const toNumber = (text: string): number => Number(text)
const ownParsers: Record<number, (text: string) => unknown> = { 20: toNumber, 1700: toNumber }
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    ownParsers[oid] ??
    (pg.types.getTypeParser as (oid: number, format?: string) => (text: string) => unknown)(oid, format),
}

function toFault(error: unknown, sql: string): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  const { message, code, detail } = error
  return new DatabaseFault({ message, code: code ?? null, detail: detail ?? null, sql: sql.slice(0, 500) })
}

async function run(client: pg.ClientBase | pg.Pool, { sql, params = [] }: Statement): Promise<Row[]> {
  try {
    return (await client.query<Row>(sql, params.map(encodeParameter))).rows
  } catch (error) {
    throw toFault(error, sql)
  }
}

export class ServerDatabase implements Database {
  readonly kind = 'server'
  readonly #config: pg.ClientConfig
  readonly #pool: pg.Pool
  readonly #isExclusive: boolean
  #writer: pg.Client | null = null
  #tail: Promise<unknown> = Promise.resolve()
  #waiting = 0

  private constructor(databaseUrl: string, isExclusive: boolean) {
    const options = '-c timezone=UTC -c jit=off -c search_path=public'
    this.#config = { connectionString: databaseUrl, types, options, application_name: 'tongguan' }
    this.#isExclusive = isExclusive
    this.#pool = new pg.Pool({ ...this.#config, max: 4, statement_timeout: 60_000, idleTimeoutMillis: 60_000 })
    // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
    this.#pool.on('error', () => undefined)
  }

  static async connect(databaseUrl: string, isExclusive: boolean): Promise<ServerDatabase> {
    const database = new ServerDatabase(databaseUrl, isExclusive)
    try {
      if (isExclusive) await database.#openWriter()
      else await database.#pool.query('select 1')
    } catch (error) {
      await database.close()
      throw error instanceof DatabaseFault || error instanceof DatabaseInUse
        ? error
        : new Error(`DATABASE_URL cannot be reached: ${(error as Error).message || String(error)}`, { cause: error })
    }
    return database
  }

  query(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return run(this.#pool, { sql, params })
  }

  transaction(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#inTurn(async (client) => {
      await client.query('begin')
      try {
        const rows: Row[][] = []
        for (const statement of statements) rows.push(await run(client, statement))
        await client.query('commit')
        return rows
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
      }
    })
  }

  script(sql: string): Promise<void> {
    return this.#inTurn(async (client) => {
      await client.query(sql).catch((error: unknown) => {
        throw toFault(error, sql)
      })
    })
  }

  async close(): Promise<void> {
    await this.#tail.catch(() => undefined)
    const writer = this.#writer
    this.#writer = null
    await writer?.end().catch(() => undefined)
    if (!this.#pool.ended) await this.#pool.end()
  }

  #inTurn<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    if (this.#waiting >= maxWaiting) return Promise.reject(new DatabaseBusy())
    this.#waiting++
    const turn = this.#tail
      .catch(() => undefined)
      .then(async () => work(this.#writer ?? (await this.#openWriter())))
      .finally(() => this.#waiting--)
    this.#tail = turn
    return turn
  }

  /** Also after a lost connection: the lock went with it, and another server may hold it by now. */
  async #openWriter(): Promise<pg.Client> {
    const client = new pg.Client(this.#config)
    const drop = () => {
      if (this.#writer === client) this.#writer = null
    }
    client.on('error', drop)
    client.on('end', drop)
    await client.connect()
    if (this.#isExclusive) {
      const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [lockKey])
      if (rows[0]?.free !== true) {
        await client.end()
        throw new DatabaseInUse()
      }
    }
    this.#writer = client
    return client
  }
}

class DatabaseInUse extends Error {
  constructor() {
    super('the database named by DATABASE_URL is in use by another server: stop it first')
  }
}
