/** Printing: a dark page is made light for as long as it takes, and says on paper of what and of which cases it is. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { usePreferencesStore } from '../../../client/src/stores/preferences.ts'
import { noon } from '../../support/sample-rows.ts'
import { kpiWorld, open, page } from './open-kpi.ts'

const nothing = { asOf: new Date(noon).toISOString(), rows: [], total: { key: null }, items: [], compare: null }
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  Object.assign(kpiWorld, { asked: [], sent: [], fails: false, answer: () => nothing })
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('is light while it prints, and dark again after', async () => {
  await open('/kpi?tab=indicators&period=24h')
  const preferences = usePreferencesStore()
  expect(preferences.theme).toBe('dark')
  const themes: string[] = []
  vi.stubGlobal('print', () => themes.push(preferences.theme))
  await page
    .findAll('button')
    .find((button) => button.text() === '打印')
    ?.trigger('click')
  await vi.advanceTimersByTimeAsync(600)
  await flushPromises()
  expect(themes).toEqual(['light'])
  window.dispatchEvent(new Event('afterprint'))
  expect(preferences.theme).toBe('dark')
  // By the browser's own key.
  window.dispatchEvent(new Event('beforeprint'))
  expect(preferences.theme).toBe('light')
  window.dispatchEvent(new Event('afterprint'))
  expect(preferences.theme).toBe('dark')
})

it('says on paper what it is of', async () => {
  kpiWorld.fails = true
  await open('/kpi?tab=times&period=24h&district=d1&src=iot')
  const head = page.get('.print-head').text()
  expect(head).toContain('澜汀市 运行绩效 · 调度时效')
  expect(head).toContain('云岫区 · 物联感知')
  expect(head).toContain('打印于')
})
