/**
 * `npm run dev`: as `npm start`, with pages that reload by themselves and a server that restarts when its code changes.
 * Vite answers on PORT and passes the server's own paths on to it, one port above.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join, resolve } from 'node:path'
import { historyFlags, nodeFlags } from './node-flags.mjs'
import { fail, prepare, root, run, say } from './prepare.mjs'

await prepare()
const { buildServer } = await import('./build.mjs')
const { ensureCity, needsHistory, signInLines } = await import('./start.mjs')
const { createServer } = await import('vite')

const port = Number(process.env.PORT || 8080)
if (!Number.isInteger(port) || port < 1 || port > 65_534) fail(`PORT is ${process.env.PORT}; allowed: 1 to 65534`)
const inner = `http://127.0.0.1:${port + 1}`
await buildServer()
const env = { ...process.env, CITY: await ensureCity(process.env), PORT: String(port + 1) }
if (needsHistory(env)) {
  const code = await run(process.execPath, [...historyFlags, 'dist/server/live-history.js'], { env })
  if (code !== 0) fail('the history could not be lived: see the lines above')
}

let server
let simulator
let wasReady = false
function launch() {
  server = spawn(process.execPath, [...nodeFlags, 'dist/server/main.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // One that never came up has said why; one that broke later is waited for until its code is mended.
  server.on('exit', (code) => {
    if (!wasReady) stop(code ?? 1)
  })
  server.on('message', (message) => {
    if (!message?.ready) return
    if (!wasReady) {
      const base = `http://127.0.0.1:${port}`
      const lines = signInLines(resolve(env.DATA_DIR ?? join(root, 'data')), base)
      for (const line of [`pages with hot reload: ready ${base}`, ...lines]) say(line)
    }
    wasReady = true
    if (env.SIMULATOR === 'off' || simulator) return
    simulator = spawn(process.execPath, ['dist/server/simulator.js'], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  })
}

const proxied = Object.fromEntries(
  ['/api', '/map', '/sta', '/open311', '/owntracks', '/socket.io', '/healthz', '/readyz', '/metrics'].map((path) => [
    path,
    { target: inner, ws: true, changeOrigin: false },
  ]),
)
const vite = await createServer({
  configFile: join(root, 'vite.config.ts'),
  server: { port, host: '127.0.0.1', strictPort: true, proxy: proxied },
})
try {
  await vite.listen()
} catch (error) {
  fail(error.message)
}
launch()

let timer
for (const folder of ['server', 'shared']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      if (!(await buildServer())) return
      say('server code changed: restarting')
      server.once('exit', launch)
      server.kill('SIGTERM')
    }, 300)
  })
}
async function stop(code) {
  simulator?.kill('SIGTERM')
  server.kill('SIGTERM')
  await vite.close()
  process.exit(code)
}
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))
