/**
 * What every command needs before its own work: the right Node, the packages of the lock file, a browser. Uses Node alone.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** One line on stderr and the end: what a person must do next is in it. */
export function fail(message, code = 1) {
  console.error(`tongguan: ${message}`)
  process.exit(code)
}

export function say(message) {
  console.log(`· ${message}`)
}

function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed`)
}

/** Runs a program to its end with its output shown; resolves its exit code. */
export function run(command, args, options = {}) {
  return new Promise((done, broken) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.on('error', broken)
    child.on('exit', (code, signal) => done(code ?? (signal ? 1 : 0)))
  })
}

/** Installs the packages when the lock file is newer than what is installed. */
export async function prepare() {
  ensureNode()
  const marker = join(root, 'node_modules/.package-lock.json')
  const isStale =
    !existsSync(marker) || statSync(join(root, 'package-lock.json')).mtimeMs > statSync(marker).mtimeMs + 1
  if (!isStale) return
  say('installing packages (once, about a minute)')
  const started = Date.now()
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    shell: process.platform === 'win32',
  })
  if (code !== 0) fail('the packages could not be installed: see the lines above')
  say(`packages installed in ${Math.round((Date.now() - started) / 1000)} s`)
}

/** Path of a Chromium on this machine: the system's, else Debian's package where we may install it, else Playwright's own. */
export async function ensureChromium() {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ]
  const found = () => known.find((path) => path && existsSync(path))
  if (found()) return found()
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    say('installing Chromium for the browser tests')
    const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] }
    await run('apt-get', ['update', '-qq'], quiet)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
    if (found()) return found()
  }
  const { chromium } = await import('playwright-core')
  if (!existsSync(chromium.executablePath())) await run('npx', ['playwright-core', 'install', 'chromium'])
  if (!existsSync(chromium.executablePath())) fail('no Chromium found: install one, or name it in CHROMIUM_PATH')
  return chromium.executablePath()
}
