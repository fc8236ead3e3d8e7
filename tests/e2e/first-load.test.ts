/** What a wall costs the line at its first load, and what it costs when it comes back: bytes as the browser counted them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { startServer, type RunningServer } from '../support/program.ts'

/** Before the map: pages, styles, letters, and what the page asks of the server. */
const firstLoadBytes = 1_500_000
/** A page that is known costs its index and its data. */
const nextLoadBytes = 100_000

interface Load {
  readonly path: string
  /** Of what crossed the line; 0 = it came from the browser's cache. */
  readonly bytes: number
  readonly encoding: string
}
/** The map and its ground: drawn after the page, and known to the browser apart. */
const isOfMap = (path: string) => /^\/map\/|\/assets\/(map-|CityMap|maplibre)/.test(path)

/** Everything the page asks for from now on, with the bytes that crossed the line, headers included. */
async function counted(page: Page): Promise<{ all(): Load[]; forget(): void }> {
  const line = await page.context().newCDPSession(page)
  const loads = new Map<string, Load>()
  await line.send('Network.enable')
  line.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url)
    const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
    loads.set(requestId, { path: pathname, bytes: 0, encoding: encoding ?? '' })
  })
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const load = loads.get(requestId)
    if (load) loads.set(requestId, { ...load, bytes: encodedDataLength })
  })
  return { all: () => [...loads.values()], forget: () => loads.clear() }
}
const sum = (loads: readonly Load[]) => loads.reduce((total, { bytes }) => total + bytes, 0)

describe('the wall on the line', () => {
  let server: RunningServer
  let browser: TestBrowser
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startServer({ readyWithinMs: 220_000 }), openBrowser()])
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('is kept open, unused, for longer than a proxy keeps it', async () => {
    const answer = await fetch(`${server.url}/favicon.svg`)
    await answer.arrayBuffer()
    expect(answer.headers.get('keep-alive')).toBe('timeout=65')
  })

  it('comes within its budget at first, packed, and from the cache the second time', async () => {
    const { page } = await browser.open(server.url, 'wall', '/favicon.svg')
    const count = await counted(page)
    const line = await page.context().newCDPSession(page)
    await line.send('Network.clearBrowserCache')
    const shown = async () => {
      await page.locator('canvas').first().waitFor()
      await page.getByText('实时').first().waitFor()
      await page.waitForFunction(() => document.fonts.status === 'loaded')
      await page.waitForLoadState('networkidle')
    }

    await page.goto(`${server.url}/wall`)
    await shown()
    const first = count.all().filter(({ path }) => !isOfMap(path))
    const fonts = first.filter(({ path }) => path.endsWith('.woff2'))
    console.info(
      `first load: ${sum(first)} bytes before the map (${fonts.length} pieces of the font: ${sum(fonts)}), ` +
        `${sum(count.all().filter(({ path }) => isOfMap(path)))} of the map`,
    )
    for (const one of first.sort((a, b) => b.bytes - a.bytes).slice(0, 12)) console.info(`${one.bytes} ${one.path}`)
    expect(first.some(({ path }) => path === '/wall')).toBe(true)
    expect(fonts.length).toBeGreaterThan(0)
    expect(sum(first)).toBeLessThanOrEqual(firstLoadBytes)
    // Other pages' parts are not among them, and what is text came packed.
    expect(first.filter(({ path }) => /(Desk|Kpi|Duty)Page/.test(path))).toEqual([])
    const scripts = first.filter(({ path }) => /\.(js|css)$/.test(path))
    expect(scripts.filter(({ encoding, bytes }) => encoding !== 'br' && bytes > 2_000)).toEqual([])

    count.forget()
    await page.goto(`${server.url}/wall`)
    await shown()
    const second = count.all().filter(({ path }) => !path.startsWith('/map/'))
    const assets = second.filter(({ path }) => path.startsWith('/assets/'))
    console.info(`second load: ${sum(second)} bytes`)
    expect(assets.length).toBeGreaterThan(3)
    expect(assets.filter(({ bytes }) => bytes > 0)).toEqual([])
    expect(sum(second)).toBeLessThanOrEqual(nextLoadBytes)
    await page.context().close()
  })

  it('sends assets for ever and the index by its name', async () => {
    const index = await fetch(`${server.url}/sign-in`)
    const html = await index.text()
    expect(index.headers.get('cache-control')).toBe('no-cache')
    const known = await fetch(`${server.url}/sign-in`, {
      headers: { 'if-none-match': index.headers.get('etag') ?? '' },
    })
    expect(known.status).toBe(304)
    const script = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? ''
    const asset = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'br' } })
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-encoding')).toBe('br')
    const plain = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(await asset.text())
    expect((await fetch(`${server.url}${script}.br`)).status).toBe(404)
  })
})
