/**
 * Watches sensors against their kind's rules: deadband, on-delay by the readings' own time and number, off-delay.
 * Guarantees: an untrusted or overtaken reading neither raises nor clears; the worst rule that holds speaks; a quiet
 * sensor costs one number. Knows nothing of alarms' lives: it says what holds, and others make that an event.
 * Kept in memory only. After a restart standing alarms are told to it, and running on-delays begin again at the
 * sensor's last reading: an alarm may then come later by one delay, never twice.
 */
import type { AlarmChannel, AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Instant, SensorId } from '../../../../shared/model/ids.ts'
import type { Reading } from '../../../../shared/model/reading.ts'
import { isTrusted } from '../../../../shared/model/reading.ts'
import { byWorst, crosses, isBack } from './rule-check.ts'

interface RuleWatch {
  active: boolean
  /** First reading of the present run that crossed. */
  since: Instant
  count: number
  /** First reading of the present run that was back; NaN = none. */
  backSince: Instant
}

/** What a sensor's reading, or the passing of time, amounts to. `rule: null`: nothing holds any more. */
export interface Verdict {
  readonly sensorId: SensorId
  readonly rule: AlarmRule | null
  readonly value: number
  readonly since: Instant
  readonly at: Instant
  /** When a door took in the reading it is of; `at`, where time alone speaks. */
  readonly receivedAt: Instant
  readonly channel: AlarmChannel
  /** Where they are not the rule's limit and the sensor's unit. */
  readonly limit?: number
  readonly unit?: string
}

export class AlarmWatch {
  readonly #rulesByKind = new Map<string, readonly AlarmRule[]>()
  readonly #watches = new Map<SensorId, { readonly rules: readonly AlarmRule[]; readonly states: RuleWatch[] }>()
  readonly #lastAt = new Map<SensorId, Instant>()
  readonly #lastValue = new Map<SensorId, number>()
  /** Sensors with a return under way: time alone may complete it. */
  readonly #returning = new Set<SensorId>()

  constructor(rules: readonly AlarmRule[]) {
    for (const kind of new Set(rules.map((rule) => rule.kind))) {
      this.#rulesByKind.set(kind, rules.filter((rule) => rule.kind === kind).sort(byWorst))
    }
  }

  /** Takes one reading; a verdict where the sensor is, or has just ceased to be, in alarm; else undefined. */
  observe(kind: string, reading: Reading): Verdict | undefined {
    const rules = this.#rulesByKind.get(kind)
    if (rules === undefined || !isTrusted(reading.quality)) return undefined
    const { sensorId, value, phenomenonAt: at } = reading
    const lastAt = this.#lastAt.get(sensorId)
    if (lastAt !== undefined && at < lastAt) return undefined
    this.#lastAt.set(sensorId, at)
    let watch = this.#watches.get(sensorId)
    if (watch === undefined || watch.rules !== rules) {
      if (!rules.some((rule) => crosses(rule, value))) {
        if (watch !== undefined) this.forget(sensorId)
        return undefined
      }
      watch = { rules, states: rules.map(() => ({ active: false, since: at, count: 0, backSince: NaN })) }
      this.#watches.set(sensorId, watch)
    }
    this.#lastValue.set(sensorId, value)
    const before = watch.states.some((state) => state.active)
    for (let i = 0; i < rules.length; i++) step(rules[i] as AlarmRule, watch.states[i] as RuleWatch, value, at)
    return this.#verdict(sensorId, watch, before, value, at, reading.receivedAt)
  }

  /** Completes returns whose off-delay has run out without another reading. */
  tick(now: Instant): Verdict[] {
    const verdicts: Verdict[] = []
    for (const sensorId of this.#returning) {
      const watch = this.#watches.get(sensorId)
      if (watch === undefined) continue
      const before = watch.states.some((state) => state.active)
      watch.states.forEach((state, i) => expire(watch.rules[i] as AlarmRule, state, now))
      const value = this.#lastValue.get(sensorId) ?? NaN
      const verdict = this.#verdict(sensorId, watch, before, value, now, now)
      if (verdict && verdict.rule === null) verdicts.push(verdict)
    }
    return verdicts
  }

  /** After a restart: this rule of the sensor stands, and its last trusted reading was this. */
  restore(
    kind: string,
    sensorId: SensorId,
    standingRuleId: string | null,
    last: Reading | undefined,
  ): Verdict | undefined {
    const rules = this.#rulesByKind.get(kind)
    if (rules === undefined) return undefined
    const standing = rules.findIndex((rule) => rule.id === standingRuleId)
    if (standing >= 0) {
      const since = last?.phenomenonAt ?? 0
      // A worse rule stands, so the milder ones of the same sense are past their limits as well.
      const sense = (rules[standing] as AlarmRule).sense
      const states = rules.map((rule, i) => ({
        active: i === standing || (i > standing && rule.sense === sense),
        since,
        count: rule.onReadings,
        backSince: NaN,
      }))
      this.#watches.set(sensorId, { rules, states })
    }
    return last === undefined ? undefined : this.observe(kind, last)
  }

  /** The sensor is gone, or is another kind of sensor now. */
  forget(sensorId: SensorId): void {
    this.#watches.delete(sensorId)
    this.#returning.delete(sensorId)
    this.#lastValue.delete(sensorId)
    this.#lastAt.delete(sensorId)
  }

  /** Everything it watched is over. */
  clear(): void {
    this.#watches.clear()
    this.#returning.clear()
    this.#lastValue.clear()
    this.#lastAt.clear()
  }

  /** Sensors held in memory beyond a number each. */
  get size(): number {
    return this.#watches.size
  }

  #verdict(
    sensorId: SensorId,
    watch: { readonly rules: readonly AlarmRule[]; readonly states: RuleWatch[] },
    before: boolean,
    value: number,
    at: Instant,
    receivedAt: Instant,
  ): Verdict | undefined {
    const worst = watch.states.findIndex((state) => state.active)
    if (watch.states.some((state) => state.active && !Number.isNaN(state.backSince))) this.#returning.add(sensorId)
    else this.#returning.delete(sensorId)
    if (worst >= 0) {
      const { since } = watch.states[worst] as RuleWatch
      return { sensorId, rule: watch.rules[worst] as AlarmRule, value, since, at, receivedAt, channel: 'value' }
    }
    if (watch.states.every((state) => state.count === 0)) {
      this.#watches.delete(sensorId)
      this.#lastValue.delete(sensorId)
    }
    return before ? { sensorId, rule: null, value, since: at, at, receivedAt, channel: 'value' } : undefined
  }
}

function step(rule: AlarmRule, state: RuleWatch, value: number, at: Instant): void {
  if (state.active) {
    if (!isBack(rule, value)) {
      state.backSince = NaN
      return
    }
    if (Number.isNaN(state.backSince)) state.backSince = at
    expire(rule, state, at)
    return
  }
  if (!crosses(rule, value)) {
    state.count = 0
    return
  }
  if (state.count === 0) state.since = at
  state.count++
  if (state.count >= rule.onReadings && at - state.since >= rule.onDelayMs) {
    state.active = true
    state.backSince = NaN
  }
}

function expire(rule: AlarmRule, state: RuleWatch, now: Instant): void {
  if (!state.active || Number.isNaN(state.backSince) || now - state.backSince < rule.offDelayMs) return
  state.active = false
  state.count = 0
  state.backSince = NaN
}
