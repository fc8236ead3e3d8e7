/**
 * `npm start [-- --days N]`: from a bare clone to a running city. Installs, builds what is stale, makes the demo city and lives its
 * history once, starts server and simulator, stops both on Ctrl-C.
 */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ensureDemoCity } from './demo-city.mjs'
import { historyFlags, nodeFlags } from './node-flags.mjs'
import { fail, prepare, root, run, say } from './prepare.mjs'

await prepare()
const { buildClient, buildServer } = await import('./build.mjs')

/** Step by step: the recursive mkdir of Node 20 never ends on a file system that makes no folders. */
function makeFolders(path) {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  mkdirSync(path)
}

/** What the generator says of itself: `{ name, version }`. */
async function generator() {
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/server/make-city.js', 'generator'], {
    cwd: root,
  })
  return JSON.parse(stdout)
}

/** Makes the demo city where no pack is named and none, or one that is out of date, is there. Answers the pack's folder. */
export async function ensureCity(env) {
  if (env.CITY) return resolve(env.CITY)
  const dataDir = resolve(env.DATA_DIR || join(root, 'data'))
  const make = async (pack, { seed, size }) => {
    try {
      makeFolders(dataDir)
      const probe = join(dataDir, `.probe-${process.pid}`)
      writeFileSync(probe, '')
      rmSync(probe)
    } catch (error) {
      fail(`DATA_DIR ${dataDir} cannot be written: ${error.message}`)
    }
    const wanted = ['--seed', String(seed), '--size', size, '--out', pack]
    const code = await run(process.execPath, ['dist/server/make-city.js', 'generate', ...wanted])
    if (code !== 0) fail('the demo city could not be made: see the lines above')
  }
  return ensureDemoCity(dataDir, env, await generator(), { make, say })
}

/**
 * Should a past be lived before the server starts? Where the database is new; or where an earlier attempt was broken off, which must
 * not be mistaken for a city. The program that lives it looks again, and lives into nothing else.
 */
export function needsHistory(env) {
  const dataDir = resolve(env.DATA_DIR || join(root, 'data'))
  const marker = join(dataDir, 'history.json')
  if (existsSync(marker)) return JSON.parse(readFileSync(marker, 'utf8')).done !== true
  if (env.HISTORY_DAYS === '0' || env.SIMULATOR === 'off') return false
  return Boolean(env.DATABASE_URL) || !existsSync(join(dataDir, 'database'))
}

/** `--days N` as the setting it stands for. */
function withDays(env, args) {
  if (args.length === 0) return env
  const [flag, days, ...more] = args.flatMap((arg) => arg.split('='))
  if (flag !== '--days' || days === undefined || more.length > 0)
    fail(`unknown arguments ${args.join(' ')}: --days N is allowed`, 2)
  return { ...env, HISTORY_DAYS: days }
}

/** A part that is told to stop ends within a second or two; whoever waits at the terminal is not kept longer than this. */
const longestEndMs = 30_000
const isRunning = (child) => child.exitCode === null && child.signalCode === null

/** How to sign in, for a person to read. */
export function signInLines(dataDir, base) {
  const file = join(dataDir, 'demo-accounts.txt')
  if (!existsSync(file)) return [`sign in at ${base}/ with your account`]
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return [`sign in at ${base}/ with a demo account (also in ${file}):`, ...lines.map((line) => `    ${line}`)]
}

async function start() {
  const env = withDays({ ...process.env }, process.argv.slice(2))
  const startedAt = Date.now()
  if (await buildServer()) say('server built')
  if (await buildClient()) say('pages built')
  env.CITY = await ensureCity(env)
  const dataDir = resolve(env.DATA_DIR ?? join(root, 'data'))

  const children = []
  let isStopping = false
  let stoppingSince = 0
  const stop = (code) => {
    if (isStopping) return
    isStopping = true
    stoppingSince = Date.now()
    process.exitCode = code
    for (const child of children.reverse()) if (isRunning(child)) child.kill('SIGTERM')
    setTimeout(() => {
      for (const child of children.filter(isRunning)) {
        console.error(`tongguan: ${child.spawnargs.at(-1)} did not end within ${longestEndMs / 1000} s and was killed`)
        child.kill('SIGKILL')
        process.exitCode = 1
      }
    }, longestEndMs).unref()
  }
  const signalled = () => {
    // npm passes on the Ctrl-C that the terminal has already sent us; only a later one is a person who will not wait.
    if (isStopping && Date.now() - stoppingSince > 1000)
      for (const child of children.filter(isRunning)) child.kill('SIGKILL')
    stop(0)
  }
  process.on('SIGINT', signalled)
  process.on('SIGTERM', signalled)

  const launch = (name, stdio, flags = nodeFlags) => {
    // Its own process group: Ctrl-C reaches us alone, and we stop the parts in order.
    const child = spawn(process.execPath, [...flags, `dist/server/${name}.js`], {
      cwd: root,
      env,
      stdio,
      detached: true,
    })
    children.push(child)
    return child
  }
  if (needsHistory(env)) {
    const history = launch('live-history', ['ignore', 'inherit', 'inherit'], historyFlags)
    const code = await new Promise((done) => history.on('exit', done))
    children.length = 0
    if (isStopping) return
    if (code !== 0) return stop(code ?? 1)
  }
  const server = launch('main', ['ignore', 'inherit', 'inherit', 'ipc'])
  server.on('exit', (code) => stop(code ?? 1))
  server.on('message', (message) => {
    if (!message?.ready) return
    if (env.SIMULATOR !== 'off') {
      const simulator = launch('simulator', ['ignore', 'inherit', 'inherit'])
      simulator.on('exit', (code) => {
        if (!isStopping && code !== 0) console.error('tongguan: the simulator ended; the server goes on without it')
      })
    }
    for (const line of signInLines(dataDir, message.url)) say(line)
    say(`started in ${((Date.now() - startedAt) / 1000).toFixed(1)} s; Ctrl-C stops all`)
  })
}

if (process.argv[1] === new URL(import.meta.url).pathname) await start()
