import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSensorThingsDoor } from '../../../server/src/doors/sensorthings/door.ts'
import type { History } from '../../../server/src/ports/store.ts'
import {
  FakeCity,
  FakeClock,
  FakeLog,
  FakeMetrics,
  doorKey,
  fakeKeys,
  serve,
  startAt,
} from '../../support/doors-fakes.ts'

type Json = Record<string, unknown> & { '@iot.id': number; value: Json[]; message: string }
const clock = new FakeClock()
const city = new FakeCity(clock)
const log = new FakeLog()
const metrics = new FakeMetrics()
let url = ''
let close = async () => {}

beforeAll(async () => {
  const history = city.history as History
  const door = createSensorThingsDoor({ engine: city, intake: city, history, keys: fakeKeys, clock, log, metrics })
  ;({ url, close } = await serve('/sta/v1.1', door))
})
afterAll(async () => {
  await close()
  expect(log.errors).toEqual([])
})

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const init: RequestInit = { method, headers: { 'x-api-key': doorKey, ...headers } }
  if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(path.startsWith('http') ? path : `${url}${path}`, init)
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json')
  return { status: answer.status, headers: answer.headers, text, json: (isJson ? JSON.parse(text) : {}) as Json }
}
const get = (path: string) => call('GET', path.replaceAll(' ', '%20'))

const sensor = { name: 'Gauge', description: 'a gauge', encodingType: 'text/plain', metadata: 'm' }
const observedProperty = { name: 'Depth', definition: 'urn:x:depth', description: 'water depth' }
const unit = { name: 'Centimetre', symbol: 'cm', definition: 'urn:cm' }
const datastream = (name: string) => ({
  name,
  description: 'depth here',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: unit,
  Sensor: sensor,
  ObservedProperty: observedProperty,
})
const place = (lon: number, lat: number) => ({
  name: 'Bridge',
  description: 'under the bridge',
  encodingType: 'application/geo+json',
  location: { type: 'Point', coordinates: [lon, lat] },
})

describe('the service', () => {
  it('tells its sets and its conformance', async () => {
    const { status, json } = await get('')
    expect(status).toBe(200)
    expect(json.value.map((each) => each['name'])).toContain('FeaturesOfInterest')
    expect(json.value.find((each) => each['name'] === 'Things')?.['url']).toBe(`${url}/Things`)
    expect(JSON.stringify(json['serverSettings'])).toContain('/1.1/req/datamodel')
  })

  it('asks for a key, in any of its ordinary forms', async () => {
    const bare = await fetch(`${url}/Things`)
    expect(bare.status).toBe(401)
    expect(bare.headers.get('www-authenticate')).toMatch(/^Basic/)
    const basic = (user: string, password: string) => ({
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    })
    expect((await fetch(`${url}/Things`, basic('me', doorKey))).status).toBe(200)
    expect((await fetch(`${url}/Things`, basic(doorKey, ''))).status).toBe(200)
    expect((await fetch(`${url}/Things`, basic('me', 'wrong'))).status).toBe(401)
    expect((await fetch(`${url}/Things`, { headers: { 'x-api-key': 'only-open311' } })).status).toBe(403)
  })
})

describe('entities', () => {
  it('makes a Thing with all that is nested in it, in one command', async () => {
    const before = city.commands.length
    const made = await call('POST', '/Things', {
      name: 'Underpass 1',
      description: 'an underpass',
      properties: { floor: -1, owner: { name: "O'Neil" } },
      Locations: [place(121.47, 31.23)],
      Datastreams: [
        {
          ...datastream('Depth 1'),
          Observations: [{ result: 3, phenomenonTime: '2026-07-01T00:00:00Z' }, { result: 4 }],
        },
        datastream('Depth 2'),
      ],
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`${url}/Things(1)`)
    expect(made.json).toMatchObject({
      '@iot.id': 1,
      '@iot.selfLink': `${url}/Things(1)`,
      name: 'Underpass 1',
      'Datastreams@iot.navigationLink': `${url}/Things(1)/Datastreams`,
    })
    const types = city.commands.slice(before).map(({ command }) => command.type)
    // The second makes the feature of interest of the nested observations' place.
    expect(types).toEqual(['catalog.create', 'catalog.create'])
    expect(city.commands[before]?.actor).toEqual({ name: 'door:gateway', role: 'door' })
    expect((await get('/Things(1)/HistoricalLocations?$expand=Locations')).json.value).toMatchObject([
      { time: new Date(startAt).toISOString(), Locations: [{ name: 'Bridge' }] },
    ])
    expect((await get('/Things(1)/Datastreams')).json.value).toHaveLength(2)
    expect((await get('/Datastreams(1)/Observations')).json.value.map((each) => each['result'])).toEqual([3, 4])
  })

  it('walks paths of any depth', async () => {
    expect((await get('/Datastreams(2)/Thing/Locations(1)/Things(1)')).json['name']).toBe('Underpass 1')
    expect((await get('/Observations(1)/Datastream/Sensor')).json['name']).toBe('Gauge')
    expect((await get('/Observations(1)/FeatureOfInterest')).json['feature']).toEqual(place(121.47, 31.23).location)
    expect((await get('/FeaturesOfInterest(1)/Observations')).json.value).toHaveLength(2)
    expect((await get('/Things(1)/name')).json).toEqual({ name: 'Underpass 1' })
    expect((await get('/Things(1)/name/$value')).text).toBe('Underpass 1')
    expect((await get('/Things(1)/properties/owner/name/$value')).text).toBe("O'Neil")
    expect((await get('/Things(1)/Datastreams/$ref')).json.value).toEqual([
      { '@iot.selfLink': `${url}/Datastreams(1)` },
      { '@iot.selfLink': `${url}/Datastreams(2)` },
    ])
    for (const path of [
      '/Nothings',
      '/Things(9)',
      '/Things(0)',
      "/Things('x')",
      '/Things(1)/Sensors',
      '/Things/name',
      '/Datastreams(1)/Thing(1)',
      '/Things(1)/Locations(7)',
      '/Datastreams(2)/Observations(1)',
      '/Things(1)/properties/none',
      '/__proto__',
    ])
      expect((await get(path)).status, path).toBe(404)
  })

  it('takes posts on navigation paths', async () => {
    const under = await call('POST', '/Things(1)/Datastreams', datastream('Depth 3'))
    expect(under.status).toBe(201)
    expect((await get(`/Datastreams(${under.json['@iot.id']})/Thing`)).json['@iot.id']).toBe(1)
    const moved = await call('POST', '/Things(1)/Locations', { ...place(121.5, 31.2), name: 'Moved' })
    expect(moved.status).toBe(201)
    expect((await get('/Things(1)/Locations')).json.value.map((each) => each['name'])).toEqual(['Moved'])
    expect((await get('/Things(1)/HistoricalLocations')).json.value).toHaveLength(2)
    const observed = await call('POST', '/Datastreams(2)/Observations', {
      result: 7,
      phenomenonTime: '2026-07-01T08:00:00+08:00/2026-07-01T09:00:00+08:00',
    })
    expect(observed.status).toBe(201)
    expect(observed.json).toMatchObject({ result: 7, phenomenonTime: '2026-07-01T00:00:00.000Z' })
    expect(observed.headers.get('location')).toBe(`${url}/Observations(${observed.json['@iot.id']})`)
    const inside = await call('POST', '/Sensors', {
      ...sensor,
      name: 'Own',
      Datastreams: [{ ...datastream('D'), Sensor: undefined, Thing: { '@iot.id': 1 } }],
    })
    expect(inside.status).toBe(201)
    expect((await get(`/Sensors(${inside.json['@iot.id']})/Datastreams`)).json.value).toHaveLength(1)
    const withThing = await call('POST', '/Locations', {
      ...place(1, 1),
      Things: [{ '@iot.id': 1 }, { name: 'New', description: 'new' }],
    })
    expect(withThing.status).toBe(201)
    expect((await get(`/Locations(${withThing.json['@iot.id']})/Things`)).json.value).toHaveLength(2)
    expect((await call('POST', '/Things(1)', {})).status).toBe(405)
    expect((await call('POST', '/Datastreams(1)/Thing', {})).status).toBe(405)
  })

  it('changes and deletes', async () => {
    const thing = await call('POST', '/Things', { name: 'T', description: 'd', properties: { a: 1 } })
    const at = `/Things(${thing.json['@iot.id']})`
    expect((await call('PATCH', at, { description: 'other' })).json).toMatchObject({
      name: 'T',
      description: 'other',
      properties: { a: 1 },
    })
    expect((await call('PATCH', at, { properties: null })).json['properties']).toBeUndefined()
    expect((await call('PATCH', at, { name: null })).json.message).toMatch(/^name is mandatory/)
    expect((await call('PUT', at, { name: 'N' })).json.message).toMatch(/^description is mandatory/)
    expect((await call('PATCH', at, { Locations: [{ '@iot.id': 1 }] })).status).toBe(200)
    expect((await get(`${at}/HistoricalLocations`)).json.value).toHaveLength(1)
    expect((await call('PATCH', '/Datastreams(2)', { Thing: thing.json })).status).toBe(200)
    expect((await get('/Datastreams(2)/Thing')).json['@iot.id']).toBe(thing.json['@iot.id'])
    expect((await call('DELETE', at)).status).toBe(200)
    expect((await get(at)).status).toBe(404)
    expect((await get('/Datastreams(2)')).status).toBe(404)
    expect((await call('DELETE', '/Observations(1)')).status).toBe(405)
    expect((await call('DELETE', '/Things')).status).toBe(405)
  })

  it.each([
    ['/Things', {}, 'name'],
    ['/Things', { name: 'n' }, 'description'],
    ['/Things', { name: 5, description: 'd' }, 'name'],
    ['/Things', { name: 'n', description: 'd', colour: 1 }, 'colour'],
    ['/Things', { name: 'n\u0000', description: 'd' }, 'name'],
    ['/Things', { name: 'n', description: 'd', properties: [] }, 'properties'],
    ['/Things', { name: 'n', description: 'd', Locations: {} }, 'Locations'],
    ['/Things', { name: 'n', description: 'd', Locations: [{ '@iot.id': 99 }] }, 'Locations.0.@iot.id'],
    ['/Things', { name: 'n', description: 'd', Datastreams: [{}] }, 'Datastreams.0.name'],
    ['/Things', [], 'body'],
    ['/Locations', place(200, 1), 'location.coordinates'],
    ['/Locations', { ...place(2, 1), encodingType: undefined }, 'encodingType'],
    [
      '/Datastreams',
      { ...datastream('x'), Thing: { '@iot.id': 1 }, unitOfMeasurement: { symbol: 'a', definition: 'b' } },
      'unitOfMeasurement.name',
    ],
    ['/Datastreams', datastream('x'), 'Thing'],
    ['/Datastreams', { ...datastream('x'), Thing: { '@iot.id': 'one' } }, 'Thing.@iot.id'],
    ['/Observations', { result: 1 }, 'Datastream'],
    ['/Observations', { result: 1, Datastream: { '@iot.id': 99 } }, 'Datastream.@iot.id'],
    ['/Datastreams(1)/Observations', { phenomenonTime: '2026-07-01T00:00:00Z' }, 'result'],
    ['/Datastreams(1)/Observations', { result: 1, phenomenonTime: '2026-02-30T00:00:00Z' }, 'phenomenonTime'],
    ['/Datastreams(1)/Observations', { result: 1, phenomenonTime: '2026-07-01T00:00:00' }, 'phenomenonTime'],
    ['/Datastreams(1)/Observations', { result: 1, phenomenonTime: '9999-07-01T00:00:00Z' }, 'phenomenonTime'],
    ['/Datastreams(1)/Observations', '{"result":1e999}', 'result'],
    ['/Datastreams(1)/Observations', { result: 1, wrong: 1 }, 'wrong'],
    ['/HistoricalLocations', { time: 'now', Thing: { '@iot.id': 1 } }, 'time'],
  ])('refuses at %s %j naming %s', async (path, body, field) => {
    const { status, json } = await call('POST', path, body)
    expect(status).toBe(400)
    expect(json.message.startsWith(`${field} `), json.message).toBe(true)
    expect(json['code']).toBe('INVALID')
    expect(json['id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('refuses bodies that are no JSON, by position', async () => {
    expect((await call('POST', '/Things', '{"name": nope}')).json.message).toMatch(/broken at character 10/)
    expect((await call('POST', '/Things', '')).json.message).toMatch(/is empty/)
    const broken = await fetch(`${url}/Things`, {
      method: 'POST',
      headers: { 'x-api-key': doorKey },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0x22]),
    })
    expect(broken.status).toBe(400)
    expect(await broken.text()).toMatch(/not UTF-8: broken at byte 3/)
    expect((await call('POST', '/Things', '['.repeat(100_000))).status).toBe(400)
    const deep = `{"name":"n","description":"d","properties":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`
    expect((await call('POST', '/Things', deep)).json.message).toMatch(/nested deeper than 32/)
    const large = await call('POST', '/Things', { name: 'n', description: 'x'.repeat(300_000) })
    expect(large.status).toBe(413)
    const polluted = await call(
      'POST',
      '/Things',
      '{"name":"n","description":"d","properties":{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}}',
    )
    expect(polluted.status).toBe(201)
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})
