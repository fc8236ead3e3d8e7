/**
 * Who hears of which observations. Guarantees: what is delivered is the stored Observation; a slow listener loses messages,
 * counted, and never slows a sender or grows memory.
 */
import type { Client } from 'aedes'
import type { Reading } from '../../../../shared/model/reading.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { observationEntity } from '../sensorthings/observation-entity.ts'
import { allObservations, errorsTopic, subscribeFilter, topicOf, type Filter } from './topics.ts'

/** Unsent bytes beyond which a listener is passed over. */
const maxUnsentBytes = 1024 * 1024

type Listeners = Map<Client, 0 | 1>

export class Subscribers {
  readonly #byDatastream = new Map<number, Listeners>()
  readonly #every: Listeners = new Map()
  readonly #all: Listeners = new Map()
  readonly #errors: Listeners = new Map()
  readonly #metrics: Metrics
  readonly #base: string

  constructor(metrics: Metrics, base: string) {
    this.#metrics = metrics
    this.#base = base
  }

  add(client: Client, topic: string, qos: number): void {
    const filter = subscribeFilter(topic)
    if (filter && !client.closed) this.#listeners(filter).set(client, qos > 0 ? 1 : 0)
  }

  remove(client: Client, topic: string): void {
    const filter = subscribeFilter(topic)
    if (!filter) return
    const listeners = this.#listeners(filter)
    listeners.delete(client)
    if (filter.kind === 'datastream' && listeners.size === 0) this.#byDatastream.delete(filter.sensorId)
  }

  forget(client: Client): void {
    for (const listeners of [this.#every, this.#all, this.#errors]) listeners.delete(client)
    for (const [sensorId, listeners] of this.#byDatastream) {
      listeners.delete(client)
      if (listeners.size === 0) this.#byDatastream.delete(sensorId)
    }
  }

  publish(readings: readonly Reading[]): void {
    if (this.#byDatastream.size + this.#every.size + this.#all.size === 0) return
    for (const reading of readings) {
      const own = this.#byDatastream.get(reading.sensorId)
      if (!own && this.#every.size + this.#all.size === 0) continue
      const payload = JSON.stringify(observationEntity(reading, this.#base))
      const topic = topicOf(reading.sensorId)
      for (const [client, qos] of own ?? []) this.#send(client, topic, payload, qos)
      for (const [client, qos] of this.#every) if (!own?.has(client)) this.#send(client, topic, payload, qos)
      for (const [client, qos] of this.#all) this.#send(client, allObservations, payload, qos)
    }
  }

  /** Tells a client, and only it, what of its own was refused. */
  tellRefused(client: Client, notice: object): void {
    const qos = this.#errors.get(client)
    if (qos !== undefined) this.#send(client, errorsTopic, JSON.stringify(notice), qos)
  }

  #listeners(filter: Filter): Listeners {
    if (filter.kind === 'every') return this.#every
    if (filter.kind === 'all') return this.#all
    if (filter.kind === 'errors') return this.#errors
    const known = this.#byDatastream.get(filter.sensorId)
    if (known) return known
    const made: Listeners = new Map()
    this.#byDatastream.set(filter.sensorId, made)
    return made
  }

  #send(client: Client, topic: string, payload: string, qos: 0 | 1): void {
    if (client.closed) return
    if (client.conn.writableLength > maxUnsentBytes) return this.#metrics.count('tongguan_mqtt_thinned_total', {}, 1)
    client.publish({ cmd: 'publish', topic, payload, qos, dup: false, retain: false }, ignore)
  }
}

// A listener that is gone is told by its disconnection.
const ignore = (): void => {}
