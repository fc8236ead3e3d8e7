/**
 * `npm run dev`: as `npm start`, with pages that reload by themselves and a server that restarts when its code changes.
 * Vite answers on PORT and passes the server's own paths on to it, one port above.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, say } from './prepare.mjs'

await prepare()
const { buildServer } = await import('./build.mjs')
const { ensureCity } = await import('./start.mjs')
const { createServer } = await import('vite')

const port = Number(process.env.PORT ?? 8080)
const inner = `http://127.0.0.1:${port + 1}`
await buildServer()
const env = { ...process.env, CITY: await ensureCity(process.env), PORT: String(port + 1) }

let server
let simulator
function launch() {
  server = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  server.on('message', (message) => {
    if (!message?.ready || env.SIMULATOR === 'off' || simulator) return
    simulator = spawn(process.execPath, ['dist/server/simulator.js'], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  })
}
launch()

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
await vite.listen()
say(`pages with hot reload at http://127.0.0.1:${port}`)

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
const stop = async () => {
  simulator?.kill('SIGTERM')
  server.kill('SIGTERM')
  await vite.close()
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
