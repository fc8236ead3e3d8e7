/**
 * The MQTT 3.1.1 door: an embedded broker that stores before it acknowledges. Guarantees: PUBACK after the commit; topics
 * and rights of the contract only; no retained message, no will, no session kept; nothing here grows without bound.
 * What can never be stored (bad payload, unknown Datastream) is acknowledged, counted, logged and told on `v1.1/errors`:
 * MQTT 3.1.1 has no refusal, and closing the connection would make the sender repeat it for ever before its good data.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import type { Client, PublishPacket } from 'aedes'
import type { FieldError, RefusalCode } from '../../../../shared/model/refusal.ts'
import type { DoorKeys, DoorName } from '../../ports/access.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Intake } from '../../ports/intake.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { drillRefusal } from '../door-keys.ts'
import { parseJson } from '../json-input.ts'
import { readFix } from '../owntracks/location.ts'
import { readObservation } from '../sensorthings/observation-input.ts'
import { Batcher } from './batcher.ts'
import { guardFrames } from './frame-guard.ts'
import { RefusalTally } from './refusal-tally.ts'
import { Subscribers } from './subscribers.ts'
import { publishTopic, subscribeFilter } from './topics.ts'

const maxPacketBytes = 64 * 1024
/** What one client may have sent without an answer: its next bytes are read when these are acknowledged. */
const maxUnansweredBytes = 256 * 1024
const maxConnections = 5000
const maxSubscriptions = 20_000
const observers: readonly DoorName[] = ['mqtt', 'sensorthings']

export interface MqttDeps {
  readonly engine: Engine
  readonly intake: Intake
  readonly keys: DoorKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Root of the SensorThings service, for the links in what subscribers get. No slash at its end. */
  readonly baseUrl: string
}

export interface MqttDoor {
  /** Answers the port, which is chosen where 0 is given. */
  listen(port: number, host: string): Promise<number>
  close(): Promise<void>
}

interface Rights {
  readonly keyName: string
  readonly doors: readonly DoorName[]
  readonly isDrill: boolean
}
/** CONNACK of MQTT 3.1.1. */
const badCredentials = 4
const notAuthorised = 5
type Done = (error?: Error | null) => void
type Relayed = (error?: Error) => void

export async function createMqttDoor(deps: MqttDeps): Promise<MqttDoor> {
  const { engine, intake, keys, clock, log, metrics } = deps
  const rights = new WeakMap<Client, Rights>()
  /** Connected by the key of drills: let go when the drill ends. */
  const drillClients = new Set<Client>()
  const subscribers = new Subscribers(metrics, deps.baseUrl)
  const tally = new RefusalTally(log, metrics, clock)
  const batcher = new Batcher(intake, clock, log, (count) => tally.accepted(count))

  const may = (client: Client, doors: readonly DoorName[]) =>
    rights.get(client)?.doors.some((door) => doors.includes(door)) ?? false

  const broker = await Aedes.createBroker({
    connectTimeout: 10_000,
    drainTimeout: 20_000,
    maxTopicLevels: 8,
    preConnect(_client, packet, callback) {
      // No session is kept and no last word spoken: both would be memory a stranger can fill.
      packet.clean = true
      delete packet.will
      callback(null, packet.clientId.length <= 256)
    },
    authenticate(client, username, password, done) {
      const known = [password?.toString('utf8'), username].map((key) => (key ? keys.check(key.slice(0, 256)) : null))
      const found = known.find((each) => each?.doors.some((door) => door === 'owntracks' || observers.includes(door)))
      if (!found) {
        tally.count('UNAUTHENTICATED')
        return done(Object.assign(new Error('unknown key'), { returnCode: badCredentials }), false)
      }
      const isDrill = found.isDrill ?? false
      const refusal = drillRefusal({ isDrill }, engine.view)
      if (refusal) {
        tally.count(refusal.code)
        return done(Object.assign(new Error(refusal.message), { returnCode: notAuthorised }), false)
      }
      rights.set(client, { keyName: found.name, doors: found.doors, isDrill })
      if (isDrill) drillClients.add(client)
      done(null, true)
    },
    authorizePublish(client, packet, callback) {
      if (!client) return callback(null)
      // OwnTracks asks for retention by habit. Nothing is retained here; the message itself is taken.
      packet.retain = false
      publish(client, packet.topic, packet.payload, packet.qos, callback)
    },
    authorizeSubscribe(client, subscription, callback) {
      const isKnown = subscribeFilter(subscription.topic) !== null
      const isAllowed = isKnown && may(client, observers) && subscriptionsOf(client) < maxSubscriptions
      if (!isAllowed) tally.count('FORBIDDEN')
      callback(null, isAllowed ? subscription : null)
    },
  })
  // Listeners get what was stored, from the commit. What a client sent is never passed on as it is, so it is not taken round the broker.
  const relay = broker.publish.bind(broker)
  // Its own types know the call with two arguments only; its handlers make the one with three.
  broker.publish = ((packet: PublishPacket, from: Client | Relayed, done?: Relayed) => {
    if (typeof from === 'function') relay(packet, from)
    else done?.()
  }) as typeof relay

  const counts = new WeakMap<Client, number>()
  const subscriptionsOf = (client: Client) => {
    const count = (counts.get(client) ?? 0) + 1
    counts.set(client, count)
    return count - 1
  }

  function publish(client: Client, topic: string, payload: string | Buffer, qos: number, done: Done): void {
    const to = publishTopic(topic)
    if (!to || !may(client, to.kind === 'observation' ? observers : ['owntracks'])) {
      tally.refused('FORBIDDEN', keyOf(client), topic, [{ field: 'topic', problem: 'is not open to this key' }])
      return done(new Error('topic is not open to this key'))
    }
    const errors: FieldError[] = []
    const parsed = parseJson(typeof payload === 'string' ? Buffer.from(payload) : payload)
    if (!parsed.ok) return refuse(client, topic, 'INVALID', [parsed.error], done)
    if (to.kind === 'owntracks') {
      const fix = readFix(parsed.value, to.user, engine.view.units, clock.now(), errors)
      if (errors.length > 0) return refuse(client, topic, 'INVALID', errors, done)
      if (!fix) return done(null)
      intake.fixes([fix]).then(
        () => done(null),
        (error: unknown) => {
          // Not acknowledged: the sender comes again.
          if (!(error instanceof Error && error.name === 'EngineBusy'))
            log.error({ error, door: 'mqtt' }, 'a position could not be stored')
          done(new Error('could not be stored'))
        },
      )
      return
    }
    const input = readObservation(parsed.value, '', clock.now(), errors)
    if (!input) return refuse(client, topic, 'INVALID', errors, done)
    batcher.add({
      item: { sensorId: to.sensorId, ...input, isDrill: rights.get(client)?.isDrill ?? false },
      isDroppable: qos === 0,
      settle(outcome) {
        if (outcome === 'dropped') return done(null)
        if ('fault' in outcome) return done(outcome.fault)
        if (outcome.ok) return done(null)
        const { code, message, details } = outcome.refusal
        refuse(client, topic, code, details?.fields ?? [{ field: 'Datastream', problem: message }], done)
      },
    })
  }

  const keyOf = (client: Client) => rights.get(client)?.keyName ?? '?'

  function refuse(client: Client, topic: string, code: RefusalCode, errors: readonly FieldError[], done: Done): void {
    tally.refused(code, keyOf(client), topic, errors)
    subscribers.tellRefused(client, { topic, code, fields: errors })
    done(null)
  }

  broker.on('subscribe', (list, client) => {
    for (const { topic, qos } of list) if (may(client, observers)) subscribers.add(client, topic, qos)
  })
  broker.on('unsubscribe', (topics, client) => {
    for (const topic of topics) subscribers.remove(client, topic)
    counts.set(client, Math.max(0, (counts.get(client) ?? 0) - topics.length))
  })
  broker.on('client', () => metrics.gauge('tongguan_mqtt_clients', broker.connectedClients))
  broker.on('clientDisconnect', (client) => {
    subscribers.forget(client)
    drillClients.delete(client)
    metrics.gauge('tongguan_mqtt_clients', broker.connectedClients)
  })
  broker.on('clientError', (client, error) =>
    log.debug({ client: client.id, reason: error.message }, 'mqtt client error'),
  )
  broker.on('connectionError', (_client, error) => log.debug({ reason: error.message }, 'mqtt connection error'))

  const stopListening = engine.onCommit((commit) => {
    subscribers.publish(commit.readings)
    if (commit.events.some(({ event }) => event.type === 'drill.ended'))
      for (const client of drillClients) client.close()
  })
  const sockets = new Set<Socket>()
  const server = createServer({ highWaterMark: maxUnansweredBytes }, (socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', (error) => log.debug({ reason: error.message }, 'mqtt socket error'))
    guardFrames(socket, maxPacketBytes, () => tally.count('TOO_LARGE'))
    broker.handle(socket)
  })
  server.maxConnections = maxConnections

  return {
    listen: (port, host) =>
      new Promise((done, fail) => {
        server.once('error', fail)
        server.listen(port, host, () => {
          server.off('error', fail)
          done((server.address() as AddressInfo).port)
        })
      }),
    async close() {
      stopListening()
      batcher.stop()
      const closed = new Promise<void>((done) => void (server.listening ? server.close(() => done()) : done()))
      await new Promise<void>((done) => broker.close(() => done()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
