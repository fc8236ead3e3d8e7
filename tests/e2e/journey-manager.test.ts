/**
 * A manager's Monday: this week against the last, into the district that differs, from a number to its cases, to one of them and back to the same
 * view; the table as a workbook, and the page on paper. What the two weeks were is known to the case, so each number is held against it.
 */
import { readFile, rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import readXlsx from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { loadCity } from '../../server/src/city/load-city.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { readPaper } from '../support/paper-text.ts'
import { city, startServer, type RunningServer } from '../support/program.ts'
import { toldPast, type ToldCase } from '../support/told-past.ts'

const busy = { timeout: 60_000 }
const days = 13

interface Place {
  readonly position: LonLat
  readonly district: string
}
/** Two places in districts of their own. */
async function places(cityDir: string): Promise<readonly [Place, Place]> {
  const { profile, locate } = await loadCity(cityDir, {
    caseClasses: defaultCaseClasses,
    alarmRules: defaultAlarmRules,
  })
  const [one, other] = profile.divisions
    .filter(({ level, id, centre }) => level === 2 && locate(centre).includes(id))
    .map(({ centre, name }): Place => ({ position: centre, district: name }))
  if (one === undefined || other === undefined) throw new Error('the city has but one district')
  return [one, other]
}

/** Two weeks, today and the day a week ago left out: what lies there hangs on the hour. */
function twoWeeks([busyPlace, calmPlace]: readonly [Place, Place]): ToldCase[] {
  const cases: ToldCase[] = []
  const tell = (n: number, of: Place, from: number, closed: number, word: string) => {
    for (let k = 0; k < n; k++)
      cases.push({
        ...{ daysAgo: from + (k % 5), position: of.position, address: `${word}${k + 1}号` },
        ...{ serviceCode: k % 2 ? 'E0110' : 'P0137', isClosed: k < closed },
      })
  }
  tell(8, busyPlace, 1, 6, '沐风路')
  tell(4, calmPlace, 1, 3, '枫林街')
  tell(5, busyPlace, 8, 3, '旧沐风路')
  tell(3, calmPlace, 8, 1, '旧枫林街')
  return cases.sort((a, b) => b.daysAgo - a.daysAgo)
}

let server: RunningServer
let browser: TestBrowser
let kpi: OpenPage
let page: Page
let dataDir = ''
let busyPlace: Place

const card = (name: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) })
async function says(name: string, value: string, ...words: readonly string[]): Promise<void> {
  await card(name)
    .locator('.value', { hasText: new RegExp(`^\\s*${value}\\s*\\D*$`) })
    .waitFor(busy)
  for (const word of words) await card(name).locator('.change', { hasText: word }).waitFor()
}
const query = () => new URL(page.url()).search
const groupRow = (name: string) =>
  page.locator('tbody tr').filter({ has: page.getByRole('button', { name, exact: true }) })

beforeAll(async () => {
  const cityDir = await city()
  const found = await places(cityDir)
  busyPlace = found[0]
  dataDir = await toldPast(cityDir, days, twoWeeks(found))
  ;[server, browser] = await Promise.all([startServer({ dataDir, readyWithinMs: 240_000 }), openBrowser()])
  kpi = await browser.open(server.url, 'manager', '/kpi', { theme: 'light' })
  ;({ page } = kpi)
  // A server, a browser and a map drawn without a graphics card, all starting at once on a busy machine.
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (dataDir !== '') await rm(dataDir, { recursive: true, force: true })
})

describe('a manager in the light theme', () => {
  it('sees this week beside the last, and whether that is better', async () => {
    await page.locator('html[data-theme="light"]').waitFor(busy)
    // By keyboard: the period has the focus and is pressed.
    await page.getByRole('radio', { name: '近 7 日' }).focus()
    await page.keyboard.press('Enter')
    await says('受理', '12', '+50.0%', '上期 8')
    await says('结案', '9', '+125.0%', '上期 4')
    await says('按时结案率', '100.0')
    expect(query()).toBe('?period=7d')
  })

  it('goes into the district that differs, and the whole page is of it', async () => {
    await groupRow(busyPlace.district).getByRole('button').first().click()
    await says('受理', '8', '+60.0%', '上期 5')
    await says('结案', '6', '+100.0%', '上期 3')
    expect(query()).toMatch(/^\?period=7d&by=class&district=/)
    await groupRow('暴露垃圾').waitFor()
  })

  it('opens the cases of a number, one of them, and comes back to the same view', async () => {
    const before = page.url()
    await card('结案').locator('button.value').click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('6 件').first().waitFor(busy)
    expect(await drawer.locator('li').count()).toBe(6)
    const link = drawer.getByRole('link').first()
    const title = await link.innerText()
    await link.focus()
    await page.keyboard.press('Enter')
    await page.locator('section[aria-label="详情"] h2', { hasText: title }).waitFor(busy)
    await page.goBack()
    await says('受理', '8', '+60.0%', '上期 5')
    expect(page.url()).toBe(before)
    // The address holds the view for whoever is sent it.
    await page.reload()
    await says('受理', '8', '+60.0%', '上期 5')
    expect(page.url()).toBe(before)
  })

  it('takes the table along as a workbook whose numbers are numbers', async () => {
    const coming = page.waitForEvent('download', busy)
    await page.locator('[data-export="xlsx"]').focus()
    await page.keyboard.press('Enter')
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/)
    const sheets = await readXlsx(await readFile(await download.path()))
    const cells = sheets.flatMap(({ data }) => data)
    expect(cells.find(([name]) => name === '受理')?.slice(1, 3)).toEqual([8, 5])
    expect(cells.find(([name]) => name === '结案')?.slice(1, 3)).toEqual([6, 3])
  })

  it('prints it: what, of which cases, by whom; and none of the page’s own tools', async () => {
    await page.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { printed: true }) }))
    await page.getByRole('button', { name: '打印' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => 'printed' in window)
    const { text } = await readPaper(await page.pdf({ preferCSSPageSize: true }))
    expect(text).toContain('运行绩效·总览')
    expect(text).toContain(busyPlace.district)
    expect(text).toContain('+60.0%')
    expect(text).not.toContain('XLSX')
  })

  it('is never complained to', () => {
    expect(kpi.complaints).toEqual([])
  })
})
