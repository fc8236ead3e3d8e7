/**
 * The wall as a room sees it: at every size it is made for nothing is cut off, too small or too faint, nobody is complained to, and no
 * other host is asked. A P1 case takes it; a lost server is said, and forgotten when it is back.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { legibilityOf } from '../support/legibility.ts'
import { ingestKey, startServer, type RunningServer } from '../support/program.ts'

const json = { 'content-type': 'application/json', 'x-api-key': ingestKey }
const sizes = [
  [1280, 720],
  [1920, 1080],
  [2560, 1440],
  [3840, 2160],
  [7680, 2160],
] as const

describe('the wall', () => {
  let server: RunningServer
  let browser: TestBrowser
  let smokeId = 0

  const post = async (path: string, body: unknown): Promise<Response> => {
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const observe = (result: number) =>
    post(`/sta/v1.1/Datastreams(${smokeId})/Observations`, { result, phenomenonTime: new Date().toISOString() })

  beforeAll(async () => {
    server = await startServer()
    browser = await openBrowser()
    const thing = await post('/sta/v1.1/Things', {
      name: '滨河小区3号楼',
      description: '独立式烟感',
      Locations: [
        {
          name: '滨河小区3号楼',
          description: '楼道',
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: [122.93, 31.0] },
        },
      ],
      Datastreams: [
        {
          name: '滨河小区烟感001',
          description: '烟感状态',
          observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
          unitOfMeasurement: { name: null, symbol: null, definition: null },
          properties: { kind: 'smoke' },
          ObservedProperty: { name: '烟感状态', definition: 'urn:tongguan:property:smoke', description: '1 = 报警' },
          Sensor: { name: '光电式', description: '光电式', encodingType: 'text/plain', metadata: '-' },
        },
      ],
    })
    const id = ((await thing.json()) as { '@iot.id': number })['@iot.id']
    const list = await fetch(`${server.url}/sta/v1.1/Things(${id})/Datastreams`, { headers: json })
    smokeId = ((await list.json()) as { value: { '@iot.id': number }[] }).value[0]?.['@iot.id'] ?? 0
    for (let n = 0; n < 12; n++) {
      const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
        method: 'POST',
        body: new URLSearchParams({
          api_key: ingestKey,
          service_code: n % 2 ? 'E0110' : 'P0137',
          lat: String(31 + n / 500),
          long: String(122.93 + n / 700),
          address_string: `沐风路<b>${n}</b>号`,
          description: '麻烦来看看',
        }),
      })
      if (!answer.ok) throw new Error(`request ${n}: ${answer.status} ${await answer.text()}`)
    }
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  it.each(sizes)('is whole, large and strong enough at %i × %i', async (width, height) => {
    await observe(0)
    const { page, complaints } = await browser.open(server.url, 'wall', '/wall', { width, height })
    await page.getByText('沐风路').first().waitFor()
    await page.locator('canvas').waitFor()
    await page.waitForFunction(() => document.fonts.status === 'loaded')
    const { readings, cut, overflows } = await legibilityOf(page)
    expect(readings.length).toBeGreaterThan(40)
    expect(overflows).toBe(false)
    expect(cut).toEqual([])
    const smallest = (height / 1080) * 18
    expect(readings.filter(({ fontPx }) => fontPx < smallest - 0.01)).toEqual([])
    expect(readings.filter(({ contrast }) => contrast < 7)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('is taken by a critical case, says who is on it, and never shows text from outside as HTML', async () => {
    const { page, complaints } = await browser.open(server.url, 'wall', '/wall')
    await page.getByText('沐风路').first().waitFor()
    expect(await page.getByText('沐风路<b>').count()).toBeGreaterThan(0)
    await observe(1)
    await page.getByText('烟感火警').first().waitFor({ timeout: 10_000 })
    await page.locator('p', { hasText: '特急事件' }).waitFor({ timeout: 10_000 })
    await page.keyboard.press('l')
    await page.getByRole('heading', { name: 'Wrong now' }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says that the server is lost, keeps its picture, and comes back by itself', async () => {
    const { page } = await browser.open(server.url, 'wall', '/wall', { countFailures: false })
    await page.getByText('沐风路').first().waitFor()
    await page.evaluate(() => Object.assign(window, { mark: 'the same page' }))
    const { port } = new URL(server.url)
    await server.stop('SIGKILL')
    await page.getByRole('alert').getByText('连接已中断').waitFor({ timeout: 30_000 })
    expect(await page.getByText('沐风路').count()).toBeGreaterThan(0)
    server = await startServer({ dataDir: server.dataDir, port: Number(port), mqttPort: server.mqttPort })
    await page.getByRole('alert').waitFor({ state: 'detached', timeout: 60_000 })
    expect(await page.evaluate(() => (window as { mark?: string }).mark)).toBe('the same page')
    await page.context().close()
  })
})
