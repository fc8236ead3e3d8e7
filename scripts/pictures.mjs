/**
 * `npm run pictures [-- --only NAME,…]`: remakes docs/pictures and its contact sheet. The demo city in every state its pages have, at every size they are
 * meant for; the ground alone; then Los Angeles replayed with its pages open. Own ports and folders; the Los Angeles files are named by
 * --data, and without them those pictures stay as they are.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromiumFlags } from './chromium.mjs'
import { writeSheet } from './picture-list.mjs'
import { shoot } from './shoot.mjs'
import { takeLiving } from './state-pictures.mjs'
import { ensureChromium, fail, prepare, root, run, say } from './prepare.mjs'

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    // Two weeks, so that the last seven days have seven to be compared with.
    days: { type: 'string', default: '14' },
    // Most devices speak every five minutes.
    'live-s': { type: 'string', default: '320' },
    // Thursday's evening jam, 41 hours into the files.
    'replay-s': { type: 'string', default: '246' },
    data: { type: 'string', default: join(root, '../shared/data/los-angeles') },
  },
})
const out = join(root, 'docs/pictures')
const password = 'Pictures-Passw0rd-1'

const wall = { who: 'wall', path: '/wall', settleMs: 9000, isWhole: true }
const desk = { who: 'duty', path: '/desk', settleMs: 6000, located: true }
const kpi = { who: 'manager', path: '/kpi?period=7d', settleMs: 5000 }
/** The ground alone at four zooms: steps of the wheel from the whole city, and how far the map is then tilted, in pixels of a drag. */
const cityZooms = [
  { name: 'whole', wheel: 0, tilt: 0 },
  { name: 'district', wheel: 8, tilt: 0 },
  { name: 'quarter', wheel: 9, tilt: 0 },
  { name: 'street', wheel: 3, tilt: 220 },
]
const cityPictures = ['dark', 'light'].map((theme) => ({ who: 'duty', path: '/desk', theme, name: `city-${theme}` }))
const losAngelesKpi = { ...kpi, path: '/kpi?period=1h' }
const losAngelesPictures = [
  { ...wall, name: 'los-angeles-wall' },
  { ...desk, name: 'los-angeles-desk', located: false, key: 'm' },
  { ...losAngelesKpi, name: 'los-angeles-kpi' },
]

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/** A city as `npm start` starts it, in a folder of its own; `work` is told its address and folder, and all is gone after. */
async function withCity(env, work) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongguan-pictures-'))
  const ports = { PORT: String(await freePort()), MQTT_PORT: String(await freePort()) }
  const city = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      CITY: '',
      HISTORY_DAYS: '0',
      DEMO_PASSWORD: password,
      LOG_LEVEL: 'warn',
      ...ports,
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((done) => city.once('exit', done))
  try {
    await new Promise((done, broken) => {
      city.stdout.on('data', (chunk) => String(chunk).includes('Ctrl-C stops all') && done())
      void ended.then((code) => broken(new Error(`the city ended with ${code}`)))
    })
    await work(`http://127.0.0.1:${ports.PORT}`, dataDir)
  } finally {
    city.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function withBrowser(work) {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumFlags })
  try {
    await work(browser)
  } finally {
    await browser.close()
  }
}

/** Signs in and opens one page at one size. */
async function open(
  browser,
  url,
  { who, path, size: [width, height] = [1920, 1080], locale = 'zh-CN', theme = 'dark' },
) {
  const context = await browser.newContext({ viewport: { width, height }, locale })
  const data = { username: who, password }
  const answer = await context.request.post(`${url}/api/v1/session`, { data, headers: { origin: url } })
  if (!answer.ok()) throw new Error(`sign-in as ${who}: HTTP ${answer.status()}`)
  await context.addInitScript((kept) => Object.assign(globalThis.localStorage, kept), {
    'tongguan.theme': theme,
    'tongguan.language': locale,
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => say(`${path}: ${error.message}`))
  await page.goto(url + path)
  return page
}

/**
 * Files the newest case that waits for it, with or without a place: from then on the simulated officer leaves it to us. At night nobody may
 * call for long: then it is the newest open one.
 */
async function fileOne(request, url, located) {
  const newest = async (which) =>
    (await (await request.get(`${url}/api/v1/incidents?${which}&located=${located}&limit=1`)).json()).items[0]
  for (const until = Date.now() + 60_000; ;) {
    const incident = await newest('state=reported')
    if (!incident && Date.now() > until) {
      const open = await newest('open=true')
      if (open) return open.id
    }
    const data = { commandId: randomUUID(), type: 'incident.file', incidentId: incident?.id }
    const answer = incident && (await request.post(`${url}/api/v1/commands`, { data, headers: { origin: url } }))
    if (answer && (await answer.json()).ok) return incident.id
    await pause(200)
  }
}

async function take(page, url, { name, settleMs, isWhole, located, key }) {
  await page.locator('canvas, main svg').first().waitFor()
  await pause(settleMs)
  // The wall's camera goes round the worst places: its picture is of the whole city, where that comes within a minute.
  if (isWhole)
    await page
      .locator('.caption')
      .waitFor({ state: 'hidden', timeout: 60_000 })
      .catch(() => say('no rest'))
  if (isWhole) await pause(2000)
  if (located !== undefined) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(await fileOne(page.context().request, url, located))
    await page.keyboard.press('Enter')
    if (key) await page.keyboard.press(key)
    await pause(settleMs)
  }
  await shoot(page, join(out, `${name}.webp`))
  say(name)
}

/** The map over the whole page, gone into step by step as a person would. */
async function takeCity(page, theme) {
  await page.locator('canvas').first().waitFor()
  await page.addStyleTag({
    content:
      '.city-map { position: fixed !important; inset: 0; z-index: 9999; width: 100vw !important; height: 100vh !important }',
  })
  await pause(8000)
  for (const { name, wheel, tilt } of cityZooms) {
    if (tilt > 0) {
      await page.mouse.move(960, 700)
      await page.mouse.down({ button: 'right' })
      await page.mouse.move(1090, 700 - tilt, { steps: 12 })
      await page.mouse.up({ button: 'right' })
    }
    await page.mouse.move(960, 540)
    for (let step = 0; step < wheel; step++) {
      await page.mouse.wheel(0, -112)
      await pause(60)
    }
    await pause(6000)
    await shoot(page, join(out, `city-${name}-${theme}.webp`))
    say(`city-${name}-${theme}`)
  }
}

/** Nobody lives in it: nothing lies on the ground. */
async function emptyCity(pictures) {
  await withCity({ SIMULATOR: 'off' }, (url) =>
    withBrowser(async (browser) => {
      for (const picture of pictures) {
        const page = await open(browser, url, picture)
        await takeCity(page, picture.theme)
        await page.context().close()
      }
    }),
  )
}

async function losAngeles(data, pictures) {
  const city = mkdtempSync(join(tmpdir(), 'tongguan-city-'))
  const divisions = (file, ...more) => ['--divisions', join(data, file), ...more]
  const code = await run(process.execPath, [
    ...['dist/server/make-city.js', 'import'],
    ...divisions('council-districts.geojson', '--id-field', 'external_id'),
    ...['--name-template', '第{}选区', '--name-en-template', 'District {}'],
    ...divisions('neighbourhoods.geojson', '--id-field', 'OBJECTID', '--name-field', 'Name'),
    ...['--name', '洛杉矶', '--name-en', 'Los Angeles', '--time-zone', 'America/Los_Angeles'],
    ...['--attribution', 'City of Los Angeles', '--crews', '60', '--out', city],
  ])
  if (code !== 0) fail('the city of Los Angeles could not be made')
  const live = { CITY: city, SIMULATOR_PARTS: 'crews,officer', SIMULATOR_SPEED: '60' }
  await withCity(live, (url, dataDir) =>
    withBrowser(async (browser) => {
      const pages = await Promise.all(pictures.map((picture) => open(browser, url, picture)))
      const mappings = ['--mapping', 'docs/replay/los-angeles']
      const replay = spawn(
        process.execPath,
        ['dist/server/replay.js', data, ...mappings, '--as-now', '--speed', '600', '--url', url],
        { cwd: root, env: { ...process.env, DATA_DIR: dataDir }, stdio: ['ignore', 'inherit', 'inherit'] },
      )
      const ended = new Promise((done) => replay.once('exit', done))
      await Promise.race([pause(Number(flags['replay-s']) * 1000), ended])
      for (const [index, picture] of pictures.entries()) await take(pages[index], url, picture)
      replay.kill('SIGTERM')
      await ended
    }),
  )
  rmSync(city, { recursive: true, force: true })
}

await prepare()
mkdirSync(out, { recursive: true })
const { buildClient, buildServer } = await import('./build.mjs')
await buildServer()
await buildClient()
const data = resolve(flags.data)
/** `--only wall,desk`: beginnings of names. */
const only = flags.only.split(',')
const wants = (name) => only.some((word) => name.startsWith(word))
const wanted = (pictures) => pictures.filter(({ name }) => wants(name))
/** Names of pictures that did not come. */
const failed = []
/** A part that breaks costs its own pictures, not those of the others. */
async function part(names, work) {
  try {
    await work()
  } catch (error) {
    say(`${names.join(', ')}: ${error.message}`)
    failed.push(...names)
  }
}
const namesOf = (pictures) => pictures.map(({ name }) => name)

await part(['the living city'], () =>
  withBrowser((browser) =>
    takeLiving(browser, { days: Number(flags.days), liveS: Number(flags['live-s']) }, { out, wants, failed }),
  ),
)
const grounds = wanted(cityPictures)
if (grounds.length) await part(namesOf(grounds), () => emptyCity(grounds))
const angels = wanted(losAngelesPictures)
if (angels.length && existsSync(join(data, 'service-requests-2017-12.csv')))
  await part(namesOf(angels), () => losAngeles(data, angels))
else if (angels.length) say(`no Los Angeles files in ${data}: those pictures stay as they are`)
writeSheet(out)
if (failed.length) fail(`not taken: ${failed.join(', ')}`)
process.exit()
