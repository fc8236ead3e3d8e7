/** Starts programs as a person would, on ports and folders of their own, and stops them without leaving anything behind. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { nodeFlags } from '../../scripts/node-flags.mjs'

/** The project's folder; benchmarks run from dist and are told it. */
export const root = resolve(process.env.TONGGUAN_ROOT ?? '.')

export async function freePort(): Promise<number> {
  return new Promise((done, broken) => {
    const server = createServer()
    server.on('error', broken)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}

export const ingestKey = 'bench-key-0123456789abcdef'
export const demoPassword = 'Bench-Passw0rd-1'

/** Runs one of the built programs to its end, with the key of the doors in its settings. */
export function run(program: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(root, `dist/server/${program}.js`), ...args], {
    cwd: root,
    env: { ...process.env, INGEST_KEY: ingestKey },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (output += chunk.toString()))
  return new Promise((done) => child.on('exit', (code) => done({ code, output })))
}

export interface RunningServer {
  readonly pid: number
  readonly url: string
  readonly mqttPort: number
  readonly dataDir: string
  /** From spawn to ready, s. */
  readonly startS: number
  readonly output: () => string
  /** `SIGTERM` waits for a clean end; `SIGKILL` does not ask. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface ServerOptions {
  readonly dataDir?: string
  readonly port?: number
  readonly mqttPort?: number
  readonly env?: Readonly<Record<string, string>>
  readonly readyWithinMs?: number
}

/** Folders of this process, gone with it. */
const made: string[] = []
process.once('exit', () => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true })
})

const cities = new Map<string, string>()
/** A city pack, made once a run: the middle of the demo city, or all of it. */
export async function city(size: 'small' | 'full' = 'small'): Promise<string> {
  const known = cities.get(size)
  if (known) return known
  const out = join(mkdtempSync(join(tmpdir(), 'tongguan-city-')), 'city')
  made.push(dirname(out))
  await new Promise<void>((done, broken) => {
    const child = spawn(
      process.execPath,
      [join(root, 'dist/server/make-city.js'), 'generate', '--seed', '1', '--size', size, '--out', out],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    child.on('exit', (code) => (code === 0 ? done() : broken(new Error('make-city failed'))))
  })
  cities.set(size, out)
  return out
}

export const newDataDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'tongguan-data-'))
  made.push(dir)
  return dir
}

/** Starts the built server and resolves when it says it is ready. Rejects with its output when it ends first. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const port = options.port ?? (await freePort())
  const mqttPort = options.mqttPort ?? (await freePort())
  const dataDir = options.dataDir ?? newDataDir()
  const startedAt = performance.now()
  const child: ChildProcess = spawn(process.execPath, [...nodeFlags, join(root, 'dist/server/main.js')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      MQTT_PORT: String(mqttPort),
      DATA_DIR: dataDir,
      CITY: options.env?.CITY ?? (await city()),
      INGEST_KEY: ingestKey,
      DEMO_PASSWORD: demoPassword,
      LOG_LEVEL: 'warn',
      ...options.env,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000)
    })
  }
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)))
  await new Promise<void>((done, broken) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      broken(new Error(`not ready in time\n${output}`))
    }, options.readyWithinMs ?? 60_000)
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('ready' in message)) return
      clearTimeout(timer)
      done()
    })
    void ended.then((code) => {
      clearTimeout(timer)
      broken(new Error(`ended with ${code} before it was ready\n${output}`))
    })
  })
  return {
    pid: child.pid as number,
    url: `http://127.0.0.1:${port}`,
    mqttPort,
    dataDir,
    startS: (performance.now() - startedAt) / 1000,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      await ended
    },
  }
}

/** Signs in and answers the cookie header. */
export async function signIn(url: string, username: string, password = demoPassword): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!answer.ok) throw new Error(`sign-in as ${username}: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
