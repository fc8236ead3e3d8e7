/**
 * How the pages look is kept, and cannot change unseen: every family of components in both themes, the wall's scenes, the desk and the KPI page of a city
 * whose clock stands still. Compared small and with room (see `tests/support/looks.ts`); a real change fails, which is tried first. The map is left
 * out: these pages stand on a machine without a graphics card. `UPDATE_LOOKS=1` keeps what is shown now.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { wallScenes } from '../../shared/model/wall-scene.ts'
import { familyNames, type FamilyName } from '../../client/src/design/family-names.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { openGallery, settled, type Gallery } from '../support/gallery.ts'
import { isStill, lookProblem } from '../support/looks.ts'
import { demoPassword } from '../support/program.ts'
import { openStillCity, type StillCity } from '../support/still-city.ts'

let browser: TestBrowser
let gallery: Gallery
let city: StillCity

beforeAll(async () => {
  gallery = await openGallery()
  browser = await openBrowser()
  city = await openStillCity()
  // Both builds of the pages may be in it.
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
  await city?.close()
})

/** Letters are there, and two pictures after each other show the same. */
async function stillPicture(
  part: Locator,
  keepMoving: () => Promise<unknown> = async () => undefined,
  isReady: () => Promise<boolean> = async () => true,
): Promise<Buffer> {
  let before: Buffer | null = null
  for (const until = performance.now() + 90_000; performance.now() < until;) {
    await settled(part.page())
    // Asked before the picture is taken: what comes while it is taken may not be on it.
    const ready = await isReady()
    const picture: Buffer = await part.screenshot({ animations: 'disabled', caret: 'hide' })
    if (ready && before !== null && isStill(before, picture)) return picture
    before = picture
    await keepMoving()
  }
  throw new Error('the page does not come to rest')
}

describe('components look as they did', () => {
  let page: Page

  beforeAll(async () => {
    page = (await browser.open(gallery.url, null, '/favicon.svg', { width: 1280, height: 2000 })).page
    await page.emulateMedia({ reducedMotion: 'reduce' })
  })
  afterAll(() => page.context().close())

  async function family(name: FamilyName, theme: string): Promise<Locator> {
    await page.goto(`${gallery.url}/design.html?theme=${theme}&family=${name}`)
    const part = page.locator(`[data-family="${name}"]`)
    await part.waitFor()
    return part
  }

  it.each(['dark', 'light'].flatMap((theme) => familyNames.map((name) => [name, theme] as const)))(
    '%s, %s',
    async (name, theme) => {
      expect(lookProblem(`${name}-${theme}`, await stillPicture(await family(name, theme)))).toBeNull()
    },
  )

  it('and a step of one colour, a panel a little aside or a word more is seen, with three pictures named', async () => {
    const changes: [FamilyName, string, string][] = [
      ['colour', ':root, [data-theme] { --accent: #8fbab2 }', 'colour-dark'],
      ['panel', '.specimens > :nth-child(2) { transform: translateX(12px) }', 'panel-dark'],
      ['mark', '.line::after { content: "×××" }', 'mark-dark'],
    ]
    for (const [name, style, look] of changes) {
      const part = await family(name, 'dark')
      // Laid on the page's own root: what is tried here is the comparison.
      await page.addStyleTag({ content: style.replaceAll(' }', ' !important }') })
      const problem = lookProblem(look, await stillPicture(part), { mayUpdate: false })
      expect(problem, style).toMatch(/% of it looks otherwise\n\S+expected\.png\n\S+actual\.png\n\S+difference\.png$/)
    }
  })
})

describe('pages look as they did', () => {
  async function open(who: string, path: string, theme: 'dark' | 'light' = 'dark') {
    const { page } = await browser.open(city.url, null, '/favicon.svg', { theme, countFailures: false })
    const data = { username: who, password: demoPassword }
    const answer = await page
      .context()
      .request.post(`${city.url}/api/v1/session`, { data, headers: { origin: city.url } })
    expect(answer.ok()).toBe(true)
    await page.clock.setFixedTime(city.nowAt)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.addInitScript(() => {
      const { getContext } = HTMLCanvasElement.prototype
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: never[]) {
        return kind.startsWith('webgl') ? null : (getContext as (...all: unknown[]) => never).call(this, kind, ...rest)
      } as typeof getContext
    })
    await page.goto(`${city.url}${path}`)
    let ms = 0
    /** The page asks some questions when its second hand moves: it is moved within the second that is shown. */
    const tick = () => page.clock.setFixedTime(city.nowAt + (ms = (ms + 1) % 900))
    return { page, tick }
  }

  it.each(wallScenes)('wall, %s', async (scene) => {
    const { page, tick } = await open('wall', `/wall?scene=${scene}`)
    await page.locator('.lamp.live').waitFor()
    await page.locator('.at-left').waitFor()
    await page.waitForLoadState('networkidle')
    /** A day of each of the three signs that have one; each is asked for by itself. */
    const hasLines = async () => scene !== 'overview' || (await page.locator('.card .spark .line').count()) === 3
    expect(lookProblem(`wall-${scene}`, await stillPicture(page.locator('main.wall'), tick, hasLines))).toBeNull()
    await page.context().close()
  })

  it.each(['dark', 'light'] as const)('desk, %s', async (theme) => {
    const { page, tick } = await open('duty', '/desk', theme)
    await page.getByRole('option').nth(5).waitFor()
    await page.keyboard.press('j')
    await page.locator('[data-verb]').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(lookProblem(`desk-${theme}`, await stillPicture(page.locator('.desk'), tick))).toBeNull()
    await page.context().close()
  })

  it.each(['dark', 'light'] as const)('KPI, %s', async (theme) => {
    const { page, tick } = await open('manager', '/kpi?period=today', theme)
    await page.locator('table tbody tr').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(lookProblem(`kpi-${theme}`, await stillPicture(page.locator('.page'), tick))).toBeNull()
    await page.context().close()
  })
})
