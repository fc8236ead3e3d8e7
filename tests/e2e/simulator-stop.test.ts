/** The simulator ends when it is told to, whatever it waits for at that moment: a server that answers nothing, or none at all. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../scripts/build.mjs'
import { city, demoPassword, freePort, ingestKey, newDataDir, root } from '../support/program.ts'

const longestMs = 10_000
let server: Server | null = null
let simulator: ChildProcess | null = null

beforeAll(async () => {
  await buildServer()
})
afterEach(() => {
  simulator?.kill('SIGKILL')
  server?.closeAllConnections()
  server?.close()
  server = null
})

/** A server that says it is ready and lets `silentPath` wait for ever. Answers its port. */
async function silentAt(silentPath: string, onAsked: () => void): Promise<number> {
  const one = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    if (pathname === silentPath) return onAsked()
    if (pathname === '/readyz') response.end('{}')
    else if (pathname === '/open311/v2/services.json') response.end('[]')
    else response.writeHead(404).end()
  })
  server = one
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))
  return (one.address() as AddressInfo).port
}

/** Runs the simulator until `told` resolves, stops it, and answers how it ended. */
async function stopped(port: number, told: Promise<unknown>) {
  const child = spawn(process.execPath, [join(root, 'dist/server/simulator.js')], {
    env: {
      ...process.env,
      PORT: String(port),
      // Nobody listens there: the line is for ever about to be opened.
      MQTT_PORT: String(await freePort()),
      DATA_DIR: newDataDir(),
      CITY: await city(),
      INGEST_KEY: ingestKey,
      DEMO_PASSWORD: demoPassword,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  simulator = child
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()))
  const ended = new Promise<string>((done) =>
    child.on('exit', (code, signal) => done(signal === null ? `ended with ${code}` : `died of ${signal}`)),
  )
  // One that ends by itself is told of as well, by what it ended with.
  await Promise.race([told, ended])
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMs)
  const how = await ended
  clearTimeout(timer)
  return { how, errors }
}

describe('the simulator told to stop', () => {
  it.each(['/readyz', '/open311/v2/services.json', '/api/v1/session', '/sta/v1.1/Datastreams'])(
    'ends while it waits for %s',
    async (path) => {
      let port = 0
      const asked = new Promise<void>((done) => void silentAt(path, done).then((own) => (port = own)))
      await expect.poll(() => port).toBeGreaterThan(0)
      expect(await stopped(port, asked)).toEqual({ how: 'ended with 0', errors: '' })
    },
  )

  it('ends while there is no server', async () => {
    const soon = new Promise((done) => setTimeout(done, 2500))
    expect(await stopped(await freePort(), soon)).toEqual({ how: 'ended with 0', errors: '' })
  })
})
