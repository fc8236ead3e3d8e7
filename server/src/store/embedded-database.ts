/**
 * PostgreSQL inside this process. Guarantees that statements never run on the event loop's thread, that a transaction is one message,
 * and that no more than a bounded number wait. Refuses to know what is stored.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Database, Row, Statement } from '../ports/store.ts'
import { encodeParameter } from './encode-parameter.ts'
import {
  DatabaseBusy,
  DatabaseFault,
  type DatabaseReply,
  type DatabaseRequest,
  type EncodedStatement,
  type StatementFault,
} from './worker-protocol.ts'

const maxWaiting = 2_000

/** Beside the built server, one folder up from its chunks, or built while this runs from its sources. */
const places = ['./database-worker.js', '../database-worker.js', '../../../dist/server/database-worker.js']

export function workerFile(): string {
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error('the embedded database is not built: run `npm run build`')
  return found
}

const encode = ({ sql, params = [] }: Statement): EncodedStatement => ({ sql, params: params.map(encodeParameter) })

interface Waiting {
  readonly resolve: (rows: Row[][]) => void
  readonly reject: (fault: Error) => void
}

export class EmbeddedDatabase implements Database {
  readonly kind = 'embedded'
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #release: () => void
  #lastId = 0
  #ended: Error | null = null

  private constructor(worker: Worker, release: () => void) {
    this.#worker = worker
    this.#release = release
    worker.on('message', (reply: DatabaseReply) => this.#settle(reply))
    worker.on('error', (error) =>
      this.#end(new Error(`the embedded database failed: ${error.message}`, { cause: error })),
    )
    worker.on('exit', () => this.#end(new Error('the embedded database has ended')))
  }

  /** Starts the thread over an existing database directory. `release` is called once when it has ended. */
  static async start(databaseDir: string, release: () => void): Promise<EmbeddedDatabase> {
    const worker = new Worker(workerFile(), { workerData: { dataDir: databaseDir } })
    const database = new EmbeddedDatabase(worker, release)
    await new Promise<Row[][]>((resolve, reject) => database.#waiting.set(0, { resolve, reject }))
    return database
  }

  async query(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const [rows] = await this.#ask((id) => ({ id, kind: 'query', statement: encode({ sql, params }) }))
    return rows ?? []
  }

  transaction(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#ask((id) => ({ id, kind: 'transaction', statements: statements.map(encode) }))
  }

  async script(sql: string): Promise<void> {
    await this.#ask((id) => ({ id, kind: 'script', sql }))
  }

  async close(): Promise<void> {
    if (this.#ended !== null) return
    const exited = new Promise((resolve) => this.#worker.once('exit', resolve))
    await this.#ask((id) => ({ id, kind: 'close' }))
    await exited
  }

  #ask(make: (id: number) => DatabaseRequest): Promise<Row[][]> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    if (this.#waiting.size >= maxWaiting) return Promise.reject(new DatabaseBusy())
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage(make(id))
    })
  }

  #settle(reply: DatabaseReply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.ok) waiting?.resolve(reply.rows)
    else waiting?.reject(new DatabaseFault(reply.error satisfies StatementFault))
  }

  #end(reason: Error): void {
    if (this.#ended !== null) return
    this.#ended = reason
    for (const waiting of this.#waiting.values()) waiting.reject(reason)
    this.#waiting.clear()
    this.#release()
  }
}
