/**
 * An engine's store that answers at once and stores in large batches: for a past that is lived at full speed, and for nothing else.
 * Guarantees that batches are stored whole and in order, that look-ups see what still waits, that at most two batches are held, and
 * that a batch which cannot be stored fails everything after it. What it acknowledges is not on the disk yet: its user must be ready
 * to begin again from nothing.
 */
import type { CommitBatch, EngineStore } from '../ports/store.ts'
import { GatheredBatch } from './gathered-batch.ts'

export interface GatheringSettings {
  /** A batch is sent off once it holds this many of one kind. */
  readonly events: number
  readonly readings: number
}
export const defaultGathering: GatheringSettings = { events: 5_000, readings: 15_000 }

export interface GatheringStore extends EngineStore {
  /** Resolves when all that was committed is on the disk; rejects where any of it could not be stored. */
  flush(): Promise<void>
}

const none: ReadonlyMap<number, number> = new Map()

export function createGatheringStore(inner: EngineStore, settings = defaultGathering): GatheringStore {
  let gathered = new GatheredBatch()
  let onItsWay = new GatheredBatch()
  let stored: Promise<void> = Promise.resolve()
  let sending: Promise<void> = Promise.resolve()
  let failure: { readonly error: unknown } | null = null
  /** Every command ever remembered; null where the log held some before us, and only the database knows. */
  let everKnown: Set<string> | null = null

  const unlessFailed = () => {
    if (failure !== null) throw failure.error
  }

  /** Sends the gathered batch off; waits only for the one before it. */
  async function sendNext(): Promise<void> {
    await stored
    unlessFailed()
    if (gathered.isEmpty) return
    onItsWay = gathered
    gathered = new GatheredBatch()
    stored = inner.commit(onItsWay.batch()).then(
      () => void (onItsWay = new GatheredBatch()),
      (error: unknown) => void (failure = { error }),
    )
  }

  /** One after another: a batch on its way must not be forgotten for the next. */
  const send = () => (sending = sending.then(sendNext))

  async function flush(): Promise<void> {
    await send()
    await stored
    unlessFailed()
  }

  return {
    flush,

    async open() {
      const opened = await inner.open()
      everKnown = opened.headSeq === 0 ? new Set() : null
      return opened
    },

    async commit(batch: CommitBatch) {
      unlessFailed()
      gathered.add(batch)
      for (const { commandId } of batch.commands) everKnown?.add(commandId)
      if (gathered.holds(settings)) await send()
      return none
    },

    async knownCommands(ids) {
      const asked = everKnown === null ? ids : ids.filter((id) => everKnown?.has(id))
      if (asked.length === 0) return new Map()
      await flush()
      return inner.knownCommands(asked)
    },

    async incident(id) {
      return gathered.incident(id) ?? onItsWay.incident(id) ?? (await inner.incident(id))
    },

    async saveSnapshot(rev, pieces) {
      await flush()
      await inner.saveSnapshot(rev, pieces)
    },

    async events(afterSeq, limit) {
      await flush()
      return inner.events(afterSeq, limit)
    },
    async latestReadings() {
      await flush()
      return inner.latestReadings()
    },
    async latestFixes() {
      await flush()
      return inner.latestFixes()
    },
  }
}
