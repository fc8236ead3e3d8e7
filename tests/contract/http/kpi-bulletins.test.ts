/** Kept bulletins over HTTP: listed for those who may see numbers, fetched with a line in the log. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../../../server/src/store/open-store.ts'
import { openTestStore } from '../../support/embedded.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon } from '../../support/sample-rows.ts'

let store: Store
let server: MemoryServer
beforeAll(async () => {
  store = await openTestStore()
  const id = 'weekly-20260720'
  const times = { beginsAt: noon - 12 * 86_400_000, endsAt: noon - 5 * 86_400_000, madeAt: noon }
  await store.bulletins.keep(
    {
      ...{ id, kind: 'weekly', title: '周报', ...times, mail: 'off', mailedAt: null, mailTries: 0, mailNextAt: null },
    },
    { pdf: new TextEncoder().encode('%PDF-'), xlsx: new TextEncoder().encode('PK') },
  )
  server = await startMemoryServer({ parts: { bulletins: store.bulletins } })
})
afterAll(async () => {
  await server.close()
  await store.close()
})
const ask = async (path: string, account = 'manager') =>
  server.fetch(`/api/v1/kpi/bulletins${path}`, { cookie: await server.signIn(account) })

it('are listed, and fetched as a paper or a workbook, with a line in the log', async () => {
  const { items, next } = (await (await ask('')).json()) as { items: object[]; next: null }
  expect([items, next]).toMatchObject([[{ id: 'weekly-20260720', kind: 'weekly', mail: 'off', mailedAt: null }], null])
  expect(items[0]).not.toHaveProperty('mailTries')
  const paper = await ask('/weekly-20260720/file')
  expect([paper.headers.get('content-type'), await paper.text()]).toEqual(['application/pdf', '%PDF-'])
  const book = await ask('/weekly-20260720/file?format=xlsx', 'duty')
  expect([book.headers.get('content-disposition'), await book.text()]).toEqual([
    'attachment; filename=weekly-20260720.xlsx',
    'PK',
  ])
  expect(server.engine.notes.at(-1)).toMatchObject({
    ...{ actor: 'duty', act: 'kpi.bulletin.fetch', subject: 'weekly-20260720', details: { format: 'xlsx' } },
  })
})

it('are refused by name, and to those who may not see numbers', async () => {
  expect((await ask('/weekly-20260713/file')).status).toBe(404)
  const wrong = await ask('/weekly-20260720/file?format=doc')
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('"field":"format"')])
  expect((await ask('?limit=0')).status).toBe(400)
  for (const account of ['crew', 'sysadmin', 'secadmin', 'auditor'])
    for (const path of ['', '/weekly-20260720/file']) expect((await ask(path, account)).status).toBe(403)
})
