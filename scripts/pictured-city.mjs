/** The demo city for pictures: seeded, begun at an hour of its own, lived by the real programs; its feed and its server can be stopped. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { historyFlags, nodeFlags } from './node-flags.mjs'
import { root } from './prepare.mjs'

export const password = 'Pictures-Passw0rd-1'
export const ingestKey = 'pictures-key-0123456789'

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/**
 * Starts server and simulator, once `days` before `at` (ms, the city's clock at this call) are lived. Answers `{ url, stopFeed, stopServer, close }`; whatever
 * was started is stopped by `close`, and its folder is gone.
 */
export async function openPicturedCity({ at, days, speed }) {
  const { ensureCity } = await import('./start.mjs')
  const dataDir = mkdtempSync(join(tmpdir(), 'tongguan-pictures-'))
  const running = new Set()
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    MQTT_PORT: String(await freePort()),
    HISTORY_DAYS: String(days),
    SIMULATOR_SPEED: String(speed),
    // An ordinary hour, not a show.
    SIMULATOR_OPENING: 'off',
    DEMO_PASSWORD: password,
    INGEST_KEY: ingestKey,
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'scripts/shifted-clock.mjs'))}`,
    CLOCK_SHIFT_MS: String(at - Date.now()),
  }
  const launch = (name, flags, stdio) => {
    const child = spawn(process.execPath, [...flags, `dist/server/${name}.js`], { cwd: root, env, stdio })
    running.add(child)
    const ended = new Promise((done) => child.once('exit', (code) => done(code)))
    void ended.then(() => running.delete(child))
    return { child, ended }
  }
  const end = async ({ child, ended }) => {
    child.kill('SIGTERM')
    await ended
  }
  const close = async () => {
    await Promise.all(
      [...running].map((child) => end({ child, ended: new Promise((done) => child.once('exit', done)) })),
    )
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    env.CITY = await ensureCity({ ...env, CITY: '' })
    if (days > 0) {
      const code = await launch('live-history', historyFlags, ['ignore', 'inherit', 'inherit']).ended
      if (code !== 0) throw new Error(`the past was not lived: ${code}`)
    }
    const server = launch('main', nodeFlags, ['ignore', 'inherit', 'inherit', 'ipc'])
    await new Promise((done, broken) => {
      server.child.on('message', (message) => message?.ready && done())
      void server.ended.then((code) => broken(new Error(`the server ended with ${code}`)))
    })
    const feed = launch('simulator', [], ['ignore', 'ignore', 'inherit'])
    const url = `http://127.0.0.1:${env.PORT}`
    return { url, stopFeed: () => end(feed), stopServer: () => end(server), close }
  } catch (error) {
    await close()
    throw error
  }
}
