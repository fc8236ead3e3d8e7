/** 立案标准 in a real browser, by keys: from a case to its class, from a class to its cases, found by how it is said. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { ingestKey, startServer, type RunningServer } from '../support/program.ts'

let server: RunningServer
let browser: TestBrowser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  const body = new URLSearchParams({
    ...{ api_key: ingestKey, service_code: 'E0110', lat: '31', long: '122.93' },
    ...{ address_string: '沐风路1号', description: '垃圾没人收' },
  })
  const answer = await fetch(`${server.url}/open311/v2/requests.json`, { method: 'POST', body })
  if (!answer.ok) throw new Error(`request: ${answer.status} ${await answer.text()}`)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

it('a class is found by its sound, read, and its open cases are at the desk; a case leads back to its class', async () => {
  const { page, complaints } = await browser.open(server.url, 'duty', '/classes')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByRole('tree').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('bllj')
  await page.getByRole('treeitem', { name: '暴露垃圾' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.waitForURL('**/classes/E0110')
  const sheet = page.getByRole('article', { name: '暴露垃圾' })
  await sheet.getByRole('columnheader', { name: '结案条件' }).waitFor()
  expect(await sheet.getByRole('row').count()).toBeGreaterThan(1)

  await sheet.getByRole('link', { name: /^在办 \d+ 件$/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/desk?words=E0110')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('j')
  await page.getByRole('link', { name: '暴露垃圾 E0110' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/classes/E0110')
  await sheet.waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})
