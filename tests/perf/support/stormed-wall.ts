/** A wall looked at while its city is in a storm: what it costs the computer behind it, and how soon it is there. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page, type Response } from 'playwright-core'
import { chromiumFlags } from '../../../scripts/chromium.mjs'
import type { Unit } from '../../../shared/model/unit.ts'
import { city, demoPassword, ingestKey, newDataDir, signIn, startServer } from '../../support/program.ts'
import { startProgram } from './child.ts'
import { deskOf } from './clear-desk.ts'
import { sleep, stopwatch } from './measure.ts'
import { heapMb, pageCost, rendererOf, threadsOf, type PageCost } from './page-cost.ts'
import { registerStorm, type Storm } from './storm.ts'

/** `--minutes M`: each row is looked at for so long, an hour of storm instead of a glance. */
const minutes = Number(process.env.BENCH_MINUTES ?? 0)
export const seconds = minutes > 0 ? minutes * 60 : Number(process.env.CLIENT_S ?? 45)
/** `--together`: all rows at the same time. Enough to see what a page keeps; its pictures are few, and no share of a core is judged by it. */
export const isTogether = process.env.BENCH_TOGETHER === '1'
export const lookWords = `${minutes > 0 ? `${minutes} min` : `${seconds} s`} ${isTogether ? 'all at the same time' : 'a row'}`
export const crewCount = 300
const settleMs = 20_000
const clearEveryMs = 20_000

export type Size = readonly [width: number, height: number]
export interface Row extends PageCost {
  readonly page: string
  readonly size: string
  readonly serverCores: number
}
/** What a page asked for before it showed the city's numbers. */
export interface PageLoad {
  readonly requests: number
  /** Of its HTTP answers, as they came over the line. */
  readonly bytes: number
  /** From its opening until the numbers were there, ms. */
  readonly tookMs: number
}

/** A browser of its own for each page, so that its process is known. */
export async function looked(
  page: string,
  [width, height]: Size,
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
    if (process.env.CLIENT_PROFILE)
      if (process.env.CLIENT_VERBOSE) console.log(row, threadsOf(await rendererOf(browser)), await heapMb(shown))
    return row
  } finally {
    await browser.close()
  }
}

/** Opens the wall; resolves when its numbers are there. */
async function openWall(page: Page, url: string): Promise<PageLoad> {
  const startedAt = performance.now()
  const sizes: Promise<number>[] = []
  const count = (response: Response) =>
    sizes.push(
      response
        .request()
        .sizes()
        .then(
          ({ responseBodySize }) => responseBodySize,
          () => 0,
        ),
    )
  page.on('response', count)
  await page.goto(url)
  await page.locator('.card .value:not(.unknown)').first().waitFor({ timeout: 300_000 })
  const tookMs = performance.now() - startedAt
  page.off('response', count)
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  return { requests: sizes.length, bytes, tookMs }
}

/** A city of so many sensors in a storm, its wall looked at in each size. */
export async function stormed(count: number, name: string, looks: readonly Size[]) {
  const server = await startServer({
    dataDir: newDataDir(),
    env: { CITY: await city('full'), DEMO: 'on' },
    // What is measured begins later: a busy machine makes its database as slowly as it likes.
    readyWithinMs: 300_000,
  })
  const registeredFrom = performance.now()
  const streams = await registerStorm(server.url, count)
  const registerS = (performance.now() - registeredFrom) / 1000
  const storm: Storm = { streams, crews: await crewsOf(server.url) }
  const stormFile = join(newDataDir(), 'storm.json')
  writeFileSync(stormFile, JSON.stringify(storm))
  const sender = await startProgram('storm-sender', [server.url, String(server.mqttPort), ingestKey, stormFile])
  const loads: PageLoad[] = []
  const lookAt = (size: Size) =>
    looked(name, size, server, async (browser) => {
      const [width, height] = size
      const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' })
      const data = { username: 'wall', password: demoPassword }
      const headers = { origin: server.url }
      const answer = await context.request.post(`${server.url}/api/v1/session`, { data, headers })
      if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
      const page = await context.newPage()
      loads.push(await openWall(page, `${server.url}/wall`))
      return page
    })
  const rows: Row[] = []
  const desk = deskOf(server.url, await signIn(server.url, 'chief'))
  let isOver = false
  // Behind a short look cases may pile up; behind a long one somebody works.
  const atWork = (async () => {
    while (minutes > 0 && !isOver) {
      await desk.clear()
      await sleep(clearEveryMs)
    }
  })()
  if (isTogether) rows.push(...(await Promise.all(looks.map(lookAt))))
  else for (const size of looks) rows.push(await lookAt(size))
  isOver = true
  await atWork
  const sent = await sender.ask<{ accepted: number; refused: number; fixes: number; waiting: number }>({ stop: true })
  await sender.stop()
  await server.stop()
  return { sent, crews: storm.crews.length, registerS, rows, loads }
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

/** The rows as a table says them. */
export const costHead = [
  ...[
    'page',
    'size',
    'main thread',
    'its process',
    'tasks > 50 ms CPU',
    'longest ms',
    'by the clock, ms',
    'pictures/s',
  ],
  ...['heap MB, first', 'heap MB, last', 'MB/h', '±', 'server'],
]
export const costCells = (row: Row) => [
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
  row.heapMbPerHour,
  row.heapWithin,
  row.serverCores,
]
