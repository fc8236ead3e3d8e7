/** Kept views on the page: kept, opened, named anew, let go; what the server refuses is said. */
import { flushPromises, DOMWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { noon } from '../../support/sample-rows.ts'
import { kpiWorld, open, page, router } from './open-kpi.ts'

const kept = { id: 'v1', name: '周例会', query: 'tab=analysis&period=7d', savedAt: 0 }
/** A page without numbers: of every part what it reads, and nothing in it. */
const nothing = {
  ...{ asOf: new Date(noon).toISOString(), rows: [], total: { key: null, indicators: [] }, items: [], compare: null },
  ...{
    days: [],
    hours: [],
    steps: [],
    bins: [],
    targets: [],
    points: [],
    signs: [],
    coverage: null,
    sensors: null,
    count: 0,
  },
}
const answer = (path: string) => (path === '/kpi/views' ? { items: [kept], next: null } : nothing)
beforeEach(() =>
  Object.assign(kpiWorld, { asked: [], sent: [], fails: false, answer, accepts: () => ({ ok: true, data: null }) }),
)
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})
const body = () => new DOMWrapper(document.body)
async function show(address: string): Promise<void> {
  await open(address)
  await page.get('.views').trigger('click')
  await flushPromises()
}
async function submit(name: string): Promise<void> {
  await body().get('.kept input').setValue(name)
  await body().get('.kept form').trigger('submit')
  await flushPromises()
}

it('keeps the whole address under a name', async () => {
  await show('/kpi?tab=indicators&period=30d')
  await submit('月报')
  expect(kpiWorld.sent).toEqual([{ path: '/kpi/views', body: { name: '月报', query: 'tab=indicators&period=30d' } }])
})

it('opens one, names it anew without changing what it shows, and lets it go', async () => {
  await show('/kpi?tab=indicators')
  const row = () => body().get('[data-view="周例会"]')
  await row().findAll('.act')[0]?.trigger('click')
  await submit('例会')
  await row().findAll('.act')[1]?.trigger('click')
  await flushPromises()
  expect(kpiWorld.sent).toEqual([
    { path: '/kpi/views/v1', body: { name: '例会', query: kept.query } },
    { path: '/kpi/views/v1', body: null },
  ])
  await row().get('.name').trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ tab: 'analysis', period: '7d' })
})

it('says that a name is taken', async () => {
  Object.assign(kpiWorld, { accepts: () => ({ ok: false, error: { code: 'CONFLICT', message: '' } }) })
  await show('/kpi?tab=indicators')
  await submit('周例会')
  expect(body().get('[role="alert"]').text()).toBe('已有同名视图')
})
