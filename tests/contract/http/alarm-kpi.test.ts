/** `/api/v1/kpi/alarms` and its monthly table: who may ask, what is refused, which period is counted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayStartsOf } from '../../../server/src/http/alarm-kpi-routes.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer()
})
afterAll(() => server.close())

async function ask(path: string, account = 'manager') {
  const cookie = await server.signIn(account)
  const response = await server.fetch(`/api/v1/kpi/alarms${path}`, { cookie })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString())
const day = 86_400_000

describe('alarm KPIs by HTTP', () => {
  it('answer a period, counted no further than now', async () => {
    const { at } = server.clock
    const { status, body } = await ask(`?from=${iso(at - day)}&to=${iso(at + day)}`)
    expect(status).toBe(200)
    expect(Date.parse(String(body['countedTo']))).toBe(at)
    expect(body).toMatchObject({ consoles: 1, level: 'acceptable', rates: { announced: 0 }, top: [], floods: [] })
  })

  it('name the field that is wrong', async () => {
    const { at } = server.clock
    for (const [query, field] of [
      ['', 'from'],
      [`?from=${iso(at)}&to=${iso(at)}`, 'from'],
      [`?from=${iso(at - 401 * day)}&to=${iso(at)}`, 'to'],
      [`?from=${iso(at - day)}&to=${iso(at)}&by=day`, 'by'],
    ] as const) {
      const { status, body } = await ask(query)
      expect(status).toBe(400)
      const named = (body['error'] as { details: { fields: { field: string }[] } }).details.fields
      expect(body).toMatchObject({ error: { code: 'INVALID' } })
      expect(named.map((one) => one.field)).toContain(field)
    }
    expect((await ask(`?from=${iso(at - 400 * day)}&to=${iso(at)}`)).status).toBe(200)
  })

  it('are for those who read KPIs', async () => {
    const { at } = server.clock
    expect((await ask(`?from=${iso(at - day)}&to=${iso(at)}`, 'auditor')).status).toBe(403)
    expect((await ask('/bad-actors?month=2026-08', 'auditor')).status).toBe(403)
  })

  it('have a table for a month of the city’s calendar', async () => {
    const { status, body } = await ask('/bad-actors?month=2026-08')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      month: '2026-08',
      from: expect.stringMatching(/^2026-08-01T00:00:00/) as string,
      to: expect.stringMatching(/^2026-09-01T00:00:00/) as string,
      items: [],
    })
    for (const query of ['', '?month=2026-13', '?month=2026-8', '?month=2026-08&limit=501'])
      expect((await ask(`/bad-actors${query}`)).status).toBe(400)
  })
})

it('days begin by the city’s calendar, the first where the period does', () => {
  const at = (text: string) => Date.parse(text)
  expect(dayStartsOf(at('2026-03-28T12:00:00+01:00'), at('2026-03-30T01:00:00+02:00'), 'Europe/Berlin')).toEqual([
    at('2026-03-28T12:00:00+01:00'),
    at('2026-03-29T00:00:00+01:00'),
    at('2026-03-30T00:00:00+02:00'),
  ])
  expect(dayStartsOf(5, 5, 'Asia/Shanghai')).toEqual([])
})
