/**
 * Saves state now and then, so that a start need not fold the whole log. One at a time; it is written in pieces between
 * other work, of state as it was when the keeper was asked. As a snapshot costs what state is large, it is due after so
 * many events, and never before a part of state's own rows: registering a city is not paid for again with each snapshot
 * of it. A snapshot that fails is only a slower start.
 */
import type { CityState } from '../domain/state.ts'
import { snapshotPieces, snapshotRows } from '../domain/snapshot.ts'
import type { EngineStore } from '../ports/store.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'

interface SnapshotParts {
  readonly store: EngineStore
  readonly log: Log
  readonly metrics: Metrics
  /** Due after so many events, and so many to each row of state. */
  readonly everyEvents: number
  readonly everyPart: number
}

export class SnapshotKeeper {
  #lastRev = 0
  #underWay: Promise<void> | null = null
  readonly #parts: SnapshotParts

  constructor(parts: SnapshotParts) {
    this.#parts = parts
  }

  /** The newest snapshot there is already. */
  begin(rev: number): void {
    this.#lastRev = rev
  }

  /** Called between two batches, when what is decided is what is stored. */
  offer(state: CityState): void {
    if (this.#underWay !== null) return
    const { everyEvents, everyPart } = this.#parts
    if (state.rev - this.#lastRev >= Math.max(everyEvents, snapshotRows(state) * everyPart)) this.#save(state)
  }

  /** The last one, at the end. */
  async finish(state: CityState): Promise<void> {
    await this.#underWay
    if (state.rev > this.#lastRev) this.#save(state)
    await this.#underWay
  }

  #save(state: CityState): void {
    const { rev } = state
    const pieces = snapshotPieces(state)
    this.#underWay = this.#write(rev, pieces).finally(() => (this.#underWay = null))
  }

  async #write(rev: number, pieces: Iterable<string>): Promise<void> {
    const { store, log, metrics } = this.#parts
    const startedAt = performance.now()
    try {
      await store.saveSnapshot(rev, pieces)
      this.#lastRev = rev
      metrics.observe('tongguan_engine_snapshot_seconds', (performance.now() - startedAt) / 1000)
    } catch (error) {
      log.error({ error, rev }, 'snapshot not saved')
    }
  }
}
