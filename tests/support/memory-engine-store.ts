/**
 * The engine's store in memory, keeping the same promises: a commit is all or nothing, done once by its numbers, and
 * everything read back is a copy that went through JSON, as from a database.
 */
import { randomUUID } from 'node:crypto'
import type { Incident } from '../../shared/model/incident.ts'
import type { LoggedEvent } from '../../shared/model/event.ts'
import { isOfDrill, type Reading } from '../../shared/model/reading.ts'
import type { UnitFix } from '../../shared/model/unit.ts'
import type { CommandOutcome } from '../../server/src/ports/engine.ts'
import type { CommitBatch, EngineStore, RowUpserts } from '../../server/src/ports/store.ts'

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const keyOf = (reading: Reading) =>
  `${reading.sensorId}@${reading.phenomenonAt}:${reading.text ?? reading.value}:${isOfDrill(reading.quality)}`

async function* inTurn(pieces: readonly string[]): AsyncIterable<string> {
  yield* pieces
}

export class MemoryEngineStore implements EngineStore {
  readonly epoch = randomUUID()
  readonly log: LoggedEvent[] = []
  readonly batches: CommitBatch[] = []
  readonly incidents = new Map<string, Incident>()
  readonly commands = new Map<string, { readonly actor: string; readonly outcome: CommandOutcome }>()
  readonly snapshots: { readonly rev: number; readonly pieces: readonly string[] }[] = []
  readonly #readings = new Map<string, Reading>()
  readonly #fixes = new Map<string, UnitFix>()
  #maxReadingId = 0
  /** The next so many commits fail before anything is written. */
  failCommits = 0
  /** The next commit is written, and its answer lost. */
  loseAnswer = false
  /** Awaited before each commit is written: holds it for as long as a test likes. */
  beforeCommit: () => Promise<void> = () => Promise.resolve()

  open(): ReturnType<EngineStore['open']> {
    const head = this.log.at(-1)
    const newest = this.snapshots.at(-1)
    return Promise.resolve({
      epoch: this.epoch,
      headSeq: head?.seq ?? 0,
      headHash: head?.hash ?? '0'.repeat(64),
      maxReadingId: this.#maxReadingId,
      snapshot: newest === undefined ? null : { rev: newest.rev, pieces: inTurn(newest.pieces) },
    })
  }

  events(afterSeq: number, limit: number): Promise<LoggedEvent[]> {
    return Promise.resolve(copy(this.log.slice(afterSeq, afterSeq + limit)))
  }

  async commit(batch: CommitBatch): Promise<ReadonlyMap<number, number>> {
    await this.beforeCommit()
    if (this.failCommits > 0) {
      this.failCommits--
      throw new Error('the disk is gone')
    }
    for (const event of batch.events) {
      if (event.seq > this.log.length + 1) throw new Error(`a gap before event ${event.seq}`)
      if (event.seq === this.log.length + 1) this.log.push(copy(event))
    }
    this.#rows(batch.rows)
    for (const { commandId, actor, outcome } of batch.commands)
      this.commands.set(commandId, { actor, outcome: copy(outcome) })
    for (const fix of batch.fixes) this.#fixes.set(fix.unitId, fix)
    const duplicates = new Map<number, number>()
    for (const [i, reading] of batch.readings.entries()) {
      const stored = this.#readings.get(keyOf(reading))
      if (stored !== undefined && stored.id !== reading.id) duplicates.set(i, stored.id)
      else this.#readings.set(keyOf(reading), reading)
      this.#maxReadingId = Math.max(this.#maxReadingId, reading.id)
    }
    this.batches.push(batch)
    if (this.loseAnswer) {
      this.loseAnswer = false
      throw new Error('the connection is gone')
    }
    return duplicates
  }

  knownCommands(ids: readonly string[]): ReturnType<EngineStore['knownCommands']> {
    return Promise.resolve(new Map([...this.commands].filter(([id]) => ids.includes(id))))
  }

  saveSnapshot(rev: number, pieces: Iterable<string>): Promise<void> {
    this.snapshots.push({ rev, pieces: [...pieces] })
    return Promise.resolve()
  }

  incident(id: string): Promise<Incident | null> {
    return Promise.resolve(copy(this.incidents.get(id) ?? null))
  }

  latestReadings(): Promise<Reading[]> {
    const latest = new Map<number, Reading>()
    for (const reading of this.#readings.values()) {
      if (isOfDrill(reading.quality)) continue
      const known = latest.get(reading.sensorId)
      if (known === undefined || reading.phenomenonAt >= known.phenomenonAt) latest.set(reading.sensorId, reading)
    }
    return Promise.resolve([...latest.values()])
  }

  latestFixes(): Promise<UnitFix[]> {
    return Promise.resolve([...this.#fixes.values()])
  }

  get readingCount(): number {
    return this.#readings.size
  }

  #rows(rows: RowUpserts): void {
    for (const incident of rows.incidents) this.incidents.set(incident.id, copy(incident))
  }
}
