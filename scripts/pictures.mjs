/**
 * `npm run pictures`: remakes docs/pictures. Starts a server of its own on free ports and a folder of its own, lets the demo city live
 * for a while, and takes each page at the sizes it is meant for. With the Los Angeles files at hand (a folder given by --data), their
 * replay is taken as well; without them those pictures are left as they are, with a line that says so.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureChromium, prepare, root, run, say } from './prepare.mjs'

await prepare()
const executablePath = await ensureChromium()
const { chromium } = await import('playwright-core')
const { buildClient, buildServer } = await import('./build.mjs')
await buildServer()
await buildClient()

const out = join(root, 'docs/pictures')
mkdirSync(out, { recursive: true })
const password = 'Pictures-Passw0rd-1'
const flag = (name, other) => {
  const at = process.argv.indexOf(`--${name}`)
  return at > 0 ? process.argv[at + 1] : other
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms))
const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/** Starts server and simulator on a pack; answers the address and the way to stop. */
async function live(city, env = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongguan-pictures-'))
  const port = await freePort()
  const mqttPort = await freePort()
  const all = {
    ...process.env,
    PORT: String(port),
    MQTT_PORT: String(mqttPort),
    DATA_DIR: dataDir,
    CITY: city,
    DEMO_PASSWORD: password,
    LOG_LEVEL: 'warn',
    ...env,
  }
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: all,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await new Promise((done, broken) => {
    server.on('message', (message) => message?.ready && done())
    server.on('exit', (code) => broken(new Error(`the server ended with ${code}`)))
  })
  const simulator = spawn(process.execPath, ['dist/server/simulator.js'], {
    cwd: root,
    env: all,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    async stop() {
      simulator.kill('SIGTERM')
      server.kill('SIGTERM')
      await new Promise((done) => server.once('exit', done))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function withBrowser(work) {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  })
  try {
    await work(browser)
  } finally {
    await browser.close()
  }
}

/** Signs in and takes one page at one size. */
async function take(browser, base, { who, path, width, height, name, locale = 'zh-CN', theme, act, settleMs = 6000 }) {
  const context = await browser.newContext({ viewport: { width, height }, locale })
  const page = await context.newPage()
  await context.request.post(`${base}/api/v1/session`, { data: { username: who, password }, headers: { origin: base } })
  if (theme) await context.addInitScript((value) => globalThis.localStorage.setItem('tongguan.theme', value), theme)
  await page.goto(`${base}${path}`)
  await pause(settleMs)
  if (act) await act(page)
  await page.screenshot({ path: join(out, `${name}.png`) })
  await context.close()
  say(name)
}

const openFirstCase = async (page) => {
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await pause(3000)
}

async function pageSet(browser, base, prefix) {
  for (const [width, height] of [
    [1920, 1080],
    [2560, 1440],
    [3840, 2160],
    [7680, 2160],
  ])
    await take(browser, base, {
      who: 'wall',
      path: '/wall',
      width,
      height,
      name: `${prefix}wall-${width}x${height}`,
      settleMs: 9000,
    })
  for (const [width, height] of [
    [1920, 1080],
    [2560, 1440],
  ])
    await take(browser, base, {
      who: 'duty',
      path: '/desk',
      width,
      height,
      name: `${prefix}desk-${width}x${height}`,
      act: openFirstCase,
    })
  await take(browser, base, { who: 'manager', path: '/kpi', width: 1920, height: 1080, name: `${prefix}kpi-1920x1080` })
  await take(browser, base, {
    who: 'duty',
    path: '/desk',
    width: 1920,
    height: 1080,
    name: `${prefix}desk-en`,
    locale: 'en',
    act: openFirstCase,
  })
}

const wanted = flag('only', 'demo,los-angeles').split(',')
if (wanted.includes('demo')) {
  const work = mkdtempSync(join(tmpdir(), 'tongguan-city-'))
  await run(process.execPath, ['dist/server/make-city.js', 'generate', '--seed', '1', '--out', join(work, 'city')])
  const city = await live(join(work, 'city'))
  say('letting the demo city live for two minutes')
  await pause(Number(flag('live-s', '120')) * 1000)
  await withBrowser((browser) => pageSet(browser, city.url, ''))
  await city.stop()
  rmSync(work, { recursive: true, force: true })
}
const data = resolve(flag('data', join(root, '../shared/data/los-angeles')))
if (wanted.includes('los-angeles')) {
  if (!existsSync(join(data, 'service-requests-2017-12.csv')))
    say(`no Los Angeles files in ${data}: those pictures stay as they are`)
  else {
    const work = mkdtempSync(join(tmpdir(), 'tongguan-city-'))
    await run(process.execPath, [
      ...[
        'dist/server/make-city.js',
        'import',
        '--name',
        'Los Angeles',
        '--time-zone',
        'America/Los_Angeles',
        '--crews',
        '60',
      ],
      ...[
        '--divisions',
        join(data, 'council-districts.geojson'),
        '--level',
        '2',
        '--id-field',
        'external_id',
        '--name-field',
        'name',
      ],
      ...[
        '--divisions',
        join(data, 'neighbourhoods.geojson'),
        '--level',
        '3',
        '--id-field',
        'OBJECTID',
        '--name-field',
        'Name',
      ],
      ...['--out', join(work, 'city')],
    ])
    const city = await live(join(work, 'city'), { SIMULATOR_PARTS: 'crews,officer', SIMULATOR_SPEED: '60' })
    const replay = spawn(
      process.execPath,
      [
        'dist/server/replay.js',
        data,
        '--mapping',
        'docs/replay/los-angeles',
        '--as-now',
        '--speed',
        flag('speed', '1200'),
        '--url',
        city.url,
      ],
      { cwd: root, env: { ...process.env, DATA_DIR: city.dataDir }, stdio: 'inherit' },
    )
    const ended = new Promise((done) => replay.once('exit', done))
    await pause(Number(flag('replay-s', '150')) * 1000)
    await withBrowser((browser) => pageSet(browser, city.url, 'los-angeles-'))
    replay.kill('SIGTERM')
    await ended
    await city.stop()
    rmSync(work, { recursive: true, force: true })
  }
}
