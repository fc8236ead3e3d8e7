/**
 * What a door refused, counted always and logged sparsely: one line at once, then one a while with how many there were.
 */
import type { FieldError, RefusalCode } from '../../../../shared/model/refusal.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'

const quietMs = 10_000

export class RefusalTally {
  readonly #log: Log
  readonly #metrics: Metrics
  readonly #clock: Clock
  #loggedAt = Number.NEGATIVE_INFINITY
  #unsaid = 0

  constructor(log: Log, metrics: Metrics, clock: Clock) {
    this.#log = log
    this.#metrics = metrics
    this.#clock = clock
  }

  accepted(count: number): void {
    this.#metrics.count('tongguan_door_observations_total', { door: 'mqtt', outcome: 'accepted' }, count)
  }

  count(code: RefusalCode): void {
    this.#metrics.count('tongguan_door_refused_total', { door: 'mqtt', code })
  }

  refused(code: RefusalCode, key: string, topic: string, errors: readonly FieldError[]): void {
    this.#metrics.count('tongguan_door_observations_total', { door: 'mqtt', outcome: code })
    const now = this.#clock.now()
    if (now - this.#loggedAt < quietMs) {
      this.#unsaid++
      return
    }
    const [first] = errors
    this.#log.warn({ door: 'mqtt', code, key, topic: topic.slice(0, 100), ...first, before: this.#unsaid }, 'refused')
    this.#loggedAt = now
    this.#unsaid = 0
  }
}
