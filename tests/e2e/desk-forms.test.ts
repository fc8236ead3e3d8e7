/** The desk's forms in a real browser, each by keyboard alone, against a real server: what was written stands there afterwards. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { signIn, startServer, type RunningServer } from '../support/program.ts'

let server: RunningServer
let browser: TestBrowser
let chief: OpenPage
const title = '文昌路污水井盖缺失'
const detail = 'section[aria-label="详情"]'

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  chief = await openDesk('chief')
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function openDesk(who: string): Promise<OpenPage> {
  const opened = await browser.open(server.url, who, '/desk')
  await opened.page.emulateMedia({ reducedMotion: 'reduce' })
  // A third page beside a map drawn without a graphics card takes a loaded machine long.
  await opened.page.getByText('实时').first().waitFor({ timeout: 120_000 })
  return opened
}
async function submit(command: Record<string, unknown>): Promise<void> {
  const cookie = await signIn(server.url, 'chief')
  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: server.url },
    body: JSON.stringify({ commandId: randomUUID(), ...command }),
  })
  expect(await answer.json()).toMatchObject({ ok: true })
}
const shows = (page: Page, selector: string, words: string) =>
  page.locator(selector).filter({ hasText: words }).first().waitFor()
/** Tab by Tab to the field or button of that name; back where asked. */
async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const at = await page.evaluate(() => document.activeElement?.getAttribute('name'))
    if (at === name) return
    await page.keyboard.press(key)
  }
  throw new Error(`no Tab reaches ${name}`)
}
async function openBy(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key)
  await page.locator('dialog[open]').waitFor()
}
const caseId = async () =>
  ((await chief.page.locator('[role="option"][aria-selected="true"]').getAttribute('data-key')) ?? '').slice(9)

it('a call names its class and condition, is filed under it, and becomes another by a key', async () => {
  const { page } = chief
  await openBy(page, 'n')
  await page.keyboard.type(title)
  await tabTo(page, 'classCode')
  await page.keyboard.type('P0102')
  await tabTo(page, 'conditionId')
  const before = await page.locator('[data-part="condition"]').innerText()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.locator('[data-part="condition"]').innerText()).not.toBe(before)
  const chosen = await page.locator('dialog select[name="conditionId"] option:checked').innerText()
  await tabTo(page, 'phone')
  await page.keyboard.press('Enter')
  await shows(page, `${detail} h2`, title)
  await openBy(page, 'f')
  expect(await page.locator('dialog select[name="conditionId"] option:checked').innerText()).toBe(chosen)
  await page.keyboard.press('Enter')
  await shows(page, `${detail} [data-part="condition"]`, chosen.split(' · ')[0] ?? '')
  await openBy(page, 'Shift+K')
  await tabTo(page, 'classCode')
  await page.keyboard.type('P0103')
  await page.keyboard.press('Enter')
  await shows(page, detail, 'P0103')
})

it('a report upwards is owed, written and sent', async () => {
  const { page } = chief
  const incidentId = await caseId()
  await submit({ type: 'plan.grade', incidentId, grade: 'major', reason: '燃气外泄' })
  await shows(page, '[data-owed]', '书面初报')
  await openBy(page, '5')
  await tabTo(page, 'to')
  await page.keyboard.type('市委值班室')
  for (const [field, words] of [
    ['nature', '井盖缺失伴燃气外泄'],
    ['measures', '已围挡'],
  ] as const) {
    await tabTo(page, field)
    await page.keyboard.type(words)
  }
  await page.keyboard.press('Control+Enter')
  await shows(page, `${detail} [data-report="oral 1"]`, '市委值班室')
  await openBy(page, '5')
  // What was told is where the next one starts.
  expect(await page.locator('textarea[name="measures"]').inputValue()).toBe('已围挡')
  await page.keyboard.press('Control+Enter')
  await shows(page, `${detail} [data-report="first 1"]`, '市委值班室')
  await shows(page, `${detail} [data-report="follow-up 1"]`, '续报一')
})

it('a mode is proposed with what it changes in sight, and confirmed by another person who sees the same', async () => {
  const { page } = chief
  await openBy(page, '7')
  await shows(page, '[data-change="roster"]', '值班长及各席位到岗')
  await page.keyboard.type('暴雨橙色预警')
  await page.keyboard.press('Enter')
  await shows(page, 'header button.mode', '待确认')
  const manager = await openDesk('manager')
  await shows(manager.page, 'header button.mode', '待确认')
  await openBy(manager.page, '7')
  await shows(manager.page, '[data-change="roster"]', '值班长及各席位到岗')
  await manager.page.keyboard.press('Enter')
  await shows(page, 'header button.mode', '预警')
  expect(manager.complaints).toEqual([])
  await manager.page.close()
})

it('a merge rule is approved by name and withdrawn', async () => {
  const { page } = chief
  const rule = () => page.locator('[data-algorithm="duplicates"]')
  /** Presses what has the focus; waits until the desk says it is done, and puts that word away. */
  const give = async () => {
    await page.keyboard.press('Enter')
    await shows(page, '.notice', '算法台账')
    await page.keyboard.press('Escape')
    await page.locator('.notice').waitFor({ state: 'detached' })
  }
  await openBy(page, '9')
  await tabTo(page, 'reason')
  await page.keyboard.type('抽查无误并')
  for (const [field, value] of [
    ['minScore', '0.95'],
    ['maxDistanceM', '50'],
    ['maxMinutes', '120'],
  ] as const) {
    await tabTo(page, field, field === 'minScore' ? 'Shift+Tab' : 'Tab')
    await page.keyboard.type(value)
  }
  await tabTo(page, 'approve-rule')
  await give()
  await openBy(page, '9')
  await rule().filter({ hasText: '相似度 0.95 起，chief 批准' }).waitFor()
  await tabTo(page, 'reason')
  await page.keyboard.type('误并一件')
  await tabTo(page, 'withdraw', 'Shift+Tab')
  await give()
  await openBy(page, '9')
  await rule().locator('[name="approve-rule"]').waitFor()
  await page.keyboard.press('Escape')
})

it('the run sheet is printed by a key: the sheet alone, on one page of A4', async () => {
  const { page } = chief
  // Nobody stands at the printer: what would be printed is looked at instead.
  await page.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { printed: true }) }))
  await page.keyboard.press('4')
  await expect.poll(() => page.evaluate(() => 'printed' in window)).toBe(true)
  const sheet = page.locator('.run-sheet')
  expect(await sheet.isVisible(), 'not on the screen').toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await sheet.isVisible()).toBe(true)
  expect(await page.locator('.desk').isVisible()).toBe(false)
  expect(await sheet.innerText()).toContain(title)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type ?\/Page\b/g)).toHaveLength(1)
  const [, width, height] = /\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
  // 210 by 297 mm in points.
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await sheet.waitFor({ state: 'detached' })
})

it('another desk sees which case this one has open, that it is acting on it, and that it has left', async () => {
  const { page } = chief
  const incidentId = await caseId()
  const duty = await openDesk('duty')
  const row = duty.page.locator(`[data-key="incident ${incidentId}"]`)
  await row.filter({ hasText: '他席' }).waitFor()
  await duty.page.goto(`${server.url}/desk/${incidentId}`)
  await shows(duty.page, `${detail} .hands`, '正在查看')
  await openBy(page, 'Shift+K')
  await shows(duty.page, `${detail} .hands`, '正在办理')
  await page.keyboard.press('Escape')
  await shows(page, `${detail} .hands`, '正在查看')
  await duty.page.close()
  await page.locator(`${detail} .hands`).waitFor({ state: 'detached' })
  expect(duty.complaints).toEqual([])
})

it('nothing was complained of', () => {
  expect(chief.complaints).toEqual([])
})
