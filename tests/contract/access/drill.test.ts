/** A drill through the whole server: its own key, refused while none runs; its mark from the door to the wire. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  contractVersion,
  type ClientToServer,
  type RowChange,
  type ServerToClient,
} from '../../../shared/contract/realtime.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import { quality } from '../../../shared/model/reading.ts'
import { createApp, type App, type Started } from '../../../server/src/app.ts'
import { readConfig } from '../../../server/src/config.ts'
import { until } from '../../support/memory-server.ts'
import { city, freePort } from '../../support/program.ts'

const dir = mkdtempSync(join(tmpdir(), 'tongguan-drill-'))
const password = 'drill-password'
const [ingestKey, drillKey] = ['ingest-key-of-this-test', 'drill-key-of-this-test']
const place = [122.93, 30.98] as const
let app: App
let started: Started
let sensorId = 0
let socket: Socket<ServerToClient, ClientToServer> | null = null
const cookies = new Map<string, string>()
/** The wall's picture, as its socket tells it. */
const rows = new Map<string, RowChange['row']>()
const values = new Map<number, { value: number; quality: number }>()

async function send(path: string, key: string, body: object) {
  const response = await fetch(`${started.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
async function cookieOf(username: string): Promise<string> {
  const known = cookies.get(username)
  if (known !== undefined) return known
  const response = await fetch(`${started.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  cookies.set(username, cookie)
  return cookie
}
async function command(username: string, body: object) {
  const response = await fetch(`${started.url}/api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: await cookieOf(username) },
    body: JSON.stringify({ commandId: crypto.randomUUID(), ...body }),
  })
  return { status: response.status, body: (await response.json()) as unknown }
}
async function get<T>(username: string, path: string): Promise<T> {
  const response = await fetch(`${started.url}/api/v1${path}`, { headers: { cookie: await cookieOf(username) } })
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}
const observe = (key: string, result: number) =>
  send(`/sta/v1.1/Datastreams(${sensorId})/Observations`, key, { result })
const request = (key: string) =>
  send('/open311/v2/requests.json', key, { service_code: 'E0506', lat: place[1], long: place[0], description: '积水' })
const mqtt = (key: string) =>
  connectAsync({ host: '127.0.0.1', port: started.mqttPort ?? 0, username: 'x', password: key, reconnectPeriod: 0 })
const seen = (look: () => boolean) => until(() => look() || undefined)
const rowOf = (table: string, id: string) => rows.get(`${table} ${id}`)

beforeAll(async () => {
  const settings = readConfig({
    PORT: '0',
    MQTT_PORT: String(await freePort()),
    DATA_DIR: dir,
    CITY: await city(),
    DEMO_PASSWORD: password,
    INGEST_KEY: ingestKey,
    DRILL_KEY: drillKey,
    LOG_LEVEL: 'error',
  })
  if (!settings.ok) throw new Error(settings.problem)
  app = createApp(settings.config)
  started = await app.start()
  const made = await send('/sta/v1.1/Things', ingestKey, {
    name: '3号楼',
    description: '烟感',
    Locations: [
      {
        name: '3号楼',
        description: '-',
        encodingType: 'application/geo+json',
        location: { type: 'Point', coordinates: place },
      },
    ],
    Datastreams: [
      {
        name: '烟感',
        description: '-',
        observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
        unitOfMeasurement: { name: '', symbol: '', definition: '' },
        properties: { kind: 'smoke' },
        Sensor: { name: 's', description: '-', encodingType: 'text/plain', metadata: '-' },
        ObservedProperty: { name: 'smoke', definition: 'urn:tongguan:smoke', description: '-' },
      },
    ],
  })
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })
  const list = await fetch(`${started.url}/sta/v1.1/Datastreams`, { headers: { 'x-api-key': ingestKey } })
  sensorId = ((await list.json()) as { value: { '@iot.id': number }[] }).value[0]?.['@iot.id'] ?? 0
  const wall: Socket<ServerToClient, ClientToServer> = io(started.url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie: await cookieOf('wall') },
  })
  socket = wall
  const apply = (changes: readonly RowChange[]) => {
    for (const { table, id, row } of changes) rows.set(`${table} ${id}`, row)
  }
  wall.on('state:snapshot', (snapshot) => apply(snapshot.rows))
  wall.on('state:delta', (delta) => apply(delta.changes))
  wall.on('telemetry:frame', (bytes) =>
    decodeFrame(new Uint8Array(bytes)).each((id, value, _, flags) => void values.set(id, { value, quality: flags })),
  )
  await new Promise<void>((done, broken) => wall.once('connect', done).once('connect_error', broken))
  wall.emit('sync:hello', { contract: contractVersion, topics: { state: true, telemetry: {} } }, () => undefined)
})
afterAll(async () => {
  socket?.disconnect()
  await app.stop()
  rmSync(dir, { recursive: true, force: true })
})

it('refuses the key of drills at every door while none runs', async () => {
  const words = /no drill is running/
  const answers = [
    await observe(drillKey, 1),
    await send('/sta/v1.1/CreateObservations', drillKey, []),
    await request(drillKey),
  ]
  for (const { status, body } of answers) {
    expect(status).toBe(403)
    expect(JSON.stringify(body)).toMatch(words)
  }
  expect((await fetch(`${started.url}/sta/v1.1/Things`, { headers: { 'x-api-key': drillKey } })).status).toBe(403)
  expect((await send('/owntracks', drillKey, { _type: 'location' })).status).toBe(403)
  await expect(mqtt(drillKey)).rejects.toThrow(/Not authorized/)
})

it('is started by the chief alone, once', async () => {
  const start = { type: 'drill.start', scenario: 'rainstorm' }
  expect((await command('duty', start)).status).toBe(403)
  expect((await command('chief', { ...start, scenario: 'earthquake' })).body).toMatchObject({
    error: { code: 'INVALID', details: { fields: [{ field: 'scenario' }] } },
  })
  expect((await command('chief', start)).body).toMatchObject({ ok: true, data: { drillId: 'D1', seed: 1 } })
  expect(await command('chief', start)).toMatchObject({
    status: 409,
    body: { error: { code: 'CONFLICT', details: { drillId: 'D1', scenario: 'rainstorm', startedBy: 'chief' } } },
  })
  await seen(() => rowOf('drill', 'D1') !== undefined)
  expect(rowOf('drill', 'D1')).toMatchObject({ scenario: 'rainstorm', countsInKpi: false, endedAt: null })
})

it('carries the mark from door to reading, alarm, case and wire, and leaves what is real as it is', async () => {
  expect((await observe(ingestKey, 0)).status).toBe(201)
  expect(await observe(drillKey, 1)).toMatchObject({
    status: 201,
    body: { result: 1, resultQuality: { flags: ['drill'] } },
  })
  await seen(() => rowOf('alarm', 'A1') !== undefined && values.get(sensorId)?.value === 1)
  expect(rowOf('alarm', 'A1')).toMatchObject({ drill: true, sensorId, state: 'unacknowledged' })
  const { incidentId } = rowOf('alarm', 'A1') as { incidentId: string }
  expect(rowOf('incident', incidentId)).toMatchObject({ drill: true, state: 'pending-dispatch' })
  expect(values.get(sensorId)).toEqual({ value: 1, quality: quality.drill })

  const asked = await request(drillKey)
  expect(asked.status).toBe(201)
  const requestId = (asked.body as unknown as { service_request_id: string }[])[0]?.service_request_id ?? ''
  await seen(() => rowOf('incident', requestId) !== undefined)
  expect(rowOf('incident', requestId)).toMatchObject({ drill: true, source: 'open311' })
  const real = await request(ingestKey)
  const realId = (real.body as unknown as { service_request_id: string }[])[0]?.service_request_id ?? ''
  const listOf = async (query: string) =>
    (await (await fetch(`${started.url}/open311/v2/requests.json${query}`)).json()) as Record<string, string>[]
  expect((await listOf('')).map((row) => row['service_request_id'])).toEqual([realId])
  expect(await listOf(`?service_request_id=${requestId}`)).toMatchObject([{ description: '【演练】积水' }])

  const client = await mqtt(drillKey)
  await client.publishAsync(`v1.1/Datastreams(${sensorId})/Observations`, JSON.stringify({ result: 0 }), { qos: 1 })
  await seen(() => values.get(sensorId)?.value === 0)
  expect(values.get(sensorId)?.quality).toBe(quality.drill)
  const closed = new Promise<void>((done) => client.once('close', () => done()))

  // The catalogue is not a drill's to change.
  expect((await send('/sta/v1.1/Things', drillKey, { name: 'x', description: 'x' })).status).toBe(403)
  expect((await get<{ reported: number }>('wall', '/kpi/today')).reported).toBe(1)

  expect((await command('duty', { type: 'drill.end', drillId: 'D1', reason: '完' })).status).toBe(403)
  expect((await command('chief', { type: 'drill.end', drillId: 'D1', reason: '完' })).body).toMatchObject({ ok: true })
  await closed
  await client.endAsync(true)
  await seen(() => rowOf('drill', 'D1') === null && values.get(sensorId)?.quality === quality.good)
  expect(rowOf('alarm', 'A1')).toBeNull()
  expect(rowOf('incident', incidentId)).toMatchObject({ state: 'void', drill: true })
  expect(rowOf('incident', requestId)).toMatchObject({ state: 'void' })
  expect(rowOf('incident', realId)).toMatchObject({ state: 'reported', drill: false })
  expect(values.get(sensorId)).toEqual({ value: 0, quality: quality.good })
  expect((await observe(drillKey, 1)).status).toBe(403)
  expect(await get('duty', '/drills')).toMatchObject({ items: [{ id: 'D1', version: 2 }], next: null })
})
