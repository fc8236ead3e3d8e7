/**
 * A call taken and a crew sent by the keyboard alone, against a real server. Speed is counted in key presses, which no machine's load changes:
 * 15 s are 53 presses of an average typist (keystroke-level model: 0.28 s each), with each Chinese word typed by its whole pinyin and one key more.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { soundOf } from '../../server/src/city/sound-of.ts'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { ingestKey, signIn, startServer, type RunningServer } from '../support/program.ts'

const pressesIn15s = Math.floor(15 / 0.28)
const detail = 'section[aria-label="详情"]'
let server: RunningServer
let browser: TestBrowser
let duty: OpenPage
let presses = 0

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ readyWithinMs: 240_000 }), openBrowser()])
  duty = await browser.open(server.url, 'duty', '/desk')
  await duty.page.emulateMedia({ reducedMotion: 'reduce' })
  await duty.page.getByText('实时').first().waitFor({ timeout: 120_000 })
  // A server, a browser and a map drawn without a graphics card, all starting at once on a busy machine.
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const shows = (page: Page, selector: string, words: string) =>
  page.locator(selector).filter({ hasText: words }).first().waitFor()
async function press(key: string): Promise<void> {
  presses += 1
  await duty.page.keyboard.press(key)
}
/** Typed as an input method takes it: the pinyin of each word, and a key that ends it. */
async function say(...words: string[]): Promise<void> {
  for (const word of words) presses += soundOf(word).whole.length + 1
  await duty.page.keyboard.insertText(words.join(''))
}
async function letters(text: string): Promise<void> {
  presses += text.length
  await duty.page.keyboard.type(text)
}
async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, { headers: { cookie: await signIn(server.url, 'duty') } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}
interface Place {
  readonly address: string
  readonly withinM: number
}
/** A road of this city that its first letters find first. */
async function road(): Promise<{ readonly name: string; readonly initials: string }> {
  const { features } = await get<{ features: { properties: { name?: string } }[] }>('/map/layers/roads.geojson')
  for (const name of new Set(features.map(({ properties }) => properties.name ?? ''))) {
    if (!/^\p{Script=Han}{2,3}路$/u.test(name)) continue
    const { initials } = soundOf(name)
    const { items } = await get<{ items: Place[] }>(`/api/v1/places?q=${initials}`)
    if (items[0]?.address === name && items[0].withinM <= 1000) return { name, initials }
  }
  throw new Error('no road of this city is found by its first letters')
}

it('a call is a case with its place on map and grid within 15 s of key presses', async () => {
  const { page } = duty
  const { name, initials } = await road()
  presses = 0
  await press('n')
  await page.locator('dialog[open]').waitFor()
  await say('路面', '积水')
  await press('Tab')
  await letters(initials)
  await page.locator('dialog [role="option"]').first().waitFor()
  await press('Enter')
  await shows(page, 'dialog [data-part="place"]', '网格')
  // Read out of the words: nothing is chosen by hand.
  await page.locator('dialog [data-part="class"]').waitFor()
  await press('Enter')
  await shows(page, `${detail} h2`, '路面积水')
  console.info(`from the ringing phone to the case: ${presses} presses, ${initials} for ${name}`)
  expect(presses).toBeLessThanOrEqual(pressesIn15s)
  await shows(page, detail, name)
  const [, id] = /(\d{8}-\d{6})/.exec(await page.locator(detail).innerText()) ?? []
  const filed = await get<{ position: unknown; districtId: string | null; address: string }>(`/api/v1/incidents/${id}`)
  expect(filed).toMatchObject({ address: name, position: { type: 'Point' }, districtId: expect.any(String) })
})

it('a second call of the same is shown the first before it is filed', async () => {
  const { page } = duty
  const { initials } = await road()
  await press('n')
  await page.locator('dialog[open]').waitFor()
  await say('路面', '积水')
  await press('Tab')
  await letters(initials)
  await page.locator('dialog [role="option"]').first().waitFor()
  await press('Enter')
  await page.locator('dialog [data-candidate]').first().waitFor()
  await press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
})

it('from a new report of the highest priority to the crew sent: at most four presses', async () => {
  const { page } = duty
  const classes = await get<{ caseClasses: { code: string; priority: number }[] }>('/api/v1/city')
  const gravest = classes.caseClasses.find(({ code, priority }) => priority === 1 && code.startsWith('E'))
  expect(gravest).toBeDefined()
  const { name } = await road()
  const [{ position }] = (await get<{ items: { position: { coordinates: [number, number] } }[] }>(
    `/api/v1/places?q=${encodeURIComponent(name)}`,
  ).then(({ items }) => items)) as [{ position: { coordinates: [number, number] } }]
  const [lon, lat] = position.coordinates
  const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...{ api_key: ingestKey, service_code: gravest?.code ?? '', long: String(lon), lat: String(lat) },
      ...{ address_string: `${name}1号`, description: '有人被困' },
    }).toString(),
  })
  expect(answer.status).toBeLessThan(300)
  await shows(page, '[role="option"]', `${name}1号`)
  presses = 0
  await press('Home')
  await shows(page, detail, `${name}1号`)
  await press('f')
  await page.locator(`${detail} [data-verb="dispatch"]`).waitFor()
  await press('d')
  await page.locator(`${detail} [aria-current="true"]`).filter({ hasText: '预计' }).waitFor()
  await press('Enter')
  await shows(page, detail, '已派未接')
  expect(presses).toBeLessThanOrEqual(4)
  expect(duty.complaints).toEqual([])
})
