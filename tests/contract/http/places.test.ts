/** `GET /places`: what is typed while a call is taken, over HTTP; who may ask, what is refused, field by field. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { City } from '../../../server/src/ports/city.ts'
import { sampleSensor } from '../../support/sample-rows.ts'
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

describe('resources', () => {
  const at = (kind: unknown, coordinates: unknown = [121.4, 31.2]) => ({
    properties: { id: `P-${String(kind)}`, name: `名${String(kind)}`, nameEn: `Name ${String(kind)}`, kind },
    geometry: { type: 'Point', coordinates },
  })
  it('are the pack’s places that are one, and its cameras; others and broken ones are left out', async () => {
    const features = [at('hospital'), at('estate'), at('toString'), at('fire', 'nowhere'), at(7), at('petrol')]
    const camera = { id: '32901200001320000001', name: '路口枪机', position: [121.5, 31.3] as const, ptzType: 3 }
    const here = await startMemoryServer({
      parts: {
        city: {
          ...city,
          layer: (name) => (name === 'places' ? new TextEncoder().encode(JSON.stringify({ features })) : null),
          cameras: [{ ...camera, headingDeg: 90, departmentId: null }],
        },
      },
    })
    const answer = await here.fetch('/api/v1/resources', { cookie: await here.signIn('duty') })
    const point = { type: 'Point', coordinates: [121.4, 31.2] }
    expect(await answer.json()).toEqual({
      items: [
        {
          id: 'P-hospital',
          kind: 'hospital',
          name: '名hospital',
          nameEn: 'Name hospital',
          position: point,
          districtId: 'd1',
        },
        { id: 'P-petrol', kind: 'hazard', name: '名petrol', nameEn: 'Name petrol', position: point, districtId: 'd1' },
        {
          ...{ id: camera.id, kind: 'camera', name: camera.name, nameEn: '', districtId: 'd1' },
          position: { type: 'Point', coordinates: [121.5, 31.3] },
        },
      ],
      next: null,
    })
    expect((await here.fetch('/api/v1/resources')).status).toBe(401)
    await here.close()
  })
  it('of a pack that has none are none', async () => {
    const answer = await server.fetch('/api/v1/resources', { cookie: await server.signIn('duty') })
    expect(await answer.json()).toEqual({ items: [], next: null })
  })
})

describe('stretches of road', () => {
  const line = (speedKmh: unknown, coordinates: unknown) => ({
    properties: { name: '路', class: 'local', speedKmh },
    geometry: { type: 'LineString', coordinates },
  })
  // Two roads that meet in the middle of the first, and one that is none.
  const cross = {
    features: [
      line(60, [
        [121.4, 31.2],
        [121.41, 31.2],
        [121.42, 31.2],
      ]),
      line(40, [
        [121.41, 31.2],
        [121.41, 31.21],
      ]),
      line('fast', [
        [121.4, 31.3],
        [121.41, 31.3],
      ]),
    ],
  }
  const stretches = async (sensors: Parameters<typeof sampleSensor>[1][], username = 'duty') => {
    const here = await startMemoryServer({
      parts: {
        city: {
          ...city,
          layer: (name) => (name === 'roads' ? new TextEncoder().encode(JSON.stringify(cross)) : null),
        },
      },
    })
    here.engine.put({ sensors: sensors.map((over, n) => sampleSensor(n + 1, over)) })
    const answer = await here.fetch('/api/v1/road-stretches', { cookie: await here.signIn(username) })
    const body = (await answer.json()) as { items: unknown[] }
    await here.close()
    return body.items
  }
  it('reach from junction to junction, of the road each speed sensor stands at', async () => {
    const found = await stretches([
      // 20 m beside the first road, beyond the junction, far from any corner of it.
      { kind: 'road-speed', position: [121.4162, 31.20018] },
      { kind: 'road-speed', position: [121.4101, 31.205] },
    ])
    expect(found).toEqual([
      {
        ...{ sensorId: 1, intervalMs: 60_000, freeKmh: 60 },
        path: [
          [121.41, 31.2],
          [121.42, 31.2],
        ],
      },
      {
        ...{ sensorId: 2, intervalMs: 60_000, freeKmh: 40 },
        path: [
          [121.41, 31.2],
          [121.41, 31.21],
        ],
      },
    ])
  })
  it('are none of a sensor far from any road, without a place, or of another kind', async () => {
    const found = await stretches([
      { kind: 'road-speed', position: [121.415, 31.202] },
      { kind: 'road-speed', position: [121.405, 31.3] },
      { kind: 'road-speed', position: null },
      { kind: 'noise', position: [121.415, 31.2] },
    ])
    expect(found).toEqual([])
  })
  it('are told to nobody who may not see sensors', async () => {
    const answer = await server.fetch('/api/v1/road-stretches', { cookie: await server.signIn('crew') })
    expect(answer.status).toBe(403)
    expect((await server.fetch('/api/v1/road-stretches')).status).toBe(401)
  })
})
