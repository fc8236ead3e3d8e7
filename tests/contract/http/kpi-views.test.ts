/** Kept views of the KPI page over HTTP and SQL: named, renamed, removed; each account's own. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mostKpiViews, type KpiViewRow } from '../../../shared/contract/kpi-view.ts'
import type { Store } from '../../../server/src/store/open-store.ts'
import { openTestStore } from '../../support/embedded.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

let store: Store
let server: MemoryServer
beforeAll(async () => {
  store = await openTestStore()
  server = await startMemoryServer({ parts: { kpiViews: store.kpiViews } })
})
afterAll(async () => {
  await server.close()
  await store.close()
})

async function ask(account: string, method: string, id = '', body?: object) {
  const response = await server.fetch(`/api/v1/kpi/views${id}`, {
    method,
    cookie: await server.signIn(account),
    headers: { 'content-type': 'application/json', origin: server.url },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) }
}
const names = async (account: string) =>
  ((await ask(account, 'GET')).body?.['items'] as KpiViewRow[]).map(({ name, query }) => [name, query])

it('are kept by name, renamed, and removed, by their own account alone', async () => {
  const kept = await ask('manager', 'POST', '', { name: ' 周例会 ', query: 'tab=analysis&period=7d' })
  expect(kept).toMatchObject({ status: 200, body: { name: '周例会', query: 'tab=analysis&period=7d' } })
  const id = `/${String(kept.body?.['id'])}`
  expect((await ask('manager', 'POST', '', { name: '周例会', query: '' })).status).toBe(409)
  expect((await ask('duty', 'POST', '', { name: '周例会', query: '' })).status).toBe(200)
  expect(await names('manager')).toEqual([['周例会', 'tab=analysis&period=7d']])

  const renamed = { name: '月例会', query: 'period=30d' }
  for (const [method, body] of [
    ['POST', renamed],
    ['DELETE', undefined],
  ] as const)
    expect((await ask('duty', method, id, body)).status).toBe(404)
  expect((await ask('manager', 'POST', id, renamed)).body).toMatchObject(renamed)
  const other = await ask('manager', 'POST', '', { name: '周例会', query: '' })
  expect(await ask('manager', 'POST', `/${String(other.body?.['id'])}`, renamed)).toMatchObject({
    status: 409,
    body: { error: { code: 'CONFLICT', details: { fields: [{ field: 'name' }] } } },
  })
  expect((await ask('manager', 'DELETE', id)).status).toBe(204)
  expect(await names('manager')).toEqual([['周例会', '']])
  expect((await ask('manager', 'DELETE', id)).status).toBe(404)
})

it.each([
  [{ name: '', query: '' }, ['name']],
  [{ name: 'x'.repeat(41), query: '' }, ['name']],
  [{ name: 'a', query: '?tab=analysis' }, ['query']],
  [{ name: 'a', query: 'x'.repeat(1001) }, ['query']],
  [{ name: 'a', query: '', of: 'duty' }, ['of']],
  [{}, ['name', 'query']],
])('%o is refused by its field', async (body, fields) => {
  const { status, body: answer } = await ask('manager', 'POST', '', body)
  const { error } = answer as { error: { details: { fields: { field: string }[] } } }
  expect([status, error.details.fields.map(({ field }) => field)]).toEqual([400, fields])
})

it('are nobody’s who may not see numbers, and so many at most', async () => {
  for (const account of ['crew', 'sysadmin', 'secadmin', 'auditor'])
    expect((await ask(account, 'GET')).status).toBe(403)
  const all = Array.from({ length: mostKpiViews + 5 }, (_, i) => ask('chief', 'POST', '', { name: `v${i}`, query: '' }))
  const statuses = (await Promise.all(all)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(mostKpiViews)
  expect(await names('chief')).toHaveLength(mostKpiViews)
})
