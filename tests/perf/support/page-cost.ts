/** What a page costs the browser: CPU of its main thread as the kernel counts it, tasks longer than 50 ms, pictures, and heap. */
import { readdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { cpuSeconds, sleep, threadSeconds } from './measure.ts'
import { slopeOf, type Sample } from './slope.ts'

export interface PageCost {
  /** Of one core. */
  readonly mainThread: number
  /** All of the page's process: workers, compositor and main thread. */
  readonly process: number
  /** Tasks that worked more than 50 ms, and the longest work of one, ms of CPU: waiting for a picture drawn in software is not in it. */
  readonly longTasks: number
  readonly longestMs: number
  /** The longest task by the wall clock, ms: with no graphics card and few cores it is mostly the waiting. */
  readonly longestWallMs: number
  readonly picturesPerS: number
  /** After a collection, when the look began and at its end. */
  readonly heapFirstMb: number
  readonly heapMb: number
  /** By the straight line through looks once a minute, the warm-up not counted, and two standard errors; NaN of a look too short to say. */
  readonly heapMbPerHour: number
  readonly heapWithin: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Wall and CPU time, µs. */
  readonly dur?: number
  readonly tdur?: number
}
/** Every task of a process's main thread over so long: its CPU and its wall time, ms. */
async function tasksOf(browser: Browser, pid: number, seconds: number) {
  const session = await browser.newBrowserCDPSession()
  const tasks: { readonly cpuMs: number; readonly wallMs: number }[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[])
      if (event.pid === pid && event.tid === pid && event.name.endsWith('RunTask') && event.tdur !== undefined)
        tasks.push({ cpuMs: event.tdur / 1000, wallMs: (event.dur ?? 0) / 1000 })
  })
  const ended = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  await sleep(seconds * 1000)
  await session.send('Tracing.end')
  await ended
  await session.detach()
  if (tasks.length === 0) throw new Error('no task was traced')
  return tasks
}

/** The page's own process: the renderer that worked most while only this page was open. */
export async function rendererOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const [busiest] = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
  if (busiest === undefined) throw new Error('no renderer: is a page open?')
  return busiest.id
}

/** Heap in use after a collection, MB: one in the middle of a frame leaves that frame, so of a few looks the least. */
export async function heapMb(page: Page): Promise<number> {
  let least = Infinity
  for (let look = 0; look < 4; look++) {
    least = Math.min(least, await heapNowMb(page))
    await sleep(betweenLooksMs)
  }
  return least
}
const betweenLooksMs = 300

async function heapNowMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1024 / 1024
}

/** All that the page's heap holds, as the browser's own tools open it, into a file. Takes seconds, in which the page stands still. */
export async function heapSnapshot(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const file = await open(path, 'w')
  let written = Promise.resolve()
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    written = written.then(() => file.writeFile(chunk))
  })
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  await written
  await file.close()
}

/** Pictures a second over a short time of its own: counting them is work for the page, too. */
const pictures = (page: Page, ms: number): Promise<number> =>
  page.evaluate(
    (forMs) =>
      new Promise<number>((done) => {
        let count = 0
        const startAt = performance.now()
        const next = () => {
          count++
          const tookMs = performance.now() - startAt
          if (tookMs < forMs) requestAnimationFrame(next)
          else done((count / tookMs) * 1000)
        }
        requestAnimationFrame(next)
      }),
    ms,
  )

const minuteMs = 60_000
/** Over less than this a line through looks says nothing of an hour. */
export const slopedMs = 15 * minuteMs
/** Caches fill and code is compiled meanwhile: a quarter of the time, but no more than a quarter of an hour. */
export const warmUpMs = (lookMs: number) => Math.min(15 * minuteMs, lookMs / 4)

/** Lets the page be for so long, and looks at its heap once a minute where that is long enough to say something. */
async function heapLooks(page: Page, lookMs: number): Promise<Sample[]> {
  const startedAt = performance.now()
  const looks: Sample[] = []
  const isSloped = lookMs - warmUpMs(lookMs) >= slopedMs
  await sleep(isSloped ? warmUpMs(lookMs) : lookMs)
  for (let at = performance.now() - startedAt; at < lookMs; at = performance.now() - startedAt) {
    looks.push({ at, value: await heapMb(page) })
    await sleep(Math.max(0, Math.min(minuteMs, lookMs - (performance.now() - startedAt))))
  }
  return looks
}

/** Looks at an open page for so long. */
export async function pageCost(browser: Browser, page: Page, seconds: number): Promise<PageCost> {
  const pid = await rendererOf(browser)
  const heapFirstMb = await heapMb(page)
  const [main, all, startAt] = [threadSeconds(pid, pid), cpuSeconds(pid), performance.now()]
  const looks = await heapLooks(page, seconds * 1000)
  const took = (performance.now() - startAt) / 1000
  const [mainUsed, allUsed] = [threadSeconds(pid, pid) - main, cpuSeconds(pid) - all]
  // Apart from the time that is counted: watching is work, too.
  const tasks = await tasksOf(browser, pid, Math.max(Math.min(20, seconds), seconds / 10))
  const heap = looks.length > 2 ? slopeOf(looks) : { perHour: Number.NaN, within: Number.NaN }
  return {
    mainThread: mainUsed / took,
    process: allUsed / took,
    longTasks: tasks.filter(({ cpuMs }) => cpuMs > 50).length,
    longestMs: tasks.reduce((longest, { cpuMs }) => Math.max(longest, cpuMs), 0),
    longestWallMs: tasks.reduce((longest, { wallMs }) => Math.max(longest, wallMs), 0),
    picturesPerS: await pictures(page, 4000),
    heapFirstMb: looks[0]?.value ?? heapFirstMb,
    heapMb: await heapMb(page),
    heapMbPerHour: heap.perHour,
    heapWithin: heap.within,
  }
}

/** The threads of a process and their CPU seconds, by name: where the rest went. */
export const threadsOf = (pid: number): ReadonlyMap<string, number> => {
  const used = new Map<string, number>()
  for (const tid of readdirSync(`/proc/${pid}/task`)) {
    const name = readFileSync(`/proc/${pid}/task/${tid}/comm`, 'utf8').trim()
    used.set(name, (used.get(name) ?? 0) + threadSeconds(pid, Number(tid)))
  }
  return used
}
