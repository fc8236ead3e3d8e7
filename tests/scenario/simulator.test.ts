/** The simulated city against the real server, both as programs: the loop turns, survives the server's death, and ends when told. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Alarm } from '../../shared/model/alarm.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Unit } from '../../shared/model/unit.ts'
import {
  city,
  demoPassword,
  freePort,
  ingestKey,
  newDataDir,
  root,
  signIn,
  startServer,
  type RunningServer,
} from '../support/program.ts'

const within = async <T>(
  ms: number,
  ask: () => Promise<T | false | null | undefined>,
  words: () => string,
): Promise<T> => {
  const until = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (performance.now() > until) throw new Error(words())
    await new Promise((done) => setTimeout(done, 300))
  }
}

describe('the simulated city', () => {
  let server: RunningServer
  let simulator: ChildProcess
  let output = ''
  let cookie = ''
  const dataDir = newDataDir()
  const list = async <Row>(path: string): Promise<Row[]> => {
    const answer = await fetch(`${server.url}/api/v1/${path}`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`)
    return ((await answer.json()) as { items: Row[] }).items
  }
  const told = () => `the loop did not turn\n${output}\n${server.output()}`

  beforeAll(async () => {
    server = await startServer({ dataDir })
    cookie = await signIn(server.url, 'chief')
    simulator = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/server/simulator.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        SIMULATOR_URL: server.url,
        MQTT_PORT: String(server.mqttPort),
        DATA_DIR: dataDir,
        CITY: await city(),
        INGEST_KEY: ingestKey,
        DEMO_PASSWORD: demoPassword,
        SIMULATOR_SPEED: '60',
        SIMULATOR_PARTS: 'signals,citizens,crews,officer',
      },
    })
    for (const stream of [simulator.stdout, simulator.stderr])
      stream?.on('data', (chunk: Buffer) => void (output = (output + chunk.toString()).slice(-10_000)))
  })
  afterAll(async () => {
    simulator.kill('SIGKILL')
    await server.stop()
  })

  it('raises alarms and opens cases by its sensors, and carries cases of sensors and of citizens to their end', async () => {
    const alarms = await within(
      90_000,
      async () => {
        const rows = await list<Alarm>('alarms?limit=500')
        return rows.some((alarm) => alarm.incidentId !== null) && rows
      },
      told,
    )
    expect(alarms.length).toBeGreaterThan(0)
    const ended = (sources: readonly string[]) => async () =>
      (await Promise.all(sources.map((source) => list<Incident>(`incidents?limit=500&source=${source}`)))).flat().find(
        // Some are done by a department's own people.
        ({ state, assignments }) =>
          (state === 'closed' || state === 'evaluated') && assignments.some((one) => one.state === 'done'),
      )
    for (const sources of [['open311', 'hotline'], ['iot']]) {
      const incident = await within(180_000, ended(sources), told)
      const [assignment] = incident.assignments.filter(({ state }) => state === 'done')
      expect(assignment).toMatchObject({
        acknowledgedAt: expect.anything(),
        departedAt: expect.anything(),
        arrivedAt: expect.anything(),
      })
      expect(incident.fedBackAt).not.toBeNull()
    }
    const sensors = await list<{ id: number }>('sensors?limit=500')
    expect(sensors).toHaveLength(500)
    expect((await list<Unit>('units?limit=500')).some((unit) => unit.status !== 'available')).toBe(true)
  }, 460_000)

  it('carries on when the server was killed and came back, registering nothing twice', async () => {
    const count = async () => {
      const answer = await fetch(`${server.url}/sta/v1.1/Things?$count=true&$top=1`, {
        headers: { 'X-Api-Key': ingestKey },
      })
      return ((await answer.json()) as { '@iot.count': number })['@iot.count']
    }
    const things = await count()
    const { port } = new URL(server.url)
    await server.stop('SIGKILL')
    server = await startServer({ dataDir, port: Number(port), mqttPort: server.mqttPort })
    cookie = await signIn(server.url, 'chief')
    // At night nobody may call for long: some who do, so that there is something to carry on with. One of them may be verified first, sent
    // back, or taken for a duplicate; not all.
    const sensors = await list<{ position: { coordinates: number[] } }>('sensors?limit=400')
    const called = new Set<string>()
    for (const { position } of sensors.filter((_, n) => n % 50 === 0)) {
      const [long, lat] = position.coordinates
      const told = { service_code: 'E0506', lat: `${lat}`, long: `${long}`, description: '路面积水，车过不去' }
      const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
        method: 'POST',
        headers: { 'X-Api-Key': ingestKey, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(told).toString(),
      })
      const [receipt] = (await answer.json()) as { service_request_id: string }[]
      called.add(receipt?.service_request_id ?? '')
    }
    expect(called.size).toBeGreaterThan(4)
    const worked = ['handling', 'pending-feedback', 'pending-check', 'pending-close', 'closed', 'evaluated']
    await within(
      100_000,
      async () =>
        (await list<Incident>('incidents?limit=500')).find(({ id, state }) => called.has(id) && worked.includes(state)),
      told,
    )
    expect(await count()).toBe(things)
    expect(output).not.toMatch(/Error|refused/)
  }, 180_000)

  it('ends when it is told to, without a word of failure', async () => {
    const ended = new Promise<number | null>((done) => simulator.on('exit', done))
    simulator.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

describe('the simulator’s settings', () => {
  const run = async (env: Record<string, string>) => {
    const child = spawn(process.execPath, [join(root, 'dist/server/simulator.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DATA_DIR: newDataDir(), PORT: String(await freePort()), ...env },
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()))
    return { code: await new Promise((done) => child.on('exit', done)), errors }
  }
  it('that are wrong stop it with one line that names them', async () => {
    expect(await run({ SIMULATOR_PARTS: 'signals,weather' })).toEqual({
      code: 2,
      errors: 'simulator: SIMULATOR_PARTS has weather; allowed: signals, citizens, crews, officer\n',
    })
    expect(await run({ SIMULATOR_SPEED: 'fast' })).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^simulator: SIMULATOR_SPEED is fast.*\n$/) as string,
    })
    expect(await run({ CITY: '/nowhere' })).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^simulator: there is no city pack in .*\n$/) as string,
    })
  })
})
