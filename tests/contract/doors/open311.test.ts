import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOpen311Door } from '../../../server/src/doors/open311/door.ts'
import { withoutPersons } from '../../../server/src/doors/open311/request-row.ts'
import type { Merge } from '../../../shared/model/incident.ts'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
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

type Row = Record<string, unknown> & { service_request_id: string; code: number; description: string }
const clock = new FakeClock()
const fake = new FakeCity(clock)
const log = new FakeLog()
const dayMs = 86_400_000
let url = ''
let close = async () => {}

beforeAll(async () => {
  const door = createOpen311Door({
    engine: fake,
    readModels: fake.readModels,
    city: fakeProfile,
    keys: fakeKeys,
    clock,
    log,
    metrics: new FakeMetrics(),
    iso: createCityTime('Asia/Shanghai'),
  })
  ;({ url, close } = await serve('/open311', door))
})
afterAll(async () => {
  await close()
  expect(log.errors).toEqual([])
})

const xml = new XMLParser({ parseTagValue: false })
async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}${path}`, { headers })
  const text = await answer.text()
  const isXml = answer.headers.get('content-type')?.startsWith('text/xml') ?? false
  if (isXml) expect(XMLValidator.validate(text)).toBe(true)
  return {
    status: answer.status,
    isXml,
    body: (isXml ? xml.parse(text) : JSON.parse(text)) as never,
    text,
    headers: answer.headers,
  }
}
async function post(fields: Record<string, string> | string, format = 'json', headers: Record<string, string> = {}) {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(`${url}/v2/requests.${format}`, { method: 'POST', headers: { ...type, ...headers }, body })
  const text = await answer.text()
  return { status: answer.status, text, rows: (format === 'json' ? JSON.parse(text) : []) as Row[] }
}
const good = { api_key: doorKey, service_code: 'E0506', lat: '31.23', long: '121.47', description: '水深到膝盖' }
const last = () => [...fake.incidents.values()].at(-1)

describe('services', () => {
  it('are the case classes, in both formats and languages', async () => {
    const json = (await get('/v2/services.json')).body as unknown as Row[]
    expect(json[0]).toEqual({
      service_code: 'E0506',
      service_name: '道路积水',
      description: '市容环境 · 道路积水',
      metadata: true,
      type: 'realtime',
      keywords: '积水,flood',
      group: '市容环境',
    })
    expect(json[1]?.['metadata']).toBe(false)
    expect(
      ((await get('/v2/services.json', { 'accept-language': 'en-GB' })).body as unknown as Row[])[0]?.['service_name'],
    ).toBe('Flooded road')
    const answer = await get('/v2/services.xml?jurisdiction_id=anywhere')
    expect(answer.text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<services>/)
    const { services } = answer.body as { services: { service: Row[] } }
    expect(services.service[1]?.['service_name']).toBe('井盖破损 & <丢失>')
  })

  it('have definitions, with questions where a class asks some', async () => {
    const json = (await get('/v2/services/E0506.json')).body as unknown as { attributes: Row[] }
    expect(json.attributes[0]).toMatchObject({ code: 'DEPTH', datatype: 'singlevaluelist', required: false, order: 1 })
    const { service_definition: definition } = (await get('/v2/services/E0506.xml')).body as {
      service_definition: { attributes: { attribute: { values: { value: Row[] } } } }
    }
    expect(definition.attributes.attribute.values.value).toHaveLength(3)
    expect((await get('/v2/services/P0101.json')).body).toEqual({ service_code: 'P0101', attributes: [] })
    const missing = await get('/v2/services/X.json')
    expect([missing.status, missing.body]).toEqual([
      404,
      [{ code: 404, description: 'service_code names no service: X' }],
    ])
  })

  it('are found by discovery', async () => {
    const json = (await get('/discovery.json')).body as unknown as { endpoints: { url: string }[] }
    expect(json.endpoints[0]?.url).toBe(`${url}/v2`)
    expect((await get('/discovery.xml')).text).toContain('<format>text/xml</format>')
  })
})

describe('a request', () => {
  it('becomes a case, and its number is answered', async () => {
    const { status, rows } = await post({
      ...good,
      'attribute[DEPTH]': 'car',
      'attribute[other]': 'ignored',
      first_name: '明',
      last_name: '王',
      phone: '13800000000',
      email: 'a@b.cn',
      device_id: 'd1',
      account_id: 'a1',
      media_url: 'https://example.org/a.jpg',
      requested_datetime: '2026-06-30T20:00:00+08:00',
      jurisdiction_id: 'whatever',
      address_string: '滨河路 1 号',
    })
    expect(status).toBe(201)
    expect(rows).toEqual([{ service_request_id: '20260701-000001', service_notice: '', account_id: 'a1' }])
    expect(last()).toMatchObject({
      classCode: 'E0506',
      title: '道路积水：滨河路 1 号',
      description: '水深到膝盖\n积水多深：车辆熄火或被困',
      source: 'open311',
      sourceRef: 'account:a1',
      reporter: { name: '明 王', phone: '13800000000', email: 'a@b.cn' },
      position: [121.47, 31.23],
      mediaUrl: 'https://example.org/a.jpg',
      occurredAt: Date.parse('2026-06-30T12:00:00Z'),
    })
  })

  it('may be JSON, may have an address only, and may show its key in the header or the query', async () => {
    const json = { 'content-type': 'application/json' }
    const body = { service_code: 'E0506', lat: 31.2, long: 121.4, attribute: { DEPTH: 'knee' }, api_key: doorKey }
    expect((await post(JSON.stringify(body), 'json', json)).status).toBe(201)
    expect(last()?.description).toBe('积水多深：没过膝盖')
    expect(
      (await post({ service_code: 'P0101', address_string: '路口' }, 'json', { 'x-api-key': doorKey })).status,
    ).toBe(201)
    expect(last()).toMatchObject({ position: null, address: '路口', reporter: null, sourceRef: 'key:gateway' })
    const inQuery = await fetch(`${url}/v2/requests.json?api_key=${doorKey}`, {
      method: 'POST',
      body: new URLSearchParams({ service_code: 'P0101', address_string: 'x' }),
    })
    expect(inQuery.status).toBe(201)
    expect((await post(good, 'xml')).text).toMatch(/<service_requests>\n {2}<request>\n {4}<service_request_id>/)
  })

  it.each([
    [{ service_code: '' }, 'service_code'],
    [{ service_code: 'X' }, 'service_code'],
    [{ lat: '' }, 'lat'],
    [{ long: '' }, 'long'],
    [{ lat: '', long: '' }, 'lat'],
    [{ lat: 'NaN' }, 'lat'],
    [{ lat: '91' }, 'lat'],
    [{ long: '-180.5' }, 'long'],
    [{ lat: '0x10' }, 'lat'],
    [{ description: 'x'.repeat(4001) }, 'description'],
    [{ media_url: 'javascript:alert(1)' }, 'media_url'],
    [{ requested_datetime: 'yesterday' }, 'requested_datetime'],
    [{ requested_datetime: '2027-01-01T00:00:00Z' }, 'requested_datetime'],
    [{ 'attribute[DEPTH]': 'deep' }, 'attribute[DEPTH]'],
    [{ first_name: 'n'.repeat(41) }, 'first_name'],
    [{ description: 'a\0b' }, 'description'],
  ])('is refused at %j naming %s', async (change, field) => {
    const { status, rows } = await post({ ...good, ...change } as Record<string, string>)
    expect(status).toBe(400)
    expect(rows[0]?.code).toBe(400)
    expect(rows[0]?.description.startsWith(`${field} `), rows[0]?.description).toBe(true)
  })

  it('takes 4000 characters, latitude 90 and a day ahead', async () => {
    const edge = {
      description: 'x'.repeat(4000),
      lat: '-90',
      long: '180',
      requested_datetime: '2026-07-02T08:00:00+08:00',
    }
    expect((await post({ ...good, ...edge })).status).toBe(201)
  })

  it('is refused as the standard says it', async () => {
    const { api_key: _, ...keyless } = good
    expect(await post(keyless)).toMatchObject({
      status: 403,
      rows: [{ code: 403, description: 'api_key is missing or unknown' }],
    })
    expect((await post({ ...good, api_key: 'only-mqtt' })).status).toBe(403)
    expect((await post('service_code=%E0%A4%A')).rows[0]?.description).toMatch(/^service_code is not percent-encoded/)
    expect((await post('x', 'json', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(415)
    expect((await post('[]', 'json', { 'content-type': 'application/json' })).rows[0]?.description).toBe(
      'body must be an object',
    )
    expect((await post('x'.repeat(70_000))).status).toBe(413)
    const inXml = await post({ ...good, lat: '<&>' }, 'xml')
    expect(inXml.text).toMatch(/<errors>\n {2}<error>\n {4}<code>400<\/code>\n {4}<description>lat /)
    for (const [path, status] of [
      ['/v2/nothing.json', 404],
      ['/v2/requests', 404],
      ['/v2/requests/nobody.json', 404],
      ['/v3/services.json', 404],
      ['/v2/%ZZ.json', 400],
    ] as const)
      expect((await get(path)).status, path).toBe(status)
    expect((await fetch(`${url}/v2/services.json`, { method: 'DELETE' })).status).toBe(405)
  })
})

describe('what became of it', () => {
  it('is told without anything personal', async () => {
    const { rows } = await post({
      ...good,
      phone: '13912345678',
      description: '请回电 139 1234 5678 或 a.b@c.com，<b>急</b>\u0001',
    })
    const id = rows[0]?.service_request_id ?? ''
    const incident = last()
    if (incident)
      fake.incidents.set(id, {
        ...incident,
        state: 'rejected',
        closedAt: clock.at,
        resolution: '重复',
        dueAt: clock.at + dayMs,
        departmentId: 'drainage',
      })
    const json = (await get(`/v2/requests/${id}.json`)).body as unknown as Row[]
    expect(json).toEqual([
      {
        service_request_id: id,
        status: 'closed',
        status_notes: '不予立案：重复',
        service_name: '道路积水',
        service_code: 'E0506',
        description: '请回电 *** 或 ***，<b>急</b>\u0001',
        agency_responsible: '排水所',
        service_notice: null,
        requested_datetime: '2026-07-01T08:00:00.000+08:00',
        updated_datetime: '2026-07-01T08:00:00.000+08:00',
        expected_datetime: '2026-07-02T08:00:00.000+08:00',
        address: null,
        address_id: null,
        zipcode: null,
        lat: 31.23,
        long: 121.47,
        media_url: null,
      },
    ])
    const answer = await get(`/v2/requests/${id}.xml`)
    expect((answer.body as { service_requests: { request: Row } }).service_requests.request.description).toBe(
      '请回电 *** 或 ***，<b>急</b>',
    )
    expect(answer.text).not.toMatch(/139|a\.b@c/)
    expect((await get(`/v2/tokens/${id}.json`)).body).toEqual([{ service_request_id: id, token: id }])
  })

  it('says what a filed case is held to, to those who ask for extensions', async () => {
    await post(good)
    const incident = last()
    if (incident === undefined) throw new Error('it was reported')
    const row = async (path: string, language = 'zh') =>
      ((await get(`/v2/requests${path}`, { 'accept-language': language })).body as unknown as Row[])[0]
    expect(await row(`/${incident.id}.json?extensions=true`)).not.toHaveProperty('extended_attributes')
    const term = (zh: string, en: string) => ({ zh, en })
    const basis = {
      when: term('已积水', 'Flooded'),
      closing: term('已排干', 'Dry'),
      standardId: 'gb',
      standardVersion: '2',
    }
    fake.incidents.set(incident.id, { ...incident, conditionId: '1', basis })
    const table = { standard: 'gb', standard_version: '2', filing_condition_id: '1' }
    expect(await row(`/${incident.id}.json?extensions=true`)).toMatchObject({
      extended_attributes: { ...table, filing_condition: '已积水', closing_condition: '已排干' },
    })
    expect(await row(`.json?service_request_id=${incident.id}&extensions=true`, 'en')).toMatchObject({
      extended_attributes: { ...table, filing_condition: 'Flooded', closing_condition: 'Dry' },
    })
    expect(await row(`/${incident.id}.json`)).not.toHaveProperty('extended_attributes')
    fake.incidents.delete(incident.id)
  })

  it('line 9: a merged request follows its main case, and tells its number', async () => {
    await post(good)
    const main = last()
    await post(good)
    const merged = last()
    if (main === undefined || merged === undefined) throw new Error('both were reported')
    const from = { from: 'reported', stateSince: 1, stageDueAt: null } as const
    const by = { by: 'duty', isByRule: false, reason: '同一积水点', score: null, alarmIds: [] }
    const merge: Merge = { mainId: main.id, at: 1, ...by, ...from }
    fake.incidents.set(main.id, { ...main, state: 'handling', departmentId: 'drainage' })
    fake.incidents.set(merged.id, { ...merged, state: 'merged', merge })
    const told = async (language = 'zh') =>
      ((await get(`/v2/requests/${merged.id}.json`, { 'accept-language': language })).body as unknown as Row[])[0]
    expect(await told()).toMatchObject({
      ...{ status: 'open', status_notes: `已并案（并入 ${main.id}，处置中）`, agency_responsible: '排水所' },
    })
    expect((await told('en'))?.['status_notes']).toBe(`Merged (part of ${main.id}, Handling)`)
    const listed = (await get(`/v2/requests.json?service_request_id=${merged.id}`)).body as unknown as Row[]
    expect(listed[0]?.['status_notes']).toBe(`已并案（并入 ${main.id}，处置中）`)
    // Main case closed: so is this one, with its result, and the request's own number.
    fake.incidents.set(main.id, { ...main, state: 'closed', closedAt: 2, resolution: '已排干' })
    fake.incidents.set(merged.id, { ...merged, state: 'merged', merge, closedAt: 2, resolution: '已排干' })
    expect(await told()).toMatchObject({
      ...{ service_request_id: merged.id, status: 'closed', status_notes: `已并案：已排干（并入 ${main.id}，已结案）` },
    })
    fake.incidents.delete(main.id)
    expect(await told()).toMatchObject({ status: 'closed', status_notes: `已并案：已排干（并入 ${main.id}）` })
    fake.incidents.delete(merged.id)
  })

  it('masks numbers by which a person can be reached, and no others', () => {
    expect(withoutPersons('电话13800000000，身份证11010119900101123X')).toBe('电话***，身份证***')
    expect(withoutPersons('滨河路 1234 号 56 栋，2026年，水深 30 cm')).toBe('滨河路 1234 号 56 栋，2026年，水深 30 cm')
  })

  it('is listed by id, service, status and date, in pages, citizens\u2019 own only', async () => {
    const ids = (rows: unknown) => (rows as Row[]).map((row) => row.service_request_id)
    const all = ids((await get('/v2/requests.json')).body)
    expect(all.length).toBe(fake.incidents.size)
    const [first = '', second = ''] = all
    expect(ids((await get(`/v2/requests.json?service_request_id=${first},${second},nobody`)).body)).toHaveLength(2)
    expect(ids((await get('/v2/requests.json?service_code=P0101')).body)).toHaveLength(2)
    expect(ids((await get('/v2/requests.json?status=closed')).body)).toHaveLength(1)
    expect(ids((await get('/v2/requests.json?status=open,closed')).body)).toHaveLength(all.length)
    expect(ids((await get('/v2/requests.json?page=2&page_size=3')).body)).toEqual(all.slice(3, 6))
    expect(ids((await get('/v2/requests.json?end_date=2026-06-30T00:00:00Z')).body)).toEqual([])
    expect((await get('/v2/requests.xml?end_date=2026-06-30T00:00:00Z')).text).toContain('<service_requests/>')
    const incident = fake.incidents.get(first)
    if (incident) fake.incidents.set(first, { ...incident, source: 'hotline' })
    expect(ids((await get('/v2/requests.json')).body)).toHaveLength(all.length - 1)
    expect((await get(`/v2/requests/${first}.json`)).status).toBe(404)
    for (const [query, field] of [
      ['start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:01Z', 'end_date'],
      ['start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z', 'end_date'],
      ['start_date=soon', 'start_date'],
      ['status=ajar', 'status'],
      ['page=0', 'page'],
      ['page_size=1001', 'page_size'],
      [
        `service_request_id=${'1,'.repeat(50)}${Array.from({ length: 201 }, (_, i) => i).join(',')}`,
        'service_request_id',
      ],
    ] as const) {
      const answer = await get(`/v2/requests.json?${query}`)
      expect(answer.status, query).toBe(400)
      expect((answer.body as unknown as Row[])[0]?.description.startsWith(field), query).toBe(true)
    }
    expect((await get('/v2/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:00Z')).status).toBe(
      200,
    )
  })
})
