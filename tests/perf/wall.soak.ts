/**
 * The wall for an hour: does its page, or the server behind it, keep what it should let go of? A server on the demo city takes in sensors that
 * speak once a second, crews that move and alarms that come and go; a real browser shows the wall. The page's heap is looked at after a
 * collection, the server's as it tells it itself. Arguments:
 * `--minutes M --sensors N --every S --snapshots DIR`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { chromiumFlags } from '../../scripts/chromium.mjs'
import type { Unit } from '../../shared/model/unit.ts'
import { city, demoPassword, ingestKey, newDataDir, signIn, startServer } from '../support/program.ts'
import { startProgram } from './support/child.ts'
import { deskOf } from './support/clear-desk.ts'
import { memoryMb, sleep, threadSeconds } from './support/measure.ts'
import { heapMb, heapSnapshot, rendererOf, slopedMs, warmUpMs as warmUpOf } from './support/page-cost.ts'
import { conclude, type Goal, type Table } from './support/report.ts'
import { slopeOf, type Sample } from './support/slope.ts'
import { registerStorm, type Storm } from './support/storm.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    sensors: { type: 'string', default: '12000' },
    every: { type: 'string', default: '30' },
    /** A folder for what the page's heap holds when counting begins and at the end: two to lay side by side. */
    snapshots: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const sensors = Number(values.sensors)
const everyMs = Number(values.every) * 1000
const minuteMs = 60_000
const warmUpMs = warmUpOf(minutes * minuteMs)
const mostPageMbAnHour = 1
const crewCount = 300

const server = await startServer({
  dataDir: newDataDir(),
  env: { CITY: await city('full'), DEMO: 'on' },
  // A soak is no race: a busy machine makes its database as slowly as it likes.
  readyWithinMs: 300_000,
})
const cookie = await signIn(server.url, 'chief')

async function crewsOf(): Promise<Storm['crews']> {
  const answer = await fetch(`${server.url}/api/v1/units?limit=${crewCount}`, { headers: { cookie } })
  const { items } = (await answer.json()) as {
    items: (Pick<Unit, 'id'> & { station: { coordinates: [number, number] } | null })[]
  }
  return items.flatMap(({ id, station }) => (station === null ? [] : [{ id, at: station.coordinates }]))
}

/** What the server's own heap holds, MB: between two collections it says more than is kept, so of several looks the least. */
async function serverHeapMb(): Promise<number> {
  let least = Infinity
  for (let look = 0; look < 5; look++) {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    const bytes = Number(/^nodejs_heap_size_used_bytes\S* (\S+)$/m.exec(text)?.[1])
    if (Number.isNaN(bytes)) throw new Error('the server says nothing of its heap')
    least = Math.min(least, bytes / 1024 / 1024)
    await sleep(Math.min(400, everyMs / 10))
  }
  return least
}

const desk = deskOf(server.url, cookie)

async function openWall(browser: Browser) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
  const data = { username: 'wall', password: demoPassword }
  const answer = await context.request.post(`${server.url}/api/v1/session`, { data, headers: { origin: server.url } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error.message))
  await page.goto(`${server.url}/wall`)
  await page.locator('canvas').first().waitFor()
  return page
}

const crews = await crewsOf()
const storm: Storm = { streams: await registerStorm(server.url, sensors), crews }
const stormFile = join(newDataDir(), 'storm.json')
writeFileSync(stormFile, JSON.stringify(storm))
const sender = await startProgram('storm-sender', [server.url, String(server.mqttPort), ingestKey, stormFile])
const executablePath = process.env.CHROMIUM_PATH
const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })

interface Look {
  readonly at: number
  readonly page: number
  readonly heap: number
  readonly resident: number
  readonly alarms: number
  readonly cases: number
  /** CPU of the page's main thread since the first picture, s. */
  readonly mainS: number
}
const looks: Look[] = []
async function snapshot(page: Page, name: string): Promise<void> {
  if (values.snapshots === undefined) return
  mkdirSync(values.snapshots, { recursive: true })
  await heapSnapshot(page, join(values.snapshots, `${name}.heapsnapshot`))
}
try {
  const page = await openWall(browser)
  const renderer = await rendererOf(browser)
  const mainAtFirst = threadSeconds(renderer, renderer)
  const startedAt = performance.now()
  const endAt = startedAt + minutes * minuteMs
  for (let nextAt = startedAt + everyMs; nextAt <= endAt + everyMs / 2; nextAt += everyMs) {
    await sleep(Math.max(0, nextAt - performance.now()))
    await desk.clear()
    if (looks.length > 0 && (looks.at(-1)?.at ?? 0) < warmUpMs && performance.now() - startedAt >= warmUpMs)
      await snapshot(page, 'first')
    const look: Look = {
      at: performance.now() - startedAt,
      mainS: threadSeconds(renderer, renderer) - mainAtFirst,
      page: await heapMb(page),
      heap: await serverHeapMb(),
      resident: memoryMb(server.pid).now,
      alarms: (await desk.listed('alarms?open=true')).length,
      cases: (await desk.listed('incidents?open=true')).length,
    }
    looks.push(look)
    const [at, ...mb] = [look.at / minuteMs, look.page, look.heap, look.resident].map((value) => value.toFixed(1))
    console.log(
      `${at} min: page ${mb[0]} MB, server ${mb[1]} MB of ${mb[2]} MB resident, ${look.alarms} alarms, ${look.cases} cases`,
    )
  }
  await snapshot(page, 'last')
} finally {
  await browser.close()
}
const sent = await sender.ask<{ accepted: number; refused: number; fixes: number; waiting: number }>({ stop: true })
await sender.stop()
await server.stop()

const after = looks.filter(({ at }) => at >= warmUpMs)
const lookedMs = (after.at(-1)?.at ?? 0) - (after[0]?.at ?? 0)
const growth = (of: 'page' | 'heap' | 'resident') => {
  const samples: Sample[] = after.map((look) => ({ at: look.at, value: look[of] }))
  const { perHour, within } = slopeOf(samples)
  return { first: samples[0]?.value ?? Number.NaN, last: samples.at(-1)?.value ?? Number.NaN, perHour, within }
}
const [firstLook, lastLook] = [after[0], after.at(-1)]
/** Share of a core, after the warm-up; looking at the heap is in it. */
const mainShare =
  firstLook === undefined || lastLook === undefined
    ? Number.NaN
    : ((lastLook.mainS - firstLook.mainS) * 1000) / (lastLook.at - firstLook.at)
const grown = { page: growth('page'), heap: growth('heap'), resident: growth('resident') }
const row = (name: string, { first, last, perHour, within }: (typeof grown)['page']) => [
  name,
  first,
  last,
  perHour,
  within,
]
const table: Table = {
  title: `${minutes} minutes of ${sensors.toLocaleString('en')} sensors at 1 Hz and ${crews.length} crews, the first ${Math.round(warmUpMs / minuteMs)} not counted; ${sent.accepted.toLocaleString('en')} readings; the page’s main thread took ${(mainShare * 100).toFixed(1)} % of a core`,
  head: ['what', 'first MB', 'last MB', 'MB/h', '±'],
  rows: [
    row('the wall’s heap, after a collection', grown.page),
    row('the server’s heap', grown.heap),
    row('the server, resident', grown.resident),
  ],
}
const goals: Goal[] = [{ name: 'readings refused', measured: sent.refused, atMost: 0 }]
if (lookedMs >= slopedMs)
  goals.push({ name: 'growth of the wall’s heap, MB an hour', measured: grown.page.perHour, atMost: mostPageMbAnHour })
else goals.push({ name: 'looks (too short a time to judge growth by)', measured: looks.length, atLeast: 3 })
const isMet = conclude({
  bench: lookedMs >= slopedMs ? 'soak' : 'local-soak',
  tables: [table],
  goals,
  results: { minutes, sensors, sent, looks },
})
process.exit(isMet ? 0 : 1)
