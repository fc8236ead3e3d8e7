/** `GET /account-names`: what those are called whose acts somebody reads; only for whoever may read acts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer()
})
afterAll(() => server.close())

const ask = async (who: string, of: string) =>
  server.fetch(`/api/v1/account-names?of=${encodeURIComponent(of)}`, { cookie: await server.signIn(who) })
const body = async (answer: Response) =>
  (await answer.json()) as { items: object[]; error: { message: string; details: { fields: { field: string }[] } } }

describe('the names of accounts', () => {
  it('are told of those that exist, and nothing else of them', async () => {
    const answer = await ask('duty', 'chief,nobody,duty')
    expect(answer.status).toBe(200)
    expect((await body(answer)).items).toEqual([
      { username: 'chief', displayName: 'test' },
      { username: 'duty', displayName: 'test' },
    ])
  })
  it.each([
    ['nothing', ''],
    ['commas alone', ',,'],
    ['more than a hundred', Array.from({ length: 101 }, (_, at) => `u${at}`).join(',')],
    ['a name longer than any', 'x'.repeat(65)],
  ])('are refused for %s, and the field is named', async (_what, of) => {
    const answer = await ask('duty', of)
    expect(answer.status).toBe(400)
    expect((await body(answer)).error.details.fields[0]?.field).toMatch(/^of/)
  })
  it.each(['duty', 'chief', 'dept', 'manager'])('are told to %s', async (who) => {
    expect((await ask(who, 'chief')).status).toBe(200)
  })
  it.each(['wall', 'sysadmin', 'secadmin', 'auditor'])('are none of %s', async (who) => {
    expect((await ask(who, 'chief')).status).toBe(403)
  })
  it('are not told to a stranger', async () => {
    expect((await server.fetch('/api/v1/account-names?of=chief')).status).toBe(401)
  })
})
