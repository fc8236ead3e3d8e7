import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBaseMap } from '../../../server/src/city/base-map/base-map.ts'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { startOutsideMap, type OutsideMap } from '../../support/outside-map.ts'
import { newDataDir } from '../../support/program.ts'

/** Whatever base map is set: the server alone asks outside, so pages never may. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';')

let outside: OutsideMap
let server: MemoryServer
let cookie: string
const dataDir = newDataDir()
beforeAll(async () => {
  outside = await startOutsideMap()
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const clock = { now: () => performance.now() }
  const baseMap = createBaseMap({ style: `${outside.url}/style.json`, crs: 'gcj02', dataDir, clock, log })
  mkdirSync(join(dataDir, 'basemap/t'), { recursive: true })
  writeFileSync(join(dataDir, 'keys.json'), '{"secret":true}')
  writeFileSync(join(dataDir, 'basemap/s.json'), '{"version":8}')
  writeFileSync(join(dataDir, 'basemap/page.html'), '<script>no</script>')
  writeFileSync(join(dataDir, 'basemap/t/1.pbf'), gzipSync('tile'))
  server = await startMemoryServer({ parts: { baseMap, dataDir } })
  cookie = await server.signIn('duty')
})
afterAll(async () => {
  await server.close()
  await outside.close()
})
const get = (path: string, headers: Record<string, string> = {}) => server.fetch(path, { cookie, headers })
const tileId = async () => {
  const { style } = (await (await get('/map/basemap.json')).json()) as { style: object }
  return /\/map\/outside\/([\da-f]{16})\/\{z\}/.exec(JSON.stringify(style))?.[1] ?? ''
}

describe('an outside base map', () => {
  it('is told of with the city, and asks no page to ask another host', async () => {
    const city = (await (await get('/api/v1/city')).json()) as { baseMap: object }
    expect(city.baseMap).toEqual({ isOutside: true, crs: 'gcj02' })
    const answer = await get('/map/basemap.json')
    expect(answer.headers.get('content-security-policy')).toBe(policy)
    expect(await answer.text()).not.toMatch(/https?:/)
  })
  it('gives its tiles on with what was asked for as their kind, and how long they keep', async () => {
    const answer = await get(`/map/outside/${await tileId()}/3/1/2`)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, max-age=60',
      etag: '"t"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': policy,
    })
    for (const path of ['nothing', `${await tileId()}/3/9/2`, `${await tileId()}/../../keys.json`])
      expect((await get(`/map/outside/${path}`)).status, path).toBe(404)
  })
  it('that does not answer is said, with nothing of what it said instead', async () => {
    const id = await tileId()
    outside.fail(500)
    const answer = await get(`/map/outside/${id}/4/1/2`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.text()).not.toContain('script')
    outside.fail(null)
  })
  it('is for those who may read the city', async () => {
    for (const path of ['/map/basemap.json', '/map/basemap/s.json', `/map/outside/${await tileId()}/3/1/2`]) {
      expect((await server.fetch(path)).status, path).toBe(401)
      expect((await server.fetch(path, { cookie: await server.signIn('auditor') })).status, path).toBe(403)
      expect((await server.fetch(path, { cookie: await server.signIn('wall') })).status, path).toBe(200)
    }
  })
})

describe('the keeper’s own files of a base map', () => {
  it('are given out, asked for again, and not sent twice', async () => {
    const answer = await get('/map/basemap/s.json')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const etag = answer.headers.get('etag') ?? ''
    expect((await get('/map/basemap/s.json', { 'if-none-match': etag })).status).toBe(304)
    const tile = await get('/map/basemap/t/1.pbf')
    expect([tile.headers.get('content-encoding'), await tile.text()]).toEqual(['gzip', 'tile'])
  })
  it.each(['page.html', 'none.json', '..%2fkeys.json', '%2e%2e/keys.json', 't', 't/1.pbf%00.json'])(
    '%s is not one of them',
    async (name) => {
      const answer = await get(`/map/basemap/${name}`)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('secret')
    },
  )
})
