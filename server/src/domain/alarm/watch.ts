/**
 * Watches sensors against their kind's rules: deadband, on-delay by the readings' own time and number, off-delay.
 * Guarantees: an untrusted or overtaken reading neither raises nor clears; the worst rule that holds speaks; a quiet
 * sensor costs one number. Knows nothing of alarms' lives: it says what holds, and others make that an event.
 * Kept in memory only. After a restart standing alarms are told to it, and running on-delays begin again at the
 * sensor's last reading: an alarm may then come later by one delay, never twice.
 */
import type { AlarmChannel, AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { DistrictId, Instant, SensorId } from '../../../../shared/model/ids.ts'
import type { Reading } from '../../../../shared/model/reading.ts'
import { isTrusted } from '../../../../shared/model/reading.ts'
import { RateWindow } from './rate-window.ts'
import { crosses, isBack } from './rule-check.ts'
import type { RuleWatch } from './rule-watch.ts'
import { expire, idleRule, reset, standingRule, step } from './rule-watch.ts'
import { RulesByKind } from './rules-by-kind.ts'
import type { Situation } from './scope.ts'
import { isRuleInForce, plainSituation } from './scope.ts'

/** What is remembered of a sensor that is, or may soon be, in alarm. `states` and `windows` stand beside `rules`. */
interface SensorWatch {
  rules: readonly AlarmRule[]
  states: RuleWatch[]
  /** Of rules about a rate of change; null where the kind has none. */
  windows: (RateWindow | null)[] | null
  readonly districtId: DistrictId | null
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
  /** Why a detector spoke. */
  readonly evidence?: Term
}

const isRate = (rule: AlarmRule): rule is AlarmRule & { sense: 'rise' | 'fall' } =>
  rule.sense === 'rise' || rule.sense === 'fall'
const hourMs = 3_600_000

const windowsOf = (rules: readonly AlarmRule[]): SensorWatch['windows'] =>
  rules.some(isRate)
    ? rules.map((rule) => (isRate(rule) ? new RateWindow(rule.sense, rule.windowMs ?? hourMs) : null))
    : null

export class AlarmWatch {
  #rules: RulesByKind
  #situation: Situation = plainSituation
  readonly #watches = new Map<SensorId, SensorWatch>()
  readonly #lastAt = new Map<SensorId, Instant>()
  readonly #lastValue = new Map<SensorId, number>()
  /** Sensors with a return under way: time alone may complete it. */
  readonly #returning = new Set<SensorId>()

  constructor(rules: readonly AlarmRule[]) {
    this.#rules = new RulesByKind(rules, 'value')
  }

  /** Other rules from here on. What stands by a rule that is still there goes on standing; its next reading is judged by the new one. */
  setRules(rules: readonly AlarmRule[], kindOf: (sensorId: SensorId) => string | undefined): void {
    this.#rules = new RulesByKind(rules, 'value')
    for (const [sensorId, watch] of this.#watches) {
      const kind = kindOf(sensorId)
      if (kind === undefined) continue
      const now = this.#rules.of(kind)
      const at = this.#lastAt.get(sensorId) ?? 0
      const before = new Map(watch.rules.map((rule, i) => [rule.id, watch.states[i] as RuleWatch]))
      watch.states = now.map((rule) => before.get(rule.id) ?? idleRule(at))
      watch.windows = windowsOf(now)
      watch.rules = now
    }
  }

  /** Takes one reading; a verdict where the sensor is, or has just ceased to be, in alarm; else undefined. */
  observe(kind: string, reading: Reading, districtId: DistrictId | null = null): Verdict | undefined {
    const rules = this.#rules.of(kind)
    if (rules.length === 0 || !isTrusted(reading.quality)) return undefined
    const { sensorId, value, phenomenonAt: at } = reading
    const lastAt = this.#lastAt.get(sensorId)
    if (lastAt !== undefined && at < lastAt) return undefined
    this.#lastAt.set(sensorId, at)
    let watch = this.#watches.get(sensorId)
    if (watch === undefined || watch.rules !== rules) {
      if (!rules.some((rule) => isRate(rule) || crosses(rule, value))) {
        if (watch !== undefined) this.forget(sensorId)
        return undefined
      }
      watch = { rules, states: rules.map(() => idleRule(at)), windows: windowsOf(rules), districtId }
      this.#watches.set(sensorId, watch)
    }
    this.#lastValue.set(sensorId, value)
    const before = watch.states.some((state) => state.active)
    for (let i = 0; i < rules.length; i++) {
      const [rule, state] = [rules[i] as AlarmRule, watch.states[i] as RuleWatch]
      const said = watch.windows?.[i]?.change(value, at) ?? value
      if (!isRuleInForce(rule, districtId, this.#situation)) reset(state)
      else step(rule, state, crosses(rule, said), isBack(rule, said), at)
      if (watch.windows?.[i]) state.said = said
    }
    return this.#verdict(sensorId, watch, before, value, at, reading.receivedAt)
  }

  /** Completes returns whose off-delay has run out without another reading, and ends what its rule is no longer in force for. */
  tick(now: Instant, situation: Situation = plainSituation): Verdict[] {
    const isOther = situation.mode !== this.#situation.mode || situation.isWorking !== this.#situation.isWorking
    const isLater = situation.minuteOfDay !== this.#situation.minuteOfDay
    this.#situation = situation
    const verdicts: Verdict[] = []
    for (const sensorId of isOther || isLater ? this.#watches.keys() : this.#returning) {
      // A return is under way of what is watched only.
      const watch = this.#watches.get(sensorId) as SensorWatch
      const before = watch.states.some((state) => state.active)
      watch.states.forEach((state, i) => {
        const rule = watch.rules[i] as AlarmRule
        expire(rule, state, now)
        if (state.active && !isRuleInForce(rule, watch.districtId, situation)) reset(state)
      })
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
    districtId: DistrictId | null = null,
  ): Verdict | undefined {
    const rules = this.#rules.of(kind)
    if (rules.length === 0) return undefined
    const standing = rules.findIndex((rule) => rule.id === standingRuleId)
    if (standing >= 0) {
      const since = last?.phenomenonAt ?? 0
      // A worse rule stands, so the milder ones of the same sense are past their limits as well.
      const sense = (rules[standing] as AlarmRule).sense
      const states = rules.map((rule, i) =>
        i === standing || (i > standing && rule.sense === sense) ? standingRule(rule, since) : idleRule(since),
      )
      this.#watches.set(sensorId, { rules, states, windows: windowsOf(rules), districtId })
    }
    return last === undefined ? undefined : this.observe(kind, last, districtId)
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
    watch: SensorWatch,
    before: boolean,
    value: number,
    at: Instant,
    receivedAt: Instant,
  ): Verdict | undefined {
    const worst = watch.states.findIndex((state) => state.active)
    if (watch.states.some((state) => state.active && !Number.isNaN(state.backSince))) this.#returning.add(sensorId)
    else this.#returning.delete(sensorId)
    const told = { sensorId, at, receivedAt, channel: 'value' } as const
    if (worst >= 0) {
      const { since, said } = watch.states[worst] as RuleWatch
      return { ...told, rule: watch.rules[worst] as AlarmRule, value: said ?? value, since }
    }
    if (watch.windows === null && watch.states.every((state) => state.count === 0)) {
      this.#watches.delete(sensorId)
      this.#lastValue.delete(sensorId)
    }
    return before ? { ...told, rule: null, value, since: at } : undefined
  }
}
