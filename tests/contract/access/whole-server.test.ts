/** The whole server in this process, on a real database: what only all its parts together can promise. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  contractVersion,
  type ClientToServer,
  type CommandAck,
  type Delta,
  type ServerToClient,
  type Snapshot,
} from '../../../shared/contract/realtime.ts'
import { createApp, type App, type Started } from '../../../server/src/app.ts'
import { readConfig } from '../../../server/src/config.ts'
import { capAlert, capInfo } from '../../support/cap-alert.ts'
import { until } from '../../support/memory-server.ts'
import { city, freePort } from '../../support/program.ts'

type TestSocket = Socket<ServerToClient, ClientToServer>
const dir = mkdtempSync(join(tmpdir(), 'tongguan-whole-'))
const password = 'whole-password'
let app: App
let started: Started
const sockets: TestSocket[] = []
const cookies = new Map<string, string>()

async function start() {
  const env = {
    PORT: '0',
    MQTT_PORT: String(await freePort()),
    DATA_DIR: dir,
    CITY: await city(),
    DEMO_PASSWORD: password,
  }
  const settings = readConfig({ ...env, LOG_LEVEL: 'error' })
  if (!settings.ok) throw new Error(settings.problem)
  app = createApp(settings.config)
  started = await app.start()
}
beforeAll(start)
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await app.stop()
  rmSync(dir, { recursive: true, force: true })
})

async function signIn(username: string): Promise<string> {
  const known = cookies.get(username)
  if (known !== undefined) return known
  const response = await fetch(`${started.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  expect(response.status, username).toBe(200)
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  cookies.set(username, cookie)
  return cookie
}
async function connect(username: string): Promise<TestSocket> {
  const extraHeaders = { cookie: await signIn(username) }
  const socket: TestSocket = io(started.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders,
  })
  sockets.push(socket)
  await new Promise<void>((done, broken) => socket.once('connect', done).once('connect_error', broken))
  return socket
}
const get = async <T>(username: string, path: string): Promise<T> => {
  const response = await fetch(`${started.url}/api/v1${path}`, { headers: { cookie: await signIn(username) } })
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}
const post = async (username: string, command: object): Promise<CommandAck> => {
  const response = await fetch(`${started.url}/api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: await signIn(username) },
    body: JSON.stringify({ commandId: crypto.randomUUID(), ...command }),
  })
  return (await response.json()) as CommandAck
}
const classCode = async () =>
  (await get<{ caseClasses: { code: string }[] }>('duty', '/city')).caseClasses[0]?.code ?? ''
/** A filed case, and its id. */
async function newCase(title: string): Promise<string> {
  const reported = await post('duty', {
    type: 'incident.report',
    classCode: await classCode(),
    title,
    position: [122.93, 30.98],
  })
  expect(reported).toMatchObject({ ok: true })
  const { incidentId } = (reported.ok ? reported.data : {}) as { incidentId: string }
  expect(await post('duty', { type: 'incident.file', incidentId })).toMatchObject({ ok: true })
  return incidentId
}

describe('a start', () => {
  it('is ready, with an account of each role and each crew', async () => {
    expect((await fetch(`${started.url}/readyz`)).status).toBe(200)
    expect(started.demo?.usernames).toEqual(expect.arrayContaining(['wall', 'duty', 'auditor', 'crew']))
    expect(started.demo?.usernames.filter((name) => name.startsWith('crew-')).length).toBeGreaterThan(5)
    for (const file of ['keys.json', 'demo-accounts.txt']) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dir, 'demo-accounts.txt'), 'utf8')).toContain(`password: ${password}`)
    for (const [name, home] of [
      ['wall', '/wall'],
      ['crew', '/desk'],
      ['manager', '/kpi'],
    ] as const)
      expect(await get(name, '/session')).toMatchObject({ home })
  })
})

describe('a warning by CAP', () => {
  it('is on every page’s list, with the districts it touches, and told on', async () => {
    const { keys } = JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8')) as {
      keys: { name: string; key: string }[]
    }
    const headers = {
      'x-api-key': keys.find(({ name }) => name === 'ingest')?.key ?? '',
      'content-type': 'application/cap+xml',
    }
    const expires = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}+00:00`
    const { profile } = (await get('duty', '/city')) as { profile: { bbox: [number, number, number, number] } }
    const [west, south, east, north] = profile.bbox
    const corners = [`${south},${west}`, `${south},${east}`, `${north},${east}`, `${south},${west}`]
    const area = `<area><areaDesc>全市</areaDesc><polygon>${corners.join(' ')}</polygon></area>`
    const body = capAlert({ infos: [capInfo({ expires, area })] })
    const url = `${started.url}/cap/v1.2/alerts`
    const taken = await fetch(url, { method: 'POST', headers, body })
    expect(taken.status).toBe(201)
    const { id } = (await taken.json()) as { id: string }
    const row = (await get('crew', `/warnings/${id}`)) as { districtIds: string[] }
    expect(row).toMatchObject({ colour: 'orange', exercise: false, liftedAt: null })
    expect(row.districtIds.length).toBeGreaterThan(1)
    expect(await (await fetch(`${url}.atom`, { headers })).text()).toContain(`/cap/v1.2/alerts/${id}.cap`)
    expect((await fetch(`${url}/${id}.cap`, { headers })).status).toBe(200)
    expect(await post('duty', { type: 'warning.lift', warningId: id, reason: 'over' })).toMatchObject({ ok: true })
  })
})

describe('commands', () => {
  it('the same id happens once, by whichever door it comes first', async () => {
    const incidentId = await newCase('once')
    const socket = await connect('duty')
    const commandId = crypto.randomUUID()
    const comment = { commandId, type: 'incident.comment' as const, incidentId, text: 'seen' }
    const answers = await Promise.all([
      socket.emitWithAck('command:submit', comment),
      post('duty', comment),
      socket.emitWithAck('command:submit', comment),
      post('duty', comment),
    ])
    expect(answers[0]).toMatchObject({ ok: true })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const { items } = await get<{ items: { type: string }[] }>('duty', `/incidents/${incidentId}/timeline`)
    expect(items.filter((entry) => entry.type === 'incident.commented')).toHaveLength(1)
    expect(await post('chief', comment)).toMatchObject({ ok: false })
  })
  it('two officers send the same crew: one wins, the other is told who and since when; a stale version is a conflict', async () => {
    const [a, b] = [await newCase('left'), await newCase('right')]
    const { items } = await get<{ items: { unitId: string; reasons: { zh: string }[] }[] }>(
      'duty',
      `/incidents/${a}/recommendations`,
    )
    const unitId = items[0]?.unitId ?? ''
    expect(items[0]?.reasons.length).toBeGreaterThan(0)
    const [one, two] = await Promise.all([
      post('duty', { type: 'incident.dispatch', incidentId: a, unitId }),
      post('chief', { type: 'incident.dispatch', incidentId: b, unitId }),
    ])
    const lost = [one, two].filter((ack) => !ack.ok)
    expect(lost).toHaveLength(1)
    expect(lost[0]).toMatchObject({ error: { code: 'UNIT_TAKEN' } })
    const winner = one.ok ? a : b
    expect(JSON.stringify(lost[0])).toContain(winner)
    expect(
      await post('duty', { type: 'incident.comment', incidentId: winner, text: 'x', expectedVersion: 1 }),
    ).toMatchObject({ ok: false, error: { code: 'CONFLICT', details: { version: expect.any(Number) } } })
    const crew = (await get<{ items: { id: string }[] }>(`crew-${unitId.toLowerCase()}`, '/incidents')).items
    expect(crew.map((row) => row.id)).toEqual([winner])
  })
})

describe('a restart', () => {
  it('keeps sessions, the log and the revision: an open page resumes without a snapshot', async () => {
    const socket = await connect('duty')
    const first = await socket.emitWithAck('sync:hello', { contract: contractVersion, topics: {} })
    expect(first).toMatchObject({ ok: true, mode: 'snapshot' })
    if (!first.ok) return
    // Everything that is on its way is in the page's picture.
    let rev = first.rev
    socket.on('state:delta', (delta) => void (rev = delta.rev))
    const left = new Promise((done) => socket.once('disconnect', done))
    await app.stop()
    await left
    await start()

    const again = await connect('duty')
    const heard: (Snapshot | Delta)[] = []
    again.on('state:snapshot', (snapshot) => void heard.push(snapshot))
    again.on('state:delta', (delta) => void heard.push(delta))
    const hello = await again.emitWithAck('sync:hello', {
      contract: contractVersion,
      topics: {},
      epoch: first.epoch,
      rev,
    })
    expect(hello).toMatchObject({ ok: true, mode: 'resumed', epoch: first.epoch, rev })
    const ack = await post('duty', { type: 'incident.comment', incidentId: await newCase('after'), text: 'on' })
    await until(() => (heard.some((delta) => ack.ok && delta.rev >= ack.rev) ? true : undefined))
    expect(heard.every((delta) => 'prev' in delta)).toBe(true)
    expect((heard[0] as Delta).prev).toBe(rev)
    const verified = await get<{ ok: boolean; checked: number }>('auditor', '/log/verify')
    expect(verified).toMatchObject({ ok: true, brokenAt: null })
    expect(verified.checked).toBeGreaterThanOrEqual(ack.ok ? ack.rev : 1)
  })
  it('a second server on the same folder is refused in one line', async () => {
    const settings = readConfig({ PORT: '0', MQTT_PORT: '0', DATA_DIR: dir, CITY: await city() })
    if (!settings.ok) throw new Error(settings.problem)
    await expect(createApp(settings.config).start()).rejects.toThrow(/^DATA_DIR .* is in use by another server/)
  })
})

describe('the program', () => {
  const run = (env: Record<string, string>) =>
    new Promise<{ code: number | null; stderr: string }>((done) => {
      const child = spawn(process.execPath, ['dist/server/main.js'], {
        timeout: 90_000,
        killSignal: 'SIGKILL',
        env: { PATH: process.env.PATH ?? '', ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let stderr = ''
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      child.on('exit', (code) => done({ code, stderr }))
    })
  it.each([
    ['a bad setting', { PORT: 'eighty' }, /^tongguan: PORT="eighty" is not allowed: .*\n$/],
    [
      'a setting of a later version',
      { REDIS_URL: 'redis://x' },
      /^tongguan: REDIS_URL is not supported in this version.*\n$/,
    ],
    [
      'a folder that cannot be written',
      { PORT: '0', DATA_DIR: '/proc/none' },
      /^tongguan: DATA_DIR \/proc\/none cannot be written.*\n$/,
    ],
  ])('%s: one line, and an exit code', async (_what, env, line) => {
    const { code, stderr } = await run(env)
    expect(stderr).toMatch(line)
    expect(code).toBeGreaterThan(0)
  })
  it('a port in use, a city that is none: one line, and an exit code', async () => {
    const empty = join(dir, 'other')
    mkdirSync(empty)
    const taken = await run({ PORT: new URL(started.url).port, DATA_DIR: empty })
    expect(taken.stderr).toMatch(/^tongguan: PORT \d+ on 127\.0\.0\.1 is in use: stop the other program or set PORT\n$/)
    expect(taken.code).toBeGreaterThan(0)
    const lost = await run({ PORT: '0', MQTT_PORT: '0', DATA_DIR: empty, CITY: join(dir, 'nowhere') })
    expect(lost.stderr).toMatch(/^tongguan: The city pack .*nowhere cannot be used.*\n$/)
    expect(lost.code).toBeGreaterThan(0)
  })
})
