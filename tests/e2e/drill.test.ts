/**
 * A drill as people meet it: a chief begins it at the desk's own door while the simulated city lives beside the server; its causes
 * reach the doors under the drill's key, officers and crews work on it, no number counts it, and its end leaves nothing of it open.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../scripts/build.mjs'
import type { Alarm } from '../../shared/model/alarm.ts'
import { isOpenState, type Incident } from '../../shared/model/incident.ts'
import type { Warning } from '../../shared/model/warning.ts'
import type { Unit } from '../../shared/model/unit.ts'
import { city, demoPassword, ingestKey, root, signIn, startServer, type RunningServer } from '../support/program.ts'

let server: RunningServer
let simulator: ChildProcess
let said = ''
let cookie = ''

async function get<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${server.url}/api/v1/${path}`, { headers: { cookie } })).json()) as Answer
}
const list = async <Row>(what: string): Promise<Row[]> => (await get<{ items: Row[] }>(what)).items
async function command(body: object): Promise<unknown> {
  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ commandId: randomUUID(), ...body }),
  })
  return answer.json()
}
const drillCases = () => list<Incident>('incidents?limit=500&drill=true')
const soon = { timeout: 150_000, interval: 500 }

beforeAll(async () => {
  await buildServer()
  server = await startServer()
  cookie = await signIn(server.url, 'chief')
  simulator = spawn(process.execPath, [join(root, 'dist/server/simulator.js'), '--speed', '20'], {
    env: {
      ...process.env,
      PORT: new URL(server.url).port,
      MQTT_PORT: String(server.mqttPort),
      DATA_DIR: server.dataDir,
      CITY: await city(),
      INGEST_KEY: ingestKey,
      DEMO_PASSWORD: demoPassword,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [simulator.stdout, simulator.stderr])
    stream?.on('data', (chunk: Buffer) => void (said += chunk.toString()))
})
afterAll(async () => {
  const ended = new Promise((done) => simulator.once('exit', done))
  simulator.kill('SIGTERM')
  await ended
  await server.stop()
})

describe('a gas leak as a drill, beside the living city', () => {
  let drillId = ''

  it('begins at the word of the chief', async () => {
    // Its devices are there and it plays.
    await expect.poll(() => said, soon).toMatch(/registered (\d+) of \1 new devices/)
    expect(await command({ type: 'drill.start', scenario: 'gas-leak', countsInKpi: false })).toMatchObject({ ok: true })
    const drills = await list<{ id: string; scenario: string; endedAt: number | null }>('drills')
    expect(drills).toEqual([expect.objectContaining({ scenario: 'gas-leak', endedAt: null })])
    drillId = drills[0]?.id ?? ''
  })

  it('reaches sensors, callers and the warning door, all marked', async () => {
    const methane = async () =>
      (await list<Alarm>('alarms?limit=500')).filter(({ ruleId, drill }) => drill && ruleId.startsWith('methane-'))
    await expect.poll(async () => (await methane()).length, soon).toBeGreaterThan(0)
    const sources = async () => [...new Set((await drillCases()).map(({ source }) => source))].sort()
    await expect.poll(sources, soon).toEqual(['iot', 'open311'])
    const warned = async () => (await list<Warning>('warnings?limit=50')).map(({ exercise }) => exercise)
    await expect.poll(warned, soon).toEqual([true])
    // The same sensors raise nothing in earnest; the city may have a leak of its own elsewhere.
    const ofDrill = new Set((await methane()).map(({ sensorId }) => sensorId))
    const all = await list<Alarm>('alarms?limit=500')
    expect(all.filter(({ drill, sensorId }) => !drill && ofDrill.has(sensorId))).toEqual([])
  })

  it('is worked on by officers and crews', async () => {
    const sent = async () => (await drillCases()).some(({ assignments }) => assignments.length > 0)
    await expect.poll(sent, soon).toBe(true)
  })

  it('is in no number', async () => {
    const inDrill = (await drillCases()).length
    expect(inDrill).toBeGreaterThan(0)
    const all = await list<Incident>('incidents?limit=500')
    const counted = await list<Incident>('incidents?limit=500&inKpi=true')
    expect(counted.filter(({ drill }) => drill)).toEqual([])
    expect(all.filter(({ drill }) => drill).length).toBeGreaterThanOrEqual(inDrill)
  })

  it('leaves nothing open when it ends, and the city goes on', async () => {
    expect(await command({ type: 'drill.end', drillId, reason: '演练达到目的' })).toMatchObject({ ok: true })
    expect((await drillCases()).filter(({ state }) => isOpenState(state))).toEqual([])
    const ofDrill = new Set((await drillCases()).map(({ id }) => id))
    const busy = (await list<Unit>('units?limit=500')).filter(({ incidentId }) => ofDrill.has(incidentId ?? ''))
    expect(busy).toEqual([])
    expect(
      (await list<Alarm>('alarms?limit=500')).filter(({ drill, returnedAt }) => drill && returnedAt === null),
    ).toEqual([])
    // What is still under way comes too late and is refused; the devices of the real day speak on.
    const stored = async () => {
      const line = /^tongguan_readings_total(?:\{[^}]*\})? (\d+)/gm
      const text = await (await fetch(`${server.url}/metrics`)).text()
      return [...text.matchAll(line)].reduce((sum, [, count]) => sum + Number(count), 0)
    }
    const then = await stored()
    await expect.poll(stored, soon).toBeGreaterThan(then)
    expect((await drillCases()).filter(({ state }) => isOpenState(state))).toEqual([])
    expect(said).not.toMatch(/HTTP 5\d\d/)
  })
})
