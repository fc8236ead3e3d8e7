/**
 * Watches sensors against what is expected of them now, where their kind has a rule about deviations. Guarantees: an untrusted or overtaken reading neither teaches nor
 * raises; nothing is raised before a sensor's habits of a week are known; one detector a watched sensor and no more memory.
 * Kept in memory only: after a restart detectors are taught again from the stored readings, and until then a sensor is not judged by this.
 */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { AnomalyEvidence } from '../../../../shared/model/anomaly.ts'
import type { DayOf } from '../../../../shared/model/city-calendar.ts'
import type { Instant, SensorId } from '../../../../shared/model/ids.ts'
import type { Reading } from '../../../../shared/model/reading.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { anomalyWords } from '../../../../shared/model/anomaly-words.ts'
import { isTrusted } from '../../../../shared/model/reading.ts'
import { RulesByKind } from '../alarm/rules-by-kind.ts'
import type { Situation } from '../alarm/scope.ts'
import { isRuleInForce } from '../alarm/scope.ts'
import type { Verdict } from '../alarm/watch.ts'
import { DeviationDetector } from './deviation-detector.ts'
import { modest } from './deviation-rule.ts'

const dayMs = 24 * 3_600_000
/** Weekdays differ: before a week has passed nobody knows how. */
export const habitMs = 7 * dayMs

interface Learner {
  readonly detector: DeviationDetector
  /** First and last reading it learned from; NaN before any. */
  firstAt: Instant
  lastAt: Instant
  /** Its alarm stands. */
  isOff: boolean
  /** First reading of the present run that was as usual; NaN = none. */
  backSince: Instant
  /** Its past is being fetched. */
  isAway: boolean
}

/** One stored reading to learn from. */
export interface PastReading {
  readonly at: Instant
  readonly value: number
}

export class DeviationWatch {
  #rules: RulesByKind
  readonly #dayOf: DayOf
  readonly #learners = new Map<SensorId, Learner>()
  #dayStartAt = Number.NaN
  #localDay = 0

  /** `dayOf`: the city's days, which habits follow. */
  constructor(rules: readonly AlarmRule[], dayOf: DayOf) {
    this.#rules = rulesOf(rules)
    this.#dayOf = dayOf
  }

  setRules(rules: readonly AlarmRule[]): void {
    this.#rules = rulesOf(rules)
  }

  watches(kind: string): boolean {
    return this.#rules.of(kind).length > 0
  }

  /** `situation` is asked only where a rule's scope depends on it. Takes one reading; a verdict where the sensor is off its habits for the first time, or has been back to them long enough. */
  observe(sensor: Sensor, reading: Reading, situation: () => Situation): Verdict | undefined {
    const [rule] = this.#rules.of(sensor.kind)
    if (rule === undefined || !isTrusted(reading.quality)) return undefined
    const learner = this.#learner(sensor.id)
    const { phenomenonAt: at, value } = reading
    if (learner.isAway || at <= learner.lastAt) return undefined
    const score = this.#learn(learner, at, value)
    const verdict = {
      sensorId: sensor.id,
      value,
      since: at,
      at,
      receivedAt: reading.receivedAt,
      channel: 'deviation',
    } as const
    if (learner.isOff) return this.#isBack(learner, rule, at) ? { ...verdict, rule: null } : undefined
    if (score < rule.limit || at - learner.firstAt < habitMs) return undefined
    if (!isRuleInForce(rule, sensor.districtId, situation())) return undefined
    const evidence = learner.detector.evidence()
    if (departure(evidence) < rule.deadband) return undefined
    learner.isOff = true
    learner.backSince = Number.NaN
    return {
      ...verdict,
      rule,
      limit: Number(evidence.expected.toPrecision(4)),
      evidence: anomalyWords(evidence, sensor.unit),
    }
  }

  /** After a restart: its alarm stands. */
  restore(sensorId: SensorId): void {
    this.#learner(sensorId).isOff = true
  }

  /** Its past will be taught; until then it is not judged. */
  expectPast(sensorId: SensorId): void {
    this.#learner(sensorId).isAway = true
  }

  /** Stored readings, oldest first, and nothing is said of them. */
  teach(sensorId: SensorId, past: readonly PastReading[]): void {
    const learner = this.#learner(sensorId)
    learner.isAway = false
    for (const { at, value } of past) if (!(at <= learner.lastAt)) this.#learn(learner, at, value)
  }

  /** The sensor is gone, or is another kind of sensor now. */
  forget(sensorId: SensorId): void {
    this.#learners.delete(sensorId)
  }

  /** Sensors with a detector. */
  get size(): number {
    return this.#learners.size
  }

  #learner(sensorId: SensorId): Learner {
    const known = this.#learners.get(sensorId)
    if (known !== undefined) return known
    const detector = new DeviationDetector()
    const none = Number.NaN
    const learner: Learner = { detector, firstAt: none, lastAt: none, isOff: false, backSince: none, isAway: false }
    this.#learners.set(sensorId, learner)
    return learner
  }

  #learn(learner: Learner, at: Instant, value: number): number {
    if (Number.isNaN(learner.firstAt)) learner.firstAt = at
    learner.lastAt = at
    return learner.detector.observe(this.#localAt(at), value)
  }

  #isBack(learner: Learner, rule: AlarmRule, at: Instant): boolean {
    if (!learner.detector.isUsual) {
      learner.backSince = Number.NaN
      return false
    }
    if (Number.isNaN(learner.backSince)) learner.backSince = at
    if (at - learner.backSince < rule.offDelayMs) return false
    learner.isOff = false
    return true
  }

  /** On a clock whose days all begin at whole multiples of a day, as the city's do on its own. */
  #localAt(at: Instant): number {
    const { startAt, ymd } = this.#dayOf(at)
    if (startAt !== this.#dayStartAt) {
      this.#dayStartAt = startAt
      this.#localDay = Date.UTC(Number(ymd.slice(0, 4)), Number(ymd.slice(4, 6)) - 1, Number(ymd.slice(6)))
    }
    return this.#localDay + (at - startAt)
  }
}

const rulesOf = (rules: readonly AlarmRule[]) =>
  new RulesByKind(
    rules.map((rule) => (rule.sense === 'deviation' ? modest(rule) : rule)),
    'deviation',
  )

/** How far off it is, in the sensor's unit. */
const departure = ({ cause, present, value, expected }: AnomalyEvidence): number =>
  Math.max(cause === 'swing' ? present : 0, Math.abs(value - expected))
