/** `GET /places`: what is typed while a call is taken, over HTTP; who may ask, what is refused, field by field. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { City } from '../../../server/src/ports/city.ts'
import { smallCity, startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'

const division = (id: string, level: 2 | 3, parentId: string | null) =>
  ({ id, name: id, nameEn: id, level, parentId, bbox: [0, 0, 1, 1], centre: [0, 0] }) as const
const roads = {
  features: Array.from({ length: 30 }, (_, at) => ({
    properties: { name: `沐风${at}路` },
    geometry: { type: 'LineString', coordinates: [[121.4, 31.2 + at / 100]] },
  })),
}
const city: City = {
  ...smallCity,
  profile: { ...smallCity.profile, divisions: [division('d1', 2, null), division('s1', 3, 'd1')] },
  layer: (name) => (name === 'roads' ? new TextEncoder().encode(JSON.stringify(roads)) : null),
  locate: () => ['g9', 's1', 'd1'],
}
let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({ parts: { city } })
})
afterAll(() => server.close())

async function ask(query: string, who = 'duty') {
  const answer = await server.fetch(`/api/v1/places?${query}`, { cookie: await server.signIn(who) })
  return { status: answer.status, body: (await answer.json()) as Record<string, never> }
}

describe('places', () => {
  it('come best first, with what covers them', async () => {
    const { status, body } = await ask('q=mf3l')
    expect(status).toBe(200)
    expect(body).toEqual({
      items: [
        {
          ...{ kind: 'road', address: '沐风3路', withinM: 0, classCode: null },
          position: { type: 'Point', coordinates: [121.4, 31.23] },
          ...{ districtId: 'd1', streetId: 's1', gridId: 'g9' },
        },
      ],
      next: null,
    })
  })
  it('are as many as asked for, eight where it is not said', async () => {
    expect((await ask('q=mf')).body['items']).toHaveLength(8)
    expect((await ask('q=mf&limit=20')).body['items']).toHaveLength(20)
  })
  it.each([
    ['', 'q'],
    ['q=%20', 'q'],
    [`q=${'a'.repeat(81)}`, 'q'],
    ['q=mf&limit=0', 'limit'],
    ['q=mf&limit=21', 'limit'],
    ['q=mf&words=1', 'words'],
  ])('asked wrongly (%s) names the field', async (query, field) => {
    const { status, body } = await ask(query)
    expect(status).toBe(400)
    expect(body['error']).toMatchObject({ code: 'INVALID', details: { fields: [{ field }] } })
  })
  it('are told to those who see the city, and to no administrator', async () => {
    for (const who of ['duty', 'chief', 'dept', 'crew', 'manager'])
      expect((await ask('q=mf', who)).status, who).toBe(200)
    for (const who of ['sysadmin', 'secadmin', 'auditor']) expect((await ask('q=mf', who)).status, who).toBe(403)
    expect((await server.fetch('/api/v1/places?q=mf')).status).toBe(401)
  })
})
