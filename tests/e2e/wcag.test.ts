/**
 * WCAG 2.2 A and AA on every page people work on, in both themes and languages, with things on it: nothing is broken. And what the pages
 * share: letters that grow with the window, a title that tells the page and its city, a page for those who went astray.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { legibilityOf } from '../support/legibility.ts'
import { ingestKey, startServer, type RunningServer } from '../support/program.ts'
import { brokenRulesOf } from '../support/wcag.ts'

const looks = [
  ['dark', 'zh-CN'],
  ['light', 'zh-CN'],
  ['light', 'en'],
  ['dark', 'en'],
] as const

let server: RunningServer
let browser: TestBrowser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  for (let n = 0; n < 6; n++) {
    const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
      method: 'POST',
      body: new URLSearchParams({
        api_key: ingestKey,
        service_code: n % 2 ? 'E0110' : 'P0137',
        lat: String(31 + n / 500),
        long: String(122.93 + n / 700),
        address_string: `沐风路${n}号`,
        description: '麻烦来看看',
        phone: '13812345678',
      }),
    })
    if (!answer.ok) throw new Error(`request ${n}: ${answer.status} ${await answer.text()}`)
  }
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Turns the page by its own buttons, as a person would. */
async function wear(page: Page, theme: string, language: string): Promise<void> {
  const html = page.locator('html')
  if ((await html.getAttribute('data-theme')) !== theme)
    await page.getByRole('button', { name: /^(切换明暗主题|Switch between dark and light)$/ }).click()
  if ((await html.getAttribute('lang')) !== language)
    await page.getByRole('button', { name: /^(English|中文)$/ }).click()
  await page.locator(`html[data-theme="${theme}"][lang="${language}"]`).waitFor()
  // What changes its colour in a moment has done so.
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))))
}

/** Opens a page, brings it into a state, and lists what is broken in each look. */
async function broken(
  who: string | null,
  path: string,
  ready: (page: Page) => Promise<unknown>,
): Promise<readonly string[]> {
  const { page } = await browser.open(server.url, who, path, { countFailures: false })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await ready(page)
  const found: string[] = []
  for (const [theme, language] of looks) {
    await wear(page, theme, language)
    for (const one of await brokenRulesOf(page)) found.push(`${theme}, ${language}: ${one}`)
  }
  await page.context().close()
  return found
}
const heading = (page: Page) => page.getByRole('heading').first().waitFor()

describe('no rule of WCAG 2.2 A or AA is broken', () => {
  it('on the desk, with a case chosen', async () => {
    const found = await broken('duty', '/desk', async (page) => {
      await page.getByRole('option').nth(5).waitFor()
      await page.keyboard.press('j')
      await page.locator('[data-verb="file"]').first().waitFor()
    })
    expect(found).toEqual([])
  })

  it.each([
    ['overview', 'table tbody tr'],
    ['indicators', 'table tbody tr'],
    ['alarms', 'table tbody tr'],
    ['times', 'table tbody tr'],
    ['analysis', '.analysis .panel'],
  ])('on the KPI page, %s', async (tab, shown) => {
    const ready = async (page: Page) => {
      await page.locator(shown).first().waitFor()
      await page.waitForLoadState('networkidle')
    }
    expect(await broken('manager', `/kpi?tab=${tab}`, ready)).toEqual([])
  })

  it('on duty', async () => {
    expect(await broken('chief', '/duty', heading)).toEqual([])
  })

  it.each(['/classes', '/classes/E01'])('in the class table, %s', async (path) => {
    expect(await broken('manager', path, (page) => page.locator('.sheet table').first().waitFor())).toEqual([])
  })

  it('at the sign-in, also after a wrong password', async () => {
    const found = await broken(null, '/sign-in', async (page) => {
      await page.locator('[name=username]').fill('duty')
      await page.locator('[name=password]').fill('not the password')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
    })
    expect(found).toEqual([])
  })

  it('at an address that is no page, and at a page without the right', async () => {
    expect(await broken('duty', '/nowhere', heading)).toEqual([])
    expect(await broken('wall', '/desk', heading)).toEqual([])
  })

  it('and a page that breaks one is found', async () => {
    const { page } = await browser.open(server.url, null, '/sign-in')
    await page.evaluate(() => document.querySelector('form')?.append(document.createElement('input')))
    expect(await brokenRulesOf(page)).toEqual([expect.stringMatching(/^label: /)])
    await page.context().close()
  })
})

describe('what pages share', () => {
  it.each([
    ['duty', '/desk'],
    ['chief', '/duty'],
  ])('letters of %s at %s are as large to the eye on 3840 pixels as on 1920', async (who, path) => {
    const { page } = await browser.open(server.url, who, path, { width: 3840, height: 2160 })
    await page.getByRole('navigation').waitFor()
    const { readings, cut } = await legibilityOf(page)
    expect(readings.length).toBeGreaterThan(20)
    expect(readings.filter(({ fontPx }) => fontPx < 20)).toEqual([])
    expect(cut).toEqual([])
    await page.context().close()
  })

  it('says where somebody went astray, in words and by its status, signed in or not', async () => {
    for (const who of ['duty', null]) {
      const { page, complaints } = await browser.open(server.url, who, '/nowhere')
      await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
      expect(complaints).toEqual([`404: ${server.url}/nowhere`])
      expect(await page.title()).toMatch(/^没有这个页面/)
      await page.getByRole('link').click()
      await page.waitForURL(who === null ? '**/sign-in' : '**/desk')
      await page.context().close()
    }
    // A program is not given a page it cannot read.
    const plain = await fetch(`${server.url}/nowhere`)
    expect([plain.status, plain.headers.get('content-type')]).toEqual([404, expect.stringMatching(/^text\/plain/)])
  })
})
