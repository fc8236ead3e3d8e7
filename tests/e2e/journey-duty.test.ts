/**
 * A night of the duty officer, by keyboard alone and on a machine whose clock is five minutes wrong: from a critical alarm to the closed case.
 * The server is killed while an act is on its way to it, and again once it has done one and not said so; the machine sleeps while the crew
 * arrives. Nothing is lost, nothing is done twice, and nobody reloads a page.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { cityHands } from '../support/city-hands.ts'
import { heldLine, type HeldLine } from '../support/held-line.ts'
import { startServer, type RunningServer } from '../support/program.ts'
import { setClockAhead } from '../support/wrong-clock.ts'
import type { Incident } from '../../shared/model/incident.ts'

const minuteMs = 60_000
const wrongMs = 5 * minuteMs
/** A server starts beside a map that is drawn without a graphics card, on two cores. */
const busy = { timeout: 120_000 }
const detail = 'section[aria-label="详情"]'
const gauge = '西河雨量站'

let server: RunningServer
let browser: TestBrowser
let line: HeldLine
let desk: OpenPage
let page: Page
const hands = cityHands(() => server.url)

const shows = (selector: string, ...words: readonly string[]) =>
  words
    .reduce((found, hasText) => found.filter({ hasText }), page.locator(selector))
    .first()
    .waitFor(busy)
const press = (...keys: readonly string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const chosenKey = async () =>
  (await page.locator('[role="option"][aria-selected="true"]').getAttribute('data-key')) ?? ''

/** As a machine without power: nobody is told. It comes back on the same ports, with what it had stored. */
async function killAndStart(): Promise<void> {
  await server.stop('SIGKILL')
  line.cut()
  const { port } = new URL(server.url)
  server = await startServer({
    ...{ dataDir: server.dataDir, port: Number(port), mqttPort: server.mqttPort, readyWithinMs: 120_000 },
  })
}
/**
 * The act that was on its way when the server died: the page sends it again by itself. A server that is away for longer than an officer waits
 * is told as such, and the officer presses again.
 */
async function stands(key: string, selector: string, ...words: readonly string[]): Promise<void> {
  const there = words.reduce((found, hasText) => found.filter({ hasText }), page.locator(selector)).first()
  const refused = page.locator('.notice.refusal')
  for (let presses = 0; presses < 3; presses++) {
    await there.or(refused).first().waitFor(busy)
    if (await there.isVisible()) return
    await press('Escape')
    await refused.waitFor({ state: 'detached' })
    await page.locator('.lamp.live').waitFor(busy)
    if (!(await there.isVisible())) await press(key)
  }
  await there.waitFor(busy)
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ readyWithinMs: 240_000 }), openBrowser()])
  line = await heldLine(Number(new URL(server.url).port))
  desk = await browser.open(line.url, 'duty', '/desk', { countFailures: false })
  ;({ page } = desk)
  await setClockAhead(page, wrongMs)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.reload()
  await page.locator('.lamp.live').waitFor(busy)
  await page.evaluate(() => Object.assign(window, { mark: 'the same page' }))
  // A server, a browser and a map drawn without a graphics card, all starting at once on a busy machine.
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await server?.stop()
})

describe('a duty officer with nothing but a keyboard', () => {
  let incidentId = ''
  let unitId = ''
  const present = () => hands.get<Incident>(`incidents/${incidentId}`)

  it('finds the critical alarm first in the queue, beside what is less', async () => {
    const rain = await hands.device('rainfall', gauge, [122.93, 31.0])
    await hands.request({
      ...{ service_code: 'P0137', lat: '31.01', long: '122.93' },
      ...{ address_string: '枫林街12号', description: '路灯不亮' },
    })
    await shows('[role="option"]', '枫林街12号')
    await rain(3, 82, 84)
    await shows('[role="option"]', gauge, '未确认')
    await press('Home')
    await shows(detail, gauge, '限值 70')
    expect(await page.locator('[role="option"]').first().innerText()).toContain(gauge)
    // The page knows the city's time, not the machine's.
    expect(await page.evaluate(() => Date.now())).toBeGreaterThan(Date.now() + wrongMs - minuteMs)
  })

  it('opens a case while the server dies before it has heard of it: one case, by the same key press', async () => {
    line.lose('to-server')
    await press('o')
    await page.locator(`${detail} button:disabled`).first().waitFor(busy)
    await killAndStart()
    await stands('o', `${detail} [data-verb="dispatch"]`, '派遣')
    const key = await chosenKey()
    expect(key).toMatch(/^incident \d{8}-\d{6}$/)
    incidentId = key.slice('incident '.length)
    const { items } = await hands.get<{ items: Incident[] }>('incidents?limit=50')
    expect(items.filter(({ source }) => source === 'iot').map(({ id }) => id)).toEqual([incidentId])
    expect(await present()).toMatchObject({ state: 'pending-dispatch', priority: 1 })
  })

  it('is told the time that is left, though the machine is five minutes ahead', async () => {
    const { stageDueAt } = await present()
    const dueAt = Date.parse(String(stageDueAt))
    const left = page.locator(`${detail} .limits [data-timeliness]`).first()
    const words = await left.innerText()
    const minutes = Number(/^剩 (\d+) 分$/.exec(words)?.[1])
    expect(Math.abs((dueAt - Date.now()) / minuteMs - minutes - 0.5), words).toBeLessThan(1.5)
    expect(await left.getAttribute('data-timeliness')).toBe('fine')
  })

  it('sends a crew while the server dies after doing so: it is sent once, and the page says so', async () => {
    await press('d')
    await shows(`${detail} [aria-current="true"]`, '预计', '公里')
    unitId = (await page.locator(`${detail} [aria-current="true"]`).getAttribute('data-unit')) ?? ''
    line.lose('to-page')
    await press('Enter')
    // Asked by a line of its own: it is stored, and the page has not heard.
    await expect.poll(async () => (await present()).state, busy).toBe('pending-receipt')
    expect(await page.locator(detail).innerText()).not.toContain('已派未接')
    await killAndStart()
    await shows(detail, '待接令', '已派未接')
    const { assignments } = await present()
    expect(assignments.map((one) => one.unitId)).toEqual([unitId])
    const { items } = await hands.get<{ items: { type: string; actor: string }[] }>(`incidents/${incidentId}/timeline`)
    expect(items.filter(({ type }) => type === 'incident.dispatched').map(({ actor }) => actor)).toEqual(['duty'])
    expect(items.filter(({ type }) => type === 'incident.reported')).toHaveLength(1)
  })

  it('sleeps while the crew arrives, and wakes to what is so now', async () => {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    const crew = `crew-${unitId.toLowerCase()}`
    for (const verb of ['acknowledge', 'depart', 'arrive', 'finish'])
      await hands.submit(crew, { type: `incident.${verb}`, incidentId, unitId })
    await hands.submit('dept', { type: 'incident.feed-back', incidentId, note: '积水已抽排' })
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await shows('[role="option"][aria-selected="true"]', '待核查')
    await devtools.detach()
  })

  it('checks it and closes it', async () => {
    await press('p')
    await shows('[role="option"][aria-selected="true"]', '待结案')
    await press('c')
    await page.getByRole('dialog').waitFor(busy)
    await page.keyboard.type('18')
    await press('Enter')
    await shows(detail, '已结案')
    expect((await present()).state).toBe('closed')
  })

  it('was never asked to load the page anew, and the log is whole', async () => {
    expect(await page.evaluate(() => (window as { mark?: string }).mark)).toBe('the same page')
    expect(desk.complaints.filter((one) => !/WebSocket|ERR_CONNECTION|socket\.io/.test(one))).toEqual([])
    expect(await hands.get('log/verify', 'auditor')).toMatchObject({ ok: true, problem: null })
  })
})
