/**
 * A base map of somebody else beneath our own layers: pages ask nobody but this server for it; it goes away and comes back, and pages say
 * so; one drawn in GCJ-02 is drawn over where it has a place, and what is picked on it is of WGS 84.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toGcj02 } from '../../shared/contract/gcj02.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { startOutsideMap, type OutsideMap } from '../support/outside-map.ts'
import { ingestKey, startServer, type RunningServer } from '../support/program.ts'

const policy =
  "default-src 'self';script-src 'self';worker-src 'self' blob:;style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;" +
  "font-src 'self' data:;connect-src 'self';object-src 'none';base-uri 'self';form-action 'self';frame-ancestors 'none'"
const awayWords = '外部底图无法加载，已改用本市底图'
const place: LonLat = [122.93, 31.0]

let browser: TestBrowser
let outside: OutsideMap
const servers: RunningServer[] = []
const start = async (env: Record<string, string> = {}) => {
  const server = await startServer({ env: { MAP_STYLE: `${outside.url}/style.json`, ...env } })
  servers.push(server)
  return server
}
beforeAll(async () => {
  ;[browser, outside] = await Promise.all([openBrowser(), startOutsideMap()])
})
afterAll(async () => {
  await browser?.close()
  for (const server of servers) await server.stop()
  await outside?.close()
})
const wheel = async (page: Awaited<ReturnType<TestBrowser['open']>>['page'], steps: number) => {
  const box = await page.locator('.city-map').boundingBox()
  if (box === null) throw new Error('no map')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let step = 0; step < steps; step++) {
    await page.mouse.wheel(0, -200)
    await page.waitForTimeout(120)
  }
}
/** Tiles asked of the other side, of its nearest zoom; resolves when none more come. */
async function nearestTiles(): Promise<{ z: number; x: number; y: number }[]> {
  for (let before = -1; before !== outside.asked.length;) {
    before = outside.asked.length
    await new Promise((done) => setTimeout(done, 2_000))
  }
  const tiles = outside.asked.flatMap((path) => {
    const [, z, x, y] = /^\/tiles\/(\d+)\/(\d+)\/(\d+)\.png\?key=1$/.exec(path) ?? []
    return y === undefined ? [] : [{ z: Number(z), x: Number(x), y: Number(y) }]
  })
  const z = Math.max(...tiles.map((tile) => tile.z))
  return tiles.filter((tile) => tile.z === z)
}

describe('an outside base map', () => {
  it('lies beneath our layers, by the server alone; away it is said, and back it is shown again', async () => {
    const server = await start()
    const { page, complaints } = await browser.open(server.url, 'duty', '/desk')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByText('© Somebody').waitFor()
    await nearestTiles()
    expect(outside.asked.some((path) => path.startsWith('/tiles/'))).toBe(true)
    expect(outside.asked).toContain('/names.geojson')
    expect(outside.asked.some((path) => /^\/sprite(@2x)?\.json\?key=1$/.test(path))).toBe(true)
    expect(outside.asked.filter((path) => path.includes('font'))).toEqual([])
    const answer = await page.request.get(`${server.url}/desk`)
    expect(answer.headers()['content-security-policy']).toBe(policy)
    expect(await page.getByText(awayWords).count()).toBe(0)
    expect(complaints).toEqual([])
    // In the other theme it lies there again.
    await page.getByRole('button', { name: '切换明暗主题' }).click()
    await page.waitForTimeout(1_500)
    expect(await page.getByText('© Somebody').count()).toBe(1)
    expect(complaints).toEqual([])

    outside.fail(500)
    await wheel(page, 6)
    await page.getByText(awayWords).waitFor({ timeout: 60_000 })
    // Tiles that failed are answered so, and nothing else is complained of.
    expect(complaints.filter((one) => !one.startsWith(`503: ${server.url}/map/outside/`))).toEqual([])
    const asked = complaints.length
    outside.fail(null)
    await page.getByText(awayWords).waitFor({ state: 'hidden', timeout: 60_000 })
    await page.getByText('© Somebody').waitFor()
    await nearestTiles()
    expect(complaints.slice(asked).filter((one) => !one.startsWith(`503: ${server.url}/map/outside/`))).toEqual([])
    await page.context().close()
  })

  it('that is not there at the start is said on the wall without a word in the console, and comes', async () => {
    outside.fail('hang-up')
    const server = await start()
    const { page, complaints } = await browser.open(server.url, 'wall', '/wall')
    await page.getByText(awayWords).waitFor()
    const ground = await page.waitForResponse((response) => response.url().includes('/map/tiles/'))
    expect(ground.ok()).toBe(true)
    expect(complaints).toEqual([])
    outside.fail(null)
    await page.getByText(awayWords).waitFor({ state: 'hidden', timeout: 60_000 })
    await page.getByText('© Somebody').waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('drawn in GCJ-02 has a place where GCJ-02 has it, and tells the place in WGS 84', async () => {
    const server = await start({ MAP_CRS: 'gcj02' })
    const report = async (words: Record<string, string>) => {
      const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-api-key': ingestKey },
        body: new URLSearchParams({ service_code: 'E0101', description: '路灯不亮', ...words }),
      })
      const body = (await answer.json()) as { service_request_id: string }[]
      return body[0]?.service_request_id ?? JSON.stringify(body)
    }
    const located = await report({ lat: String(place[1]), long: String(place[0]) })
    const unlocated = await report({ address_string: '某处' })
    const { page, complaints } = await browser.open(server.url, 'duty', '/desk')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByText('© Somebody').waitFor()
    const choose = async (id: string) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type(id)
      await page.keyboard.press('Enter')
      await page.locator('section[aria-label="详情"]').getByText(id).first().waitFor()
    }
    await choose(located)
    await page.waitForTimeout(1_500)
    outside.asked.length = 0
    await wheel(page, 12)
    const tiles = await nearestTiles()
    const middle = (of: (tile: { x: number; y: number }) => number) => {
      const all = tiles.map(of)
      return (Math.min(...all) + Math.max(...all) + 1) / 2
    }
    const [z, x, y] = [tiles[0]?.z ?? 0, middle((tile) => tile.x), middle((tile) => tile.y)]
    expect(z).toBe(18)
    const inTiles = ([lon, lat]: LonLat) => {
      const sine = Math.sin((lat * Math.PI) / 180)
      return [(lon / 360 + 0.5) * 2 ** z, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z] as const
    }
    const off = (at: LonLat) => Math.hypot(inTiles(at)[0] - x, inTiles(at)[1] - y)
    // A tile is some 130 m wide; the two systems lie three of them apart.
    expect(off(toGcj02(place))).toBeLessThan(1)
    expect(off(place)).toBeGreaterThan(2)

    await choose(unlocated)
    await page.keyboard.press('m')
    await page.locator('.cross').waitFor()
    await page.keyboard.press('Enter')
    const positionOf = async () => {
      const answer = await page.request.get(`${server.url}/api/v1/incidents/${unlocated}`)
      return ((await answer.json()) as { position: { coordinates: [number, number] } | LonLat | null }).position
    }
    await expect.poll(positionOf, { timeout: 15_000 }).not.toBeNull()
    const found = await positionOf()
    const at = (found !== null && 'coordinates' in found ? found.coordinates : found) as LonLat
    expect(distanceM(at, place)).toBeLessThan(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
