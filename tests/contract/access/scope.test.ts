/** 数据范围: an account bound to another district reads what it can, by each door of the own API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secret, server, asked, ask, everybody, startScopedCity } from './scoped-city.ts'

beforeAll(startScopedCity)
afterAll(() => server.close())

describe('lists and single rows', () => {
  it.each([
    ...['/incidents', '/incidents?q=积水', '/incidents?district=d1', '/alarms', '/units', '/warnings', '/responses'],
    ...['/sensors', '/sensors?district=d1', '/mode', '/plans', '/city', '/map/sensors.geojson', '/drills'],
  ])('%s tells nothing of another district', async (path) => {
    for (const username of everybody) {
      const { status, text } = await ask(username, path)
      expect([username, status]).toEqual([username, 200])
      expect(text).not.toContain(secret)
    }
  })
  it('and does tell of its own', async () => {
    for (const [path, words] of [
      ['/incidents', '东区积水'],
      ['/alarms', '东区水位'],
      ['/units', '东区一队'],
      ['/warnings', '东区暴雨'],
      ['/warnings', '全市大风'],
      ['/responses', '东区防汛'],
      ['/sensors', '东区水位'],
      ['/map/sensors.geojson', '东区水位'],
    ] as const)
      expect((await ask('east-duty', path)).text).toContain(words)
    expect((await ask('duty', '/incidents')).text).toContain(secret)
  })
  it.each([
    ...[
      '/incidents/c1',
      '/incidents/c9',
      '/incidents/c0',
      '/incidents/c1/timeline',
      '/incidents/c1/plan',
      '/alarms/A1',
    ],
    ...['/units/W-01', '/warnings/W1', '/sensors/1', '/incidents/c1/reporter', '/incidents/c1/recommendations'],
    ...['/incidents/c1/duplicates', '/incidents/c1/suggestions'],
    '/sensors/1/observations?from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z',
  ])('%s is not there', async (path) => {
    for (const username of everybody) expect([403, 404]).toContain((await ask(username, path)).status)
    expect((await ask('east-duty', path)).status).toBe(404)
  })
  it('a street sees its own cases and no other street’s', async () => {
    expect((await ask('street', '/incidents')).text).toContain('东区积水')
    expect((await ask('street', '/incidents')).text).not.toContain('南街井盖')
    expect((await ask('street', '/incidents/c3')).status).toBe(404)
    expect((await ask('east-duty', '/incidents')).text).toContain('南街井盖')
  })
  it('crews of another district are not proposed', async () => {
    const { text } = await ask('east-duty', '/incidents/c2/recommendations?needs=drainage:1')
    expect(text).not.toContain(secret)
    expect((await ask('east-duty', '/incidents/c2/recommendations')).text).toContain('E-01')
  })
})

describe('numbers', () => {
  const period = 'from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z'
  it('are asked of the own district, and refused of another', async () => {
    for (const path of [
      `/kpi/series?${period}&by=day`,
      `/kpi/groups?${period}&by=class`,
      `/kpi/times?${period}`,
      `/kpi/heat?${period}`,
      `/kpi/funnel?${period}`,
      `/kpi/distribution?${period}`,
      '/kpi/trend?sign=reported',
    ]) {
      asked.length = 0
      expect((await ask('east-manager', path)).status).toBe(200)
      expect(asked.length).toBeGreaterThan(0)
      for (const query of asked) expect(query['district']).toBe('d2')
      expect((await ask('east-manager', `${path}&district=d1`)).status).toBe(403)
      expect((await ask('street', path)).status).toBe(403)
    }
  })
  it('of the whole city are refused', async () => {
    for (const path of [
      '/kpi/today',
      '/kpi/bulletins',
      '/kpi/bulletins/weekly-20260720/file',
      `/kpi/alarms?${period}`,
      '/kpi/alarms/bad-actors?month=2026-08',
    ])
      for (const username of ['east-manager', 'street']) expect((await ask(username, path)).status).toBe(403)
  })
  it('of evaluation are the own part’s row', async () => {
    for (const by of ['', '&by=district', '&by=street'])
      for (const username of ['east-manager', 'street']) {
        const { status, text } = await ask(username, `/kpi/indicators?${period}${by}`)
        expect(status).toBe(200)
        expect(text).not.toMatch(/777|782|"d1"|"s1"/)
      }
    const own = await ask('east-manager', `/kpi/indicators?${period}&by=district`)
    expect(JSON.parse(own.text)).toMatchObject({ rows: [{ key: 'd2' }] })
    expect(own.text).toContain('"code":"reported","value":5')
    expect((await ask('east-manager', `/kpi/indicators?${period}&by=class`)).status).toBe(403)
  })
  it('the log, the shift’s log and accounts are nobody’s who is bound', async () => {
    for (const path of ['/log', '/log/verify', '/duty/log', '/duty/hand-overs', '/accounts'])
      for (const username of everybody) expect((await ask(username, path)).status).toBe(403)
  })
})

describe('every address', () => {
  /** Looked at above, or of no place: the city itself, what its rules and plans say, who is signed in, who is on duty by name. */
  const lookedAt = [
    ...['/incidents', '/alarms', '/units', '/warnings', '/sensors'].flatMap((path) => [path, `${path}/{id}`]),
    ...['timeline', 'recommendations', 'reporter', 'duplicates', 'suggestions', 'plan'].map(
      (name) => `/incidents/{id}/${name}`,
    ),
    ...['/sensors/{id}/observations', '/responses', '/mode', '/drills', '/situation-reports', '/commands'],
    ...[
      '/kpi/series',
      '/kpi/groups',
      '/kpi/times',
      '/kpi/heat',
      '/kpi/funnel',
      '/kpi/distribution',
      '/kpi/trend',
      '/kpi/views',
      '/kpi/exports',
      '/kpi/bulletins',
      '/kpi/bulletins/{id}/file',
      '/kpi/exports/{id}',
      '/kpi/exports/{id}/file',
      '/kpi/views/{id}',
      '/kpi/views',
      '/kpi/views/{id}',
      '/kpi/indicators',
      '/kpi/today',
      '/kpi/alarms',
    ],
    ...['/kpi/alarms/bad-actors', '/kpi/formulas', '/log', '/log/verify', '/accounts', '/accounts/{username}/scope'],
    ...['/duty/now', '/duty/roster', '/duty/log', '/duty/hand-overs', '/duty/hand-overs/{id}'],
    ...['/session', '/city', '/modes', '/plans', '/plans/{id}', '/alarm-rules', '/alarm-rules/{id}'],
    ...['/alarm-rule-changes', '/algorithms', '/algorithms/{id}', '/desk/mutes'],
    ...['/incidents/duplicates', '/incidents/suggestions', '/places', '/resources', '/road-stretches'],
    ...['/case-classes', '/account-names'],
  ]
  it('of the own API is among those: a new one is looked at here first', async () => {
    const { text } = await ask('duty', '/openapi.json')
    const { paths } = JSON.parse(text) as { paths: Record<string, unknown> }
    expect(Object.keys(paths).filter((path) => !lookedAt.includes(path))).toEqual([])
  })
  it('of places by typed words tells those of the own part', async () => {
    const found = async (username: string) => {
      const { text } = await ask(username, `/places?q=${encodeURIComponent('海棠')}`)
      return (JSON.parse(text) as { items: { address: string }[] }).items.map(({ address }) => address)
    }
    expect(await found('duty')).toEqual(['海棠东区', '海棠南街', '海棠西区'])
    expect(await found('east-duty')).toEqual(['海棠东区', '海棠南街'])
    expect(await found('street')).toEqual(['海棠东区'])
  })
  it('of resources tells those of the own part, places and cameras', async () => {
    const found = async (username: string) => {
      const { text } = await ask(username, '/resources')
      return (JSON.parse(text) as { items: { name: string }[] }).items.map(({ name }) => name)
    }
    expect(await found('duty')).toEqual(['海棠西区', '海棠东区', '海棠南街', '西区球机', '东区球机'])
    expect(await found('east-duty')).toEqual(['海棠东区', '海棠南街', '东区球机'])
    expect(await found('street')).toEqual(['海棠东区', '东区球机'])
  })
  it('of stretches of road tells those of the sensors of the own part', async () => {
    const found = async (username: string) => {
      const { text } = await ask(username, '/road-stretches')
      return (JSON.parse(text) as { items: { sensorId: number }[] }).items.map(({ sensorId }) => sensorId)
    }
    expect([await found('duty'), await found('east-duty')]).toEqual([[1, 2], [2]])
  })
  it('of reports upwards and of drafts tells nothing of another district', async () => {
    const draft = JSON.stringify({ title: `${secret}积水`, classCode: 'E0101', position: [121.5, 31.2] })
    for (const username of ['duty', 'east-duty', 'east-chief', 'street'])
      for (const [path, init] of [
        ['/situation-reports', {}],
        ['/incidents/duplicates', { method: 'POST', body: draft }],
      ] as const)
        expect([username, (await ask(username, path, init)).text.includes(secret)]).toEqual([
          username,
          username === 'duty',
        ])
  })
})
