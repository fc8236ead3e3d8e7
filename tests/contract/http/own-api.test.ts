import { brotliDecompressSync } from 'node:zlib'
import { get } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { roles } from '../../../shared/model/role.ts'
import { password, startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import {
  noon,
  sampleAlarm,
  sampleAssignment,
  sampleIncident,
  sampleSensor,
  sampleUnit,
  sampleWarning,
} from '../../support/sample-rows.ts'

let server: MemoryServer
afterEach(() => server.close())

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const bodyOf = async (response: Response) => (await response.json()) as Record<string, unknown>
/** As a proxy-free client sees it: no automatic decompression, any header. */
const raw = (url: string, headers: Record<string, string>) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((done, broken) => {
    get(url, { headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => void chunks.push(chunk))
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    }).on('error', broken)
  })

describe('rights of the nine roles, address by address', () => {
  const window = 'from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z'
  const everybody = ['wall', 'duty', 'chief', 'dept', 'crew', 'manager']
  const watchers = ['wall', 'duty', 'chief', 'dept', 'manager']
  const table: Record<string, readonly string[]> = {
    '/api/v1/city': everybody,
    '/api/v1/incidents': everybody,
    '/api/v1/incidents/c1': everybody,
    '/api/v1/incidents/c1/timeline': ['duty', 'chief', 'dept', 'crew', 'manager'],
    '/api/v1/incidents/c1/recommendations': ['duty', 'chief'],
    '/api/v1/incidents/c1/duplicates': ['duty', 'chief'],
    '/api/v1/incidents/c1/suggestions': ['duty', 'chief'],
    '/api/v1/situation-reports': ['duty', 'chief', 'manager'],
    '/api/v1/algorithms': ['duty', 'chief', 'manager'],
    '/api/v1/algorithms/duplicates': ['duty', 'chief', 'manager'],
    '/api/v1/incidents/c1/reporter': ['duty', 'chief'],
    '/api/v1/alarms': everybody,
    '/api/v1/alarms/A1': everybody,
    '/api/v1/alarm-rules': everybody,
    '/api/v1/alarm-rules/smoke-alarm': everybody,
    '/api/v1/alarm-rule-changes': everybody,
    '/api/v1/units': everybody,
    '/api/v1/units/PUMP-01': everybody,
    '/api/v1/warnings': everybody,
    '/api/v1/sensors': watchers,
    '/api/v1/sensors/1': watchers,
    [`/api/v1/sensors/1/observations?${window}`]: watchers,
    [`/api/v1/kpi/series?${window}`]: watchers,
    [`/api/v1/kpi/groups?by=district&${window}`]: watchers,
    '/api/v1/kpi/today': watchers,
    '/api/v1/log': ['auditor'],
    '/api/v1/log/verify': ['auditor'],
    '/map/layers/roads.geojson': everybody,
    '/map/sensors.geojson': watchers,
  }
  it('as written', async () => {
    server = await startMemoryServer()
    server.engine.put({
      incidents: [sampleIncident({ id: 'c1', assignments: [sampleAssignment('PUMP-01')], alarmIds: ['A1'] })],
      alarms: [sampleAlarm({ incidentId: 'c1' })],
      units: [sampleUnit()],
      sensors: [sampleSensor(1)],
    })
    for (const [path, allowed] of Object.entries(table)) {
      expect((await server.fetch(path)).status, `${path} signed out`).toBe(401)
      for (const role of roles) {
        const response = await server.fetch(path, { cookie: await server.signIn(role) })
        expect(response.status, `${role} ${path}`).toBe(allowed.includes(role) ? 200 : 403)
      }
    }
  })
  it('departments and crews read their own only; an unmasked reporter is in the log first', async () => {
    server = await startMemoryServer()
    server.engine.put({
      incidents: [sampleIncident({ id: 'c1', departmentId: 'fire' }), sampleIncident({ id: 'c2' })],
      alarms: [sampleAlarm({ id: 'A1', incidentId: 'c1' }), sampleAlarm({ id: 'A2', incidentId: 'c2' })],
    })
    const water = await server.signIn('water')
    const ids = async (path: string, cookie: string) =>
      ((await bodyOf(await server.fetch(path, { cookie })))['items'] as { id: string }[]).map((row) => row.id)
    expect(await ids('/api/v1/incidents', water)).toEqual(['c2'])
    expect(await ids('/api/v1/alarms', water)).toEqual(['A2'])
    expect((await server.fetch('/api/v1/incidents/c1', { cookie: water })).status).toBe(404)
    expect((await server.fetch('/api/v1/incidents/c1/timeline', { cookie: water })).status).toBe(404)
    expect(await ids('/api/v1/incidents', await server.signIn('crew'))).toEqual([])

    const duty = await server.signIn('duty')
    const timeline = await (await server.fetch('/api/v1/incidents/c2/timeline', { cookie: duty })).text()
    expect(timeline).toContain('138****5678')
    expect(timeline).toContain('"at":"2026-08-01T12:00:00.000+08:00"')
    expect(server.engine.notes.map((note) => note.act)).not.toContain('incident.reporter.unmask')
    expect(await bodyOf(await server.fetch('/api/v1/incidents/c2/reporter', { cookie: duty }))).toMatchObject({
      phone: '13812345678',
    })
    expect(server.engine.notes.at(-1)).toMatchObject({ actor: 'duty', act: 'incident.reporter.unmask', subject: 'c2' })
  })
})

describe('answers', () => {
  it('word instants with the city’s offset and places as GeoJSON', async () => {
    server = await startMemoryServer()
    server.engine.put({ incidents: [sampleIncident({ id: 'c1' })] })
    const cookie = await server.signIn('duty')
    expect(await bodyOf(await server.fetch('/api/v1/incidents/c1', { cookie }))).toMatchObject({
      reportedAt: '2026-08-01T12:00:00.000+08:00',
      stateSince: '2026-08-01T12:00:00.000+08:00',
      dispatchedAt: null,
      position: { type: 'Point', coordinates: [121.5, 31.2] },
    })
  })
  it('tell of a warning where it came from, what was drawn, and whether it is meant', async () => {
    server = await startMemoryServer()
    const ring = [121, 121.1, 121.2, 121].map((lon, i) => [lon, 31 + (i % 2)] as const)
    const source = { identifier: 'MET-1', sender: 'met', sentAt: noon }
    const circles = [{ centre: [121, 31] as const, radiusKm: 2 }]
    const row = sampleWarning({ source, circles, polygons: [[ring]], status: 'Test', exercise: true, onsetAt: noon })
    server.engine.put({ warnings: [row] })
    const told = await bodyOf(await server.fetch('/api/v1/warnings/W1', { cookie: await server.signIn('wall') }))
    const word = '2026-08-01T12:00:00.000+08:00'
    expect(told).toMatchObject({ polygons: [[ring]], circles, status: 'Test', exercise: true, onsetAt: word })
    expect(told).toMatchObject({ source: { ...source, sentAt: word }, effectiveAt: null, liftReason: null })
  })

  it('pages: a cursor goes on where the last page ended', async () => {
    server = await startMemoryServer()
    server.engine.put({ sensors: Array.from({ length: 25 }, (_, i) => sampleSensor(25 - i)) })
    const cookie = await server.signIn('duty')
    const seen: number[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await bodyOf(await server.fetch(`/api/v1/sensors?limit=10${next && `&cursor=${next}`}`, { cookie }))
      seen.push(...(page['items'] as { id: number }[]).map((row) => row.id))
      next = (page['next'] as string | null) ?? null
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
  })
  it.each([
    ['/api/v1/sensors?limit=0', 'limit'],
    ['/api/v1/sensors?limit=501', 'limit'],
    ['/api/v1/sensors?nonsense=1', 'nonsense'],
    ['/api/v1/incidents?stat=closed', 'stat'],
    ['/api/v1/incidents?bbox=1,2,3', 'bbox'],
    ['/api/v1/incidents?from=yesterday', 'from'],
    ['/api/v1/incidents?q=a&q=b', 'q'],
    ['/api/v1/sensors/1/observations', 'from'],
    ['/api/v1/kpi/series?from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z&by=district', 'by'],
    ['/api/v1/kpi/groups?from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z&by=day', 'by'],
    ['/api/v1/kpi/series?from=2026-08-02T00:00:00Z&to=2026-08-01T00:00:00Z', 'from'],
    ['/api/v1/kpi/series?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&by=minute', 'by'],
  ])('%s is refused naming %s', async (path, field) => {
    server = await startMemoryServer()
    server.engine.put({ sensors: [sampleSensor(1)] })
    const response = await server.fetch(path, { cookie: await server.signIn('duty') })
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as {
      error: { code: string; id: string; details: { fields: { field: string }[] } }
    }
    expect(error).toMatchObject({ code: 'INVALID', id: expect.stringMatching(/^[\da-f-]{36}$/) })
    expect(error.details.fields.map((one) => one.field)).toContain(field)
  })
  it('addresses nobody knows are errors of the same shape; a fault tells nothing but its id', async () => {
    server = await startMemoryServer({
      parts: {
        auditLog: {
          events: () => Promise.reject(new Error('secret of the inside')),
          verify: () => Promise.reject(new Error('never')),
        },
      },
    })
    for (const path of ['/api/v1/nothing', '/api/nothing', '/map/nothing'])
      expect(await bodyOf(await server.fetch(path)), path).toMatchObject({ error: { code: 'NOT_FOUND' } })
    const response = await server.fetch('/api/v1/log', { cookie: await server.signIn('auditor') })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).not.toContain('secret')
    const { error } = JSON.parse(text) as { error: { code: string; id: string } }
    expect(error.code).toBe('INTERNAL')
    expect(server.logged.filter((entry) => entry.level === 'error')).toMatchObject([{ fields: { id: error.id } }])
  })
  it('describe themselves, from the schemas', async () => {
    server = await startMemoryServer()
    const document = await bodyOf(await server.fetch('/api/v1/openapi.json'))
    expect(document).toMatchObject({ openapi: '3.1.0' })
    const text = JSON.stringify(document)
    for (const name of ['incident.fail-check', 'expectedVersion', 'bbox', 'compare', '/incidents/{id}/reporter'])
      expect(text).toContain(name)
    const page = await server.fetch('/api/docs')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await page.text()).toMatch(/incident\.fail-check[\s\S]*observations/)
  })
})

describe('signing in', () => {
  it('answers a cookie a page cannot read, and the session', async () => {
    server = await startMemoryServer()
    const response = await server.fetch('/api/v1/session', json({ username: 'duty', password }))
    expect(response.status).toBe(200)
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^tongguan_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(await bodyOf(response)).toMatchObject({ username: 'duty', role: 'duty', home: '/desk' })
    const session = cookie.split(';')[0] ?? ''
    expect((await server.fetch('/api/v1/session', { cookie: session })).status).toBe(200)
    const gone = await server.fetch('/api/v1/session', { method: 'DELETE', cookie: session })
    expect([gone.status, gone.headers.getSetCookie()[0]]).toEqual([204, expect.stringContaining('Max-Age=0')])
    expect((await server.fetch('/api/v1/session', { cookie: session })).status).toBe(401)
    expect(server.engine.notes.map((note) => note.act)).toEqual(['session.sign-in', 'session.sign-out'])
  })
  it('is Secure behind TLS', async () => {
    server = await startMemoryServer()
    const init = json({ username: 'duty', password })
    const response = await server.fetch('/api/v1/session', {
      ...init,
      headers: { ...init.headers, 'x-forwarded-proto': 'https' },
    })
    expect(response.headers.getSetCookie()[0]).toContain('; Secure')
  })
  it('locks after five wrong passwords, and says how long', async () => {
    server = await startMemoryServer()
    for (let i = 0; i < 5; i++)
      expect((await server.fetch('/api/v1/session', json({ username: 'duty', password: 'no' }))).status).toBe(401)
    const locked = await server.fetch('/api/v1/session', json({ username: 'duty', password }))
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '1800'])
    expect((await server.fetch('/api/v1/session', json({ username: 'chief', password }))).status).toBe(200)
  })
  it.each([
    [{ username: 'duty' }, 400],
    [{ username: 'duty', password, role: 'chief' }, 400],
    ['{"username":', 400],
    [JSON.stringify('text'), 400],
    [{ username: 'duty', password: 'x'.repeat(100_000) }, 413],
  ])('a bad body %# is refused', async (body, status) => {
    server = await startMemoryServer()
    expect((await server.fetch('/api/v1/session', json(body))).status).toBe(status)
  })
})

describe('what leaves and enters', () => {
  it('pages of other origins may not ask for changes', async () => {
    server = await startMemoryServer()
    const cookie = await server.signIn('duty')
    const init = json({ commandId: crypto.randomUUID(), type: 'incident.accept', incidentId: 'c1' })
    const ask = (headers: Record<string, string>) =>
      server.fetch('/api/v1/commands', {
        ...init,
        headers: { ...(init.headers as Record<string, string>), ...headers },
        cookie,
      })
    expect((await ask({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await ask({ origin: 'null' })).status).toBe(403)
    expect((await ask({ origin: server.url })).status).toBe(200)
    expect((await ask({})).status).toBe(200)
  })
  it('headers keep everything on this host', async () => {
    server = await startMemoryServer()
    const { headers } = await server.fetch('/healthz')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("worker-src 'self' blob:")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })
  it('map layers are compressed, named, and not sent twice', async () => {
    server = await startMemoryServer()
    server.engine.put({ sensors: [sampleSensor(1), sampleSensor(2, { position: null })] })
    const cookie = await server.signIn('wall')
    const url = `${server.url}/map/layers/roads.geojson`
    const first = await raw(url, { cookie, 'accept-encoding': 'gzip, br' })
    expect(first.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'application/geo+json; charset=utf-8',
    })
    expect(JSON.parse(brotliDecompressSync(first.body).toString())).toMatchObject({ type: 'FeatureCollection' })
    const etag = String(first.headers['etag'])
    expect((await raw(url, { cookie, 'if-none-match': etag })).status).toBe(304)
    expect((await raw(url, { cookie })).headers['content-encoding']).toBeUndefined()
    expect((await raw(`${server.url}/map/layers/..%2fpack.geojson`, { cookie })).status).toBe(404)

    const sensors = async () => raw(`${server.url}/map/sensors.geojson`, { cookie })
    const before = await sensors()
    expect(JSON.parse(before.body.toString())).toMatchObject({
      features: [{ id: 1, properties: { kind: 'water-depth' } }],
    })
    server.engine.put({ sensors: [sampleSensor(3)] })
    const after = await sensors()
    expect(after.headers['etag']).not.toBe(before.headers['etag'])
    expect((JSON.parse(after.body.toString()) as { features: unknown[] }).features).toHaveLength(2)
  })
})

describe('health', () => {
  it('alive always, ready with no reason against it', async () => {
    server = await startMemoryServer()
    expect((await server.fetch('/readyz')).status).toBe(200)
    server.reasons.push('database: does not answer')
    const response = await server.fetch('/readyz')
    expect(response.status).toBe(503)
    expect(await bodyOf(response)).toEqual({ ready: false, reasons: ['database: does not answer'] })
    expect((await server.fetch('/healthz')).status).toBe(200)
  })
  it('metrics from this machine, or with a key', async () => {
    server = await startMemoryServer()
    expect(await (await server.fetch('/metrics')).text()).toContain('process_cpu_seconds_total')
    const forwarded = { 'x-forwarded-for': '203.0.113.9' }
    expect((await server.fetch('/metrics', { headers: forwarded })).status).toBe(403)
    expect((await server.fetch('/metrics', { headers: { ...forwarded, 'x-api-key': 'wrong' } })).status).toBe(403)
    expect((await server.fetch('/metrics', { headers: { ...forwarded, 'x-api-key': 'metrics-key' } })).status).toBe(200)
  })
})

describe('pages', () => {
  it('are served by name, assets for ever, nothing outside the folder', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tongguan-pages-'))
    try {
      mkdirSync(join(dir, 'assets'))
      writeFileSync(join(dir, 'index.html'), `<!doctype html><html lang="zh-CN">${'x'.repeat(2000)}`)
      writeFileSync(join(dir, 'assets/app-1a2b.js'), `// ${'y'.repeat(2000)}`)
      server = await startMemoryServer({ parts: { pagesDir: dir } })
      for (const path of [
        '/',
        '/wall',
        '/desk',
        '/desk/20260101-000001',
        '/kpi',
        '/sign-in',
        '/no-right',
        '/wall?display=hall',
      ]) {
        const page = await server.fetch(path)
        expect([page.status, page.headers.get('cache-control')], path).toEqual([200, 'no-cache'])
      }
      const asset = await raw(`${server.url}/assets/app-1a2b.js`, { 'accept-encoding': 'br' })
      expect(asset.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
        'content-type': 'text/javascript; charset=utf-8',
      })
      const pageFor = async (cookie: string) => (await server.fetch('/wall', { headers: { cookie } })).text()
      expect(await pageFor('')).toContain('<html data-session="none" lang')
      expect(await pageFor(`tongguan_session=${'t'.repeat(43)}`)).toContain('<html lang')
      // Built anew while the server runs: the new page's assets are found.
      writeFileSync(join(dir, 'assets/app-3c4d.js'), '// new')
      writeFileSync(join(dir, 'index.html'), '<!doctype html><html lang="zh-CN">new')
      utimesSync(join(dir, 'index.html'), 1, 1)
      expect(await pageFor('')).toContain('new')
      expect((await server.fetch('/assets/app-3c4d.js')).status).toBe(200)
      for (const path of ['/nothing', '/desk/1/2', '/assets/other.js', '/..%2f..%2fetc/passwd', '/%', '/.stamp'])
        expect([400, 404], path).toContain((await raw(`${server.url}${path}`, {})).status)
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
  it('say so where they were not built', async () => {
    server = await startMemoryServer()
    expect((await server.fetch('/')).status).toBe(404)
    expect(server.clock.now()).toBe(noon)
  })
})
