import { connect as connectSocket } from 'node:net'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMqttDoor, type MqttDoor } from '../../../server/src/doors/mqtt/door.ts'
import { FrameTracker } from '../../../server/src/doors/mqtt/frame-guard.ts'
import { FakeCity, FakeClock, FakeLog, FakeMetrics, doorKey, fakeKeys } from '../../support/doors-fakes.ts'

let clock: FakeClock
let city: FakeCity
let log: FakeLog
let metrics: FakeMetrics
let door: MqttDoor
let port = 0
let clients: MqttClient[] = []
const root = 'http://city.test/sta/v1.1'
const topic = 'v1.1/Datastreams(1)/Observations'

beforeEach(async () => {
  clock = new FakeClock()
  city = new FakeCity(clock)
  log = new FakeLog()
  metrics = new FakeMetrics()
  clients = []
  city.enrol('PUMP-03')
  const body = { name: 'd' }
  await city.submit(
    { name: 'test', role: 'system' },
    {
      command: { type: 'catalog.create', drafts: [1, 2].map(() => ({ kind: 'Datastream', body, links: {} }) as const) },
    },
  )
  door = await createMqttDoor({ engine: city, intake: city, keys: fakeKeys, clock, log, metrics, baseUrl: root })
  port = await door.listen(0, '127.0.0.1')
})
afterEach(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)))
  await door.close()
  expect(log.errors).toEqual([])
})

async function connect(options: IClientOptions = { username: 'me', password: doorKey }): Promise<MqttClient> {
  const client = await connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 0, ...options })
  client.on('error', () => {})
  clients.push(client)
  return client
}
function inbox(client: MqttClient) {
  const messages: { topic: string; body: Record<string, unknown> }[] = []
  client.on('message', (topic, payload) => void messages.push({ topic, body: JSON.parse(payload.toString()) as never }))
  return messages
}
const publish = (client: MqttClient, body: unknown, at = topic, qos: 0 | 1 | 2 = 1) =>
  client.publishAsync(at, typeof body === 'string' ? body : JSON.stringify(body), { qos })
/** Round trips of another client: what the broker had to say by now, it has said. */
async function settled(): Promise<void> {
  const other = await connect()
  await other.subscribeAsync('v1.1/errors')
  await other.unsubscribeAsync('v1.1/errors')
}

describe('who may come in', () => {
  it('takes the key as password or as user name', async () => {
    await connect({ username: 'me', password: doorKey })
    await connect({ username: doorKey })
    await connect({ username: 'x', password: 'only-owntracks' })
    for (const wrong of [{}, { username: 'me', password: 'wrong' }, { username: 'x', password: 'only-open311' }])
      await expect(connect(wrong)).rejects.toThrow(/Not authorized|Bad username/)
  })

  it('speaks MQTT 3.1.1 and says so to MQTT 5', async () => {
    await expect(connect({ username: doorKey, protocolVersion: 5 })).rejects.toThrow()
  })

  it('closes the connection of who publishes where its key has no right', async () => {
    for (const [password, at] of [
      [doorKey, 'other/topic'],
      [doorKey, '$SYS/x'],
      [doorKey, 'v1.1/Datastreams(x)/Observations'],
      ['only-owntracks', topic],
      ['only-mqtt', 'owntracks/PUMP-03/phone'],
    ] as const) {
      const client = await connect({ username: 'me', password })
      const closed = new Promise((done) => client.once('close', () => done('closed')))
      void publish(client, { result: 1 }, at).catch(() => {})
      expect(await closed, at).toBe('closed')
    }
    expect(city.stored).toEqual([])
  })

  it('grants only the topics of the contract', async () => {
    const client = await connect()
    const granted = async (filter: string) => {
      try {
        const [answer] = await client.subscribeAsync(filter, { qos: 1 })
        return answer?.qos
      } catch {
        return 'refused'
      }
    }
    expect(await granted(topic)).toBe(1)
    expect(await granted('v1.1/+/Observations')).toBe(1)
    for (const filter of ['#', 'v1.1/#', '$SYS/#', 'owntracks/+/+', 'v1.1/Things'])
      expect(await granted(filter), filter).toBe('refused')
    const crew = await connect({ username: 'x', password: 'only-owntracks' })
    await expect(crew.subscribeAsync(topic)).rejects.toThrow()
  })
})

describe('observations', () => {
  it('are acknowledged after the commit', async () => {
    const client = await connect()
    let release = () => {}
    const accept = city.accept.bind(city)
    vi.spyOn(city, 'accept').mockImplementation(async (...args) => {
      await new Promise<void>((done) => (release = done))
      return accept(...args)
    })
    let isAcknowledged = false
    const sent = publish(client, { result: 5, phenomenonTime: '2026-07-01T00:00:00Z' }).then(
      () => (isAcknowledged = true),
    )
    await vi.waitFor(() => expect(city.accept).toHaveBeenCalled())
    await settled()
    expect(isAcknowledged).toBe(false)
    release()
    await sent
    expect(city.stored).toMatchObject([{ sensorId: 1, value: 5, phenomenonAt: Date.UTC(2026, 6, 1) }])
  })

  it('reach listeners as they were stored, whichever door they came by', async () => {
    const [own, every, all, sender] = [await connect(), await connect(), await connect(), await connect()]
    await own.subscribeAsync(topic, { qos: 1 })
    await every.subscribeAsync('v1.1/+/Observations')
    await all.subscribeAsync('v1.1/Observations')
    const [toOwn, toEvery, toAll] = [inbox(own), inbox(every), inbox(all)]
    await publish(sender, { result: 5 })
    await publish(sender, { result: 6 }, 'v1.1/Datastreams(2)/Observations', 2)
    await city.accept([{ sensorId: 1, phenomenonAt: 0, result: 7 }], 0)
    await vi.waitFor(() => expect([toOwn.length, toEvery.length, toAll.length]).toEqual([2, 3, 3]))
    expect(toOwn[0]).toEqual({
      topic,
      body: {
        '@iot.id': 1,
        '@iot.selfLink': `${root}/Observations(1)`,
        phenomenonTime: new Date(clock.at).toISOString(),
        resultTime: new Date(clock.at).toISOString(),
        result: 5,
        'Datastream@iot.navigationLink': `${root}/Observations(1)/Datastream`,
        'FeatureOfInterest@iot.navigationLink': `${root}/Observations(1)/FeatureOfInterest`,
      },
    })
    expect(toEvery.map((each) => each.topic)).toEqual([topic, 'v1.1/Datastreams(2)/Observations', topic])
    expect(toAll.map((each) => each.body['result'])).toEqual([5, 6, 7])
    await own.unsubscribeAsync(topic)
    await publish(sender, { result: 8 })
    await vi.waitFor(() => expect(toAll).toHaveLength(4))
    expect(toOwn).toHaveLength(2)
  })

  it.each([
    ['nonsense', ''],
    [{}, 'result'],
    [{ result: 1, phenomenonTime: 'yesterday' }, 'phenomenonTime'],
    ['{"result":1e999}', 'result'],
    [{ result: 1, colour: 2 }, 'colour'],
    [[], ''],
  ])('that can never be stored are acknowledged, counted and told: %j', async (body, field) => {
    const client = await connect()
    const told = inbox(client)
    await client.subscribeAsync('v1.1/errors')
    await publish(client, body)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    expect(told[0]?.body).toMatchObject({ topic, code: 'INVALID', fields: [{ field }] })
    expect(metrics.counts.get('tongguan_door_observations_total{mqtt,INVALID}')).toBe(1)
    expect(log.warnings).toHaveLength(1)
    expect(city.stored).toEqual([])
    await publish(client, { result: 1 })
    expect(city.stored).toHaveLength(1)
  })

  it('of unknown Datastreams are told, and logged once a while', async () => {
    const client = await connect()
    const told = inbox(client)
    await client.subscribeAsync('v1.1/errors')
    for (let i = 0; i < 3; i++) await publish(client, { result: 1 }, 'v1.1/Datastreams(77)/Observations')
    await vi.waitFor(() => expect(told).toHaveLength(3))
    expect(told[0]?.body['code']).toBe('NOT_FOUND')
    expect(log.warnings).toHaveLength(1)
  })

  it('are held at QoS 1 and dropped at QoS 0 when intake is full', async () => {
    const client = await connect()
    const other = await connect()
    city.isFull = true
    let isAcknowledged = false
    const held = publish(client, { result: 1 }).then(() => (isAcknowledged = true))
    await vi.waitFor(() => expect(city.waiting).toBe(1))
    for (let i = 0; i < 5; i++) await publish(other, { result: i }, topic, 0)
    await vi.waitFor(() => expect(city.dropCount).toBe(5))
    expect(isAcknowledged).toBe(false)
    city.drain()
    await held
    expect(city.stored.map(({ value }) => value)).toEqual([1])
  })

  it('are neither retained nor spoken as a will', async () => {
    const client = await connect({
      username: doorKey,
      will: { topic, payload: Buffer.from('{"result":9}'), qos: 1, retain: true },
    })
    await client.publishAsync(topic, '{"result":1}', { qos: 1, retain: true })
    const listener = await connect()
    const got = inbox(listener)
    await listener.subscribeAsync(topic)
    client.stream.destroy()
    await settled()
    expect(got).toEqual([])
    expect(city.stored).toHaveLength(1)
  })

  it('go in few calls', async () => {
    const client = await connect()
    await Promise.all(Array.from({ length: 2000 }, (_, i) => publish(client, { result: i })))
    expect(city.stored).toHaveLength(2000)
    expect(city.acceptCalls).toBeLessThan(200)
  })

  it('come after a fault of the store once more', async () => {
    const client = await connect({ username: doorKey, reconnectPeriod: 10 })
    vi.spyOn(city, 'accept').mockRejectedValueOnce(new Error('disk'))
    await publish(client, { result: 1 })
    expect(city.stored).toHaveLength(1)
    expect(log.errors.splice(0)).toHaveLength(1)
  })
})

describe('positions', () => {
  const at = { _type: 'location', lat: 31.2, lon: 121.5, tst: 1_782_864_000, vel: 36, cog: 90, acc: 8, tid: 'p3' }
  it('come by the OwnTracks topic', async () => {
    const client = await connect({ username: 'x', password: 'only-owntracks' })
    await client.publishAsync('owntracks/pump-03/phone', JSON.stringify(at), { qos: 1, retain: true })
    expect(city.fixesTaken).toMatchObject([
      { unitId: 'PUMP-03', position: [121.5, 31.2], speedMps: 10, headingDeg: 90 },
    ])
    await publish(client, { _type: 'lwt', tst: 1 }, 'owntracks/pump-03/phone')
    await publish(client, at, 'owntracks/nobody/phone')
    expect(city.fixesTaken).toHaveLength(1)
    expect(metrics.counts.get('tongguan_door_observations_total{mqtt,INVALID}')).toBe(1)
  })
})

describe('bytes', () => {
  it('a frame that announces too much is cut off at once', async () => {
    const socket = connectSocket(port, '127.0.0.1')
    const closed = new Promise((done) => socket.once('close', () => done('closed')))
    socket.on('error', () => {})
    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f, 0, 4]))
    expect(await closed).toBe('closed')
    expect(metrics.counts.get('tongguan_door_refused_total{mqtt,TOO_LARGE}')).toBe(1)
  })

  it('the tracker follows frames however they are cut', () => {
    const frame = (length: number) => {
      const head = length < 128 ? [0x30, length] : [0x30, (length % 128) | 128, length >> 7]
      return Buffer.concat([Buffer.from(head), Buffer.alloc(length, 0xff)])
    }
    const bytes = Buffer.concat([frame(0), frame(5), frame(127), frame(128), frame(200)])
    for (const step of [1, 2, 3, 7, 64, bytes.length]) {
      const [fits, tight] = [new FrameTracker(200), new FrameTracker(199)]
      let [isFit, isTight] = [true, true]
      for (let i = 0; i < bytes.length; i += step) {
        isFit &&= fits.take(bytes.subarray(i, i + step))
        isTight &&= tight.take(bytes.subarray(i, i + step))
      }
      expect([step, isFit, isTight]).toEqual([step, true, false])
    }
  })
})
