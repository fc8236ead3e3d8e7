/** Alarm rules as they stand, by HTTP; and alarms that are hidden now. */
import { afterEach, expect, it } from 'vitest'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())
const get = async (path: string) => {
  const response = await server.fetch(`/api/v1${path}`, { cookie: await server.signIn('duty') })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const ids = (body: Record<string, unknown>) => (body['items'] as { id: string }[]).map(({ id }) => id)

it('lists rules with their record, by kind and by word; one by its id', async () => {
  server = await startMemoryServer()
  expect(ids((await get('/alarm-rules?class=smoke')).body)).toEqual(['smoke-alarm'])
  expect(ids((await get('/alarm-rules?q=网关')).body)).toEqual(['gateway-silent'])
  expect((await get('/alarm-rules/smoke-alarm')).body).toMatchObject({
    enabled: true,
    changedBy: null,
    version: 1,
    rationale: { severity: 'life', respondWithinMs: 300_000 },
  })
  expect((await get('/alarm-rules/nothing')).status).toBe(404)
  expect((await get('/alarm-rules?state=x')).status).toBe(400)
  expect(ids((await get('/alarm-rule-changes?state=proposed')).body)).toEqual([])
  expect((await get('/alarm-rule-changes?q=x')).status).toBe(400)
  const first = (await get('/alarm-rules?limit=1')).body
  expect(ids((await get(`/alarm-rules?limit=1&cursor=${String(first['next'])}`)).body)).not.toEqual(ids(first))
})

it('a shelved alarm says who, why and until when; a wall is not told who', async () => {
  server = await startMemoryServer()
  const shelving = { by: 'li', at: noon, untilAt: noon + 60_000, code: 'construction', words: '三号井施工' } as const
  server.engine.put({ alarms: [sampleAlarm({ state: 'shelved', shelving })] })
  expect((await get('/alarms/A1')).body).toMatchObject({
    state: 'shelved',
    shelving: { by: 'li', untilAt: '2026-08-01T12:01:00.000+08:00', code: 'construction', words: '三号井施工' },
  })
  const wall = await server.fetch('/api/v1/alarms/A1', { cookie: await server.signIn('wall') })
  expect(await wall.json()).toMatchObject({ shelving: { by: '', words: '', code: 'construction' } })
})
