/** The KPI page in a real browser: strong enough in both themes and languages, every number opens its cases, the address holds the view. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { legibilityOf } from '../support/legibility.ts'
import { ingestKey, startServer, type RunningServer } from '../support/program.ts'

const requests = 9

describe('the KPI page', () => {
  let server: RunningServer
  let browser: TestBrowser
  beforeAll(async () => {
    server = await startServer()
    browser = await openBrowser()
    for (let n = 0; n < requests; n++) {
      const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
        method: 'POST',
        body: new URLSearchParams({
          api_key: ingestKey,
          service_code: n % 3 ? 'E0110' : 'P0137',
          ...(n % 4 ? { lat: String(31 - n / 400), long: String(122.93 + n / 700) } : {}),
          address_string: `望舒路${n}号`,
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

  it.each([
    ['dark', 'zh-CN', '受理'],
    ['light', 'zh-CN', '受理'],
    ['light', 'en', 'Reported'],
  ] as const)('is strong enough and whole, %s, %s', async (theme, language, word) => {
    const { page, complaints } = await browser.open(server.url, 'manager', '/kpi', { theme, language })
    await page.getByRole('heading', { name: word, exact: true }).waitFor()
    await page.locator('table').getByText(String(requests), { exact: true }).first().waitFor()
    const { readings, cut } = await legibilityOf(page)
    expect(readings.length).toBeGreaterThan(50)
    expect(cut).toEqual([])
    expect(readings.filter(({ contrast }) => contrast < 4.5)).toEqual([])
    expect(readings.filter(({ fontPx }) => fontPx < 12)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each([
    ['indicators', 'dark', 'zh-CN'],
    ['alarms', 'light', 'zh-CN'],
    ['times', 'light', 'en'],
  ] as const)('its part %s is strong enough and whole, %s, %s', async (tab, theme, language) => {
    const { page, complaints } = await browser.open(server.url, 'manager', `/kpi?tab=${tab}`, { theme, language })
    await page.locator('table tbody tr').first().waitFor()
    const { readings, cut } = await legibilityOf(page)
    expect(readings.length).toBeGreaterThan(20)
    expect(cut).toEqual([])
    expect(readings.filter(({ contrast }) => contrast < 4.5)).toEqual([])
    expect(readings.filter(({ fontPx }) => fontPx < 12)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('opens the cases behind an indicator', async () => {
    const { page, complaints } = await browser.open(server.url, 'manager', '/kpi?tab=indicators&period=24h')
    await page.locator('[data-row="reported"] [data-figure="value"] button').first().click()
    await page.getByText('望舒路8号').first().waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('opens the cases behind a number, and keeps its view in the address', async () => {
    const { page, complaints } = await browser.open(server.url, 'manager', '/kpi?by=class&period=24h')
    const total = page.locator('table tr').last().getByRole('button').first()
    await total.click()
    await page.getByText('望舒路8号').first().waitFor()
    expect(await page.getByText(/望舒路\d号/).count()).toBeGreaterThanOrEqual(requests)
    await page.keyboard.press('Escape')
    await page.reload()
    await page.locator('table').getByText('暴露垃圾').waitFor()
    await page.keyboard.press('l')
    await page.getByRole('heading', { name: 'Reported', exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe('?by=class&period=24h')
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
