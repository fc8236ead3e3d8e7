/**
 * A real Chromium for the pages. Guarantees that the pages shown are the present build, that every page remembers what it complained of
 * and which other hosts it asked, and that nothing is left running.
 *
 * ```ts
 * const browser = await openBrowser()
 * const desk = await browser.open(server.url, 'duty', '/desk')
 * await desk.page.keyboard.press('j')
 * expect(desk.complaints).toEqual([])
 * await browser.close()
 * ```
 */
import { chromium, type Page } from 'playwright-core'
import { buildClient } from '../../scripts/build.mjs'
import { chromiumFlags } from '../../scripts/chromium.mjs'
import { demoPassword } from './program.ts'

export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly language?: 'zh-CN' | 'en'
  readonly theme?: 'dark' | 'light'
  /** False where the page is about being out of reach: then a request that fails is no complaint. */
  readonly countFailures?: boolean
}

export interface OpenPage {
  readonly page: Page
  /** Console errors and warnings, uncaught exceptions, failed answers, requests to other hosts: in words, in order. */
  readonly complaints: readonly string[]
}

export interface TestBrowser {
  /** A page in a context of its own, signed in as one of the demo accounts; `null` = a stranger. */
  open(url: string, who: string | null, path: string, options?: PageOptions): Promise<OpenPage>
  close(): Promise<void>
}

function listen(page: Page, url: string, countFailures: boolean): string[] {
  const complaints: string[] = []
  const host = new URL(url).host
  page.on('console', (message) => {
    const type = message.type()
    if (type !== 'error' && type !== 'warning') return
    // Chromium's own word for a request that failed; counted below, with the address.
    if (message.text().startsWith('Failed to load resource')) return
    complaints.push(`console ${type}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (!['data:', 'blob:'].includes(asked.protocol) && asked.host !== host)
      complaints.push(`asked another host: ${request.url()}`)
  })
  if (!countFailures) return complaints
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // A page that goes elsewhere gives up what it was still asking for.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`)
  })
  return complaints
}

/** Starts the Chromium named by CHROMIUM_PATH (else Playwright's own) with the client built. */
export async function openBrowser(): Promise<TestBrowser> {
  await buildClient()
  const executablePath = process.env.CHROMIUM_PATH
  const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath ? { executablePath } : {}) })
  return {
    async open(url, who, path, { width = 1920, height = 1080, language = 'zh-CN', theme = 'dark', ...rest } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, locale: language })
      if (who !== null) {
        const data = { username: who, password: demoPassword }
        const answer = await context.request.post(`${url}/api/v1/session`, { data, headers: { origin: url } })
        if (!answer.ok()) throw new Error(`sign-in as ${who}: ${answer.status()} ${await answer.text()}`)
      }
      await context.addInitScript(
        ([shownTheme, shownLanguage]) => {
          const kept = (key: string, value: string) => {
            if (localStorage.getItem(key) === null) localStorage.setItem(key, value)
          }
          kept('tongguan.theme', shownTheme)
          kept('tongguan.language', shownLanguage)
        },
        [theme, language] as const,
      )
      const page = await context.newPage()
      const complaints = listen(page, url, rest.countFailures ?? true)
      await page.goto(`${url}${path}`)
      return { page, complaints }
    },
    close: () => browser.close(),
  }
}
