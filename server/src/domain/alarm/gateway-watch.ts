/**
 * Gateways and what speaks through them. A gateway is silent when all behind it are, for as long as it takes two of them to be found
 * silent: one alone may be broken, two at once hang on what they share. A gateway with one device cannot be told from the device.
 */
import type { Instant, SensorId } from '../../../../shared/model/ids.ts'
import type { Sensor } from '../../../../shared/model/sensor.ts'
import { TimerQueue } from '../deadline/timer-queue.ts'

export interface Gateway {
  readonly name: string
  /** Those that have spoken. */
  readonly members: Set<SensorId>
  /** The two shortest report intervals behind it, ms. */
  shortest: readonly [number, number]
  heardAt: Instant
  isSilent: boolean
}

/** What was found of a gateway: it has fallen silent, or is heard again. */
export interface GatewayVerdict {
  readonly gateway: Gateway
  readonly isSilent: boolean
  readonly at: Instant
}

export class GatewayWatch {
  readonly #byName = new Map<string, Gateway>()
  readonly #timers = new TimerQueue()
  /** In report intervals; null = no rule watches gateways. */
  #limit: number | null

  constructor(limit: number | null) {
    this.#limit = limit
  }

  setLimit(limit: number | null): void {
    this.#limit = limit
  }

  of(name: string): Gateway | undefined {
    return this.#byName.get(name)
  }

  join(name: string, sensor: Sensor, heardAt: Instant): Gateway {
    let gateway = this.#byName.get(name)
    if (gateway === undefined) {
      gateway = { name, members: new Set(), shortest: [Infinity, Infinity], heardAt, isSilent: false }
      this.#byName.set(name, gateway)
    }
    gateway.members.add(sensor.id)
    const [first, second] = gateway.shortest
    const { intervalMs } = sensor
    gateway.shortest = intervalMs < first ? [intervalMs, first] : [first, Math.min(second, intervalMs)]
    this.#setTimer(gateway)
    return gateway
  }

  leave(name: string, id: SensorId, intervalOf: (id: SensorId) => number | undefined): void {
    const gateway = this.#byName.get(name)
    if (gateway?.members.delete(id) !== true) return
    const intervals = [...gateway.members].map((member) => intervalOf(member) ?? Infinity).sort((a, b) => a - b)
    gateway.shortest = [intervals[0] ?? Infinity, intervals[1] ?? Infinity]
    if (gateway.members.size === 0) this.#byName.delete(name)
    this.#setTimer(gateway)
  }

  /** Something behind it spoke. A verdict where it was silent till now. */
  heard(gateway: Gateway, at: Instant): GatewayVerdict | undefined {
    if (at > gateway.heardAt) gateway.heardAt = at
    if (!gateway.isSilent) return undefined
    gateway.isSilent = false
    this.#setTimer(gateway)
    return { gateway, isSilent: false, at }
  }

  /** After a restart: its alarm stands. */
  restoreSilent(name: string): void {
    const gateway = this.#byName.get(name)
    if (gateway === undefined) return
    gateway.isSilent = true
    this.#timers.set(name, null)
  }

  /** When all that is silent now would be found so; Infinity where that never is. */
  dueAt(gateway: Gateway): Instant {
    return this.#limit === null || gateway.members.size < 2
      ? Infinity
      : gateway.heardAt + this.#limit * gateway.shortest[1]
  }

  /** Has it been silent for longer than the quickest two of its devices ever are? Then what becomes of it is waited for. */
  isDoubtful(gateway: Gateway, now: Instant): boolean {
    return this.#limit !== null && gateway.members.size >= 2 && now - gateway.heardAt >= gateway.shortest[1]
  }

  /** Those that have fallen silent. Timers lie behind what was heard since: they are looked at when they are due, and not before. */
  tick(now: Instant): GatewayVerdict[] {
    const silent: GatewayVerdict[] = []
    for (const { key } of this.#timers.due(now)) {
      const gateway = this.#byName.get(key)
      if (gateway === undefined || this.dueAt(gateway) === Infinity) this.#timers.set(key, null)
      else if (this.dueAt(gateway) > now) this.#timers.set(key, this.dueAt(gateway))
      else {
        gateway.isSilent = true
        this.#timers.set(key, null)
        silent.push({ gateway, isSilent: true, at: now })
      }
    }
    return silent
  }

  #setTimer(gateway: Gateway): void {
    const dueAt = this.dueAt(gateway)
    const isWatched = this.#byName.has(gateway.name) && !gateway.isSilent && dueAt !== Infinity
    this.#timers.set(gateway.name, isWatched ? dueAt : null)
  }
}
