/**
 * The thread that makes tiles, started when first needed and ended when nobody has needed it for a while: what it holds of the city is
 * only in memory while tiles are being made. Guarantees that a bounded number wait.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { TilesBusy } from '../../ports/tiles.ts'
import type { TileAnswer, TileOrder } from './tile-messages.ts'

const maxWaiting = 500
const places = ['./tile-worker.js', '../tile-worker.js', '../../../../dist/server/tile-worker.js']

function workerFile(): string {
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  const found = files.find((file) => existsSync(file))
  if (found === undefined) throw new Error('the maker of tiles is not built: run `npm run build`')
  return found
}

export type Ready = Extract<TileAnswer, { kind: 'ready' }>
interface Waiting {
  resolve(bytes: Uint8Array | null): void
  reject(reason: Error): void
}

class Running {
  readonly ready: Promise<Ready>
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #isReady = false

  constructor(packDir: string, onEnd: () => void) {
    const worker = new Worker(workerFile(), { workerData: { packDir } })
    worker.unref()
    this.#worker = worker
    this.ready = new Promise((resolve, reject) => {
      const end = (reason: Error) => {
        onEnd()
        reject(reason)
        for (const one of this.#waiting.values()) one.reject(reason)
        this.#waiting.clear()
      }
      worker.on('message', (answer: TileAnswer) => {
        if (answer.kind === 'ready') {
          this.#isReady = true
          return resolve(answer)
        }
        const one = this.#waiting.get(answer.id)
        this.#waiting.delete(answer.id)
        if (answer.kind === 'tile') one?.resolve(answer.bytes)
        else one?.reject(new Error(`a map tile could not be made: ${answer.problem}`))
      })
      worker.on('error', (error) => end(new Error(`map tiles could not be made: ${error.message}`, { cause: error })))
      worker.on('exit', () => end(new Error('the maker of map tiles has ended')))
    })
    // Whoever waits hears of it; nobody may.
    this.ready.catch(() => undefined)
  }

  /** Somebody waits for it. */
  get isNeeded(): boolean {
    return !this.#isReady || this.#waiting.size > 0
  }
  order(z: number, x: number, y: number): Promise<Uint8Array | null> {
    if (this.#waiting.size >= maxWaiting) return Promise.reject(new TilesBusy())
    const order: TileOrder = { id: ++this.#lastId, z, x, y }
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, { resolve, reject })
      this.#worker.postMessage(order)
    })
  }
  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}

export interface TileMaker {
  readonly isRunning: boolean
  describe(): Promise<Ready>
  make(z: number, x: number, y: number): Promise<Uint8Array | null>
  close(): Promise<void>
}

export function createTileMaker(packDir: string, idleMs: number): TileMaker {
  let running: Running | null = null
  let timer: NodeJS.Timeout | null = null
  const rest = () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      if (running === null) return
      if (running.isNeeded) return rest()
      void running.end()
    }, idleMs).unref()
  }
  const start = (): Running => {
    rest()
    if (running !== null) return running
    const fresh = new Running(packDir, () => {
      if (running === fresh) running = null
    })
    running = fresh
    return fresh
  }
  return {
    get isRunning() {
      return running !== null
    },
    describe: () => start().ready,
    make: (z, x, y) => start().order(z, x, y),
    async close() {
      if (timer !== null) clearTimeout(timer)
      await running?.end()
    },
  }
}
