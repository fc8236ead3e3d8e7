/**
 * Who has not been heard for too long: a device is silent after its rule's limit of its own report intervals (customarily three). Costs
 * a number and a timer a sensor, and looks at none before its time. A watch begins with a sensor's first word, and no silence is longer
 * than this process has listened: nobody could be heard while it did not.
 */
import type { AlarmRule } from '../../../../shared/model/alarm.ts'
import type { Instant, SensorId } from '../../../../shared/model/ids.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { IdTimers } from '../deadline/id-timers.ts'
import type { GatewayVerdict } from './gateway-watch.ts'
import { GatewayWatch } from './gateway-watch.ts'

const pageBits = 10
const pageSize = 1 << pageBits
/** A timer of it runs; it has spoken; it was found silent. */
const [isTimed, isMember, isSilent] = [1, 2, 4]

interface Page {
  readonly heardAt: Float64Array
  readonly flags: Uint8Array
}

/** A sensor that fell silent, or that is silent still though its gateway is back. */
export interface Silence {
  readonly sensor: Sensor
  readonly rule: AlarmRule
  readonly heardAt: Instant
}

export interface Heard {
  /** It was silent till now. */
  readonly wasSilent: boolean
  readonly gateway: GatewayVerdict | undefined
}
const nothing: Heard = { wasSilent: false, gateway: undefined }

export class SilenceWatch {
  readonly #pages: (Page | undefined)[] = []
  readonly #timers = new IdTimers()
  readonly #gateways: GatewayWatch
  readonly #sensors: ReadonlyMap<SensorId, Sensor>
  #ruleOf: (kind: string) => AlarmRule | undefined
  #listensSince: Instant

  /** `ruleOf`: the no-data rule of a kind. `gatewayLimit`: in report intervals; null = no rule watches gateways. */
  constructor(
    sensors: ReadonlyMap<SensorId, Sensor>,
    ruleOf: (kind: string) => AlarmRule | undefined,
    gatewayLimit: number | null,
    listensSince: Instant,
  ) {
    this.#sensors = sensors
    this.#ruleOf = ruleOf
    this.#gateways = new GatewayWatch(gatewayLimit)
    this.#listensSince = listensSince
  }

  setRules(ruleOf: (kind: string) => AlarmRule | undefined, gatewayLimit: number | null): void {
    this.#ruleOf = ruleOf
    this.#gateways.setLimit(gatewayLimit)
  }

  heard(sensor: Sensor, at: Instant): Heard {
    const page = this.#page(sensor.id)
    const n = sensor.id & (pageSize - 1)
    const flags = page.flags[n] as number
    page.heardAt[n] = at
    page.flags[n] = (flags & ~isSilent) | isMember
    let gateway: GatewayVerdict | undefined
    if (sensor.gateway !== undefined) {
      const known = (flags & isMember) !== 0 ? this.#gateways.of(sensor.gateway) : undefined
      // What was said before this process listened says nothing of how long the gateway has been silent since.
      const countsFrom = Math.max(at, this.#listensSince)
      const its = known ?? this.#gateways.join(sensor.gateway, sensor, countsFrom)
      gateway = this.#gateways.heard(its, countsFrom)
      if (gateway !== undefined) this.#waitForThoseBehind(gateway)
    }
    const wasSilent = (flags & isSilent) !== 0
    if ((flags & isTimed) === 0) this.#addTimer(sensor, at)
    return wasSilent || gateway !== undefined ? { wasSilent, gateway } : nothing
  }

  /** Is the sensor behind a gateway that is silent itself? */
  isHidden(sensor: Sensor | undefined): boolean {
    return sensor?.gateway !== undefined && this.#gateways.of(sensor.gateway)?.isSilent === true
  }

  /** After a restart: its last word was then, and its alarm says that it is silent. */
  restore(sensor: Sensor, heardAt: Instant, silent: boolean): void {
    this.heard(sensor, heardAt)
    if (silent) this.#mark(sensor.id, isSilent)
  }
  restoreGateway(name: string): void {
    this.#gateways.restoreSilent(name)
  }

  forget(sensor: Sensor): void {
    const page = this.#page(sensor.id)
    const n = sensor.id & (pageSize - 1)
    // A timer under way stays, and finds nobody.
    page.flags[n] = (page.flags[n] as number) & isTimed
    if (sensor.gateway !== undefined)
      this.#gateways.leave(sensor.gateway, sensor.id, (id) => this.#sensors.get(id)?.intervalMs)
  }

  /** Gateways that fell silent, to be told before what is behind them. */
  tickGateways(now: Instant): GatewayVerdict[] {
    return this.#gateways.tick(now)
  }

  /** Sensors found silent, at most so many; the rest are as silent at the next tick. */
  tick(now: Instant, most: number): Silence[] {
    const found: Silence[] = []
    while (found.length < most) {
      const id = this.#timers.takeDue(now)
      if (id === undefined) break
      const page = this.#page(id)
      const n = id & (pageSize - 1)
      page.flags[n] = (page.flags[n] as number) & ~isTimed
      const sensor = this.#sensors.get(id)
      const heardAt = page.heardAt[n] as number
      if (sensor === undefined || ((page.flags[n] as number) & isMember) === 0) continue
      const rule = this.#ruleOf(sensor.kind)
      if (rule === undefined) continue
      const waitUntil = this.#waitUntil(sensor, rule, heardAt, now)
      if (waitUntil !== null) {
        page.flags[n] = (page.flags[n] as number) | isTimed
        this.#timers.add(id, waitUntil)
        continue
      }
      page.flags[n] = (page.flags[n] as number) | isSilent
      found.push({ sensor, rule, heardAt })
    }
    return found
  }

  /** Until when it is too early to say; null = it is silent. */
  #waitUntil(sensor: Sensor, rule: AlarmRule, heardAt: Instant, now: Instant): Instant | null {
    const dueAt = Math.max(heardAt, this.#listensSince) + rule.limit * sensor.intervalMs
    if (dueAt > now) return dueAt
    const gateway = sensor.gateway === undefined ? undefined : this.#gateways.of(sensor.gateway)
    if (gateway === undefined || gateway.isSilent || !this.#gateways.isDoubtful(gateway, now)) return null
    const verdictAt = this.#gateways.dueAt(gateway)
    return verdictAt > now ? verdictAt : null
  }

  /** Its gateway is back: what stays silent for its own limit from here on is silent itself. */
  #waitForThoseBehind({ gateway, at }: GatewayVerdict): void {
    for (const id of gateway.members) {
      const sensor = this.#sensors.get(id)
      const flags = this.#page(id).flags[id & (pageSize - 1)] as number
      if (sensor !== undefined && (flags & isSilent) !== 0 && (flags & isTimed) === 0) this.#addTimer(sensor, at)
    }
  }

  #addTimer(sensor: Sensor, at: Instant): void {
    const rule = this.#ruleOf(sensor.kind)
    if (rule === undefined) return
    this.#mark(sensor.id, isTimed)
    this.#timers.add(sensor.id, Math.max(at, this.#listensSince) + rule.limit * sensor.intervalMs)
  }

  #mark(id: SensorId, flag: number): void {
    const { flags } = this.#page(id)
    const n = id & (pageSize - 1)
    flags[n] = (flags[n] as number) | flag
  }

  #page(id: SensorId): Page {
    const number = id >>> pageBits
    return (this.#pages[number] ??= { heardAt: new Float64Array(pageSize), flags: new Uint8Array(pageSize) })
  }
}
