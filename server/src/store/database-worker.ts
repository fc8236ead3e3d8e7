/**
 * The embedded PostgreSQL, on a thread of its own: a query blocks the thread it runs on. Guarantees that requests run one after
 * another, in the order they came, and that the write-ahead log is folded into the tables before it grows large: an embedded
 * database has no background processes, so this thread does their work. Refuses to know what the statements mean.
 *
 * Run as a program (`node database-worker.js initdb DIR`) it makes an empty database and ends: making one takes 800 MB for some
 * seconds, which a process never gives back.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { Row } from '../ports/store.ts'
import { binaryArrayOids } from './binary-array.ts'
import type { DatabaseReply, DatabaseRequest, EncodedStatement, StatementFault } from './worker-protocol.ts'

/** Megabytes here are resident for as long as the server lives. */
const memorySettings = [
  'shared_buffers=32MB',
  'wal_buffers=1MB',
  'work_mem=8MB',
  'maintenance_work_mem=16MB',
  'max_connections=5',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  'autovacuum=off',
  'jit=off',
  'random_page_cost=1.1',
  // Analysing reads as many pages as this says: a commit waits for it.
  'default_statistics_target=20',
]
const startParams = [...PGlite.defaultStartParams, ...memorySettings.flatMap((setting) => ['-c', setting])]
const checkpointEveryBytes = 24 * 1024 * 1024

const toNumber = (text: string): number => Number(text)
/** 20 bigint, 1700 numeric. Instants and ids are whole numbers below 2⁵³. */
const parsers = { 20: toNumber, 1700: toNumber }
/** Parameters come encoded; the driver's own way with arrays knows text only. */
const serializers = Object.fromEntries(binaryArrayOids.map((oid) => [oid, (encoded: unknown) => encoded as string]))

function describe(error: unknown, sql: string | null): StatementFault {
  const fault = error as { message?: string; code?: string; detail?: string }
  return {
    message: fault.message ?? String(error),
    code: fault.code ?? null,
    detail: fault.detail ?? null,
    sql: sql?.slice(0, 500) ?? null,
  }
}

async function serve(dataDir: string): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('the embedded database runs in a worker thread')
  const database = new PGlite(dataDir, { startParams, parsers, serializers })
  await database.waitReady

  let writtenBytes = 0
  let running: string | null = null
  const run = async ({ sql, params }: EncodedStatement): Promise<Row[]> => {
    running = sql
    for (const param of params) writtenBytes += param?.length ?? 0
    return (await database.query<Row>(sql, params as unknown[] as never[])).rows
  }
  const transaction = async (statements: readonly EncodedStatement[]): Promise<Row[][]> => {
    // A statement alone is a transaction already: the two around it would cost as much as twenty readings.
    const [only] = statements
    if (only !== undefined && statements.length === 1) return [await run(only)]
    const rows: Row[][] = []
    await database.exec('begin')
    try {
      for (const statement of statements) rows.push(await run(statement))
      await database.exec('commit')
      return rows
    } catch (error) {
      await database.exec('rollback')
      throw error
    }
  }
  const answer = async (request: DatabaseRequest): Promise<Row[][]> => {
    switch (request.kind) {
      case 'query':
        return [await run(request.statement)]
      case 'transaction':
        return transaction(request.statements)
      case 'script':
        running = request.sql
        await database.exec(request.sql)
        return []
      case 'close':
        await database.close()
        return []
    }
  }

  let tail: Promise<void> = Promise.resolve()
  const handle = async (request: DatabaseRequest): Promise<void> => {
    running = null
    let reply: DatabaseReply
    try {
      reply = { id: request.id, ok: true, rows: await answer(request) }
    } catch (error) {
      reply = { id: request.id, ok: false, error: describe(error, running) }
      // A trap leaves its memory half changed: only a new start, from what is on disk, can be trusted.
      if (error instanceof Error && error.name === 'RuntimeError') setImmediate(() => process.exit(1))
    }
    port.postMessage(reply)
    if (request.kind === 'close') return port.close()
    if (writtenBytes < checkpointEveryBytes) return
    writtenBytes = 0
    await database.exec('checkpoint')
  }
  port.on('message', (request: DatabaseRequest) => {
    tail = tail.then(() => handle(request))
  })
  port.postMessage({ id: 0, ok: true, rows: [] } satisfies DatabaseReply)
}

async function makeEmpty(dataDir: string): Promise<void> {
  const database = new PGlite(dataDir, { startParams })
  await database.waitReady
  await database.close()
}

const [, , verb, directory] = process.argv
if (!isMainThread) await serve((workerData as { dataDir: string }).dataDir)
else if (verb === 'initdb' && directory !== undefined) await makeEmpty(directory)
