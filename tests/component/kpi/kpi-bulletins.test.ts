/** The list of bulletins: what each is of, whether it was mailed, and where its files are. */
import { flushPromises, DOMWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Query } from '../../../client/src/stores/remote.ts'
import { noon } from '../../support/sample-rows.ts'
import { kpiWorld, open, page } from './open-kpi.ts'

const nothing = {
  asOf: new Date(noon).toISOString(),
  rows: [],
  total: { key: null, indicators: [] },
  items: [],
  compare: null,
}
const bulletin = (id: string, mail: string) => ({
  ...{ id, kind: id.startsWith('weekly') ? 'weekly' : 'monthly', title: '', mail },
  ...{
    beginsAt: '2026-07-20T00:00:00+08:00',
    endsAt: '2026-07-27T00:00:00+08:00',
    madeAt: '2026-07-27T06:00:30+08:00',
  },
  mailedAt: mail === 'sent' ? '2026-07-27T06:01:00+08:00' : null,
})
let items: object[] = []
const answer = (path: string, query: Query) =>
  path !== '/kpi/bulletins'
    ? nothing
    : query['cursor'] === null
      ? { items, next: items.length > 1 ? 'more' : null }
      : { items: [bulletin('monthly-20260601', 'off')], next: null }
beforeEach(() => Object.assign(kpiWorld, { asked: [], sent: [], fails: false, answer }))
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})
const body = () => new DOMWrapper(document.body)
async function show(): Promise<void> {
  await open('/kpi?tab=indicators')
  await page.get('.bulletins').trigger('click')
  await flushPromises()
}

it('names each by its days, says what became of its mail, and leads to its files', async () => {
  items = [bulletin('weekly-20260720', 'sent'), bulletin('weekly-20260713', 'failed')]
  await show()
  const rows = body().findAll('[data-bulletin]')
  expect(rows[0]?.text()).toMatch(/^周报 2026\/07\/20 至 2026\/07\/26/)
  expect(rows[0]?.text()).toMatch(/生成于 07\/27 06:00 · 邮件已发 07\/27 06:01$/)
  expect(rows[1]?.text()).toContain('邮件未发出')
  expect(rows[0]?.findAll('a').map((link) => link.attributes('href'))).toEqual([
    '/api/v1/kpi/bulletins/weekly-20260720/file?format=xlsx',
    '/api/v1/kpi/bulletins/weekly-20260720/file?format=pdf',
  ])
  await body().findAll('.list button').at(-1)?.trigger('click')
  await flushPromises()
  expect(
    body()
      .findAll('[data-bulletin]')
      .map((row) => row.attributes('data-bulletin')),
  ).toEqual([...['weekly-20260720', 'weekly-20260713', 'monthly-20260601']])
})

it('says when the first will come', async () => {
  items = []
  await show()
  expect(body().get('.list').text()).toContain('还没有周报或月报')
})
