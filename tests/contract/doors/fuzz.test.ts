/** Bad input at every door: always a 4xx (or an acknowledged refusal) that names something, never a 5xx, never a crash. */
import { Agent, request } from 'node:http'
import { connect as connectSocket } from 'node:net'
import fc from 'fast-check'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCapDoor } from '../../../server/src/doors/cap/door.ts'
import { createMqttDoor, type MqttDoor } from '../../../server/src/doors/mqtt/door.ts'
import { createOpen311Door } from '../../../server/src/doors/open311/door.ts'
import { createOwnTracksDoor } from '../../../server/src/doors/owntracks/door.ts'
import { createSensorThingsDoor } from '../../../server/src/doors/sensorthings/door.ts'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import type { History } from '../../../server/src/ports/store.ts'
import { capAlert } from '../../support/cap-alert.ts'
import {
  FakeCity,
  FakeClock,
  FakeLog,
  FakeMetrics,
  doorKey,
  fakeKeys,
  fakeProfile,
  serve,
} from '../../support/doors-fakes.ts'

/** Cases of each property; there are eighteen of them, which makes more than ten thousand in a run. */
const numRuns = Number(process.env['FUZZ_CASES'] ?? 700)
const clock = new FakeClock()
const city = new FakeCity(clock)
const log = new FakeLog()
const metrics = new FakeMetrics()
const closers: (() => Promise<void>)[] = []
let [sta, open311, owntracks, cap] = ['', '', '', '']
let mqtt: MqttDoor
let mqttPort = 0
let cases = 0
const noWarnings = { warning: async () => null, warnings: async () => ({ items: [], next: null }) }

beforeAll(async () => {
  city.enrol('PUMP-03')
  const common = { engine: city, intake: city, keys: fakeKeys, clock, log, metrics }
  const history = city.history as History
  const iso = createCityTime('Asia/Shanghai')
  const doors = [
    await serve('/sta/v1.1', createSensorThingsDoor({ ...common, history })),
    await serve('/open311', createOpen311Door({ ...common, readModels: city.readModels, city: fakeProfile, iso })),
    await serve('/owntracks', createOwnTracksDoor(common)),
    await serve('/cap', createCapDoor({ ...common, readModels: noWarnings, city: fakeProfile, iso })),
  ]
  ;[sta = '', open311 = '', owntracks = '', cap = ''] = doors.map(({ url }) => url)
  closers.push(...doors.map(({ close }) => close))
  mqtt = await createMqttDoor({ ...common, baseUrl: sta })
  mqttPort = await mqtt.listen(0, '127.0.0.1')
  await send('POST', `${sta}/Things`, JSON.stringify(thing))
})
afterAll(async () => {
  await mqtt.close()
  agent.destroy()
  await Promise.all(closers.map((close) => close()))
  expect(log.errors).toEqual([])
  // Asked of the whole run: more than enough input was really tried.
  expect(cases).toBeGreaterThanOrEqual(numRuns * 18)
})

const unit = { name: 'u', symbol: 'u', definition: 'urn:u' }
const datastream = {
  name: 'd',
  description: 'd',
  observationType: 'urn:m',
  unitOfMeasurement: unit,
  Sensor: { name: 's', description: 's', encodingType: 'text/plain', metadata: 'm' },
  ObservedProperty: { name: 'p', definition: 'urn:p', description: 'p' },
}
const place = {
  name: 'l',
  description: 'l',
  encodingType: 'application/geo+json',
  location: { type: 'Point', coordinates: [121, 31] },
}
const thing = { name: 't', description: 't', Locations: [place], Datastreams: [datastream] }
const fix = { _type: 'location', lat: 31, lon: 121, tst: clock.at / 1000 }
const report = { api_key: doorKey, service_code: 'E0506', lat: 31, long: 121, description: 'd' }

const agent = new Agent({ keepAlive: true, maxSockets: 8 })
/** Plain requests on kept connections: a run makes ten thousand of them. */
function send(
  method: string,
  url: string,
  body?: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  cases++
  return new Promise((done, fail) => {
    const asked = request(url, { method, agent, headers: { 'x-api-key': doorKey, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => void chunks.push(chunk))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    asked.on('error', fail)
    asked.end(body)
  })
}
const isFine = ({ status, text }: { status: number; text: string }): void => {
  expect(status, text).toBeLessThan(500)
  if (status === 400) expect(text).toMatch(/"(message|description)":"\S+ /)
}

const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  fc.constantFrom<unknown>(
    1e308,
    -1e308,
    2 ** 53,
    -0,
    Number.MIN_VALUE,
    'NaN',
    'Infinity',
    '1e999',
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\ufeff',
    '💧',
    "'; drop table reading; --",
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '${7*7}',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-07-01T00:00:00+99:00',
    '2026-07-01T00:00:00Z/2026-06-01T00:00:00Z',
    { '@iot.id': 0 },
    { '@iot.id': -1 },
    { '@iot.id': 1e300 },
    { '@iot.id': 999 },
    { '@iot.id': {} },
    [],
    {},
    null,
    true,
    [[[[[]]]]],
    { type: 'Point' },
    { type: 'Point', coordinates: [1e9, 'x'] },
    { type: 'Polygon', coordinates: [[[]]] },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
/** A good body with one of its values, at any depth, replaced or removed. */
const spoiled = (good: unknown) =>
  fc.tuple(fc.nat(), hostile, fc.boolean()).map(([at, value, isRemoved]) => {
    const copy: unknown = structuredClone(good)
    const places: [Record<string, unknown>, string][] = []
    const walk = (here: unknown): void => {
      if (typeof here !== 'object' || here === null) return
      for (const key of Object.keys(here)) {
        places.push([here as Record<string, unknown>, key])
        walk((here as Record<string, unknown>)[key])
      }
    }
    walk(copy)
    const [holder, key] = places[at % places.length] ?? []
    if (holder && key !== undefined) {
      if (isRemoved) delete holder[key]
      else holder[key] = value
    }
    return JSON.stringify(copy)
  })
/** Bytes that are nearly JSON. */
const broken = fc
  .tuple(fc.jsonValue(), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 6 }))
  .map(([value, at, junk]) => {
    const text = Buffer.from(JSON.stringify(value))
    const cut = at % (text.length + 1)
    return new Uint8Array(Buffer.concat([text.subarray(0, cut), junk, text.subarray(cut)]))
  })
const check = <T>(arbitrary: fc.Arbitrary<T>, body: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, body), { numRuns, endOnFailure: true })

describe('SensorThings', () => {
  it.each([
    ['/Things', thing],
    ['/Datastreams', { ...datastream, Thing: { '@iot.id': 1 } }],
    [
      '/Datastreams(1)/Observations',
      { result: 1, phenomenonTime: '2026-07-01T00:00:00Z', FeatureOfInterest: { '@iot.id': 1 } },
    ],
    [
      '/CreateObservations',
      [
        {
          Datastream: { '@iot.id': 1 },
          components: ['phenomenonTime', 'result'],
          dataArray: [['2026-07-01T00:00:00Z', 1]],
        },
      ],
    ],
  ])('%s with a spoiled body', async (path, good) => {
    await check(spoiled(good), async (body) => isFine(await send('POST', `${sta}${path}`, body)))
  })

  it('PATCH with a spoiled body', async () => {
    await check(
      spoiled({ name: 'n', description: 'd', properties: { a: 1 }, Locations: [{ '@iot.id': 1 }] }),
      async (body) => isFine(await send('PATCH', `${sta}/Things(1)`, body)),
    )
  })

  it('broken bytes', async () => {
    await check(broken, async (bytes) => isFine(await send('POST', `${sta}/Things`, bytes)))
  })

  it('any path', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        'Things(1)',
        'Things',
        'Datastreams(1)',
        'Observations',
        'Observations(1)',
        'Datastream',
        'Locations',
        'name',
        'properties',
        '$ref',
        '$value',
        '__proto__',
        'constructor',
        'Things(99999999999999999999)',
        "Things('x')",
      ),
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text)),
    )
    await check(fc.array(word, { maxLength: 6 }), async (words) =>
      isFine(await send('GET', `${sta}/${words.join('/')}`)),
    )
  })

  it('any options', async () => {
    const piece = fc.constantFrom(
      'name',
      'result',
      'id',
      'Datastreams/Thing/name',
      'phenomenonTime',
      ' eq ',
      ' gt ',
      ' and ',
      ' or ',
      'not ',
      '(',
      ')',
      "'x'",
      "''",
      "'",
      '1',
      '-1',
      '1e9',
      '1e400',
      'null',
      'true',
      '2026-07-01T00:00:00Z',
      '2026-99-01T00:00:00Z',
      'length(',
      'substringof(',
      'year(',
      "geography'POINT(1 1)'",
      "geography'POLYGON((1'",
      'st_within(',
      ',',
      ' ',
      '/',
      '$',
      '\u0000',
      '语',
    )
    const option = fc.tuple(
      fc.constantFrom('$filter', '$orderby', '$select', '$expand', '$top', '$skip', '$count', '$x', ''),
      fc.oneof(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        fc.string({ unit: 'binary', maxLength: 20 }),
      ),
    )
    const target = fc.constantFrom('Things', 'Observations', 'Datastreams(1)', 'Datastreams(1)/Observations')
    await check(fc.tuple(target, fc.array(option, { minLength: 1, maxLength: 3 })), async ([path, options]) => {
      const query = options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
      isFine(await send('GET', `${sta}/${path}?${query}`))
    })
  })
})

describe('Open311', () => {
  it('a spoiled request, as JSON', async () => {
    const headers = { 'content-type': 'application/json' }
    await check(spoiled(report), async (body) =>
      isFine(await send('POST', `${open311}/v2/requests.json`, body, headers)),
    )
  })

  it('a spoiled request, as a form', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }).map((text) => encodeURIComponent(text)),
      fc.string({ maxLength: 30 }),
      fc.constantFrom('%ff', '%', '%E0%A4', '\ufffd', 'NaN', '1e999'),
    )
    const field = fc.constantFrom(
      ...Object.keys(report),
      'requested_datetime',
      'media_url',
      'attribute[DEPTH]',
      '__proto__',
      'attribute[__proto__]',
    )
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await check(fc.array(fc.tuple(field, value), { maxLength: 4 }), async (changes) => {
      const all = [
        ...Object.entries(report).map(([name, each]) => `${name}=${each}`),
        ...changes.map((pair) => pair.join('=')),
      ]
      isFine(await send('POST', `${open311}/v2/requests.json`, all.join('&'), headers))
    })
  })

  it('any address and query', async () => {
    const path = fc.constantFrom(
      'v2/requests.json',
      'v2/requests.xml',
      'v2/services/E0506.xml',
      'v2/tokens/x.json',
      'v2/requests/x.xml',
      'discovery.xml',
      'v2/%00.json',
    )
    const pair = fc.tuple(
      fc.constantFrom(
        'start_date',
        'end_date',
        'status',
        'page',
        'page_size',
        'service_request_id',
        'service_code',
        '$x',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    await check(fc.tuple(path, fc.array(pair, { maxLength: 4 })), async ([at, pairs]) => {
      const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
      expect((await send('GET', `${open311}/${at}?${query}`)).status).toBeLessThan(500)
    })
  })
})

describe('OwnTracks', () => {
  it('a spoiled position', async () => {
    const headers = { 'x-limit-u': 'PUMP-03' }
    await check(spoiled({ ...fix, vel: 1, cog: 1, acc: 1, topic: 'owntracks/x/y' }), async (body) =>
      isFine(await send('POST', owntracks, body, headers)),
    )
    await check(broken, async (bytes) => isFine(await send('POST', owntracks, bytes, headers)))
  })
})

describe('CAP', () => {
  const headers = { 'content-type': 'application/cap+xml' }
  const post = (body: string | Uint8Array) => send('POST', `${cap}/v1.2/alerts`, body, headers)
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '',
      '&xxe;',
      '&#0;',
      '&#xd800;',
      ']]>',
      '<![CDATA[',
      '<!--',
      '<!DOCTYPE a>',
      '<?x',
      '</info>',
      '<info/>',
      '<__proto__/>',
      '<constructor>1</constructor>',
      '<cap:status xmlns:cap="urn:x"/>',
      '2026-02-30T00:00:00+08:00',
      '2026-07-01T00:00:00Z',
      '90.1,0 1,1 2,2 90.1,0',
      '0,0 0,0 0,0 0,0',
      '90,180 -90,-180 90,180 90,180',
      '0,0 1e9',
      '90,0 20040',
      'a,b,c',
      'NaN,NaN NaN',
    ),
  )

  it('a spoiled alert', async () => {
    const lines = capAlert().split('\n')
    await check(fc.tuple(fc.nat(), word, fc.constantFrom('in', 'instead', 'before')), async ([at, value, how]) => {
      const copy = [...lines]
      const i = at % lines.length
      const line = lines[i] ?? ''
      copy[i] =
        how === 'instead' ? value : how === 'before' ? value + line : line.replace(/>[^<]*</, () => `>${value}<`)
      isFine(await post(copy.join('\n')))
    })
  })

  it('broken bytes, and any address', async () => {
    const good = Buffer.from(capAlert())
    await check(fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 6 })), async ([at, junk]) => {
      const cut = at % (good.length + 1)
      isFine(await post(new Uint8Array(Buffer.concat([good.subarray(0, cut), junk, good.subarray(cut)]))))
    })
    await check(fc.string({ unit: 'binary', maxLength: 20 }), async (path) =>
      isFine(await send('GET', `${cap}/v1.2/alerts/${encodeURIComponent(path)}.cap`)),
    )
  })
})

describe('MQTT', () => {
  it('spoiled messages are acknowledged, and good ones still stored', async () => {
    const client: MqttClient = await connectAsync({
      host: '127.0.0.1',
      port: mqttPort,
      username: doorKey,
      reconnectPeriod: 0,
    })
    const topic = fc.constantFrom(
      'v1.1/Datastreams(1)/Observations',
      'v1.1/Datastreams(999)/Observations',
      'owntracks/PUMP-03/p',
      'owntracks/nobody/p',
    )
    const payload = fc.oneof(
      spoiled({ result: 1, phenomenonTime: '2026-07-01T00:00:00Z' }),
      spoiled(fix),
      broken.map((bytes) => Buffer.from(bytes)),
    )
    await check(fc.tuple(topic, payload), async ([at, body]) => {
      cases++
      await client.publishAsync(at, body, { qos: 1 })
    })
    const before = city.stored.length
    await client.publishAsync('v1.1/Datastreams(1)/Observations', '{"result":1}', { qos: 1 })
    expect(city.stored.length).toBe(before + 1)
    await client.endAsync(true)
  })

  it('any bytes end their own connection at most', async () => {
    const connect = Buffer.from([
      0x10,
      12 + 2 + doorKey.length,
      0,
      4,
      ...Buffer.from('MQTT'),
      4,
      0x82,
      0,
      60,
      0,
      0,
      0,
      doorKey.length,
      ...Buffer.from(doorKey),
    ])
    const start = fc.constantFrom(Buffer.alloc(0), connect)
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .tuple(fc.constantFrom(0x30, 0x32, 0x34, 0x82, 0xa2, 0xc0, 0xe0, 0x40, 0x62), fc.uint8Array({ maxLength: 30 }))
        .map(([head, rest]) => Uint8Array.from([head, rest.length, ...rest])),
    )
    await check(fc.tuple(start, bytes), async ([first, rest]) => {
      cases++
      await new Promise<void>((done) => {
        const socket = connectSocket(mqttPort, '127.0.0.1')
        socket.on('error', () => {})
        socket.on('close', () => done())
        socket.resume()
        socket.end(Buffer.concat([first, rest]))
      })
    })
    await vi.waitFor(async () => {
      const client = await connectAsync({ host: '127.0.0.1', port: mqttPort, username: doorKey, reconnectPeriod: 0 })
      await client.endAsync(true)
    })
  })
})
