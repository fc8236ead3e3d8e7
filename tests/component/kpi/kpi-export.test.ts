/** Asking for a file of what is shown: the whole view is asked for, its progress is said, and what is refused too. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noon } from '../../support/sample-rows.ts'
import { kpiWorld, open, page } from './open-kpi.ts'

const nothing = {
  asOf: new Date(noon).toISOString(),
  rows: [],
  total: { key: null, indicators: [] },
  items: [],
  compare: null,
}
const job = { id: 'x1', format: 'pdf', state: 'waiting', progress: 0, name: 'kpi.pdf' }
let present: object = job
const fetched: string[] = []
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    fetched.push(`${new URL(this.href).pathname} ${this.download}`)
  })
  present = job
  Object.assign(kpiWorld, {
    ...{ asked: [], sent: [], fails: false, accepts: () => ({ ok: true, data: job }) },
    answer: (path: string) => (path.startsWith('/kpi/exports/') ? present : nothing),
  })
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.restoreAllMocks()
  vi.useRealTimers()
  fetched.length = 0
})

it('asks for the whole view, watches, and fetches the file once', async () => {
  await open('/kpi?tab=indicators&period=24h&dim=street&pick=x')
  await page.get('[data-export="pdf"]').trigger('click')
  await flushPromises()
  expect(kpiWorld.sent[0]).toEqual({
    path: '/kpi/exports',
    body: {
      ...{ format: 'pdf', language: 'zh-CN', tab: 'indicators', by: 'district', dimension: 'street', pick: 'x' },
      ...{
        interval: 'total',
        multiple: 'reported',
        from: new Date(noon - 86_400_000).toISOString(),
        to: new Date(noon).toISOString(),
      },
    },
  })
  expect(page.get('.export [role="status"]').text()).toBe('正在生成 0%')
  present = { ...job, state: 'working', progress: 0.35 }
  await vi.advanceTimersByTimeAsync(400)
  expect(page.get('.export [role="status"]').text()).toBe('正在生成 35%')
  present = { ...job, state: 'done', progress: 1 }
  await vi.advanceTimersByTimeAsync(400)
  await vi.advanceTimersByTimeAsync(4000)
  expect(fetched).toEqual(['/api/v1/kpi/exports/x1/file kpi.pdf'])
  expect(page.find('.export [role="status"]').exists()).toBe(false)
})

it('says what was refused, or failed', async () => {
  await open('/kpi?tab=indicators')
  present = { ...job, state: 'failed' }
  await page.get('[data-export="xlsx"]').trigger('click')
  await flushPromises()
  expect(page.get('.export [role="alert"]').text()).toContain('读取失败')
  Object.assign(kpiWorld, { accepts: () => ({ ok: false, error: { code: 'TOO_MANY', message: '' } }) })
  await page.get('[data-export="xlsx"]').trigger('click')
  await flushPromises()
  expect(page.get('.export [role="alert"]').text()).not.toBe('')
  expect(page.get('[data-export="xlsx"]').attributes('disabled')).toBeUndefined()
})
