/**
 * The gallery of components (`/design`) in a real Chromium: whole in both themes and languages, no rule of WCAG 2.2 A or AA broken, every colour told from
 * its ground, still where motion is not wanted, light on paper; there for those who make the pages, and for nobody else.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { createServer } from 'vite'
import { familyNames } from '../../client/src/design/family-names.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { openGallery, settled, type Gallery } from '../support/gallery.ts'
import { root } from '../support/program.ts'
import { brokenRulesOf } from '../support/wcag.ts'

let gallery: Gallery
let browser: TestBrowser

beforeAll(async () => {
  gallery = await openGallery()
  browser = await openBrowser()
  // Both builds of the pages may be in it.
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

async function open(view: string, isCalm = true): Promise<{ page: Page; complaints: readonly string[] }> {
  const opened = await browser.open(gallery.url, null, '/favicon.svg', { width: 1280, height: 900 })
  if (isCalm) await opened.page.emulateMedia({ reducedMotion: 'reduce' })
  await opened.page.goto(`${gallery.url}/design.html?${view}`)
  await opened.page.locator('.board').first().waitFor()
  return opened
}
const tokenOf = (page: Page, name: string) =>
  page
    .locator('.board')
    .evaluateAll((boards, token) => boards.map((board) => getComputedStyle(board).getPropertyValue(token)), name)

describe('the gallery of components', () => {
  it.each([
    ['dark', 'zh-CN'],
    ['light', 'zh-CN'],
    ['dark', 'en'],
    ['light', 'en'],
  ])('breaks no rule of WCAG 2.2 A or AA, and nothing complains: %s, %s', async (theme, language) => {
    const { page, complaints } = await open(`theme=${theme}&language=${language}`)
    await settled(page)
    const shown = await page.locator('[data-family]').evaluateAll((all) => all.map((one) => one.dataset['family']))
    expect(shown).toEqual(familyNames)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    expect(await brokenRulesOf(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each(['help', 'sound'])('breaks none with the dialog open: %s', async (name) => {
    const { page } = await open('theme=light&family=dialog')
    await page.locator(`[data-open="${name}"]`).click()
    await page.getByRole('dialog').waitFor()
    expect(await brokenRulesOf(page)).toEqual([])
    await page.context().close()
  })

  it('tells every colour of letters from its grounds, on both boards beside each other', async () => {
    const { page } = await open('theme=both&family=colour')
    expect(await page.locator('[data-contrast="enough"]').count()).toBe(2 * 33)
    expect(await page.locator('[data-contrast="low"]').count()).toBe(0)
    const [dark, light] = await tokenOf(page, '--bg')
    expect(dark).not.toBe(light)
    await page.context().close()
  })

  it('is still where less motion is asked for, and only there', async () => {
    const moving = (page: Page) =>
      page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length)
    const lively = await open('family=notice', false)
    await lively.page.locator('.progress').waitFor()
    expect(await moving(lively.page)).toBeGreaterThan(0)
    expect(await tokenOf(lively.page, '--calm')).toEqual(['.25s'])
    const calm = await open('family=notice')
    await calm.page.locator('.progress').waitFor()
    expect(await moving(calm.page)).toBe(0)
    expect(await tokenOf(calm.page, '--calm')).toEqual(['0s'])
    for (const { page } of [lively, calm]) await page.context().close()
  })

  it('is light on paper', async () => {
    const { page } = await open('theme=dark&family=table')
    const [onScreen] = await tokenOf(page, '--bg')
    await page.emulateMedia({ media: 'print' })
    const [onPaper] = await tokenOf(page, '--bg')
    expect([onScreen, onPaper]).toEqual(['#0e1214', '#f3f5f5'])
    await page.context().close()
  })
})

describe('for those who make the pages alone', () => {
  it('is at /design where the pages are made', async () => {
    const dev = await createServer({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      server: { port: 0, host: '127.0.0.1' },
      optimizeDeps: { noDiscovery: true },
    })
    try {
      await dev.listen()
      const url = dev.resolvedUrls?.local[0] ?? ''
      for (const path of ['design', 'design?theme=light'])
        expect(await (await fetch(`${url}${path}`)).text()).toContain('/src/design/main.ts')
    } finally {
      await dev.close()
    }
  })

  it('is not in what is built for use, neither its page nor a word of it', () => {
    const folder = join(root, 'dist/client')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(files.some((name) => /index-.*\.js$/.test(name))).toBe(true)
    expect(files.filter((name) => /design/i.test(name))).toEqual([])
    const texts = files.filter((name) => /\.(js|css|html)$/.test(name))
    const own = (folderOf: string, name: string) => readFileSync(join(folderOf, name), 'utf8').includes('data-family')
    expect(texts.filter((name) => own(folder, name))).toEqual([])
    const gallery = join(root, 'dist/design')
    const made = readdirSync(gallery, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
    expect(made.some((name) => own(gallery, name))).toBe(true)
  })
})
