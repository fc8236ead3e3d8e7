/**
 * `npm start` as a person runs it: it says what it does, the loop turns within a minute, Ctrl-C ends all of it, the second start
 * is quick, and what cannot work is one line that names the setting.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildClient } from '../../scripts/build.mjs'
import type { Incident } from '../../shared/model/incident.ts'
import { city, demoPassword, freePort, newDataDir, root, signIn } from '../support/program.ts'

interface Run {
  readonly child: ChildProcess
  output(): string
  errors(): string
  /** Resolves with the code when npm itself has ended. */
  readonly ended: Promise<number | null>
  /** Ctrl-C: the terminal tells the whole group. */
  interrupt(): void
}

function npmStart(env: Readonly<Record<string, string>>, program = ['npm', 'start']): Run {
  const [command = '', ...args] = program
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOST: '127.0.0.1', ...env },
  })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()))
  return {
    child,
    output: () => output,
    errors: () => errors,
    ended: new Promise((done) => child.on('close', (code) => done(code))),
    interrupt: () => void process.kill(-(child.pid as number), 'SIGINT'),
  }
}

/** Processes on this machine whose environment names the folder. */
function processesOf(dataDir: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`DATA_DIR=${dataDir}`)
      } catch {
        return false
      }
    })
}

beforeAll(async () => {
  await buildClient()
})

describe('npm start', () => {
  const dataDir = newDataDir()
  let env: Record<string, string> = {}
  let run: Run
  const ready = (of: Run) => expect.poll(of.output, { timeout: 60_000, interval: 20 }).toMatch(/^ready http:/m)

  beforeAll(async () => {
    const [port, mqttPort] = [await freePort(), await freePort()]
    env = {
      DATA_DIR: dataDir,
      PORT: String(port),
      MQTT_PORT: String(mqttPort),
      DEMO_PASSWORD: demoPassword,
      CITY: '',
      HISTORY_DAYS: '0',
    }
  })
  afterAll(async () => {
    if (run?.child.exitCode !== null || run.child.signalCode !== null) return
    run.interrupt()
    await run.ended
  })

  it('says what it does, where it is and how to sign in', async () => {
    run = npmStart(env)
    await ready(run)
    await expect.poll(run.output).toMatch(/Ctrl-C stops all/)
    const said = run.output()
    expect(said).toMatch(/^· making the demo city$/m)
    expect(said).toMatch(/^· making the database \(first start only/m)
    expect(said).toMatch(new RegExp(`^ready http://127\\.0\\.0\\.1:${env['PORT']}$`, 'm'))
    expect(said).toMatch(/sign in at http/)
    expect(said).toContain(demoPassword)
    for (const account of ['wall', 'duty', 'chief', 'dept', 'crew', 'manager', 'sysadmin', 'secadmin', 'auditor'])
      expect(said).toMatch(new RegExp(`\\b${account}\\b`))
    expect(run.errors()).toBe('')
  })

  // The register of 12,000 devices comes first here; in a start with a past it is there already.
  it('turns the loop within a minute of its devices being there: an alarm, a case, a crew on its way', async () => {
    await expect.poll(run.output, { timeout: 120_000, interval: 200 }).toMatch(/registered 12000 of 12000/)
    const url = `http://127.0.0.1:${env['PORT']}`
    const cookie = await signIn(url, 'chief')
    const list = async <Row>(what: string): Promise<Row[]> =>
      ((await (await fetch(`${url}/api/v1/${what}?limit=200`, { headers: { cookie } })).json()) as { items: Row[] })
        .items
    const turned = async () => {
      const alarms = await list<{ incidentId: string | null }>('alarms')
      const sent = (await list<Incident>('incidents')).find(
        ({ source, assignments }) => source === 'iot' && assignments.length > 0,
      )
      return {
        alarms: alarms.length > 0,
        cases: alarms.some((one) => one.incidentId !== null),
        sent: sent !== undefined,
      }
    }
    await expect.poll(turned, { timeout: 75_000, interval: 500 }).toEqual({ alarms: true, cases: true, sent: true })
    expect(run.errors()).toBe('')
  })

  it('stops all of it on Ctrl-C and leaves nothing running', async () => {
    expect(processesOf(dataDir).length).toBeGreaterThanOrEqual(3)
    run.interrupt()
    // What npm itself ends with is the shell's between us: 0 where it waits for us, 130 where it dies of the signal.
    await run.ended
    expect(run.errors()).toBe('')
    expect(processesOf(dataDir)).toEqual([])
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false)
  })

  it('is ready again within seconds', async () => {
    const startedAt = performance.now()
    run = npmStart(env)
    await ready(run)
    const readyS = (performance.now() - startedAt) / 1000
    process.stdout.write(`second start to ready: ${readyS.toFixed(1)} s\n`)
    // The promise is 5 s; a machine that does other things besides is given three times that.
    expect(readyS).toBeLessThan(15)
    expect(run.output()).not.toMatch(/making|installing|built/)
  })

  it('tells a second server that the folder has one', async () => {
    const second = npmStart({ ...env, PORT: String(await freePort()), MQTT_PORT: '0' })
    expect(await second.ended).toBe(1)
    expect(ownLines(second)).toEqual([
      expect.stringMatching(/^tongguan: DATA_DIR .* is in use by another server \(process \d+\): stop it first$/),
    ])
    run.interrupt()
    await run.ended
    expect(processesOf(dataDir)).toEqual([])
  })

  it('ends with 0 itself, also when it is told twice at once', async () => {
    run = npmStart(env, [process.execPath, 'scripts/start.mjs'])
    await ready(run)
    run.interrupt()
    run.interrupt()
    expect(await run.ended).toBe(0)
    expect(run.errors()).toBe('')
    expect(processesOf(dataDir)).toEqual([])
  })
})

describe('the history of a first start', () => {
  const dataDir = newDataDir()
  let env: Record<string, string> = {}
  let run: Run | null = null
  const note = () => JSON.parse(readFileSync(join(dataDir, 'history.json'), 'utf8')) as { done: boolean; days: number }
  beforeAll(async () => {
    const ports = { PORT: String(await freePort()), MQTT_PORT: '0' }
    env = { ...ports, DATA_DIR: dataDir, DEMO_PASSWORD: demoPassword, CITY: await city(), HISTORY_DAYS: '400' }
  })
  afterAll(async () => {
    run?.interrupt()
    await run?.ended
  })
  const program = [process.execPath, 'scripts/start.mjs']
  const living = /^· living \d+ days of history: day \d+\/\d+, [\d,]+ cases \(\d+ s\)$/m

  it('ends cleanly where it is broken off, and is not taken for a city', async () => {
    run = npmStart(env, program)
    await expect.poll(run.output, { timeout: 120_000, interval: 50 }).toMatch(living)
    run.interrupt()
    expect(await run.ended).toBe(0)
    expect(run.errors()).toBe('')
    expect(processesOf(dataDir)).toEqual([])
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false)
    expect(note()).toMatchObject({ done: false, days: 400 })
  })

  it('is lived again from its beginning, shown as it goes, and the city goes on from it', async () => {
    run = npmStart(env, [...program, '--days', '1'])
    await expect.poll(run.output, { timeout: 240_000, interval: 100 }).toMatch(/^ready http:/m)
    const said = run.output()
    expect(said).toMatch(living)
    expect(said).toMatch(/^· history is lived: [\d,]+ cases, [\d,]+ alarms, [\d,]+ events, [\d,]+ readings \(\d+ s\)$/m)
    expect(note()).toMatchObject({ done: true, days: 1 })

    const url = `http://127.0.0.1:${env['PORT']}`
    const cookie = await signIn(url, 'chief')
    const past = { reportedBefore: Date.now() }
    const cases = async (): Promise<Incident[]> =>
      (
        (await (await fetch(`${url}/api/v1/incidents?limit=500`, { headers: { cookie } })).json()) as {
          items: Incident[]
        }
      ).items
    const ofThePast = (await cases()).filter((one) => Date.parse(String(one.reportedAt)) < past.reportedBefore)
    expect(ofThePast.length).toBeGreaterThan(200)
    // At night what is open waits for the morning's offices; the present's own first cases do not.
    const known = new Set(ofThePast.map(({ id }) => id))
    const goesOn = async () => (await cases()).some(({ id, assignments }) => !known.has(id) && assignments.length > 0)
    await expect.poll(goesOn, { timeout: 150_000, interval: 500 }).toBe(true)
    expect(run.errors()).toBe('')
  })

  it('is lived once: the second start is a start like any other', async () => {
    run?.interrupt()
    await run?.ended
    run = npmStart(env, program)
    await expect.poll(run.output, { timeout: 60_000, interval: 50 }).toMatch(/^ready http:/m)
    expect(run.output()).not.toMatch(/history/)
  })

  it('takes no other argument than its days', async () => {
    for (const [args, line] of [
      [['--day', '3'], /^tongguan: unknown arguments --day 3: --days N is allowed$/],
      [['--days', 'many'], /^tongguan: HISTORY_DAYS="many" is not allowed: it must be a whole number from 0 to 400$/],
    ] as const) {
      const wrong = npmStart({ ...env, DATA_DIR: newDataDir() }, [...program, ...args])
      expect(await wrong.ended).toBe(2)
      expect(ownLines(wrong)).toEqual([expect.stringMatching(line)])
    }
  })
})

/** What we said on stderr; npm adds words of its own on a failure. */
const ownLines = (run: Run): string[] =>
  run
    .errors()
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('npm '))

describe('what cannot work', () => {
  const start = async (env: Readonly<Record<string, string>>) => {
    const run = npmStart(
      {
        DATA_DIR: newDataDir(),
        PORT: '0',
        MQTT_PORT: '0',
        SIMULATOR: 'off',
        DEMO_PASSWORD: demoPassword,
        CITY: await city(),
        ...env,
      },
      [process.execPath, 'scripts/start.mjs'],
    )
    const code = await run.ended
    return { code, lines: ownLines(run), output: run.output() }
  }
  const said = (line: RegExp) => [expect.stringMatching(line) as string]

  it('a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const port = String((other.address() as { port: number }).port)
    for (const name of ['PORT', 'MQTT_PORT'])
      expect(await start({ [name]: port }), name).toMatchObject({
        code: 1,
        lines: said(
          new RegExp(`^tongguan: ${name} ${port} on 127.0.0.1 is in use: stop the other program or set ${name}$`),
        ),
      })
    // Nobody waits for thirty days to be lived before hearing of it.
    const late = await start({ PORT: port, SIMULATOR: 'on', HISTORY_DAYS: '30' })
    expect(late).toMatchObject({ code: 1, lines: said(/^tongguan: PORT \d+ on 127.0.0.1 is in use: /) })
    expect(late.output).not.toMatch(/living|making the database/)
    other.close()
  })

  it('a DATA_DIR that cannot be written: below a file, or where no folder can be made', async () => {
    const file = join(newDataDir(), 'a-file')
    writeFileSync(file, '')
    for (const dataDir of [join(file, 'data'), file, '/proc/tongguan', '/proc/1/tongguan/data', '/sys/tongguan'])
      for (const CITY of [await city(), ''])
        expect(await start({ DATA_DIR: dataDir, CITY }), dataDir).toMatchObject({
          code: 1,
          lines: said(new RegExp(`^tongguan: DATA_DIR ${dataDir} cannot be written: .+$`)),
        })
  })

  it.each([
    ['PORT', '99999', 'a whole number from 0 to 65535'],
    ['MQTT_PORT', 'none', 'a whole number from 0 to 65535'],
    ['HOST', 'bad host', 'an IP address or a host name'],
    ['SIMULATOR', 'maybe', 'one of on, off'],
    ['SIMULATOR_SPEED', 'fast', 'a number from'],
    ['DEMO', 'yes', 'one of on, off'],
    ['HISTORY_DAYS', '401', 'a whole number from 0 to 400'],
    ['LOG_LEVEL', 'loud', 'one of debug, info, warn, error, silent'],
    ['DATABASE_URL', 'mysql://x', 'an address that begins with postgres://'],
    ['SCENARIO', 'snow', 'one of ordinary-day (平常日)'],
    ['ROLES', 'king', 'edge,engine,gateway'],
  ])('%s=%s', async (name, value, allowed) => {
    const { code, lines } = await start({ [name]: value })
    expect(code).not.toBe(0)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^tongguan: ${name}\\b`))
    expect(lines[0]).toContain(allowed)
  })

  it('a city pack that is none, or broken', async () => {
    const empty = newDataDir()
    expect(await start({ CITY: empty })).toMatchObject({ code: 1, lines: said(/^tongguan: .*city pack.*pack\.json/) })
    const broken = join(newDataDir(), 'pack')
    mkdirSync(broken)
    writeFileSync(join(broken, 'pack.json'), '{"format":')
    expect(await start({ CITY: broken })).toMatchObject({ code: 1, lines: said(/^tongguan: .*pack\.json/) })
  })
})
