/**
 * Gathers observations of all clients into few intake calls. Guarantees: each is settled once, after its commit; a full
 * intake holds QoS 1 senders and drops (and counts) QoS 0. Bounded by what clients may have in flight, which their held
 * acknowledgements bound.
 */
import type { Clock } from '../../ports/clock.ts'
import type { IncomingObservation, Intake, IntakeOutcome } from '../../ports/intake.ts'
import type { Log } from '../../ports/log.ts'

export interface Waiting {
  readonly item: IncomingObservation
  /** May be lost when intake is full. */
  readonly isDroppable: boolean
  /** `dropped` = lost to overload; a fault says the store failed. */
  settle(outcome: IntakeOutcome | 'dropped' | { readonly fault: Error }): void
}

const maxBatch = 4000
/** Between tries on a full intake: it may say there is room and be refused by the engine behind it. */
const retryMs = 10
/** Calls under way at once: what arrives is judged while the engine gathers and commits what came before. */
const maxCalls = 16

export class Batcher {
  readonly #intake: Intake
  readonly #clock: Clock
  readonly #log: Log
  readonly #onStored: (count: number) => void
  #queue: Waiting[] = []
  #isScheduled = false
  #calls = 0
  #isStopped = false

  /** `onStored` is told once a call how many were stored. */
  constructor(intake: Intake, clock: Clock, log: Log, onStored: (count: number) => void) {
    this.#onStored = onStored
    this.#intake = intake
    this.#clock = clock
    this.#log = log
  }

  get waiting(): number {
    return this.#queue.length
  }

  /** What is held is given back to its senders. */
  stop(): void {
    this.#isStopped = true
  }

  add(waiting: Waiting): void {
    this.#queue.push(waiting)
    this.#schedule()
  }

  /** After the sockets of this turn were read: all they brought goes in one call. */
  #schedule(): void {
    if (this.#isScheduled || this.#calls >= maxCalls) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#start()
    })
  }

  #start(): void {
    if (this.#queue.length === 0) return
    const batch = this.#queue.length > maxBatch ? this.#queue.splice(0, maxBatch) : this.#queue
    if (batch === this.#queue) this.#queue = []
    this.#calls++
    void this.#send(batch).finally(() => {
      this.#calls--
      if (this.#queue.length > 0) this.#schedule()
    })
    if (this.#queue.length > 0) this.#schedule()
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    let left = batch
    try {
      while (left.length > 0) {
        const outcomes = await this.#intake.accept(
          left.map(({ item }) => item),
          this.#clock.now(),
        )
        left = this.#settle(left, outcomes)
        if (left.length === 0) return
        await Promise.all([this.#intake.room(), new Promise((done) => setTimeout(done, retryMs))])
        if (this.#isStopped) return giveBack(left, new Error('the door closes'))
      }
    } catch (error) {
      this.#log.error({ error, door: 'mqtt', count: left.length }, 'observations could not be stored')
      const fault = error instanceof Error ? error : new Error('observations could not be stored')
      giveBack(left, fault)
    }
  }

  /** Settles what has its outcome; answers what must be tried again. */
  #settle(batch: readonly Waiting[], outcomes: readonly IntakeOutcome[]): Waiting[] {
    const again: Waiting[] = []
    let lost = 0
    let stored = 0
    for (const [i, waiting] of batch.entries()) {
      const outcome = outcomes[i]
      if (!outcome) throw new Error('intake gave too few outcomes')
      if (outcome.ok) stored++
      if (outcome.ok || outcome.refusal.code !== 'BUSY') waiting.settle(outcome)
      else if (!waiting.isDroppable) again.push(waiting)
      else {
        lost++
        waiting.settle('dropped')
      }
    }
    if (stored > 0) this.#onStored(stored)
    if (lost > 0) this.#intake.dropped(lost)
    return again
  }
}

function giveBack(left: readonly Waiting[], fault: Error): void {
  for (const waiting of left) waiting.settle({ fault })
}
