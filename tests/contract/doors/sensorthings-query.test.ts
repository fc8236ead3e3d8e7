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

type Row = Record<string, unknown> & { '@iot.id': number; name: string; result: unknown }
type Answer = { value: Row[]; '@iot.count'?: number; '@iot.nextLink'?: string; message: string } & Record<
  string,
  unknown
>
const clock = new FakeClock()
const city = new FakeCity(clock)
const log = new FakeLog()
const metrics = new FakeMetrics()
const minute = 60_000
let url = ''
let close = async () => {}
const headers = { 'x-api-key': doorKey }

async function get(path: string): Promise<Answer & { status: number }> {
  const address = path.startsWith('http') ? path : `${url}${path}`
  const [at = '', query] = address.split('?')
  const encoded = query === undefined ? at : `${at}?${query.replaceAll(' ', '%20').replaceAll('+', '%2B')}`
  const answer = await fetch(encoded, { headers })
  return { ...((await answer.json()) as Answer), status: answer.status }
}
const names = async (path: string) => (await get(path)).value.map(({ name }) => name)
const results = async (path: string) => (await get(path)).value.map(({ result }) => result)

beforeAll(async () => {
  const history = city.history as History
  const door = createSensorThingsDoor({ engine: city, intake: city, history, keys: fakeKeys, clock, log, metrics })
  ;({ url, close } = await serve('/sta/v1.1', door))
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status, await answer.clone().text()).toBe(201)
    return answer
  }
  for (const [i, name] of ['Alpha', 'beta', 'Gamma', "D'elta"].entries())
    await post('/Things', {
      name,
      description: `thing ${i}`,
      properties: { floor: i, tag: i % 2 ? 'odd' : 'even', 楼层: i },
      Locations: [
        {
          name: `L${i}`,
          description: 'here',
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: [121 + i, 31] },
        },
      ],
      Datastreams: ['depth', 'speed'].map((what) => ({
        name: `${name} ${what}`,
        description: what,
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unitOfMeasurement: { name: 'u', symbol: what === 'depth' ? 'cm' : 'km/h', definition: 'urn:u' },
        Sensor: { name: 'S', description: 's', encodingType: 'text/plain', metadata: 'm' },
        ObservedProperty: { name: what, definition: `urn:${what}`, description: what },
      })),
    })
  const row = (i: number) => [new Date(startAt + i * minute).toISOString(), i]
  await post('/CreateObservations', [
    {
      Datastream: { '@iot.id': 1 },
      components: ['phenomenonTime', 'result'],
      'dataArray@iot.count': 250,
      dataArray: Array.from({ length: 250 }, (_, i) => row(i)),
    },
    { Datastream: { '@iot.id': 2 }, components: ['result'], dataArray: [['fast'], [true], [null], [{ a: 1 }]] },
  ])
})
afterAll(async () => {
  await close()
  expect(log.errors).toEqual([])
})

describe('$filter', () => {
  it.each([
    ["name eq 'Alpha'", ['Alpha']],
    ["name eq 'D''elta'", ["D'elta"]],
    ["name ne 'Alpha' and properties/floor lt 2", ['beta']],
    ["properties/floor ge 1 and (properties/tag eq 'even' or name eq 'beta')", ['beta', 'Gamma']],
    ["not (properties/tag eq 'even')", ['beta', "D'elta"]],
    ['not properties/floor gt 0', ['Alpha']],
    ["substringof('amm',name)", ['Gamma']],
    ["contains(name,'lph') or startswith(name,'be')", ['Alpha', 'beta']],
    ["endswith(tolower(name),'a') and length(name) eq 5", ['Alpha', 'Gamma']],
    ["toupper(name) eq 'BETA'", ['beta']],
    ["indexof(name,'e') eq 1", ['beta']],
    ["substring(name,1,2) eq 'lp' or concat(name,'!') eq 'beta!'", ['Alpha', 'beta']],
    ['properties/楼层 eq 2', ['Gamma']],
    ['properties/none eq null and properties/floor mod 2 eq 1', ['beta', "D'elta"]],
    ['properties/floor add 1 eq 2 or properties/floor div 3 eq 1', ['beta', "D'elta"]],
    ['-properties/floor lt -2', ["D'elta"]],
    ["Datastreams/unitOfMeasurement/symbol eq 'cm' and id gt 3", ["D'elta"]],
    ["Datastreams/ObservedProperty/name eq 'depth' and @iot.id le 1", ['Alpha']],
    ['HistoricalLocations/time le now() and id eq 2', ['beta']],
    ['year(HistoricalLocations/time) eq 2026 and month(HistoricalLocations/time) eq 7 and id eq 1', ['Alpha']],
    [
      "st_within(Locations/location,geography'POLYGON((120.5 30, 122.5 30, 122.5 32, 120.5 32, 120.5 30))')",
      ['Alpha', 'beta'],
    ],
    ["geo.distance(Locations/location,geography'POINT(124 31)') lt 1.5", ['Gamma', "D'elta"]],
  ])('%s', async (filter, expected) => {
    expect(await names(`/Things?$filter=${filter}`)).toEqual(expected)
  })

  it.each([
    ['result gt 247', [248, 249]],
    ['result eq 7 or result eq 9', [7, 9]],
    ['result lt 2 and phenomenonTime ge 2026-07-01T00:01:00Z', [1]],
    ['phenomenonTime lt 2026-07-01T00:02:00Z', [0, 1]],
    ['phenomenonTime le 2026-07-01T08:02:00+08:00', [0, 1, 2]],
    ['phenomenonTime eq 2026-07-01T00:05:00.000Z', [5]],
    ['2026-07-01T04:08:00Z lt phenomenonTime', [249]],
    ['phenomenonTime gt 2026-07-01T00:02:00Z and phenomenonTime lt 2026-07-01T00:02:00Z', []],
    ['round(result div 100) eq 1 and result lt 52', [50, 51]],
    ['minute(phenomenonTime) eq 59 and hour(phenomenonTime) ge 2', [179, 239]],
    ['id eq 3', [2]],
    ['id eq 1000', []],
    ["Datastream/Thing/name eq 'Alpha' and result ge 249", [249]],
    ['Datastream/id eq 2', []],
  ])('of observations: %s', async (filter, expected) => {
    expect(await results(`/Datastreams(1)/Observations?$filter=${filter}`)).toEqual(expected)
  })

  it('reads texts, truths and objects as they were sent', async () => {
    expect(await results('/Datastreams(2)/Observations')).toEqual(['fast', true, null, { a: 1 }])
    expect(await results("/Observations?$filter=result eq 'fast'")).toEqual(['fast'])
    expect(await results('/Observations?$filter=Datastream/id eq 2 and result eq true')).toEqual([true])
    expect((await get('/Datastreams(2)/Observations')).value[0]?.['resultQuality']).toMatchObject({
      flags: ['missing'],
    })
  })
})

describe('the other options', () => {
  it('$orderby, $top, $skip, $count and the next page', async () => {
    expect(await names('/Things?$orderby=name desc&$top=2')).toEqual(['beta', 'Gamma'])
    expect(await names('/Things?$orderby=properties/tag desc,id desc')).toEqual(["D'elta", 'beta', 'Gamma', 'Alpha'])
    const page = await get('/Things?$count=true&$top=3&$select=name')
    expect(page['@iot.count']).toBe(4)
    expect(page.value).toEqual([{ name: 'Alpha' }, { name: 'beta' }, { name: 'Gamma' }])
    expect((await get(page['@iot.nextLink'] ?? '')).value).toEqual([{ name: "D'elta" }])
    const all: unknown[] = []
    let next: string | undefined = '/Datastreams(1)/Observations?$top=100&$orderby=phenomenonTime desc&$count=true'
    while (next) {
      const answer: Answer = await get(next)
      expect(answer['@iot.count']).toBe(250)
      all.push(...answer.value.map(({ result }) => result))
      next = answer['@iot.nextLink']
    }
    expect(all).toEqual(Array.from({ length: 250 }, (_, i) => 249 - i))
    expect((await get('/Observations?$top=0&$count=true')).value).toEqual([])
    expect((await get('/Observations?$filter=result mod 2 eq 0&$count=true'))['@iot.count']).toBe(125)
    expect(await results('/Datastreams(1)/Observations?$orderby=result mod 100 desc,result&$top=3')).toEqual([
      99, 199, 98,
    ])
  })

  it('$expand, nested, in both forms', async () => {
    const { value } = await get(
      "/Things?$filter=id le 2&$select=name&$expand=Locations($select=name),Datastreams($filter=description eq 'depth';$select=name;$expand=ObservedProperty($select=name),Observations($top=2;$orderby=phenomenonTime desc;$select=result;$count=true))",
    )
    const first = value[0] as unknown as { Locations: unknown; Datastreams: Record<string, unknown>[] }
    expect(first.Locations).toEqual([{ name: 'L0' }])
    expect(first.Datastreams[0]).toMatchObject({
      name: 'Alpha depth',
      ObservedProperty: { name: 'depth' },
      Observations: [{ result: 249 }, { result: 248 }],
      'Observations@iot.count': 250,
    })
    const link = first.Datastreams[0]?.['Observations@iot.nextLink'] as string
    expect(await results(link)).toEqual([247, 246])
    const slash = await get('/Observations(1)?$expand=Datastream/Thing,Datastream/Sensor,FeatureOfInterest')
    expect(slash).toMatchObject({
      Datastream: { Thing: { name: 'Alpha' }, Sensor: { name: 'S' } },
      FeatureOfInterest: { name: 'L0' },
    })
    expect((slash['Datastream'] as Row)['ObservedProperty@iot.navigationLink']).toBe(
      `${url}/Datastreams(1)/ObservedProperty`,
    )
    expect(await get('/Datastreams(1)/Thing?$select=id,Locations')).toEqual({
      status: 200,
      '@iot.id': 1,
      '@iot.selfLink': `${url}/Things(1)`,
      'Locations@iot.navigationLink': `${url}/Things(1)/Locations`,
    })
  })

  it.each([
    ['$filter=name eq', '$filter'],
    ['$filter=name eq (1', '$filter'],
    ['$filter=colour eq 1', '$filter'],
    ['$filter=Datastreams eq 1', '$filter'],
    ['$filter=Datastreams/Observations/result gt 1', '$filter'],
    ["$filter=shout(name) eq 'A'", '$filter'],
    ["$filter=name eq 'open", '$filter'],
    ['$filter=length(name,name) eq 1', '$filter'],
    ['$filter=id eq 1e400', '$filter'],
    ['$filter=HistoricalLocations/time gt 2026-13-01T00:00:00Z', '$filter'],
    [`$filter=${'('.repeat(60)}1${')'.repeat(60)} eq 1`, '$filter'],
    ['$orderby=colour', '$orderby'],
    ['$orderby=', '$orderby'],
    ['$select=colour', '$select'],
    ['$expand=Sensors', '$expand'],
    ['$expand=Datastreams($colour=1)', '$expand=Datastreams/$colour'],
    ['$expand=Datastreams($top=x)', '$expand=Datastreams/$top'],
    ['$expand=Datastreams/Thing/Datastreams/Thing/Datastreams/Thing/Datastreams', '$expand'],
    ['$top=-1', '$top'],
    ['$top=1.5', '$top'],
    ['$skip=999999999', '$skip'],
    ['$count=yes', '$count'],
    ['$top=1&$top=2', '$top'],
    ['$colour=1', '$colour'],
    ['filter=1', 'filter'],
    ['$resultFormat=dataArray', '$resultFormat'],
    ['$filter=%E0%A4', '$filter'],
  ])('%s is refused, naming the option', async (query, option) => {
    const answer = await get(`/Things?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.message.includes(option), answer.message).toBe(true)
  })

  it('$resultFormat=dataArray', async () => {
    const { value } = await get(
      '/Observations?$resultFormat=dataArray&$filter=result lt 2 or Datastream/id eq 2&$select=id,result',
    )
    expect(value).toEqual([
      {
        'Datastream@iot.navigationLink': `${url}/Datastreams(1)`,
        components: ['id', 'result'],
        'dataArray@iot.count': 2,
        dataArray: [
          [1, 0],
          [2, 1],
        ],
      },
      expect.objectContaining({ 'dataArray@iot.count': 4 }),
    ])
    const page = await get('/Datastreams(1)/Observations?$resultFormat=dataArray&$top=200')
    expect((page.value[0]?.['dataArray'] as unknown[]).length).toBe(200)
    const rest = await get(page['@iot.nextLink'] ?? '')
    expect((rest.value[0]?.['dataArray'] as unknown[]).length).toBe(50)
  })

  it('bounds what one answer may look at', async () => {
    const base = city.stored.length
    for (let i = 0; i < 20_500; i++)
      city.stored.push({
        id: base + i + 1,
        sensorId: 3,
        phenomenonAt: startAt + i,
        receivedAt: startAt,
        value: i,
        text: null,
        quality: 0,
      })
    const wide = await get('/Datastreams(3)/Observations?$filter=result mod 2 eq 0&$count=true')
    expect(wide.status).toBe(400)
    expect(wide.message).toMatch(/^\$filter would look at more than 20000/)
    const narrow = await get(
      '/Datastreams(3)/Observations?$filter=result mod 2 eq 0 and phenomenonTime lt 2026-07-01T00:00:01Z&$count=true',
    )
    expect(narrow['@iot.count']).toBe(500)
    expect((await get('/Datastreams(3)/Observations?$filter=result mod 2 eq 0&$top=5')).value).toHaveLength(5)
    expect((await get('/Observations?$skip=100001')).message).toMatch(/^\$skip/)
    city.stored.length = base
  })
})

describe('CreateObservations', () => {
  const post = (body: unknown) =>
    fetch(`${url}/CreateObservations`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('answers each row, and takes thousands in one call', async () => {
    const before = city.acceptCalls
    const rows = Array.from({ length: 5000 }, (_, i): unknown[] => [new Date(startAt + i).toISOString(), i])
    rows[7] = ['no time', 7]
    rows[8] = [8]
    const answer = await post([
      { Datastream: { '@iot.id': 5 }, components: ['phenomenonTime', 'result'], dataArray: rows },
      { Datastream: { '@iot.id': 999 }, components: ['result'], dataArray: [[1]] },
    ])
    expect(answer.status).toBe(201)
    const links = (await answer.json()) as string[]
    expect(links).toHaveLength(5001)
    expect(links.filter((link) => link === 'error')).toHaveLength(3)
    expect(links[0]).toMatch(/\/Observations\(\d+\)$/)
    expect([links[7], links[8], links[5000]]).toEqual(['error', 'error', 'error'])
    expect(city.acceptCalls - before).toBe(1)
    expect(metrics.counts.get('tongguan_door_observations_total{sensorthings,INVALID}')).toBe(2)
    expect(metrics.counts.get('tongguan_door_observations_total{sensorthings,NOT_FOUND}')).toBe(1)
    expect(log.warnings.at(-1)).toMatchObject({ code: 'NOT_FOUND', sensorId: 999 })
  })

  it.each([
    [{}, 'body'],
    [[1], '0'],
    [[{}], '0.Datastream.@iot.id'],
    [[{ Datastream: { '@iot.id': 1 } }], '0.components'],
    [[{ Datastream: { '@iot.id': 1 }, components: ['colour', 'result'] }], '0.components.0'],
    [[{ Datastream: { '@iot.id': 1 }, components: ['phenomenonTime'], dataArray: [] }], '0.components'],
    [[{ Datastream: { '@iot.id': 1 }, components: ['result', 'result'], dataArray: [] }], '0.components'],
    [[{ Datastream: { '@iot.id': 1 }, components: ['result'], dataArray: 5 }], '0.dataArray'],
    [
      [{ Datastream: { '@iot.id': 1 }, components: ['result'], 'dataArray@iot.count': 2, dataArray: [[1]] }],
      '0.dataArray@iot.count',
    ],
  ])('refuses %j naming %s', async (body, field) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    const { message } = (await answer.json()) as Answer
    expect(message.startsWith(`${field} `), message).toBe(true)
  })

  it('answers 503 with Retry-After when intake is full', async () => {
    city.isFull = true
    const array = await post([{ Datastream: { '@iot.id': 1 }, components: ['result'], dataArray: [[1], [2]] }])
    expect([array.status, array.headers.get('retry-after')]).toEqual([503, '2'])
    const one = await fetch(`${url}/Datastreams(1)/Observations`, { method: 'POST', headers, body: '{"result":1}' })
    expect([one.status, one.headers.get('retry-after')]).toEqual([503, '2'])
    city.drain()
  })
})

describe('features of interest', () => {
  const observe = async (body: unknown) => {
    const answer = await fetch(`${url}/Datastreams(7)/Observations`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(answer.status, await answer.clone().text()).toBe(201)
    const { '@iot.id': id } = (await answer.json()) as Row
    return (await get(`/Observations(${id})/FeatureOfInterest`)) as unknown as Row
  }
  it('are made once a place, or taken as given or linked', async () => {
    const made = await observe({ result: 1 })
    expect(made.name).toBe('L3')
    const count = (await get('/FeaturesOfInterest?$count=true'))['@iot.count']
    expect((await observe({ result: 2 }))['@iot.id']).toBe(made['@iot.id'])
    const feature = {
      name: 'F',
      description: 'f',
      encodingType: 'application/geo+json',
      feature: { type: 'Point', coordinates: [1, 2] },
    }
    const given = await observe({ result: 3, FeatureOfInterest: feature })
    expect(given.name).toBe('F')
    expect((await observe({ result: 4, FeatureOfInterest: feature }))['@iot.id']).toBe(given['@iot.id'])
    expect((await observe({ result: 5, FeatureOfInterest: { '@iot.id': made['@iot.id'] } })).name).toBe('L3')
    expect((await get('/FeaturesOfInterest?$count=true'))['@iot.count']).toBe((count ?? 0) + 1)
  })
})
