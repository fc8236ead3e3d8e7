/**
 * A morning in front of the wall: the city is well; something goes wrong and stands there at once, by shape, word and age; a critical case takes
 * the picture and says who is on it and how long they have; it is put right; a sensor falls silent and turns grey. Nobody touches anything.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { cityHands } from '../support/city-hands.ts'
import { seenBy, watchFor } from '../support/page-watch.ts'
import { startServer, type RunningServer } from '../support/program.ts'

/** An alarm is seen this soon after its reading was taken. */
const seenWithinMs = 2_000
const busy = { timeout: 60_000 }
/** The device that falls silent says something this often until then. */
const speaksEveryMs = 4_000

let server: RunningServer
let browser: TestBrowser
let wall: OpenPage
let page: Page
let noise: (...results: readonly number[]) => Promise<void>
let speaking: ReturnType<typeof setInterval>
let smoke: (...results: readonly number[]) => Promise<void>
const hands = cityHands(() => server.url)

/** The row of the wall's list that says so. */
const row = (words: string) => page.locator('li.row', { hasText: words })
const shapeOf = (words: string) => row(words).locator('svg.shape')

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer({ readyWithinMs: 240_000 }), openBrowser()])
  noise = await hands.device('noise', '滨江步道噪声', [122.92, 31.01], speaksEveryMs)
  smoke = await hands.device('smoke', '滨河小区3号楼烟感', [122.93, 31.0])
  await noise(52)
  let said = 0
  // A value that never moved would be a fault of its own. What fails to arrive is seen on the wall.
  speaking = setInterval(() => void noise(50 + (said++ % 5)).catch(() => undefined), speaksEveryMs / 2)
  await smoke(0)
  wall = await browser.open(server.url, 'wall', '/wall')
  ;({ page } = wall)
  // A server, a browser and a map drawn without a graphics card, all starting at once on a busy machine.
}, 300_000)
afterAll(async () => {
  clearInterval(speaking)
  await browser?.close()
  await server?.stop()
})

describe('whoever watches the wall, and touches nothing', () => {
  it('sees that the city is well, and how fresh that is', async () => {
    await page.locator('.lamp.live').waitFor(busy)
    await page.getByText('当前无异常').waitFor(busy)
    await page.getByText('近 24 小时没有办结的案件').waitFor()
    expect(await page.locator('li.row').count()).toBe(0)
    await page.locator('article.card', { hasText: '感知设备在线率' }).locator('.value').first().waitFor()
  })

  it('sees an alarm within two seconds of its reading, by shape, word and age', async () => {
    // Of several, the one in the middle: of a machine of two cores one step may be unlucky.
    const alarms = [
      { kind: 'elevator', name: '云栖大厦2号电梯', results: [0, 2], level: 4, word: '提示' },
      { kind: 'rainfall', name: '西河雨量站', results: [3, 41, 42], level: 3, word: '一般' },
      { kind: 'crowd-density', name: '大剧院南广场', results: [0.4], level: 0, word: '' },
      { kind: 'road-speed', name: '海棠路车速', results: [48, 12, 11, 9], level: 2, word: '紧急' },
    ] as const
    const took: number[] = []
    for (const [n, { kind, name, results, level, word }] of alarms.entries()) {
      const observe = await hands.device(kind, name, [122.9 + n / 100, 30.98])
      const watch = await watchFor(page, 'li.row', [name])
      await observe(...results)
      const doneAt = Date.now()
      // A value within its limits is nothing wrong, and a wall that showed it would show everything.
      if (level === 0) continue
      const { at, heldMs } = await seenBy(watch)
      took.push(Math.max(0, at - doneAt - heldMs))
      expect(await shapeOf(name).getAttribute('class')).toContain(`level-${level}`)
      expect(await shapeOf(name).getAttribute('aria-label')).toBe(word)
      await row(name)
        .locator('.age', { hasText: /\d+ (秒|分)/ })
        .waitFor()
      await row(name).locator('.state', { hasText: '未确认' }).waitFor()
    }
    took.sort((a, b) => a - b)
    console.info(`alarms seen after ${took.join(', ')} ms`)
    expect(took[1]).toBeLessThanOrEqual(seenWithinMs)
    expect(await row('大剧院南广场').count()).toBe(0)
    // The gravest first.
    expect(await page.locator('li.row .shape').first().getAttribute('class')).toContain('level-2')
  })

  let incidentId = ''
  it('has the picture taken by a critical case, and is told who is on it and how long they have', async () => {
    await smoke(1)
    const caption = page.locator('p.caption', { hasText: '特急事件' })
    await caption.filter({ hasText: '烟感火警' }).waitFor(busy)
    const { items } = await hands.get<{ items: { id: string; classCode: string; title: string }[] }>(
      'incidents?open=true&limit=50',
    )
    const fire = items.find(({ classCode }) => classCode === 'E0587')
    incidentId = fire?.id ?? ''
    const title = fire?.title ?? ''
    await row(title)
      .locator('.left', { hasText: /^剩 \d+ 分$/ })
      .waitFor()
    expect(await shapeOf(title).getAttribute('class')).toContain('level-1')
    expect(await row(title).locator('.crews').innerText()).toBe('')

    const { items: proposals } = await hands.get<{ items: { unitId: string }[] }>(
      `incidents/${incidentId}/recommendations`,
    )
    const unitId = proposals[0]?.unitId ?? ''
    await hands.submit('duty', { type: 'incident.dispatch', incidentId, unitId })
    const { items: units } = await hands.get<{ items: { id: string; name: string }[] }>('units?limit=500')
    const name = units.find(({ id }) => id === unitId)?.name ?? ''
    await row(title).locator('.crews', { hasText: name }).waitFor(busy)
    await row(title).locator('.state', { hasText: '待接令' }).waitFor()
    for (const verb of ['acknowledge', 'arrive', 'finish'])
      await hands.submit(`crew-${unitId.toLowerCase()}`, { type: `incident.${verb}`, incidentId, unitId })
    await row(title).locator('.state', { hasText: '待反馈' }).waitFor(busy)

    await hands.submit('dept', { type: 'incident.feed-back', incidentId, note: '明火已扑灭，无人员受伤' })
    for (const verb of ['pass-check', 'close']) await hands.submit('duty', { type: `incident.${verb}`, incidentId })
    const resolved = page.locator('ul.resolved li', { hasText: title })
    await resolved.locator('.took', { hasText: /^用时 / }).waitFor(busy)
    // The picture is given back.
    await caption.waitFor({ state: 'detached', ...busy })
  })

  it('sees a sensor that fell silent turn grey, with the age of what it said last', async () => {
    const fresh = page.locator('article.card:not(.late)', { hasText: '噪声' })
    await fresh.locator('.value', { hasText: /^5\d$/ }).waitFor(busy)
    clearInterval(speaking)
    const late = page.locator('article.card.late', { hasText: '噪声' })
    await late.locator('.value.unknown', { hasText: '—' }).waitFor(busy)
    await late.locator('.age', { hasText: /^迟到 \d+ 秒前$/ }).waitFor()
    // Heard again, it is as it was.
    await noise(61)
    await fresh.locator('.value', { hasText: '61' }).waitFor(busy)
  })

  it('is never complained to', () => {
    expect(wall.complaints).toEqual([])
  })
})
