/**
 * What the wall costs the computer behind it: every sensor speaks once a second, 300 crews move, alarms come and go; beside it the same data on a
 * plain ECharts scatter, fed by frames and by an event for each reading. CPU of the page's main thread as the kernel counts it.
 */
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { chromiumFlags } from '../../scripts/chromium.mjs'
import type { Unit } from '../../shared/model/unit.ts'
import { city, demoPassword, ingestKey, newDataDir, root, signIn, startServer } from '../support/program.ts'
import { startProgram } from './support/child.ts'
import { sleep, stopwatch } from './support/measure.ts'
import { heapMb, pageCost, rendererOf, threadsOf, type PageCost } from './support/page-cost.ts'
import { conclude } from './support/report.ts'
import { registerStorm, type Storm } from './support/storm.ts'

/** `--minutes M`: each row is looked at for so long, an hour of storm instead of a glance. */
const minutes = Number(process.env.BENCH_MINUTES ?? 0)
const seconds = minutes > 0 ? minutes * 60 : Number(process.env.CLIENT_S ?? 45)
const lookWords = minutes > 0 ? `${minutes} min a row` : `${seconds} s a row`
const sensors = Number(process.env.CLIENT_SENSORS ?? 12_000)
/** They take turns, so that as many readings come each second as with the fewer. */
const many = Number(process.env.CLIENT_MANY ?? 100_000)
const crewCount = 300
const sizes = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [7680, 2160],
] as const
const settleMs = 20_000

interface Row extends PageCost {
  readonly page: string
  readonly size: string
  readonly serverCores: number
}
const rows: Row[] = []
/** A browser of its own for each page, so that its process is known. */
async function looked(
  page: string,
  [width, height]: readonly [number, number],
  server: { readonly pid: number },
  open: (browser: Browser) => Promise<Page>,
): Promise<Row> {
  const executablePath = process.env.CHROMIUM_PATH
  const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })
  try {
    const shown = await open(browser)
    shown.on('pageerror', (error) => console.error(page, error.message))
    await sleep(settleMs)
    const watch = stopwatch(server.pid)
    const cost = await pageCost(browser, shown, seconds)
    const row = { page, size: `${width}×${height}`, serverCores: watch().cores, ...cost }
    if (process.env.CLIENT_VERBOSE) console.log(row, threadsOf(await rendererOf(browser)), await heapMb(shown))
    rows.push(row)
    return row
  } finally {
    await browser.close()
  }
}

/** A city of so many sensors in a storm, its wall looked at in each size. */
async function stormed(count: number, name: string, looks: readonly (readonly [number, number])[]) {
  const server = await startServer({ dataDir: newDataDir(), env: { CITY: await city('full'), DEMO: 'on' } })
  const storm: Storm = { streams: await registerStorm(server.url, count), crews: await crewsOf(server.url) }
  const stormFile = join(newDataDir(), 'storm.json')
  writeFileSync(stormFile, JSON.stringify(storm))
  const sender = await startProgram('storm-sender', [server.url, String(server.mqttPort), ingestKey, stormFile])
  for (const size of looks)
    await looked(name, size, server, async (browser) => {
      const [width, height] = size
      const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' })
      const data = { username: 'wall', password: demoPassword }
      const answer = await context.request.post(`${server.url}/api/v1/session`, {
        data,
        headers: { origin: server.url },
      })
      if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
      const page = await context.newPage()
      await page.goto(`${server.url}/wall`)
      return page
    })
  const sent = await sender.ask<{ accepted: number; refused: number; fixes: number; waiting: number }>({ stop: true })
  await sender.stop()
  await server.stop()
  return { sent, crews: storm.crews.length }
}
async function crewsOf(url: string): Promise<Storm['crews']> {
  const cookie = await signIn(url, 'duty')
  const crews: Storm['crews'][number][] = []
  for (let next: string | null = ''; next !== null && crews.length < crewCount;) {
    const answer = await fetch(`${url}/api/v1/units?limit=500${next && `&cursor=${next}`}`, { headers: { cookie } })
    const list = (await answer.json()) as {
      items: (Pick<Unit, 'id'> & { station: { coordinates: [number, number] } | null })[]
      next: string | null
    }
    for (const { id, station } of list.items)
      if (station !== null && crews.length < crewCount) crews.push({ id, at: station.coordinates })
    next = list.next
  }
  return crews
}

const manyName = `wall, ${many.toLocaleString('en')} sensors`
const { sent, crews } = await stormed(sensors, 'wall', process.env.CLIENT_ONLY ? [] : sizes)
const manySent = (await stormed(many, manyName, [sizes[1]])).sent

/** The plain page, as one script. */
const built = (await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    write: false,
    lib: { entry: join(root, 'tests/perf/pages/plain-scatter.ts'), formats: ['iife'], name: 'plain' },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
})) as Rolldown.RolldownOutput[]
const script = built[0]?.output[0].code ?? ''
for (const [mode, name] of [
  ['frame', 'plain scatter, four frames a second'],
  ['naive', 'plain scatter, one event a reading'],
] as const) {
  const plain = await startProgram<{ port: number }>('fanout-server', [mode, String(sensors)])
  const [width, height] = [1920, 1080]
  await looked(name, [width, height], plain, async (browser) => {
    const page = await browser.newPage({ viewport: { width, height } })
    const url = `http://127.0.0.1:${plain.hello.port}/`
    await page.goto(`${url}?sensors=${sensors}&crews=${crewCount}`)
    await page.addScriptTag({ content: script })
    await plain.ask({ begin: true })
    return page
  })
  await plain.stop()
}

const of = (page: string) => rows.filter((row) => row.page.startsWith(page))
const walls = rows.filter(({ page }) => page === 'wall')
const ofMany = of(manyName)[0] as Row
const at1080 = walls.find(({ size }) => size === '1920×1080') as Row
const isMet = conclude({
  bench: 'client',
  results: {
    sensors,
    many,
    crews,
    seconds,
    sent,
    manySent,
    rows,
    echarts: createRequire(join(root, 'x'))('echarts/package.json').version,
  },
  tables: [
    {
      title: `${sensors.toLocaleString('en')} sensors at 1 Hz, ${crews} crews, ${lookWords}`,
      head: [
        'page',
        'size',
        'main thread',
        'its process',
        'tasks > 50 ms CPU',
        'longest ms',
        'by the clock, ms',
        'pictures/s',
        'heap MB, first',
        'heap MB, last',
        'server',
      ],
      rows: rows.map((row) => [
        row.page,
        row.size,
        `${(row.mainThread * 100).toFixed(1)} %`,
        `${(row.process * 100).toFixed(0)} %`,
        row.longTasks,
        Math.round(row.longestMs),
        Math.round(row.longestWallMs),
        row.picturesPerS,
        row.heapFirstMb,
        row.heapMb,
        row.serverCores,
      ]),
    },
  ],
  goals: [
    { name: 'wall 1920×1080, main thread, share of a core', measured: at1080.mainThread, atMost: 0.08 },
    {
      name: 'wall, largest main thread of the four sizes',
      measured: Math.max(...walls.map((r) => r.mainThread)),
      atMost: 0.08,
    },
    { name: `${manyName}, main thread, share of a core`, measured: ofMany.mainThread, atMost: 0.2 },
    {
      name: 'wall, tasks that work over 50 ms, all sizes',
      measured: walls.reduce((sum, r) => sum + r.longTasks, 0),
      atMost: 0,
    },
    {
      name: 'main thread: plain scatter by frames ÷ wall',
      measured: (of('plain scatter, four')[0] as Row).mainThread / at1080.mainThread,
      atLeast: 1,
    },
    {
      name: 'main thread: plain scatter by events ÷ wall',
      measured: (of('plain scatter, one')[0] as Row).mainThread / at1080.mainThread,
      atLeast: 2,
    },
    { name: 'crews moving', measured: crews, atLeast: crewCount },
    { name: 'readings refused', measured: sent.refused + manySent.refused, atMost: 0 },
  ],
})
process.exit(isMet ? 0 : 1)
