/**
 * Can a sensor be heard, and believed? No data, flat line and bad quality are alarms of the data, never of the value: what is not trusted
 * raises no value alarm (AlarmWatch) and raises one here. Guarantees one verdict a sensor: the worst that holds. Kept in memory only, as
 * AlarmWatch is; never asked about a drill's readings, for a drill's silence is nobody's.
 */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Instant, SensorId } from '../../../../shared/model/ids.ts'
import type { Reading } from '../../../../shared/model/reading.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { quality } from '../../../../shared/model/reading.ts'
import type { GatewayVerdict } from './gateway-watch.ts'
import type { RuleWatch } from './rule-watch.ts'
import { idleRule, standingRule, step } from './rule-watch.ts'
import { RulesByKind } from './rules-by-kind.ts'
import { SilenceWatch } from './silence.ts'
import type { Verdict } from './watch.ts'

/** Kind of the rule that watches gateways. */
export const gatewayKind = 'gateway'
/** Said at the wrong time is no fault of the value; late is none at all. */
const badFlags = quality.future | quality.outOfRange | quality.unitMismatch | quality.missing
const minMs = 60_000

interface Trouble {
  readonly rule: AlarmRule
  readonly watch: RuleWatch
}
interface Steady {
  value: number
  since: Instant
}

export interface DataVerdicts {
  readonly gateway: GatewayVerdict | undefined
  readonly sensor: Verdict | undefined
}
const nothing: DataVerdicts = { gateway: undefined, sensor: undefined }

export class DataWatch {
  #rules: RulesByKind
  readonly #silence: SilenceWatch
  /** Only of sensors whose words are, or lately were, wrong. */
  readonly #troubles = new Map<SensorId, Trouble[]>()
  /** Only of kinds with a rule of their own about standing still. */
  readonly #steady = new Map<SensorId, Steady>()

  /** `sensors`: the register as it is at every moment. `now`: since when there is somebody to hear. */
  constructor(rules: readonly AlarmRule[], sensors: ReadonlyMap<SensorId, Sensor>, now: Instant) {
    this.#rules = new RulesByKind(rules, 'data')
    this.#silence = new SilenceWatch(sensors, this.#noDataOf, this.#gatewayLimit(), now)
  }

  setRules(rules: readonly AlarmRule[]): void {
    this.#rules = new RulesByKind(rules, 'data')
    this.#silence.setRules(this.#noDataOf, this.#gatewayLimit())
    const kept = new Map(rules.map((rule) => [rule.id, rule]))
    for (const [id, troubles] of this.#troubles)
      this.#troubles.set(
        id,
        troubles.flatMap(({ rule, watch }) => {
          const now = kept.get(rule.id)
          return now === undefined ? [] : [{ rule: now, watch }]
        }),
      )
  }

  gatewayRule(): AlarmRule | undefined {
    return this.#rules.of(gatewayKind).find((rule) => rule.kind === gatewayKind && rule.sense === 'no-data')
  }

  /** Takes one reading in that is no drill's. */
  observe(sensor: Sensor, reading: Reading): DataVerdicts {
    const { wasSilent, gateway } = this.#silence.heard(sensor, reading.receivedAt)
    const troubles = this.#troubles.get(sensor.id)
    const isSuspect = (reading.quality & (badFlags | quality.stuck)) !== 0
    const rules = isSuspect || troubles !== undefined ? this.#rules.of(sensor.kind) : this.#steadyRules(sensor.kind)
    if (!wasSilent && rules.length === 0) return gateway === undefined ? nothing : { gateway, sensor: undefined }
    const before = wasSilent || (troubles?.some(({ watch }) => watch.active) ?? false)
    for (const rule of rules) this.#judge(sensor.id, rule, reading)
    return { gateway, sensor: this.#verdict(sensor, before, reading) }
  }

  /** Gateways that fell silent; to be told before {@link tick}. */
  tickGateways(now: Instant): GatewayVerdict[] {
    return this.#silence.tickGateways(now)
  }

  /** Sensors found silent, at most so many. */
  tick(now: Instant, most: number): Verdict[] {
    return this.#silence.tick(now, most).map(({ sensor, rule, heardAt }) => ({
      ...{ sensorId: sensor.id, rule, channel: 'data', since: heardAt, at: now, receivedAt: now },
      value: Math.round((now - heardAt) / minMs),
      limit: (rule.limit * sensor.intervalMs) / minMs,
      unit: 'min',
    }))
  }

  isHidden(sensor: Sensor | undefined): boolean {
    return this.#silence.isHidden(sensor)
  }

  /** After a restart: its last word was this, and by this rule of the data an alarm stands. */
  restore(sensor: Sensor, last: Reading, standingRuleId: string | null): void {
    const standing = this.#rules.of(sensor.kind).find((rule) => rule.id === standingRuleId)
    this.#silence.restore(sensor, last.receivedAt, standing?.sense === 'no-data')
    if (standing !== undefined && standing.sense !== 'no-data')
      this.#troubles.set(sensor.id, [{ rule: standing, watch: standingRule(standing, last.phenomenonAt) }])
  }
  restoreGateway(name: string): void {
    this.#silence.restoreGateway(name)
  }

  forget(sensor: Sensor): void {
    this.#silence.forget(sensor)
    this.#troubles.delete(sensor.id)
    this.#steady.delete(sensor.id)
  }

  readonly #noDataOf = (kind: string): AlarmRule | undefined =>
    this.#rules.of(kind).find((rule) => rule.sense === 'no-data' && rule.kind !== gatewayKind)

  #gatewayLimit(): number | null {
    return this.gatewayRule()?.limit ?? null
  }

  /** Rules that must see every value, to know since when it stands still. */
  #steadyRules(kind: string): readonly AlarmRule[] {
    const rules = this.#rules.of(kind)
    for (const rule of rules) if (rule.sense === 'flatline' && rule.windowMs !== undefined) return rules
    return []
  }

  #judge(id: SensorId, rule: AlarmRule, reading: Reading): void {
    if (rule.sense === 'no-data') return
    const isWrong =
      rule.sense === 'bad-quality'
        ? (reading.quality & badFlags) !== 0
        : rule.windowMs === undefined
          ? (reading.quality & quality.stuck) !== 0
          : this.#unmovedMs(id, reading) >= rule.windowMs
    const troubles = this.#troubles.get(id)
    let trouble = troubles?.find((one) => one.rule.id === rule.id)
    if (trouble === undefined) {
      if (!isWrong) return
      trouble = { rule, watch: idleRule(reading.phenomenonAt) }
      this.#troubles.set(id, [...(troubles ?? []), trouble])
    }
    step(rule, trouble.watch, isWrong, !isWrong, reading.phenomenonAt)
  }

  #unmovedMs(id: SensorId, { value, phenomenonAt }: Reading): number {
    const known = this.#steady.get(id)
    if (known !== undefined && Object.is(known.value, value)) return phenomenonAt - known.since
    this.#steady.set(id, { value, since: phenomenonAt })
    return 0
  }

  #verdict(sensor: Sensor, before: boolean, reading: Reading): Verdict | undefined {
    const { value, phenomenonAt: at, receivedAt, quality: flags } = reading
    const troubles = this.#troubles.get(sensor.id) ?? []
    const worst = troubles
      .filter(({ watch }) => watch.active)
      .sort((a, b) => a.rule.priority - b.rule.priority)
      .at(0)
    if (troubles.length > 0 && troubles.every(({ watch }) => watch.count === 0)) this.#troubles.delete(sensor.id)
    const told = { sensorId: sensor.id, at, receivedAt, channel: 'data' } as const
    if (worst === undefined) return before ? { ...told, rule: null, value: finite(value), since: at } : undefined
    // What cannot be true is not shown as a value: the flags say what is wrong with it.
    const shown = worst.rule.sense === 'bad-quality' ? { value: flags & badFlags, unit: '' } : { value: finite(value) }
    return { ...told, rule: worst.rule, since: worst.watch.since, ...shown }
  }
}

/** No number has no place in a row. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0)
