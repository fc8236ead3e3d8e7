/**
 * The map's tools on the desk in a real browser, by mouse and by keys: a distance, what lies in a ring, a layer hidden, all cases kept in view,
 * a crew followed until somebody steers. Where the map is, is read from what it tells the server it shows.
 */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { distanceM, type BBox, type LonLat } from '../../shared/model/geo.ts'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { ingestKey, signIn, startServer, type RunningServer } from '../support/program.ts'

/** A server, a browser and a map drawn without a graphics card share a busy machine. */
const slow = { timeout: 120_000 }
/** Of a map's own places, told in four decimals. */
const withinM = 60

let server: RunningServer
let browser: TestBrowser
let duty: OpenPage
let page: Page
let cookie = ''
/** What the map said last that it shows. */
let shown: BBox | null = null
const unit = { id: '', at: [0, 0] as LonLat }
const cases: { id: string; at: LonLat }[] = []

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${server.url}/api/v1${path}`, { headers: { cookie } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}
async function submit(command: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: server.url },
    body: JSON.stringify({ commandId: randomUUID(), ...command }),
  })
  const body = (await answer.json()) as { ok: boolean; data: Record<string, unknown> }
  expect(body, String(command['type'])).toEqual(expect.objectContaining({ ok: true }))
  return body.data
}
/** The crew's terminal tells where it is. */
async function tell([lon, lat]: LonLat): Promise<void> {
  const answer = await fetch(`${server.url}/owntracks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': ingestKey, 'x-limit-u': unit.id },
    body: JSON.stringify({ _type: 'location', tid: 'xx', lon, lat, tst: Math.floor(Date.now() / 1000) }),
  })
  expect(answer.status).toBe(200)
}
const middle = ([west, south, east, north]: BBox): LonLat => [(west + east) / 2, (south + north) / 2]
const holds = ([west, south, east, north]: BBox, [lon, lat]: LonLat) =>
  west <= lon && lon <= east && south <= lat && lat <= north
const view = (is: (box: BBox) => boolean, what: string) =>
  expect.poll(() => (shown !== null && is(shown) ? what : shown), slow).toBe(what)
const button = (name: RegExp | string) => page.getByRole('button', { name })
const map = () => page.getByRole('application')
/** A place of the map by shares of its size. */
async function spot(x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await map().boundingBox()
  if (box === null) throw new Error('there is no map')
  return { x: box.x + box.width * x, y: box.y + box.height * y }
}
const metres = (text: string) => {
  const [, n, word] = /([\d.]+) (米|公里)/.exec(text) ?? []
  return Number(n) * (word === '公里' ? 1000 : 1)
}

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ readyWithinMs: 240_000 }), openBrowser()])
  cookie = await signIn(server.url, 'duty')
  const { items } = await get<{ items: { kind: string; position: { coordinates: [number, number] } }[] }>('/resources')
  const at = items.find(({ kind }) => kind === 'hospital')?.position.coordinates as LonLat
  for (const [title, place] of [
    ['医院门口积水', at],
    ['路口积水', [at[0] + 0.02, at[1] + 0.01] as const],
  ] as const) {
    const { incidentId } = await submit({ type: 'incident.report', classCode: 'E0506', title, position: place })
    cases.push({ id: String(incidentId), at: place })
  }
  await submit({ type: 'incident.file', incidentId: cases[0]?.id })
  // Whoever can be sent at this hour.
  const proposed = await get<{ items: { unitId: string }[] }>(`/incidents/${cases[0]?.id ?? ''}/recommendations`)
  unit.id = proposed.items[0]?.unitId ?? ''
  unit.at = [at[0] - 0.01, at[1]]
  await submit({ type: 'incident.dispatch', incidentId: cases[0]?.id, unitId: unit.id })

  duty = await browser.open(server.url, 'duty', '/api/v1/session')
  page = duty.page
  // Listened to before there is a map.
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const [, said] = /^\d+(\["map:view",.*\])$/.exec(String(payload)) ?? []
      if (said === undefined) return
      const [, seen] = JSON.parse(said) as [string, { bbox: BBox } | null]
      shown = seen?.bbox ?? null
    }),
  )
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${server.url}/desk/${cases[0]?.id ?? ''}`)
  await page.getByText('实时').first().waitFor(slow)
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

it('a distance is measured by clicks, and its last point taken back', async () => {
  await view(() => true, 'a map')
  await page.keyboard.press('.')
  await button('测距').click()
  const said = page.locator('.tools > p[role="status"]')
  await expect.poll(() => said.innerText()).toBe('在地图上依次点选')
  for (const x of [0.2, 0.35]) {
    const at = await spot(x, 0.8)
    await page.mouse.click(at.x, at.y)
  }
  await expect.poll(() => said.innerText(), slow).toMatch(/^[\d.]+ (米|公里)$/)
  const first = metres(await said.innerText())
  const third = await spot(0.5, 0.8)
  await page.mouse.click(third.x, third.y)
  // As long again: the points lie on one line, at one latitude.
  await expect.poll(async () => metres(await said.innerText()) / first, slow).toBeCloseTo(2, 1)
  await button('退一点').click()
  await expect.poll(async () => metres(await said.innerText()) / first).toBeCloseTo(1, 2)
  await button('测距').click()
  expect(await said.count()).toBe(0)
}, 180_000)

it('what lies round the selected case is found by keys, by kind, nearest first', async () => {
  await button('周边资源').focus()
  await page.keyboard.press('Enter')
  const found = page.locator('.tools .found li')
  await expect
    .poll(() => page.locator('.kinds option').allInnerTexts(), slow)
    .toContainEqual(expect.stringMatching(/^医院 \d+$/))
  await page.locator('.kinds select').selectOption('hospital')
  // The case lies at a hospital's door.
  await expect.poll(() => found.first().innerText()).toMatch(/医院[^]*\s0 米$/)
  const all = (await found.allInnerTexts()).map(metres)
  expect(all).toEqual([...all].sort((a, b) => a - b))
  await page.keyboard.press('Escape')
}, 120_000)

it('a layer is hidden by keys and stays hidden when the page is loaded anew', async () => {
  if ((await page.locator('.tools').count()) === 0) await page.keyboard.press('.')
  await page.locator('.tools input[type="search"]').fill('案件')
  const box = page.locator('.layer input')
  await expect.poll(() => box.count()).toBe(1)
  await box.focus()
  await page.keyboard.press('Space')
  // What the map itself is told to leave out.
  await page.locator('.no-pulse').waitFor({ state: 'attached', ...slow })
  shown = null
  await page.reload()
  await page.getByText('实时').first().waitFor(slow)
  await page.locator('.no-pulse').waitFor({ state: 'attached', ...slow })
  await view(() => true, 'a map')
  await page.keyboard.press('.')
  await page.locator('.layer input').first().setChecked(true)
  await expect.poll(() => page.locator('.no-pulse').count(), slow).toBe(0)
  await page.keyboard.press('Escape')
}, 300_000)

it('all open cases are kept in view, and there are more of them', async () => {
  await page.keyboard.press(';')
  await view((box) => cases.every(({ at }) => holds(box, at)), 'all cases')
  const [first] = cases
  const far: LonLat = [(first?.at[0] ?? 0) - 0.03, (first?.at[1] ?? 0) - 0.02]
  expect(shown !== null && holds(shown, far)).toBe(false)
  await submit({ type: 'incident.report', classCode: 'E0506', title: '远处积水', position: far })
  await view((box) => holds(box, far), 'the new case too')
  await page.keyboard.press(';')
  await expect.poll(() => button(/^锁定全部事件/).getAttribute('aria-pressed')).toBe('false')
}, 300_000)

it('the crew of the case is followed by a key, with its way, until somebody steers', async () => {
  const near = (place: LonLat) => (box: BBox) => distanceM(middle(box), place) < withinM
  await tell(unit.at)
  const crew = page.getByRole('region', { name: '地图上的队伍' })
  await expect
    .poll(async () => {
      if ((await crew.count()) === 0) await page.keyboard.press(',')
      return crew.count()
    }, slow)
    .toBe(1)
  await view(near(unit.at), 'the crew')
  const follow = button(/^跟随/)
  expect(await follow.getAttribute('aria-pressed')).toBe('true')
  const on: LonLat = [unit.at[0] + 0.004, unit.at[1] + 0.002]
  // A terminal's clock is in seconds, and a fix no newer than the last is none.
  await expect
    .poll(async () => (await tell(on), crew.innerText()), { ...slow, interval: 1100 })
    .toMatch(/轨迹自 \d\d:\d\d:\d\d 起/)
  await view(near(on), 'the crew further on')
  const [from, to] = [await spot(0.5, 0.7), await spot(0.7, 0.5)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => follow.getAttribute('aria-pressed'), slow).toBe('false')
  await view((box) => !near(on)(box), 'where somebody steered to')
  // The crew stays looked at; the same key goes with it again.
  await page.locator('body').press(',')
  await view(near(on), 'the crew again')
  expect(duty.complaints).toEqual([])
}, 300_000)
