import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSensorThingsDoor } from '../../../server/src/doors/sensorthings/door.ts'
import type { Clock } from '../../../server/src/ports/clock.ts'
import type { History } from '../../../server/src/ports/store.ts'
import { FakeLog, FakeMetrics, doorKey, fakeKeys, serve } from '../../support/doors-fakes.ts'
import { sensorDrafts, startTestEngine, type TestEngine } from '../../support/engine.ts'

interface Answer {
  readonly id: string
  readonly status: number
  readonly headers?: { readonly location: string }
  readonly body?: Readonly<Record<string, unknown>>
}
let city: TestEngine
const log = new FakeLog()
let url = ''
let close = async () => {}

beforeAll(async () => {
  city = await startTestEngine()
  const clock: Clock = city.clock
  const { engine, intake } = city
  const deps = { engine, intake, history: {} as History, keys: fakeKeys, clock, log, metrics: new FakeMetrics() }
  ;({ url, close } = await serve('/sta/v1.1', createSensorThingsDoor(deps)))
})
afterAll(async () => {
  await close()
  await city.stop()
  expect(log.errors).toEqual([])
})

async function post(body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/$batch`, {
    method: 'POST',
    headers: { 'x-api-key': doorKey, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}
async function batch(requests: readonly unknown[], headers?: Record<string, string>): Promise<readonly Answer[]> {
  const { status, json } = await post({ requests }, headers)
  expect(status).toBe(200)
  return json['responses'] as Answer[]
}
const thing = (name: string) => ({ name, description: 'a pump' })
const make = (id: string, name: string) => ({ id, method: 'post', url: 'Things', body: thing(name) })

describe('$batch', () => {
  it('answers each request as if it came alone, in their order', async () => {
    const answers = await batch([
      make('a', 'Pump A'),
      { id: 'wrong', method: 'POST', url: `${url}/Things`, body: { name: 'no description' } },
      { ...make('b', 'Pump B'), url: '/sta/v1.1/Things' },
      { id: 'read', method: 'get', url: "Things?$filter=startswith(name,'Pump')&$select=name&$count=true" },
      { id: 'none', method: 'get', url: 'Things(999)' },
      { id: 'where', method: 'delete', url: 'Things' },
      { id: 'what', method: 'post', url: 'Pumps', body: {} },
      { id: 'percent', method: 'get', url: 'Things(%)' },
      { id: 'nothing', method: 'post', url: 'Things' },
    ])
    expect(answers.map(({ id, status }) => [id, status])).toEqual([
      ['a', 201],
      ['wrong', 400],
      ['b', 201],
      ['read', 200],
      ['none', 404],
      ['where', 405],
      ['what', 404],
      ['percent', 400],
      ['nothing', 400],
    ])
    expect(answers[0]?.headers?.location).toBe(`${url}/Things(${String(answers[0]?.body?.['@iot.id'])})`)
    expect(answers[1]?.body).toMatchObject({ code: 'INVALID', details: { fields: [{ field: 'description' }] } })
    expect(answers[3]?.body).toMatchObject({ '@iot.count': 2, value: [{ name: 'Pump A' }, { name: 'Pump B' }] })
  })

  it('sees in a later request what an earlier one did', async () => {
    const [made] = await batch([make('1', 'before')])
    const at = made?.headers?.location ?? ''
    const answers = await batch([
      { id: '1', method: 'patch', url: at, body: { name: 'after' } },
      { id: '2', method: 'get', url: `${at.slice(url.length + 1)}/name` },
      { id: '3', method: 'delete', url: at },
      { id: '4', method: 'get', url: at },
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404])
    expect(answers[1]?.body).toEqual({ name: 'after' })
  })

  it('puts what creates into few commits, and leaves bodies out where that is preferred', async () => {
    const before = city.memory.batches.length
    const requests = Array.from({ length: 200 }, (_, n) => make(String(n), `Many ${n}`))
    const answers = await batch(requests, { prefer: 'return=minimal' })
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(answers.every(({ headers, body }) => headers !== undefined && body === undefined)).toBe(true)
    expect(city.memory.batches.length - before).toBeLessThanOrEqual(3)
    const ids = answers.map(({ headers }) => Number(/\((\d+)\)$/.exec(headers?.location ?? '')?.[1]))
    expect(ids).toEqual(ids.map((_, n) => (ids[0] ?? 0) + n))
  })

  it('refuses as a whole what is no batch, naming the field', async () => {
    const fieldsOf = async (body: unknown) => {
      const { status, json } = await post(body)
      expect(status).toBe(400)
      return (json['details'] as { fields: { field: string }[] }).fields.map(({ field }) => field)
    }
    expect(await fieldsOf('[')).toEqual([''])
    expect(await fieldsOf([])).toEqual(['requests'])
    expect(await fieldsOf({ requests: Array.from({ length: 1001 }, (_, n) => make(String(n), 'x')) })).toEqual([
      'requests',
    ])
    expect(await fieldsOf({ requests: [7, { id: '', method: 'copy' }] })).toEqual([
      'requests.0',
      'requests.1.id',
      'requests.1.method',
      'requests.1.url',
    ])
    expect(await fieldsOf({ requests: [make('a', 'x'), { ...make('a', 'y'), dependsOn: ['a'] }] })).toEqual([
      'requests.1.dependsOn',
      'requests.1.id',
    ])
    expect(await fieldsOf({ requests: [{ ...make('a', 'x'), atomicityGroup: 'g' }] })).toEqual([
      'requests.0.atomicityGroup',
    ])
    expect((await post({ requests: [] }, { 'x-api-key': 'only-open311' })).status).toBe(403)
  })
})

describe('a page of a set', () => {
  it('costs the page, not the set', async () => {
    for (let n = 0; n < 30; n++)
      await city.must(
        { name: 'system', role: 'system' },
        { type: 'catalog.create', drafts: sensorDrafts({ kind: 'smoke' }) },
      )
    const { view } = city.engine
    let looked = 0
    const entities = view.entities.bind(view)
    Object.defineProperty(view, 'entities', {
      configurable: true,
      value: (kind: Parameters<typeof entities>[0]) => ({
        *values() {
          for (const entity of entities(kind).values()) {
            looked++
            yield entity
          }
        },
      }),
    })
    const page = async (path: string) => {
      looked = 0
      const answer = await fetch(`${url}/${path}`, { headers: { 'x-api-key': doorKey } })
      return (await answer.json()) as { value: { '@iot.id': number }[]; '@iot.nextLink'?: string }
    }
    const first = await page('Datastreams?$select=id&$top=5')
    expect(first.value.map((each) => each['@iot.id'])).toEqual([1, 2, 3, 4, 5])
    expect(looked).toBe(6)
    expect(first['@iot.nextLink']).toContain('$skip=5')
    const last = await page('Datastreams?$select=id&$top=5&$skip=25')
    expect(last.value).toHaveLength(5)
    expect(last['@iot.nextLink']).toBeUndefined()
    const counted = await page('Datastreams?$select=id&$top=5&$count=true')
    expect(counted).toMatchObject({ '@iot.count': 30 })
    expect((await page('Datastreams?$select=id&$top=2&$orderby=id desc')).value.map((each) => each['@iot.id'])).toEqual(
      [30, 29],
    )
    Reflect.deleteProperty(view, 'entities')
  })
})
