/** The replay as a program against the real server: what the file holds, the doors answered and the API shows must agree. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, ingestKey, root, signIn, startServer, type RunningServer } from '../support/program.ts'

const requests = 60
const rows = 40
const sensors = 25

describe('npm run replay', () => {
  let server: RunningServer
  let dir: string
  let cookie = ''
  beforeAll(async () => {
    server = await startServer()
    cookie = await signIn(server.url, 'chief')
    dir = await mkdtemp(join(tmpdir(), 'replay-'))
    const line = (n: number) =>
      `2026-03-01T00:${String(59 - (n % 60)).padStart(2, '0')}:00+08:00,${n % 3 ? '积水' : '垃圾'},${n % 4 ? `31.0,122.93` : ','},沐风路${n}号`
    await writeFile(
      join(dir, 'calls.csv'),
      `when,what,lat,lon,where\n${Array.from({ length: requests }, (_, n) => line(n)).join('\n')}\n`,
    )
    await writeFile(
      join(dir, 'calls.replay.json'),
      JSON.stringify({
        format: 1,
        door: 'open311',
        file: 'calls.csv',
        time: { column: 'when' },
        classes: { column: 'what', table: { 积水: 'E0506', 垃圾: 'E0110' } },
        fields: { lat: { column: 'lat' }, long: { column: 'lon' }, address_string: { column: 'where' } },
      }),
    )
    const header = Array.from({ length: sensors }, (_, n) => `s${n}`).join(',')
    const values = Array.from({ length: rows }, (_, r) =>
      Array.from({ length: sensors }, (_, s) => (r === 5 ? 0 : 50 + ((r * s) % 7))).join(','),
    )
    await writeFile(join(dir, 'speeds.csv'), `${header}\n${values.join('\n')}\n`)
    await writeFile(
      join(dir, 'speeds.replay.json'),
      JSON.stringify({
        format: 1,
        door: 'sensorthings',
        layout: 'wide',
        file: 'speeds.csv',
        time: { start: '2026-03-01T00:00:00+08:00', stepS: 60 },
        missing: ['', '0'],
        sensor: {
          kind: 'road-speed',
          unit: { symbol: 'mph' },
          name: { template: '线圈{id}' },
          code: { template: 'T-{id}' },
        },
      }),
    )
  })
  afterAll(async () => {
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  })

  const replay = async (...args: string[]) => {
    const child = spawn(process.execPath, [join(root, 'dist/server/replay.js'), '--url', server.url, ...args], {
      cwd: dir,
      env: { ...process.env, INGEST_KEY: '', DATA_DIR: server.dataDir },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => void (output += chunk.toString()))
    const code = await new Promise<number | null>((done) => child.on('exit', done))
    return { code, output }
  }
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(server.url + path, { headers: { cookie, 'X-Api-Key': ingestKey } })
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  it('plays a folder as history with the server’s own key, and all counts agree', async () => {
    const { code, output } = await replay('.', '--speed', 'max', '--strict')
    expect(output).toMatch(/calls\.csv +60 +60 +60 +0 +0 +0 +0/)
    expect(output).toMatch(/speeds\.csv +1000 +975 +975 +0 +25 +0 +0/)
    expect(code).toBe(0)
    const { items } = await get<{ items: { position: unknown; classCode: string; occurredAt: string }[] }>(
      '/api/v1/incidents?limit=500',
    )
    expect(items).toHaveLength(requests)
    expect(items.filter((one) => one.position === null)).toHaveLength(15)
    expect(items.filter((one) => one.classCode === 'E0110')).toHaveLength(20)
    expect(items.every((one) => Date.parse(one.occurredAt) <= Date.parse('2026-03-01T00:59:00+08:00'))).toBe(true)
    const counted = await get<{ '@iot.count': number }>('/sta/v1.1/Observations?$count=true&$top=1')
    expect(counted['@iot.count']).toBe(975)
    const found = await get<{ items: { unit: string; sentUnit: string }[] }>('/api/v1/sensors?limit=500&q=线圈')
    expect(found.items).toHaveLength(sensors)
    expect(found.items[0]).toMatchObject({ unit: 'km/h', sentUnit: 'mph' })
  })

  it('plays one file in the present, stopped at a limit', async () => {
    const before = Date.now()
    const { code, output } = await replay('speeds.csv', '--as-now', '--speed', '6000', '--limit', '3')
    expect(output).toMatch(/speeds\.csv +75 +75 +75 +0/)
    expect(code).toBe(0)
    const { value } = await get<{ value: { phenomenonTime: string }[] }>(
      '/sta/v1.1/Observations?$orderby=phenomenonTime desc&$top=1',
    )
    expect(Date.parse(value[0]?.phenomenonTime ?? '')).toBeGreaterThanOrEqual(before)
  })

  it('says in one line what it was told wrongly', async () => {
    expect(await replay('nowhere')).toMatchObject({
      code: 2,
      output: expect.stringMatching(/^replay: .*nowhere.*\n$/) as string,
    })
    expect(await replay('.', '--speed', 'quick')).toMatchObject({
      code: 2,
      output: expect.stringMatching(/^replay: --speed is quick/) as string,
    })
    expect(await replay('.', '--faster')).toMatchObject({
      code: 2,
      output: expect.stringMatching(/^replay: unknown flag --faster/) as string,
    })
    const away = `http://127.0.0.1:${await freePort()}`
    expect(await replay('.', '--url', away)).toEqual({
      code: 1,
      output: `replay: no answer from ${away}: does the server run there?\n`,
    })
    expect(await replay('speeds.csv', '--key', 'somebody-elses-key')).toMatchObject({
      code: 1,
      output: expect.stringMatching(/^replay: GET \/sta\/.*: HTTP 401: .*\n$/) as string,
    })
  })
})
