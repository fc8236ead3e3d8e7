/** The doors before a real intake, engine and embedded store: what the small ports of the other tests promise must hold here too. */
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createMqttDoor, type MqttDoor } from '../../../server/src/doors/mqtt/door.ts'
import { createOpen311Door } from '../../../server/src/doors/open311/door.ts'
import { createOwnTracksDoor } from '../../../server/src/doors/owntracks/door.ts'
import { createSensorThingsDoor } from '../../../server/src/doors/sensorthings/door.ts'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import { FakeLog, FakeMetrics, doorKey, fakeKeys, serve } from '../../support/doors-fakes.ts'
import { openTestStore } from '../../support/embedded.ts'
import { HandClock, person, startTestEngine, testNoon, type TestEngine } from '../../support/engine.ts'

type Json = Record<string, unknown> & { '@iot.id': number; value: Json[]; service_request_id: string }
const clock = new HandClock()
const log = new FakeLog()
const iso = createCityTime('Asia/Shanghai')
const closers: (() => Promise<unknown>)[] = []
let test: TestEngine
let mqtt: MqttDoor
let [sta, open311, owntracks] = ['', '', '']
let mqttPort = 0

beforeAll(async () => {
  const store = await openTestStore({ clock })
  await store.history.maintain(clock.now())
  test = await startTestEngine({ store: store.engineStore, clock })
  const { engine, intake, city } = test
  const common = { engine, intake, keys: fakeKeys, clock, log, metrics: new FakeMetrics() }
  const doors = [
    await serve('/sta/v1.1', createSensorThingsDoor({ ...common, history: store.history })),
    await serve('/open311', createOpen311Door({ ...common, readModels: store.readModels, city, iso })),
    await serve('/owntracks', createOwnTracksDoor(common)),
  ]
  ;[sta = '', open311 = '', owntracks = ''] = doors.map(({ url }) => url)
  mqtt = await createMqttDoor({ ...common, baseUrl: sta })
  mqttPort = await mqtt.listen(0, '127.0.0.1')
  closers.push(
    () => mqtt.close(),
    ...doors.map(({ close }) => close),
    () => test.stop(),
    () => store.close(),
  )
})
afterAll(async () => {
  for (const close of closers) await close()
  expect([...log.errors, ...test.errors]).toEqual([])
})

async function call(method: string, url: string, body?: unknown) {
  const init: RequestInit = { method, headers: { 'x-api-key': doorKey } }
  if (body !== undefined) init.body = JSON.stringify(body)
  const answer = await fetch(encodeURI(url), init)
  const text = await answer.text()
  return { status: answer.status, text, json: (text === '' ? {} : JSON.parse(text)) as Json }
}
const at = (minutes: number) => new Date(testNoon + minutes * 60_000).toISOString()

const thing = {
  name: '下立交',
  description: 'an underpass',
  Locations: [
    {
      name: '滨河路',
      description: 'here',
      encodingType: 'application/geo+json',
      location: { type: 'Point', coordinates: [121.4, 31.2] },
    },
  ],
  Datastreams: [
    {
      name: 'depth',
      description: 'depth',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { name: 'Metre', symbol: 'm', definition: 'urn:m' },
      properties: { kind: 'water-depth' },
      Sensor: { name: 's', description: 's', encodingType: 'text/plain', metadata: 'm' },
      ObservedProperty: { name: 'depth', definition: 'urn:water-depth', description: 'd' },
      Observations: [{ result: 0.01, phenomenonTime: at(-30) }],
    },
  ],
}

it('takes a device with all that belongs to it, and its values in the kind\u2019s unit', async () => {
  const made = await call('POST', `${sta}/Things`, thing)
  expect(made.status, made.text).toBe(201)
  expect(test.engine.view.sensors.get(1)).toMatchObject({
    kind: 'water-depth',
    unit: 'cm',
    sentUnit: 'm',
    districtId: 'd1',
  })
  const one = await call('POST', `${sta}/Datastreams(1)/Observations`, { result: 0.05, phenomenonTime: at(-20) })
  expect(one.json).toMatchObject({ result: 5, phenomenonTime: at(-20) })
  const again = await call('POST', `${sta}/Datastreams(1)/Observations`, { result: 0.05, phenomenonTime: at(-20) })
  expect([again.status, again.json['@iot.id']]).toEqual([201, one.json['@iot.id']])
  const rows = Array.from({ length: 300 }, (_, i) => [new Date(testNoon - 600_000 + i * 1000).toISOString(), i / 1000])
  const arrays = await call('POST', `${sta}/CreateObservations`, [
    { Datastream: { '@iot.id': 1 }, components: ['phenomenonTime', 'result'], dataArray: rows },
    { Datastream: { '@iot.id': 9 }, components: ['result'], dataArray: [[1]] },
  ])
  const links = arrays.json as unknown as string[]
  expect([links.length, links.filter((link) => link === 'error').length]).toEqual([301, 1])
  expect((await call('GET', links[299] ?? '')).json['result']).toBeCloseTo(29.9)
  const text = await call('POST', `${sta}/Datastreams(1)/Observations`, { result: 'broken', phenomenonTime: at(0) })
  expect(text.json).toMatchObject({ result: 'broken', resultQuality: { flags: expect.arrayContaining(['missing']) } })
  expect(
    (await call('POST', `${sta}/Datastreams(1)/Observations`, { result: 1, phenomenonTime: '2199-01-01T00:00:00Z' }))
      .text,
  ).toMatch(/"field":"phenomenonTime"/)
})

it('answers questions on them from the store', async () => {
  const count = async (filter: string) =>
    (await call('GET', `${sta}/Datastreams(1)/Observations?$count=true&$top=1&$filter=${filter}`)).json['@iot.count']
  expect(await count('result ge 0')).toBe(302)
  expect(await count('result gt 29.8')).toBe(1)
  expect(await count(`phenomenonTime lt ${at(-10)}`)).toBe(2)
  expect(await count(`phenomenonTime ge ${at(-10)} and result le 10.05`)).toBe(101)
  expect(await count("result eq 'broken'")).toBe(1)
  const { json } = await call(
    'GET',
    `${sta}/Observations?$orderby=phenomenonTime desc&$top=2&$expand=Datastream($select=name),FeatureOfInterest`,
  )
  expect(json.value[0]).toMatchObject({
    result: 'broken',
    Datastream: { name: 'depth' },
    FeatureOfInterest: { name: '滨河路' },
  })
  let next: unknown = `${sta}/Datastreams(1)/Observations?$top=100&$orderby=phenomenonTime`
  let seen = 0
  while (typeof next === 'string') {
    const page: Json = (await call('GET', decodeURI(next))).json
    seen += page.value.length
    next = page['@iot.nextLink']
  }
  expect(seen).toBe(303)
})

it('moves, changes and deletes devices', async () => {
  const moved = await call('POST', `${sta}/Things(1)/Locations`, {
    ...thing.Locations[0],
    location: { type: 'Point', coordinates: [121.6, 31.2] },
  })
  expect(moved.status, moved.text).toBe(201)
  expect(test.engine.view.sensors.get(1)).toMatchObject({ position: [121.6, 31.2], districtId: 'd2' })
  expect((await call('GET', `${sta}/Things(1)/HistoricalLocations`)).json.value).toHaveLength(2)
  expect((await call('PATCH', `${sta}/Things(1)`, { name: '改名' })).json).toMatchObject({ name: '改名' })
  expect(test.engine.view.sensors.get(1)?.name).toBe('改名')
  const other = await call('POST', `${sta}/Things`, { ...thing, Locations: [{ '@iot.id': 1 }] })
  expect(other.status, other.text).toBe(201)
  expect((await call('DELETE', `${sta}/Things(2)`)).status).toBe(200)
  expect((await call('GET', `${sta}/Datastreams(2)`)).status).toBe(404)
  expect((await call('POST', `${sta}/HistoricalLocations`, { time: at(0), Thing: { '@iot.id': 1 } })).text).toMatch(
    /Locations is mandatory/,
  )
})

it('takes observations and positions by MQTT', async () => {
  const client = await connectAsync({ host: '127.0.0.1', port: mqttPort, username: 'me', password: doorKey })
  const heard: Json[] = []
  client.on('message', (_topic, payload) => void heard.push(JSON.parse(payload.toString()) as Json))
  const topic = 'v1.1/Datastreams(1)/Observations'
  await client.subscribeAsync(topic, { qos: 1 })
  const send = (i: number) =>
    client.publishAsync(topic, JSON.stringify({ result: 0.02, phenomenonTime: at(i / 1000) }), { qos: 1 })
  await Promise.all(Array.from({ length: 500 }, (_, i) => send(i + 1)))
  const { json } = await call(
    'GET',
    `${sta}/Datastreams(1)/Observations?$count=true&$top=0&$filter=phenomenonTime gt ${at(0)}`,
  )
  expect(json['@iot.count']).toBe(500)
  await vi.waitFor(() => expect(heard).toHaveLength(500))
  expect(heard[0]).toMatchObject({ result: 2 })
  const fix = { _type: 'location', lon: 121.5, lat: 31.1, tst: testNoon / 1000 }
  await client.publishAsync('owntracks/pump-01/phone', JSON.stringify(fix), { qos: 1 })
  expect(test.engine.view.fixes.get('PUMP-01')?.position).toEqual([121.5, 31.1])
  const later = { ...fix, lon: 121.51, tst: fix.tst + 1, topic: 'owntracks/PUMP-01/phone' }
  expect((await call('POST', owntracks, later)).text).toBe('[]')
  expect(test.engine.view.fixes.get('PUMP-01')?.position).toEqual([121.51, 31.1])
  await client.endAsync()
})

it('takes a citizen\u2019s request into the loop and tells what became of it', async () => {
  const made = await call('POST', `${open311}/v2/requests.json`, {
    api_key: doorKey,
    service_code: 'E0506',
    lat: 31.2,
    long: 121.4,
    description: '积水，电话 13800000000',
    first_name: '王',
  })
  expect(made.status, made.text).toBe(201)
  const [row] = made.json as unknown as Json[]
  const id = row?.service_request_id ?? ''
  expect(id).toBe('20260801-000001')
  const told = async () => ((await call('GET', `${open311}/v2/requests/${id}.json`)).json as unknown as Json[])[0]
  expect(await told()).toMatchObject({ status: 'open', status_notes: '待受理', description: '积水，电话 ***' })
  await test.must(person('duty'), { type: 'incident.reject', incidentId: id, reason: '重复上报' })
  expect(await told()).toMatchObject({
    status: 'closed',
    status_notes: '不予立案：重复上报',
    requested_datetime: iso(testNoon),
  })
  for (const query of ['', '?status=closed', `?service_request_id=${id}`, '?service_code=E0506'])
    expect((await call('GET', `${open311}/v2/requests.json${query}`)).json, query).toHaveLength(1)
  expect((await call('GET', `${open311}/v2/requests.json?status=open`)).json).toEqual([])
  expect((await call('GET', `${open311}/v2/services.json`)).json['length']).toBe(test.city.caseClasses.length)
})
