/**
 * Displays that hang for months beside each other: one picture over two machines, one of which has a clock five minutes wrong; a page that slept
 * through the death and return of the server; nothing to scroll, no cursor; and the list of those that are on.
 */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { ingestKey, signIn, startServer, type RunningServer } from '../support/program.ts'
import { setClockAhead } from '../support/wrong-clock.ts'

const wrongMs = 5 * 60_000
const minuteMs = 60_000
/** The time of day in the demo city. */
const clockAt = (at: number) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' }).format(at)
const sceneOf = (page: Page) => page.locator('main.wall').getAttribute('data-scene')
const canvas = {
  ...{ width: 3880, height: 1080 },
  parts: [
    { id: 'left', x: 0, y: 0, width: 1920, height: 1080 },
    { id: 'right', x: 1960, y: 0, width: 1920, height: 1080 },
  ],
}

describe('displays that hang for months', () => {
  let server: RunningServer
  let browser: TestBrowser
  let chief: string

  async function submit(command: Record<string, unknown>): Promise<void> {
    const answer = await fetch(`${server.url}/api/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: chief, origin: server.url },
      body: JSON.stringify({ commandId: randomUUID(), ...command }),
    })
    if (!answer.ok) throw new Error(`${String(command.type)}: ${answer.status} ${await answer.text()}`)
  }
  /** A turn that is on now, by the city's clock, and is not by one that is five minutes ahead. */
  const setProgramme = () => {
    const now = Date.now()
    const turn = { from: clockAt(now - 2 * minuteMs), to: clockAt(now + 4 * minuteMs), scenes: ['sensors'] }
    const displays = [{ id: 'hall', name: { zh: '指挥大厅', en: 'Hall' }, canvas, turns: [turn] }]
    return submit({ type: 'wall.set-programme', programme: { usual: [], displays }, reason: '测试' })
  }
  const displaysOn = async (state: 'on' | 'lost') => {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    return Number(new RegExp(`^tongguan_displays\\{state="${state}"\\} (\\d+)`, 'm').exec(text)?.[1])
  }
  const restart = async () => {
    const { port } = new URL(server.url)
    await server.stop('SIGKILL')
    server = await startServer({ dataDir: server.dataDir, port: Number(port), mqttPort: server.mqttPort })
  }

  beforeAll(async () => {
    server = await startServer()
    browser = await openBrowser()
    chief = await signIn(server.url, 'chief')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('are one picture over two machines, in step though a clock is five minutes wrong, and are known to be on', async () => {
    await setProgramme()
    const left = (await browser.open(server.url, 'wall', '/wall?display=left')).page
    const right = (await browser.open(server.url, 'wall', '/wall?display=right')).page
    await setClockAhead(right, wrongMs)
    await right.reload()
    for (const page of [left, right]) await page.locator('main.wall[data-scene="sensors"] .clock time').waitFor()
    expect(await right.evaluate(() => Date.now())).toBeGreaterThan(Date.now() + wrongMs - minuteMs)
    const told = () => Promise.all([left, right].map((page) => page.locator('.clock time').textContent()))
    await expect.poll(async () => new Set(await told()).size, { timeout: 60_000 }).toBe(1)

    const boxes = await Promise.all([left, right].map((page) => page.locator('main.wall').boundingBox()))
    const [first, second] = boxes
    expect(first).toMatchObject({ width: 3880, height: 1080 })
    // Each moved by the same few pixels against burning in; the right machine begins where its part does.
    expect(second?.x).toBe((first?.x ?? NaN) - 1960)
    expect(Math.abs(first?.x ?? NaN)).toBeLessThanOrEqual(3)
    await expect.poll(() => displaysOn('on'), { timeout: 60_000 }).toBe(2)
    expect(await displaysOn('lost')).toBe(0)

    await submit({ type: 'wall.push', display: 'hall', scene: 'flood', minutes: 5 })
    for (const page of [left, right]) await page.locator('main.wall[data-scene="flood"]').waitFor({ timeout: 60_000 })
    await submit({ type: 'wall.set-programme', programme: null, reason: '测试' })
    for (const page of [left, right]) await page.context().close()
  })

  it('have no cursor and nothing to scroll', async () => {
    const { page } = await browser.open(server.url, 'wall', '/wall?display=left', { width: 1280, height: 720 })
    await page.locator('main.wall').waitFor()
    expect(await page.locator('main.wall').evaluate((wall) => getComputedStyle(wall).cursor)).toBe('none')
    const room = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
      return [
        scrollWidth - innerWidth,
        scrollHeight - innerHeight,
        innerWidth - clientWidth,
        innerHeight - clientHeight,
      ]
    })
    expect(room).toEqual([0, 0, 0, 0])
    await page.context().close()
  })

  it('that slept while the server died and came back go on, and were never loaded anew', async () => {
    const { page } = await browser.open(server.url, 'wall', '/wall', { countFailures: false })
    await page.locator('.lamp.live').waitFor()
    await page.evaluate(() => Object.assign(window, { mark: 'the same page' }))
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await restart()
    const body = new URLSearchParams({
      ...{ api_key: ingestKey, service_code: 'E0110', lat: '31', long: '122.93' },
      ...{ address_string: '醒来路1号', description: '麻烦来看看' },
    })
    const answer = await fetch(`${server.url}/open311/v2/requests.json`, { method: 'POST', body })
    expect(answer.ok).toBe(true)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await page.getByText('醒来路1号').first().waitFor({ timeout: 90_000 })
    await page.locator('.lamp.live').waitFor({ timeout: 90_000 })
    expect(await page.evaluate(() => (window as { mark?: string }).mark)).toBe('the same page')
    expect(await sceneOf(page)).toBe('overview')
    await page.context().close()
  })
})
